"""Days that a text names, and whether an undated text names a day near the time it was first seen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from babel.dates import get_month_names

_NEAR = timedelta(days=3)  # "aired on Feb. 10", read on the 10th to the 13th
_LANGUAGES = ("en", "fr", "de", "es", "ru", "uk", "tr")


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day with its month, and its year if that is said; [start, end) in code points."""

    start: int
    end: int
    day: int
    month: int
    year: int | None

    def in_year(self, year: int) -> date | None:
        """The date in its own year, or else in the one given; None if that year has no such day."""
        try:
            return date(self.year or year, self.month, self.day)
        except ValueError:  # 31 February is no day
            return None


def named_days(text: str) -> Iterator[NamedDay]:
    """Every day that ``text`` names together with its month, in text order."""
    for match in _pattern().finditer(text):
        month = _months()[_bare(match["month"] or match["month2"])]
        year = int(match["year"]) if match["year"] else None
        yield NamedDay(match.start(), match.end(), int(match["day"] or match["day2"]), month, year)


def names_day_near(text: str, seen: date) -> bool:
    """Whether ``text`` names a day (and no other year) within three days before ``seen``.

    That proves that the text is not old, but it is no date: the year is not said, or is that of ``seen``.
    """
    days = {seen - timedelta(days=gap) for gap in range(-1, _NEAR.days + 1)}
    return any(named.in_year(_year_near(named.month, seen)) in days for named in named_days(text))


def _year_near(month: int, seen: date) -> int:
    """The year of ``seen``, or the year before for a December that is read in January."""
    return seen.year - 1 if month == 12 and seen.month == 1 else seen.year


@cache
def _months() -> dict[str, int]:
    """Names of months in all languages that are read, full and short, without dots: 1..12."""
    names = {"sept": 9}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    names[_bare(name)] = number
    return names


@cache
def _pattern() -> re.Pattern[str]:
    """A month beside a day, in either order, and the year if it follows.

    Words without a number after them are skipped: looking for months alone took 1.0 ms for 430 words, not
    0.16.
    """
    months = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return re.compile(
        r"\b(?=\d|[^\W\d_]+\.?\s\d)"
        rf"(?:(?P<month>{months})\.?\s(?P<day>\d{{1,2}})|(?P<day2>\d{{1,2}})\.?\s(?:de\s)?(?P<month2>{months}))\b"
        r"(?:st|nd|rd|th)?(?:,?\s(?:de\s)?(?P<year>(?:19|20)\d\d))?",
        re.IGNORECASE,
    )


def _bare(name: str) -> str:
    return name.lower().rstrip(".")
