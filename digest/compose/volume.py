"""How many articles are published a day, what is usual, and which days are unusual. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import dropwhile
from statistics import median
from zoneinfo import ZoneInfo

from ..model.digests import Window

# A day is unusual where it exceeds the median by 3 spreads, the spread being the larger of what days differ
# by (1.4826 × median absolute deviation, the deviation of a normal law) and of what chance alone makes them
# differ (the root of the median, Poisson's law). Simulated days of 1, 5, 14 and 50 articles by that law,
# 2026-11-28: 2.0 calls up to 2.6 % of usual days unusual, 3.0 up to 0.7 %, 4.0 up to 0.1 %; of days with
# thrice as much 3.0 finds 76 % at 5 articles and 99 % at 14, 4.0 finds 52 % and 96 %.
_SPREADS = 3.0
_NORMAL = 1.4826
_FEWEST = 5  # articles above the usual number: three instead of one mean nothing


@dataclass(frozen=True, slots=True)
class Volume:
    """Articles by day."""

    per_day: tuple[tuple[date, int], ...]  # every local day, the last one not over yet
    usual: int  # the median of the days that are over, from the first that has any
    unusual: tuple[date, ...]  # days with far more than usual

    @property
    def articles(self) -> int:
        """The number of all days together."""
        return sum(count for _, count in self.per_day)

    @property
    def most(self) -> tuple[date, int]:
        """The day with most articles, the latest if there are several."""
        return max(self.per_day, key=lambda one: (one[1], one[0]))

    @property
    def today(self) -> int:
        """The number of the last day, which is not over yet."""
        return self.per_day[-1][1]


def volume(moments: Iterable[datetime], window: Window) -> Volume:
    """How many of ``moments`` fall on each local day of the window; those outside it do not count."""
    zone = ZoneInfo(window.zone)
    inside = (moment for moment in moments if window.start <= moment < window.end)
    counts = Counter(moment.astimezone(zone).date() for moment in inside)
    first, last = (at.astimezone(zone).date() for at in (window.start, window.end))
    days = tuple(first + timedelta(days=gap) for gap in range((last - first).days + 1))
    per_day = tuple((day, counts[day]) for day in days)
    over = [count for _, count in dropwhile(lambda one: not one[1], per_day[:-1])] or [0]
    bound = _bound(over)
    unusual = tuple(day for day, count in per_day if count >= bound)
    return Volume(per_day, round(median(over)), unusual)


def _bound(counts: list[int]) -> float:
    """From how many articles on a day is unusual."""
    middle = median(counts)
    deviation = _NORMAL * median(abs(count - middle) for count in counts)
    spread = max(deviation, middle**0.5)
    return float(middle + max(_FEWEST, _SPREADS * spread))
