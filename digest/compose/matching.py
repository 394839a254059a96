"""Whether a story fits what a chat wishes for: its topics, countries, words, and what it follows. Pure."""

import re

from ..model.articles import RELEVANT, Article
from ..model.chats import Wish
from .edition import Story, led_by


def matches(story: Story, wish: Wish) -> bool:
    """Whether a story is wanted: followed, or with the right topic and country, or a word; and not muted."""
    if is_muted(story, wish):
        return False
    if follows(story, wish):
        return True
    by_topic = not wish.topics or bool(wish.topics & set(story.topics))
    by_country = not wish.countries or bool(wish.countries & set(story.countries))
    return (by_topic and by_country) or _mentions(story, wish.words)


def is_muted(story: Story, wish: Wish) -> bool:
    """Whether the story itself or a whole word in it is muted: "war" does not mute Warsaw."""
    is_itself = any(f"s:{one}" in wish.muted for one in story.ids)
    return is_itself or any(contains(story.text, one) for one in wish.muted)


def follows(story: Story, wish: Wish) -> bool:
    """Whether the chat follows the story, one of its countries, or a pair of them."""
    countries = frozenset(story.countries)
    return follows_itself(story, wish) or any(
        countries.issuperset(ref.split("-")) for ref in wish.follow
    )


def follows_itself(story: Story, wish: Wish) -> bool:
    """Whether its number is followed, or that of a story that has become part of it."""
    return any(f"s:{one}" in wish.follow for one in story.ids)


def as_wished(story: Story, wish: Wish) -> Story:
    """The story led by an article that fits the wish, if its leading article does not and another one does.

    For example, whoever asks for arms control gets "Hungary signs a civil nuclear deal" from the story of a
    visit that another article leads.
    """
    if len(story.articles) == 1:
        return story
    topics, countries = wish.topics & set(story.topics), wish.countries & set(story.countries)
    quotable = {one.article.id: one for one in story.quotable}

    def answers(article: Article) -> bool:
        return (
            article.relevance >= RELEVANT
            and article.id in quotable
            and (not topics or not topics.isdisjoint(topic.slug for topic in article.topics))
            and (not countries or not countries.isdisjoint(article.countries))
            and quotable[article.id].first is not None
        )

    is_answered = answers(story.articles[0]) or not any(map(answers, story.articles))
    return story if is_answered else led_by(story, answers)


def contains(text: str, word: str, *, whole: bool = True) -> bool:
    """Whether a word or phrase occurs in a case-folded text, not inside another word.

    With ``whole=False`` it may be the beginning of a longer word. Scripts that put no spaces between words
    have no such boundaries. A plain search comes first, since 40 patterns over 1,000 stories take seconds.
    """
    sought = word.casefold()
    if sought not in text:
        return False
    before = r"(?<!\w)" if _is_spaced(sought[:1]) else ""
    after = r"(?!\w)" if whole and _is_spaced(sought[-1:]) else ""
    return re.search(f"{before}{re.escape(sought)}{after}", text) is not None


def _mentions(story: Story, words: frozenset[str]) -> bool:
    """Whether a word in the story begins with one of ``words``, in any case: languages inflect at the end."""
    return any(contains(story.text, word, whole=False) for word in words)


def _is_spaced(character: str) -> bool:
    """Whether it is a letter or digit of a script with spaces between words: not Thai, Khmer or Chinese."""
    is_unspaced = "\u0e00" <= character < "\u10a0" or "\u1780" <= character < "\u1800"
    return character.isalnum() and not is_unspaced and character < "\u2e80"
