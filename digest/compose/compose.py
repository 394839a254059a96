"""A digest for one chat's wish, from one edition. Pure: equal input gives an equal digest."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from ..model.articles import StoryId
from ..model.chats import Wish
from ..model.digests import Cited, Digest, Item, ScorePart, Shown, Status, Window
from ..ports import Summariser
from ..read.summary.methods import summariser
from . import rank, tell
from .coming import coming
from .differ import differences
from .edition import Edition, Story
from .matching import as_wished, follows, follows_itself, is_muted, matches
from .saga import varied

WORDS_A_MINUTE = 220  # silent reading speed
MOST_FULL = 3  # stories told in sentences; the others get one line
MOST_ITEMS = {1: 5, 3: 12, 5: 20}  # by minutes: a longer list is not read
_SENTENCES = 3  # of a story told in full
_FOLLOWED = 3.0  # score, as much as seven outlets give: a followed story does not fall off the list
_HEADLINE = 40  # words of a headline that are shown at most, about 250 characters
_LINE = 4  # words that stand beside the headline in its line


def compose(edition: Edition, wish: Wish, shown: Shown, *, method: str = "attache") -> Digest:
    """The digest of the edition's window: the stories that match ``wish``, best first.

    Of a story that earlier digests have shown (``shown``) only new sentences are taken. When nothing
    matches, ``items`` is empty and ``elsewhere`` holds the best story outside the wish. ``method`` names
    the summariser that chooses the sentences.
    """
    readable = [s for s in edition.stories if not wish.read or s.language in wish.read]
    wanted = [as_wished(story, wish) for story in readable if matches(story, wish)]
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


def _is_said_today(story: Story, item: Item, wish: Wish, window: Window) -> bool:
    """Whether an earlier digest of the day has already said that this followed story has nothing new."""
    local = ZoneInfo(window.zone)
    began_today = window.start.astimezone(local).date() == window.end.astimezone(local).date()
    return item.status == "quiet" and follows_itself(story, wish) and began_today


def _item(story: Story, edition: Edition, wish: Wish, shown: Shown) -> Item:
    """The story as an item of the digest; its sentences are chosen later."""
    is_new = story.started_at >= edition.window.start and story.id not in shown.stories
    status: Status = "new" if is_new else "continuing" if tell.has_news(story, shown) else "quiet"
    followed = ScorePart("followed", _FOLLOWED if follows(story, wish) else 0.0)
    parts = rank.parts(
        story.articles,
        wish,
        now=edition.window.end,
        is_new=is_new,
        acts=story.acts,
        states=len(story.countries),
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
    """The number of the local day since the story began, counted from 1."""
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
    """The items that fit into the reading time: up to three in full, then the rest with one line each.

    The full ones belong to different affairs, if there are enough affairs. A story with nothing to tell but
    its headline is not given a full place, nor is an opinion: three sentences out of an argument give
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
    """How many of them are told in full."""
    return sum(bool(item.sentences) for item in items)


def _cite(
    story: Story, shown: Shown, choose: Callable[[str | None], Summariser]
) -> tuple[Cited, ...]:
    """The story's sentences, followed by those in which accounts differ."""
    chosen = tell.cite(story, shown, count=_SENTENCES, summariser=choose)
    return (*chosen, *differences(story)) if chosen else ()


def _length(item: Item) -> int:
    """How many words a reader reads of the item."""
    spoken = sum(len((s.figure or s.text).split()) for s in item.sentences)
    return min(len(item.headline.split()), _HEADLINE) + _LINE + spoken
