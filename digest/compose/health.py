"""How many feeds behind a digest could be read, so that a quiet day is told apart from broken feeds."""

from collections import Counter
from collections.abc import Iterable, Sequence

from ..model.digests import Health

FEWEST = 2  # feeds of a country: if it has one alone, a failure says nothing about the country


def silent(feeds: Iterable[tuple[str | None, bool]]) -> tuple[str, ...]:
    """The countries or kinds that have at least two feeds, all of which fail; those with most feeds first.

    ``feeds`` holds a pair for each feed: its country or kind, and whether it fails.
    """
    known = [(side, fails) for side, fails in feeds if side]
    every = Counter(side for side, _ in known)
    failing = Counter(side for side, fails in known if fails)
    return tuple(
        side for side, count in every.most_common() if count >= FEWEST and failing[side] == count
    )


def health_of(feeds: Sequence[tuple[str | None, bool]]) -> Health:
    """How many feeds there are, how many fail, and which countries fail altogether.

    ``feeds`` holds a pair for each feed: its country, and whether it fails.
    """
    return Health(len(feeds), sum(fails for _, fails in feeds), silent(feeds))
