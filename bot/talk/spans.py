"""Durations and end dates as people type them: "7d", "eine Woche", "до пятницы", "until 1 June". Pure."""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import get_month_names

from digest.compose.due import instant
from seeds.wordlists import word_lists

from .hours import day_names
from .places import fold
from .texts import available, texts

_TABLE = "spans.toml"
_UNITS = {"day": 1, "week": 7, "fortnight": 14, "month": 30}  # word list -> days
_COUNTS = (*range(1, 11), 14)  # numbers that have a word list, too
_NUMBER = re.compile(r"[1-9][0-9]{0,2}", re.ASCII)
_GLUED = re.compile(r"^([0-9]+)(?=[^\W\d_])")
_SATURDAY = 5
_STEM = 4  # letters that tell a weekday in any grammatical case: "до понедельника"
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_FIGURES = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})(?:[./]([0-9]{4}))?\.?", re.ASCII)
_DAY_FIRST = re.compile(r"([0-9]{1,2}) ([^\W\d_]+)(?: ([0-9]{4}))?")
_MONTH_FIRST = re.compile(r"([^\W\d_]+) ([0-9]{1,2})(?: ([0-9]{4}))?")


def days(words: str, *, most: int) -> int | None:
    """The days in "7d", "7 Tage", "eine Woche" or "7", from 1 to ``most``; None for anything else."""
    count = _count(words, _units())
    return count if 1 <= count <= most else None


def until(words: str, *, now: datetime, zone: str, most: int) -> datetime | None:
    """When a pause of "7d", "3 hours" or "until Monday" ends; None if it is not understood or too long.

    A duration counts from ``now``. A date ("until 2026-09-01", "12 September", "until tomorrow") ends the
    pause when that day begins in ``zone``; "tomorrow" alone when that day is over. ``most`` limits the days
    from now; a date may be one day beyond it.
    """
    if count := days(words, most=most):
        return now + timedelta(days=count)
    if hours := _count(words, _hours()):
        return now + timedelta(hours=hours) if hours <= most * 24 else None
    end = _end_of_pause(" ".join(words.split()), now, zone)
    return end if end and now < end <= now + timedelta(days=most + 1) else None


def _end_of_pause(words: str, now: datetime, zone: str) -> datetime | None:
    """The first instant of the day on which the pause ends; None if ``words`` name no day."""
    behind = _until_pattern().match(words.replace("’", "'"))
    today = now.astimezone(ZoneInfo(zone)).date()
    try:
        day = _day(words[behind.end() :] if behind else words, today, is_end=bool(behind))
        return instant(day, "00:00", zone) if day else None
    except (ValueError, OverflowError):
        return None


def _count(words: str, units: Mapping[str, int]) -> int:
    """A duration as a number of the smallest of ``units``; 0 if ``words`` are no duration."""
    match _GLUED.sub(r"\1 ", _for_pattern().sub("", fold(words))).split():
        case [number] if _NUMBER.fullmatch(number):
            return int(number) * units.get("", 0)
        case [unit] if len(unit) > 2:  # "week", but no "d"
            return units.get(unit, 0)
        case [number, unit]:
            count = int(number) if _NUMBER.fullmatch(number) else _numbers().get(number, 0)
            return count * units.get(unit, 0)
    return 0


def _day(words: str, today: date, *, is_end: bool) -> date | None:
    """The first day after the pause; ``is_end`` if a word such as "until" stood before it."""
    last = 0 if is_end else 1  # without "until" the named day belongs to the pause
    monday = today + timedelta(days=7 - today.weekday())
    match fold(words):
        case named if named in _phrases("today"):
            return today + timedelta(days=last)
        case named if named in _phrases("tomorrow"):
            return today + timedelta(days=1 + last)
        case named if named in _phrases("after_tomorrow"):
            return today + timedelta(days=2 + last)
        case named if named in _phrases("this_week") or (named in _phrases("next_week") and is_end):
            return monday
        case named if named in _phrases("weekend"):
            return monday if not is_end else _next_weekday(_SATURDAY, today)
        case named:
            return _date(words, today) or (_weekday(named, today) if is_end else None)


def _weekday(word: str, today: date) -> date | None:
    names = day_names()
    number = names.get(word)
    if number is None and len(word) > _STEM and " " not in word:
        number = next((day for name, day in names.items() if name[:_STEM] == word[:_STEM]), None)
    return None if number is None else _next_weekday(number, today)


def _next_weekday(weekday: int, today: date) -> date:
    """The next such weekday after today; Monday is 0."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _date(words: str, today: date) -> date | None:
    """The date in "2026-09-01", "1.9." (day first) or "1 September"; without a year the next such date.

    None if it is no date, and without a year for a day that neither this year nor the next has. With one it
    raises ValueError for such a day.
    """
    if found := _ISO.fullmatch(words):
        return date(*map(int, found.groups()))
    if found := _FIGURES.fullmatch(words):
        return _next_date(int(found[1]), int(found[2]), found[3], today)
    plain, months = _fillers().sub("", fold(words)), _month_names()
    if (found := _DAY_FIRST.fullmatch(plain)) and found[2] in months:
        return _next_date(int(found[1]), months[found[2]], found[3], today)
    if (found := _MONTH_FIRST.fullmatch(plain)) and found[1] in months:
        return _next_date(int(found[2]), months[found[1]], found[3], today)
    return None


def _next_date(day: int, month: int, year: str | None, today: date) -> date | None:
    if year:
        return date(int(year), month, day)
    years = (one for one in (today.year, today.year + 1) if day <= monthrange(one, month)[1])
    return next((found for one in years if (found := date(one, month, day)) > today), None)


@cache
def _units() -> Mapping[str, int]:
    """Days by the word for the unit; the empty word stands for a bare number, which counts days."""
    return {"": 1} | {word: days for unit, days in _UNITS.items() for word in _words(unit)}


@cache
def _hours() -> Mapping[str, int]:
    return dict.fromkeys(_words("hour"), 1)


@cache
def _numbers() -> Mapping[str, int]:
    return {word: count for count in _COUNTS for word in _words(str(count))}


@cache
def _for_pattern() -> re.Pattern[str]:
    return re.compile(rf"^(?:{_any_of(_words('for'))}) ")


@cache
def _until_pattern() -> re.Pattern[str]:
    """Words before an end date. The longest first, so that "bis zum" is not taken for "bis"."""
    phrases = sorted(word_lists(_TABLE).phrases("until"), key=len, reverse=True)
    return re.compile(rf"(?:{_any_of(phrases)})\s+", re.IGNORECASE)


@cache
def _fillers() -> re.Pattern[str]:
    """Fillers around a day and its month: "the 27th of August"."""
    ordinals, words = _any_of(_words("ordinals")), _any_of(_words("beside"))
    return re.compile(rf"(?<=[0-9])(?:{ordinals})\b|\b(?:{words}) ")


@cache
def _phrases(name: str) -> frozenset[str]:
    return frozenset(map(fold, word_lists(_TABLE).phrases(name)))


def _words(name: str) -> tuple[str, ...]:
    return tuple(map(fold, word_lists(_TABLE).words(name)))


def _any_of(words: Iterable[str]) -> str:
    """A regular expression that matches any of the words."""
    return "|".join(map(re.escape, words))


@cache
def _month_names() -> Mapping[str, int]:
    """Months (January is 1) by folded name: full, short and inflected, in all languages of the bot."""
    return {
        fold(name): number
        for locale in (Locale.parse("en"), *(texts(one).locale for one in available()))
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, locale).items()
    }
