"""Hours and days as people type them: "7:30 18.00 mon-fri", "um 8 Uhr täglich", "half past seven". Pure."""

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
# Word list -> weekdays.
_RHYTHMS = {"daily": EVERY_DAY, "working": MONDAY_TO_FRIDAY, "weekend": WEEKEND}
_HOUR_OF_24 = r"(?<![\d:.])(2[0-3]|[01]?[0-9])"
_HOUR_OF_12 = r"(?<![\d:.])(1[0-2]|0?[1-9])(?:[:.]([0-5][0-9]))?"


def when(words: str) -> tuple[tuple[str, ...], frozenset[int]] | None:
    """Hours ("07:30", ascending) and weekdays (Monday is 0) in ``words``; either may be empty.

    None if a word is neither of them nor a filler, or if there are only fillers. Reads all languages of the
    bot.
    """
    hours: set[str] = set()
    days: set[int] = set()
    text = _RANGE.sub("-", _normalised(words.replace(",", " ")))
    if re.search(r":\d\d", text):
        text = _hour_after_and().sub(r"\1 \2:00", text)
    for word in _span_of_days().sub(r"\1-\2", text).split():
        hour, some = _hour(word), _days(word)
        if hour is None and not some and word not in _fillers():
            return None
        hours |= {hour} if hour else set()
        days |= some
    if words.strip() and not (hours or days):
        return None
    return tuple(sorted(hours)), frozenset(days)


def within(words: str) -> tuple[str, ...]:
    """The hours that a sentence names, ascending: "send it at 8, please". A bare number is no hour.

    Reads the first 200 characters.
    """
    found = map(
        _hour, re.findall(r"(?<![\w:.-])\d\d?[:.]\d\d(?![\w:])", _normalised(words[:_MOST_READ]))
    )
    return tuple(sorted({hour for hour in found if hour}))


def quiet(words: str) -> tuple[str, str] | None:
    """Start and end of "22:00-07:00", "22-7" or "from 22 to 7"; None for anything else, or equal hours."""
    each = _RANGE.sub(" ", _normalised(words)).split()
    aside = _fillers() | _word_set("to")
    hours = [_hour(word) or _hour(f"{word}:00") for word in each if word not in aside]
    if len(hours) != 2 or hours[0] is None or hours[1] is None or hours[0] == hours[1]:
        return None
    return hours[0], hours[1]


def behind_quiet(words: str) -> str | None:
    """What follows the word for quiet hours ("quiet 22-7"); None if ``words`` do not begin with it."""
    first, *rest = words.split(maxsplit=1) or [""]
    return "".join(rest) if fold(first.rstrip(":")) in _folded("quiet") else None


def is_off(words: str) -> bool:
    """Whether ``words`` ask for no quiet hours: "off", "none"."""
    return fold(words) in _folded("off")


@cache
def day_names() -> Mapping[str, int]:
    """Weekdays (Monday is 0) by folded name in the languages of the bot; no name means two days."""
    others = (enumerate(_lists().phrases("days", one)) for one in _lists().languages)
    forms = {fold(form): day for each in others for day, said in each for form in said.split()}
    return forms | {
        fold(name): number
        for locale in (Locale.parse("en"), *(texts(one).locale for one in available()))
        for width in ("wide", "abbreviated")
        for number, name in get_day_names(width, locale=locale).items()
    }


def _normalised(words: str) -> str:
    """The text with each hour as "18:30", and each phrase for some weekdays as the name of its list."""
    text = plain(words)
    for name in _RHYTHMS:
        text = _phrase(name).sub(name, text)
    text = _with_minutes().sub(r"\1:\2", spelled.in_figures(text))
    for name, half in (("morning", 0), ("evening", 12)):
        text = _twelve_hour(name).sub(partial(_to_24_hours, half), text)
    text = _full_hour().sub(r"\1:00", _word_after().sub("", text))
    return _word_before().sub("", _bare_hour().sub(r"\1:00", text))


def _to_24_hours(half: int, found: re.Match[str]) -> str:
    """A 12-hour time as a 24-hour one; ``half`` is 0 or 12. "12 pm" is noon."""
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
def _phrase(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any_of(_phrases(name))})(?!\w)")


@cache
def _word_before() -> re.Pattern[str]:
    """A word such as "at" before an hour."""
    return re.compile(rf"(?<!\w)(?:{_any_of(_phrases('at'))})\s+(?=\d)")


@cache
def _bare_hour() -> re.Pattern[str]:
    """A number that is an hour because of the word before it: "at 8"."""
    return re.compile(rf"(?<!\w)(?:{_any_of(_phrases('at'))})\s+(2[0-3]|[01]?[0-9])(?!\w|[:.;]\d)")


@cache
def _hour_after_and() -> re.Pattern[str]:
    """A number behind an "and", which is an hour where another one is named: "at 8 and 20"."""
    ands = _any_of(map(plain, word_lists("courtesies.toml").words("and")))
    return re.compile(rf"(?<!\w)({ands})\s+(2[0-3]|[01]?[0-9])(?![\w:])")


@cache
def _span_of_days() -> re.Pattern[str]:
    """A range of days with a word between: "Montag bis Freitag"."""
    days = _any_of(day_names())
    return re.compile(rf"(?<!\w)({days})\s+(?:{_any_of(_word_set('to'))})\s+({days})(?!\w)")


@cache
def _fillers() -> frozenset[str]:
    """Words beside hours and days that carry no meaning: "only", "on", "and"."""
    ands = word_lists("courtesies.toml").words("and")
    return _word_set("beside") | _word_set("from") | frozenset(map(plain, ands))


def _word_set(name: str) -> frozenset[str]:
    return frozenset(_words(name))


@cache
def _twelve_hour(name: str) -> re.Pattern[str]:
    """A 12-hour time with what says which half of the day is meant: "8 pm", "8 Uhr abends"."""
    behind = rf"\s*(?:(?:{_any_of(_words('hour'))})\s+)?(?:{_any_of(_phrases(name))})(?!\w)\.?"
    return re.compile(_HOUR_OF_12 + behind)


@cache
def _with_minutes() -> re.Pattern[str]:
    """An hour whose minutes follow the word for it: "8 Uhr 15"."""
    return re.compile(rf"{_HOUR_OF_24}\s*(?:{_any_of(_words('minutes'))})\s*([0-5][0-9])(?!\d)")


@cache
def _word_after() -> re.Pattern[str]:
    """A word such as "Uhr" after an hour with minutes."""
    return re.compile(rf"(?<=:[0-5][0-9])\s*(?:{_any_of(_words('hour'))})(?!\w)\.?")


@cache
def _full_hour() -> re.Pattern[str]:
    """A full hour with the word for it: "8 Uhr"."""
    return re.compile(rf"{_HOUR_OF_24}\s*(?:{_any_of(_words('hour'))})(?![\w:.])(?!\s*[0-5][0-9])")


def _any_of(words: Iterable[str]) -> str:
    """A regular expression that matches any of the words, the longest first."""
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
