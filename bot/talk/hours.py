"""Hours and days as people type them: "7:30 18.00 mon-fri", "um 8 Uhr täglich", "half past seven"."""

import re
from collections.abc import Iterable, Mapping
from functools import cache, partial

from babel import Locale
from babel.dates import get_day_names

from seeds.wordlists import WordLists, word_lists

from . import spelled
from .changes import EVERY_DAY, MONDAY_TO_FRIDAY, WEEKEND
from .places import fold, plain
from .texts import available, texts

_TABLE = "hours.toml"
_HOUR = re.compile(r"([01]?[0-9]|2[0-3])[:.h;]([0-5][0-9])")
_MOST_READ = 200  # characters of a sentence
_RANGE = re.compile(r"\s*[-–—]\s*")
# By the names of their lists.
_RHYTHMS = {"daily": EVERY_DAY, "working": MONDAY_TO_FRIDAY, "weekend": WEEKEND}
_FULL = r"(?<![\d:.])(2[0-3]|[01]?[0-9])"  # an hour in figures
_OF_TWELVE = r"(?<![\d:.])(1[0-2]|0?[1-9])(?:[:.]([0-5][0-9]))?"


def when(words: str) -> tuple[tuple[str, ...], frozenset[int]] | None:
    """Hours ("07:30", ascending) and weekdays (Monday is 0), either empty; None if a word is neither.

    In the words of each of the bot's languages.
    """
    hours: set[str] = set()
    days: set[int] = set()
    text = _RANGE.sub("-", _in_figures(words.replace(",", " ")))
    for word in _span_of_days().sub(r"\1-\2", text).split():
        hour, some = _hour(word), _days(word)
        if hour is None and not some and word not in _beside():
            return None
        hours |= {hour} if hour else set()
        days |= some
    if words.strip() and not (hours or days):
        return None
    return tuple(sorted(hours)), frozenset(days)


def within(words: str) -> tuple[str, ...]:
    """The hours that a sentence names, ascending: "send it at 8, please"; no bare number is one."""
    found = map(
        _hour, re.findall(r"(?<![\w:.-])\d\d?[:.]\d\d(?![\w:])", _in_figures(words[:_MOST_READ]))
    )
    return tuple(sorted({hour for hour in found if hour}))


def quiet(words: str) -> tuple[str, str] | None:
    """Two different hours as "22:00-07:00", "22-7" or "from 22 to 7"; None for anything else."""
    each = _RANGE.sub(" ", _in_figures(words)).split()
    aside = _beside() | _list("to")
    hours = [_hour(word) or _hour(f"{word}:00") for word in each if word not in aside]
    if len(hours) != 2 or hours[0] is None or hours[1] is None or hours[0] == hours[1]:
        return None
    return hours[0], hours[1]


def behind_quiet(words: str) -> str | None:
    """What is said of the hours without a sound; None where nothing is said of them."""
    first, *rest = words.split(maxsplit=1) or [""]
    return "".join(rest) if fold(first.rstrip(":")) in _folded("quiet") else None


def is_off(words: str) -> bool:
    """Whether somebody wants none of them."""
    return fold(words) in _folded("off")


@cache
def day_names() -> Mapping[str, int]:
    """The days of the week, Monday is 0, by their names in the languages of the bot, folded.

    No name is that of two days.
    """
    others = (enumerate(_lists().phrases("days", one)) for one in _lists().languages)
    forms = {fold(form): day for each in others for day, said in each for form in said.split()}
    return forms | {
        fold(name): number
        for locale in (Locale.parse("en"), *(texts(one).locale for one in available()))
        for width in ("wide", "abbreviated")
        for number, name in get_day_names(width, locale=locale).items()
    }


def _in_figures(words: str) -> str:
    """Hours as 24 of them with minutes, and the days of a rhythm by one word."""
    text = plain(words)
    for name in _RHYTHMS:
        text = _said(name).sub(name, text)
    text = _with_minutes().sub(r"\1:\2", spelled.in_figures(text))
    for name, half in (("morning", 0), ("evening", 12)):
        text = _of_twelve(name).sub(partial(_of_24, half), text)
    text = _full_hour().sub(r"\1:00", _behind().sub("", text))
    return _before().sub("", _bare_hour().sub(r"\1:00", text))


def _of_24(half: int, found: re.Match[str]) -> str:
    """An hour of twelve among 24: noon is "12 pm"."""
    return f"{int(found[1]) % 12 + half}:{found[2] or '00'}"


def _hour(word: str) -> str | None:
    found = _HOUR.fullmatch(word)
    return f"{int(found[1]):02}:{found[2]}" if found else None


def _days(word: str) -> frozenset[int]:
    if word in _RHYTHMS:
        return _RHYTHMS[word]
    ends = [day_names().get(fold(end)) for end in word.split("-")]
    if None in ends or len(ends) > 2:
        return frozenset()
    first, last = ends[0] or 0, ends[-1] or 0
    return frozenset((first + step) % 7 for step in range((last - first) % 7 + 1))


@cache
def _said(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any(_phrases(name))})(?!\w)")


@cache
def _before() -> re.Pattern[str]:
    """What stands before an hour."""
    return re.compile(rf"(?<!\w)(?:{_any(_phrases('at'))})\s+(?=\d)")


@cache
def _bare_hour() -> re.Pattern[str]:
    """A number that what stands before it makes an hour: "at 8"."""
    return re.compile(rf"(?<!\w)(?:{_any(_phrases('at'))})\s+(2[0-3]|[01]?[0-9])(?!\w|[:.;]\d)")


@cache
def _span_of_days() -> re.Pattern[str]:
    """Two days and what stands between them: "Montag bis Freitag"."""
    days = _any(day_names())
    return re.compile(rf"(?<!\w)({days})\s+(?:{_any(_list('to'))})\s+({days})(?!\w)")


@cache
def _beside() -> frozenset[str]:
    """Words beside hours and days that say nothing."""
    ands = word_lists("courtesies.toml").words("and")
    return _list("beside") | _list("from") | frozenset(map(plain, ands))


def _list(name: str) -> frozenset[str]:
    return frozenset(_words(name))


@cache
def _of_twelve(name: str) -> re.Pattern[str]:
    """An hour with what says in which half of the day it is."""
    behind = rf"\s*(?:(?:{_any(_words('hour'))})\s+)?(?:{_any(_phrases(name))})(?!\w)\.?"
    return re.compile(_OF_TWELVE + behind)


@cache
def _with_minutes() -> re.Pattern[str]:
    """An hour with minutes behind its word: "8 Uhr 15"."""
    return re.compile(rf"{_FULL}\s*(?:{_any(_words('minutes'))})\s*([0-5][0-9])(?!\d)")


@cache
def _behind() -> re.Pattern[str]:
    """What stands behind an hour with minutes."""
    return re.compile(rf"(?<=:[0-5][0-9])\s*(?:{_any(_words('hour'))})(?!\w)\.?")


@cache
def _full_hour() -> re.Pattern[str]:
    """A full hour, by the word for it."""
    return re.compile(rf"{_FULL}\s*(?:{_any(_words('hour'))})(?![\w:.])(?!\s*[0-5][0-9])")


def _any(words: Iterable[str]) -> str:
    """The expression of any of them, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


@cache
def _folded(name: str) -> frozenset[str]:
    return frozenset(map(fold, _lists().words(name)))


def _words(name: str) -> tuple[str, ...]:
    return tuple(map(plain, _lists().words(name)))


def _phrases(name: str) -> tuple[str, ...]:
    return tuple(map(plain, _lists().phrases(name)))


def _lists() -> WordLists:
    return word_lists(_TABLE)
