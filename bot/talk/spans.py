"""How long, and until when, as people type it: "7d", "eine Woche", "до пятницы", "until 12 September"."""

import re
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
_UNITS = {"day": 1, "week": 7, "fortnight": 14, "month": 30}  # days by the names of their lists
_COUNTS = (*range(1, 11), 14)  # lists of words, too
_NUMBER = re.compile(r"[1-9][0-9]{0,2}", re.ASCII)
_GLUED = re.compile(r"^([0-9]+)(?=[^\W\d_])")
_SATURDAY = 5
_STEM = 4  # letters by which a day is known in any case: "до понедельника"
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_FIGURES = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})(?:[./]([0-9]{4}))?\.?", re.ASCII)
_DAY_FIRST = re.compile(r"([0-9]{1,2}) ([^\W\d_]+)(?: ([0-9]{4}))?")
_MONTH_FIRST = re.compile(r"([^\W\d_]+) ([0-9]{1,2})(?: ([0-9]{4}))?")


def days(words: str, *, most: int) -> int | None:
    """A number of days as "7d", "7 Tage", "eine Woche" or "7", from 1 to ``most``; None for anything else."""
    count = _count(words, _units())
    return count if 1 <= count <= most else None


def until(words: str, *, now: datetime, zone: str, most: int) -> datetime | None:
    """When "7d" or "until Monday" is over, at most ``most`` days from now; a day's first local midnight.

    "until 2026-09-01", "12 September", "until tomorrow"; "tomorrow" alone is over when that day is.
    """
    if count := days(words, most=most):
        return now + timedelta(days=count)
    if hours := _count(words, _hours()):
        end: datetime | None = now + timedelta(hours=hours)
    else:
        end = _midnight(" ".join(words.split()), now, zone)
    return end if end and now < end <= now + timedelta(days=most + 1) else None


def _midnight(words: str, now: datetime, zone: str) -> datetime | None:
    """The first instant of the day that ``words`` say a pause ends on."""
    behind = _until().match(words.replace("’", "'"))
    today = now.astimezone(ZoneInfo(zone)).date()
    try:
        day = _day(words[behind.end() :] if behind else words, today, is_end=bool(behind))
        return instant(day, "00:00", zone) if day else None
    except (ValueError, OverflowError):
        return None


def _count(words: str, units: Mapping[str, int]) -> int:
    """How many of the smallest unit; 0 where it is none."""
    match _GLUED.sub(r"\1 ", _for().sub("", fold(words))).split():
        case [number] if _NUMBER.fullmatch(number):
            return int(number) * units.get("", 0)
        case [unit] if len(unit) > 2:  # "week", but no "d"
            return units.get(unit, 0)
        case [number, unit]:
            count = int(number) if _NUMBER.fullmatch(number) else _numbers().get(number, 0)
            return count * units.get(unit, 0)
    return 0


def _day(words: str, today: date, *, is_end: bool) -> date | None:
    """The first day after a pause; ``is_end`` where a word as "until" stands before it."""
    last = 0 if is_end else 1  # the day that is named rests too
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
            return monday if not is_end else _coming(_SATURDAY, today)
        case named:
            return _date(words, today) or (_weekday(named, today) if is_end else None)


def _weekday(word: str, today: date) -> date | None:
    names = day_names()
    number = names.get(word)
    if number is None and len(word) > _STEM and " " not in word:
        number = next((day for name, day in names.items() if name[:_STEM] == word[:_STEM]), None)
    return None if number is None else _coming(number, today)


def _coming(weekday: int, today: date) -> date:
    """The next such day after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _date(words: str, today: date) -> date | None:
    """ "2026-09-01", "1.9.", "1 September": the day before the month, and without a year the next one.

    Raises ValueError for a day that no month has.
    """
    if found := _ISO.fullmatch(words):
        return date(*map(int, found.groups()))
    if found := _FIGURES.fullmatch(words):
        return _next(int(found[1]), int(found[2]), found[3], today)
    plain, months = _beside().sub("", fold(words)), _month_names()
    if (found := _DAY_FIRST.fullmatch(plain)) and found[2] in months:
        return _next(int(found[1]), months[found[2]], found[3], today)
    if (found := _MONTH_FIRST.fullmatch(plain)) and found[1] in months:
        return _next(int(found[2]), months[found[1]], found[3], today)
    return None


def _next(day: int, month: int, year: str | None, today: date) -> date:
    if year:
        return date(int(year), month, day)
    found = date(today.year, month, day)
    return found if found > today else date(today.year + 1, month, day)


@cache
def _units() -> Mapping[str, int]:
    """Days by their words; a bare number counts them."""
    return {"": 1} | {word: days for unit, days in _UNITS.items() for word in _words(unit)}


@cache
def _hours() -> Mapping[str, int]:
    return dict.fromkeys(_words("hour"), 1)


@cache
def _numbers() -> Mapping[str, int]:
    return {word: count for count in _COUNTS for word in _words(str(count))}


@cache
def _for() -> re.Pattern[str]:
    return re.compile(rf"^(?:{_any(_words('for'))}) ")


@cache
def _until() -> re.Pattern[str]:
    """What stands before an end as it is typed, the longest first: "bis zum" before "bis"."""
    phrases = sorted(word_lists(_TABLE).phrases("until"), key=len, reverse=True)
    return re.compile(rf"(?:{_any(phrases)})\s+", re.IGNORECASE)


@cache
def _beside() -> re.Pattern[str]:
    """What stands around a day and its month."""
    ordinals, words = _any(_words("ordinals")), _any(_words("beside"))
    return re.compile(rf"(?<=[0-9])(?:{ordinals})\b|\b(?:{words}) ")


@cache
def _phrases(name: str) -> frozenset[str]:
    return frozenset(map(fold, word_lists(_TABLE).phrases(name)))


def _words(name: str) -> tuple[str, ...]:
    return tuple(map(fold, word_lists(_TABLE).words(name)))


def _any(words: Iterable[str]) -> str:
    """The expression of any of them."""
    return "|".join(map(re.escape, words))


@cache
def _month_names() -> Mapping[str, int]:
    """January is 1; in the languages of the bot, in full and short, in each case."""
    return {
        fold(name): number
        for locale in (Locale.parse("en"), *(texts(one).locale for one in available()))
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, locale).items()
    }
