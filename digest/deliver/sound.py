"""A story at which composing breaks is found and left out, so that nobody loses their digest. Pure.

If more than a few break, the fault is not theirs. Nothing is made then, since a digest without them would
look like a quiet day; the chats stay due, and the next look tries again.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from ..compose.edition import Edition, edition
from ..model.digests import Snapshot

_MOST = 3  # stories

T = TypeVar("T")
Faults = list[Exception]  # the first that there was


def tried(make: Callable[[], T], faults: Faults) -> T | None:
    """What ``make`` gives, or None if it raises. One of the four places that catch everything.

    The first exception is kept in ``faults``.
    """
    try:
        return make()
    except Exception as fault:
        faults[:] = faults or [fault]
        return None


def sound(parts: Sequence[T], use: Callable[[T], object]) -> tuple[T, ...]:
    """The parts that ``use`` takes one by one; empty if it takes all of them, or refuses more than a few."""
    found = tuple(part for part in parts if _goes(use, part))
    return found if 0 < len(parts) - len(found) <= _MOST else ()


def sound_edition(snapshot: Snapshot, faults: Faults) -> Edition | None:
    """The edition of the stories that can be read, or None if too few can.

    The first exception is kept in ``faults``.
    """
    if whole := tried(lambda: edition(snapshot), faults):
        return whole
    stories = tuple(dict.fromkeys(article.story for article in snapshot.articles))

    def of(*some: object) -> Edition:
        articles = tuple(article for article in snapshot.articles if article.story in some)
        return edition(replace(snapshot, articles=articles))

    found = sound(stories, of)
    return tried(lambda: of(*found), faults) if found else None


def _goes(use: Callable[[T], object], part: T) -> bool:
    faults: Faults = []
    tried(lambda: use(part), faults)
    return not faults
