"""A digest for one chat's wish from one frozen snapshot. Pure: equal input, equal digest."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from ..model import Article, Digest, Item, Shown, Snapshot, Status, StoryId, Wish
from ..ports import Summariser
from ..read.summarise import summariser
from . import rank, tell

WORDS_A_MINUTE = 220  # silent reading speed
MOST_FULL = 3  # stories told in sentences; the others get one line
MOST_ITEMS = {1: 5, 3: 12, 5: 20}  # by minutes: a longer list is not read
_SENTENCES = 3  # of a full story
_RELEVANT = 0.5  # below it a story is no diplomacy; the cut-off of the tagger
_LINE = 4  # words that a headline's line carries beside the headline


@dataclass(frozen=True, slots=True)
class _Candidate:
    story: StoryId
    articles: tuple[Article, ...]
    topics: tuple[str, ...]
    countries: tuple[str, ...]


def compose(
    snapshot: Snapshot,
    wish: Wish,
    shown: Shown,
    *,
    method: str = "attache",
) -> Digest:
    """The digest over the snapshot's window: stories that match ``wish``, best first.

    A story that earlier digests have shown brings only sentences they did not. When nothing
    matches, ``items`` is empty and ``elsewhere`` holds the top story outside the wish.
    """
    choose = partial(summariser, method)
    stories = _stories(snapshot, wish)
    items = [_item(story, snapshot, wish, shown, choose) for story in stories]
    wanted = [item for item, story in zip(items, stories, strict=True) if matches(story, wish)]
    others = [item for item in items if item not in wanted]
    return Digest(
        window=snapshot.window,
        articles_read=len(snapshot.articles),
        stories_seen=len(stories),
        minutes=wish.minutes,
        items=_within_budget(_ranked(wanted), wish.minutes),
        elsewhere=next(iter(_ranked(others)), None) if not wanted else None,
        health=snapshot.health,
    )


def matches(story: _Candidate, wish: Wish) -> bool:
    """Whether a story is wanted: its topics and its countries, or one of the words; none muted."""
    if _mentions(story.articles, wish.muted):
        return False
    by_topic = not wish.topics or bool(wish.topics & set(story.topics))
    by_country = not wish.countries or bool(wish.countries & set(story.countries))
    return (by_topic and by_country) or _mentions(story.articles, wish.words)


def _stories(snapshot: Snapshot, wish: Wish) -> list[_Candidate]:
    members: defaultdict[StoryId, list[Article]] = defaultdict(list)
    for article in snapshot.articles:
        if article.story is not None and (not wish.read or article.language in wish.read):
            members[article.story].append(article)
    return [
        _Candidate(story, tell.ordered(articles), tell.topics(articles), tell.countries(articles))
        for story, articles in members.items()
        if max(article.relevance for article in articles) >= _RELEVANT
    ]


def _item(
    story: _Candidate,
    snapshot: Snapshot,
    wish: Wish,
    shown: Shown,
    choose: Callable[[str | None], Summariser],
) -> Item:
    started_at = snapshot.story_started_at.get(story.story, snapshot.window.start)
    is_new = started_at >= snapshot.window.start and story.story not in shown.stories
    sentences = tell.cite(story.articles, shown=shown, count=_SENTENCES, summariser=choose)
    status: Status = "new" if is_new else "continuing" if sentences else "quiet"
    parts = rank.parts(story.articles, wish, now=snapshot.window.end, is_new=is_new)
    lead = story.articles[0]
    return Item(
        story=story.story,
        headline=tell.headline(lead),
        lead=lead.id,
        status=status,
        day=_day(started_at, snapshot.window.end, snapshot.window.zone),
        topics=story.topics,
        countries=story.countries,
        outlets=rank.outlets(story.articles),
        score=sum(part.value for part in parts),
        parts=parts,
        sentences=sentences,
        articles=story.articles,
    )


def _day(started_at: datetime, now: datetime, zone: str) -> int:
    """1 on the local day on which the story began."""
    local = ZoneInfo(zone)
    return (now.astimezone(local).date() - started_at.astimezone(local).date()).days + 1


def _ranked(items: Sequence[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (item.status == "quiet", -item.score, item.story))


def _within_budget(items: Sequence[Item], minutes: int) -> tuple[Item, ...]:
    """The items that can be read in time: up to three told in full, the rest as a line each."""
    left = WORDS_A_MINUTE * minutes
    kept: list[Item] = []
    for item in items[: MOST_ITEMS[minutes]]:
        line = len(item.headline.split()) + _LINE
        full = line + sum(len(sentence.text.split()) for sentence in item.sentences)
        may_be_full = len(kept) < MOST_FULL and full <= left and item.status != "quiet"
        if not may_be_full and line > left:
            break
        kept.append(item if may_be_full else replace(item, sentences=()))
        left -= full if may_be_full else line
    return tuple(kept)


def _mentions(articles: Sequence[Article], words: frozenset[str]) -> bool:
    """Whether one of the words stands in a title or text, any case."""
    folded = tuple(word.casefold() for word in words)
    texts = (f"{article.title or ''}\n{article.text}".casefold() for article in articles)
    return bool(folded) and any(word in text for text in texts for word in folded)
