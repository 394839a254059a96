"""A story that cannot be told costs nobody their digest: what breaks is found, and left out. Pure.

Where more than a few break, the fault is not theirs. Nothing is made then, since a digest without them would
tell of a quiet day; who is due stays so, and the next look tries again.
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
    """What is made; None where that breaks. One of the four places that catch everything."""
    try:
        return make()
    except Exception as fault:
        faults[:] = faults or [fault]
        return None


def sound(parts: Sequence[T], use: Callable[[T], object]) -> tuple[T, ...]:
    """The parts that can be used, each by itself; none where more than a few cannot, or all can."""
    found = tuple(part for part in parts if _goes(use, part))
    return found if 0 < len(parts) - len(found) <= _MOST else ()


def sound_edition(snapshot: Snapshot, faults: Faults) -> Edition | None:
    """The edition of all that can be read; None where that is not enough. What broke goes to ``faults``."""
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
