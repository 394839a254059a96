"""How the feeds behind a digest stand: quiet is not broken, and one side of the world missing is neither."""

from collections import Counter
from collections.abc import Iterable, Sequence

from ..model.digests import Health

FEWEST = 2  # feeds: of a country with one feed, the feed is down and not the country


def silent(feeds: Iterable[tuple[str | None, bool]]) -> tuple[str, ...]:
    """Of (country or kind, whether it fails) those with two feeds and more that all fail, largest first."""
    known = [(side, fails) for side, fails in feeds if side]
    every = Counter(side for side, _ in known)
    failing = Counter(side for side, fails in known if fails)
    return tuple(
        side for side, count in every.most_common() if count >= FEWEST and failing[side] == count
    )


def health_of(feeds: Sequence[tuple[str | None, bool]]) -> Health:
    """Of (country, whether it fails) how many there are, how many fail, and the countries of which all do."""
    return Health(len(feeds), sum(fails for _, fails in feeds), silent(feeds))
