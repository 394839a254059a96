"""A digest for one chat's wish from one edition. Pure: equal input, equal digest."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from ..model.articles import RELEVANT, Article, StoryId
from ..model.chats import Wish
from ..model.digests import Cited, Digest, Item, ScorePart, Shown, Status, Window
from ..ports import Summariser
from ..read.summary.methods import summariser
from . import rank, tell
from .coming import coming
from .differ import differences
from .edition import Edition, Story, led_by
from .saga import varied

WORDS_A_MINUTE = 220  # silent reading speed
MOST_FULL = 3  # stories told in sentences; the others get one line
MOST_ITEMS = {1: 5, 3: 12, 5: 20}  # by minutes: a longer list is not read
_SENTENCES = 3  # of a full story
_FOLLOWED = 3.0  # as much as seven outlets: what is followed does not fall off the list
_HEADLINE = 40  # words of a headline that are shown at most: 250 characters
_LINE = 4  # words that a headline's line carries beside the headline


def compose(edition: Edition, wish: Wish, shown: Shown, *, method: str = "attache") -> Digest:
    """The digest over the edition's window: stories that match ``wish``, best first.

    A story that earlier digests have shown brings only sentences they did not. When nothing
    matches, ``items`` is empty and ``elsewhere`` holds the top story outside the wish.
    """
    readable = [s for s in edition.stories if not wish.read or s.language in wish.read]
    wanted = [_as_wished(story, wish) for story in readable if matches(story, wish)]
    weighed = [(story, _item(story, edition, wish, shown)) for story in wanted]
    items = [
        item for story, item in weighed if not _is_said_today(story, item, wish, edition.window)
    ]
    others = (
        [] if items else [s for s in readable if not matches(s, wish) and not is_muted(s, wish)]
    )
    cite = partial(_cite, shown=shown, choose=partial(summariser, method))
    elsewhere = _ranked(_item(story, edition, wish, shown) for story in others)
    by_id = {story.id: story for story in wanted}
    told = _told(_ranked(items), by_id, wish, cite)
    left = WORDS_A_MINUTE * wish.minutes - sum(map(_length, told))
    return Digest(
        window=edition.window,
        articles_read=edition.articles_read,
        stories_seen=len(readable),
        minutes=wish.minutes,
        items=told,
        elsewhere=elsewhere[0] if elsewhere else None,
        ahead=coming(told, by_id, edition.window, shown, left),
        health=edition.health,
    )


def matches(story: Story, wish: Wish) -> bool:
    """Whether a story is wanted: followed, its topics and its countries, or one of the words; none muted."""
    if is_muted(story, wish):
        return False
    if follows(story, wish):
        return True
    by_topic = not wish.topics or bool(wish.topics & set(story.topics))
    by_country = not wish.countries or bool(wish.countries & set(story.countries))
    return (by_topic and by_country) or _mentions(story, wish.words)


def _as_wished(story: Story, wish: Wish) -> Story:
    """The story told by an article that answers the wish, where the leading one does not.

    "Hungary signs a civil nuclear deal", within the story of a campaign, is what arms control asks for.
    """
    topics, countries = wish.topics & set(story.topics), wish.countries & set(story.countries)
    quotable = {document[0].article.id for document in story.candidates}

    def answers(article: Article) -> bool:
        return (
            article.relevance >= RELEVANT
            and article.id in quotable
            and (not topics or not topics.isdisjoint(topic.slug for topic in article.topics))
            and (not countries or not countries.isdisjoint(article.countries))
        )

    is_answered = answers(story.articles[0]) or not any(map(answers, story.articles))
    return story if is_answered else led_by(story, answers)


def is_muted(story: Story, wish: Wish) -> bool:
    """Whether the story itself is muted, or one of its words: "war" leaves Warsaw alone."""
    is_itself = any(f"s:{one}" in wish.muted for one in story.ids)
    return is_itself or any(contains(story.text, one) for one in wish.muted)


def follows(story: Story, wish: Wish) -> bool:
    """Whether the story is followed: itself, one of its countries, or two of them as a pair."""
    countries = frozenset(story.countries)
    return _is_followed_itself(story, wish) or any(
        countries.issuperset(ref.split("-")) for ref in wish.follow
    )


def _is_followed_itself(story: Story, wish: Wish) -> bool:
    """Also under the number of a story that it has taken in."""
    return any(f"s:{one}" in wish.follow for one in story.ids)


def _is_said_today(story: Story, item: Item, wish: Wish, window: Window) -> bool:
    """Whether an earlier digest of the day has said that a followed story brings nothing new."""
    local = ZoneInfo(window.zone)
    began_today = window.start.astimezone(local).date() == window.end.astimezone(local).date()
    return item.status == "quiet" and _is_followed_itself(story, wish) and began_today


def _item(story: Story, edition: Edition, wish: Wish, shown: Shown) -> Item:
    """The story in this digest, its sentences not chosen yet."""
    is_new = story.started_at >= edition.window.start and story.id not in shown.stories
    has_news = tell.has_news(story, shown)
    status: Status = "new" if is_new else "continuing" if has_news else "quiet"
    followed = ScorePart("followed", _FOLLOWED if follows(story, wish) else 0.0)
    parts = rank.parts(
        story.articles,
        wish,
        now=edition.window.end,
        is_new=is_new,
        action=story.action,
        thought=story.thought,
    )
    parts = (*parts, followed)
    lead = story.articles[0]
    return Item(
        story=story.id,
        headline=tell.headline(lead),
        lead=lead.id,
        status=status,
        day=_day(story.started_at, edition.window.end, edition.window.zone),
        topics=story.topics,
        countries=story.countries,
        outlets=rank.outlets(story.articles),
        score=sum(part.value for part in parts),
        parts=parts,
        sentences=(),
        articles=story.articles,
        action=story.action,
        is_known=not story.ids.isdisjoint(shown.stories),
    )


def _day(started_at: datetime, now: datetime, zone: str) -> int:
    """1 on the local day on which the story began."""
    local = ZoneInfo(zone)
    return (now.astimezone(local).date() - started_at.astimezone(local).date()).days + 1


def _ranked(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (item.status == "quiet", -item.score, item.story))


def _told(
    items: Sequence[Item],
    stories: Mapping[StoryId, Story],
    wish: Wish,
    cite: Callable[[Story], tuple[Cited, ...]],
) -> tuple[Item, ...]:
    """The items that can be read in time: up to three told in full, then the rest as a line each.

    The full ones are of three affairs where there are as many. A story of which there is nothing to tell
    but its headline takes no full place, nor does an opinion: three sentences out of an argument tell
    neither the argument nor any news.
    """
    left = WORDS_A_MINUTE * wish.minutes
    kept: list[Item] = []
    for item in varied(items[: MOST_ITEMS[wish.minutes]], stories, MOST_FULL):
        may_be_full = _full(kept) < MOST_FULL and item.status != "quiet"
        is_full = may_be_full and stories[item.story].thought != "opinion"
        told = replace(item, sentences=cite(stories[item.story])) if is_full else item
        told = told if _length(told) <= left else item
        if _length(told) > left:
            break
        kept.append(told)
        left -= _length(told)
    return tuple(sorted(kept, key=lambda item: not item.sentences))


def _full(items: Iterable[Item]) -> int:
    """How many are told in sentences."""
    return sum(bool(item.sentences) for item in items)


def _cite(
    story: Story, shown: Shown, choose: Callable[[str | None], Summariser]
) -> tuple[Cited, ...]:
    """The story's sentences, and behind them those in which accounts differ."""
    chosen = tell.cite(story, shown, count=_SENTENCES, summariser=choose)
    return (*chosen, *differences(story)) if chosen else ()


def _length(item: Item) -> int:
    """Words that a reader reads of it."""
    spoken = sum(len((s.figure or s.text).split()) for s in item.sentences)
    return min(len(item.headline.split()), _HEADLINE) + _LINE + spoken


def _mentions(story: Story, words: frozenset[str]) -> bool:
    """Whether a word of the story begins with one of the words, any case: languages inflect at the end."""
    return any(contains(story.text, word, whole=False) for word in words)


def contains(text: str, word: str, *, whole: bool = True) -> bool:
    """Whether a word or phrase stands in a case-folded text, not within other words.

    Not ``whole``: it may be the beginning of one. Scripts without blanks between words know no
    such bounds. A text without it is told by plain search: a pattern for each of 40 words and
    1,000 stories costs seconds.
    """
    sought = word.casefold()
    if sought not in text:
        return False
    before = r"(?<!\w)" if _is_spaced(sought[:1]) else ""
    after = r"(?!\w)" if whole and _is_spaced(sought[-1:]) else ""
    return re.search(f"{before}{re.escape(sought)}{after}", text) is not None


def _is_spaced(character: str) -> bool:
    """Whether it is a letter or digit of a script that parts its words: not Thai, not Khmer, not Chinese."""
    is_unspaced = "\u0e00" <= character < "\u10a0" or "\u1780" <= character < "\u1800"
    return character.isalnum() and not is_unspaced and character < "\u2e80"
