"""What the stories of a digest announce for the days to come."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from ..model import Announced, Item, Shown, StoryId, Window
from .edition import Candidate, Story

MOST = 5  # sentences that a digest announces
_DAYS = 14
_TOO_LATE = timedelta(
    hours=6
)  # before a day's end: what a digest of the evening announces begins tomorrow
_LABEL = 3  # words of the day before each


def coming(
    items: Sequence[Item],
    stories: Mapping[StoryId, Story],
    window: Window,
    shown: Shown,
    words: int,
) -> tuple[Announced, ...]:
    """One sentence for each story and day of the next two weeks, by day, within so many ``words``.

    A day that the sentences of its story tell already is left out, and what the chat was shown before.
    """
    end = window.end.astimezone(ZoneInfo(window.zone))
    first = (end + _TOO_LATE).date()
    last = first + timedelta(days=_DAYS)
    every = chain.from_iterable(_of(item, stories[item.story], shown) for item in items)
    near = sorted((one for one in every if first <= one.day <= last), key=lambda one: one.day)
    return tuple(_within(near[:MOST], words))


def _of(item: Item, story: Story, shown: Shown) -> Iterator[Announced]:
    told = {(cited.article, cited.start) for cited in item.sentences}
    seen: set[date] = set()
    for candidate in sorted(_announcing(story), key=lambda one: _place(one) not in told):
        if candidate.day is None or candidate.day in seen:
            continue
        seen.add(candidate.day)
        if _place(candidate) not in told and _is_fresh(candidate, item, shown):
            yield Announced(
                candidate.day, candidate.article, candidate.span, outlets=len(item.outlets)
            )


def _announcing(story: Story) -> Iterator[Candidate]:
    return (one for document in story.candidates for one in document if one.day is not None)


def _place(candidate: Candidate) -> tuple[int, int]:
    return candidate.article.id, candidate.span.start


def _is_fresh(candidate: Candidate, item: Item, shown: Shown) -> bool:
    """Whether the chat was not shown it, and knows of whom it speaks."""
    is_known = candidate.stranger is None or candidate.stranger in item.headline
    return is_known and candidate.trace not in shown.sentences


def _within(announced: Sequence[Announced], words: int) -> Iterator[Announced]:
    """The first ones that can be read in so many words."""
    for one in announced:
        words -= len(one.text.split()) + _LABEL
        if words < 0:
            return
        yield one
