"""What the stories of a digest announce for the next two weeks."""

from collections.abc import Iterator, Mapping, Sequence, Set
from datetime import date, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from ..model.articles import StoryId
from ..model.digests import Announced, Item, Shown, Window
from .candidates import Candidate
from .edition import Story
from .similarity import SIMILAR, cosine, stems_of

MOST = 5  # sentences that a digest announces
_DAYS = 14
_TOO_LATE = timedelta(hours=6)  # before a day ends: a digest of the evening begins with tomorrow
_LABEL = 3  # words of the day before each


def coming(
    items: Sequence[Item],
    stories: Mapping[StoryId, Story],
    window: Window,
    shown: Shown,
    words: int,
) -> tuple[Announced, ...]:
    """Sentences that announce something for the next two weeks, by day, of at most ``words`` words in all.

    Left out are sentences that the digest or their own story says already, and those that the chat was
    shown.
    """
    end = window.end.astimezone(ZoneInfo(window.zone))
    first = (end + _TOO_LATE).date()
    last = first + timedelta(days=_DAYS)
    every = chain.from_iterable(_of(item, stories[item.story], shown) for item in items)
    told = [
        stems_of(cited.text, stories[item.story].language)
        for item in items
        for cited in item.sentences
    ]
    fresh = (one for one in every if first <= one.day <= last and not _is_told(one, told))
    near = sorted(fresh, key=lambda one: one.day)
    return tuple(_within(near[:MOST], words))


def _of(item: Item, story: Story, shown: Shown) -> Iterator[Announced]:
    told = {(cited.article, cited.start) for cited in item.sentences}
    said: list[tuple[date, frozenset[str]]] = []
    for one in sorted(_announcing(story), key=lambda candidate: _place(candidate) not in told):
        stems = stems_of(one.text, story.language)
        if one.day is None or any(
            one.day == day and cosine(stems, other) >= SIMILAR for day, other in said
        ):
            continue
        said.append((one.day, stems))
        is_fresh = _place(one) not in told and one.trace not in shown.sentences
        if is_fresh and one.is_clear(item.headline):
            yield Announced(one.day, one.article, one.span, outlets=len(item.outlets))


def _is_told(one: Announced, told: Sequence[Set[str]]) -> bool:
    """Whether a sentence of the digest says much the same about the same day, even if it is no announcement.

    Such a sentence, often a quotation, stood above 1 of 19 announcements (2026-12-01).
    """
    stems = stems_of(one.text, one.article.language)
    day = stems & stems_of(f"{one.day:%A} {one.day.day}", one.article.language)
    return any(day & other and cosine(stems, other) >= SIMILAR for other in told)


def _announcing(story: Story) -> Iterator[Candidate]:
    return (one for document in story.candidates for one in document if one.day is not None)


def _place(candidate: Candidate) -> tuple[int, int]:
    return candidate.article.id, candidate.span.start


def _within(announced: Sequence[Announced], words: int) -> Iterator[Announced]:
    """As many as fit into ``words``, from the first on."""
    for one in announced:
        words -= len(one.text.split()) + _LABEL
        if words < 0:
            return
        yield one
