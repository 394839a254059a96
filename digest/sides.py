"""Sides of the world of which no feed can be read: quiet is not broken, and one side missing is neither."""

from collections import Counter
from collections.abc import Iterable

FEWEST = 2  # feeds: of a country with one feed, the feed is down and not the country


def silent(feeds: Iterable[tuple[str | None, bool]]) -> tuple[str, ...]:
    """Of (country or kind, whether it fails) those with two feeds and more that all fail, largest first."""
    feeds = [(side, fails) for side, fails in feeds if side]
    every = Counter(side for side, _ in feeds if side)
    failing = Counter(side for side, fails in feeds if side and fails)
    return tuple(
        side for side, count in every.most_common() if count >= FEWEST and failing[side] == count
    )
