"""Hours in words turned into figures: "half past six", "sieben Uhr", "о сьомій", "midi". Pure."""

import re
from collections.abc import Iterable, Mapping
from functools import cache, partial

from seeds.wordlists import WordLists, word_lists

from .places import plain

_TABLE = "hours.toml"
_DAY, _HALF_A_DAY = 24 * 60, 12 * 60  # minutes
_NAMED = {"noon": "12:00", "midnight": "0:00"}  # word list -> hour
_SHIFTS = ("before", "behind")  # word lists
_FIGURES = r"(?:2[0-3]|1?[0-9])(?![\d:.])"


def in_figures(text: str) -> str:
    """``text`` (as ``places.plain`` gives it) with its hours as "18:30".

    A number is an hour only if a word beside it says so: "at seven", "half past six".
    """
    for pattern, hour in _noon_and_midnight():
        text = pattern.sub(hour, text)
    for language in _lists().languages:
        text = _spelled_hour(language).sub(partial(_hour, language), text)
    return text


def number(word: str) -> int | None:
    """The hour that a single number word means: 7 for "seven"; None for any other word."""
    found = (_numbers(language).get(_one_blank(plain(word))) for language in _lists().languages)
    return next((one for one in found if one is not None), None)


def _hour(language: str, found: re.Match[str]) -> str:
    """The hour in figures; the text unchanged if nothing beside the number makes it an hour."""
    said = _one_blank(found["number"])
    full = _numbers(language).get(said)
    shifts = [_shifts(name, language)[_one_blank(found[name])] for name in _SHIFTS if found[name]]
    is_hour = shifts or (full and any(found[name] for name in ("at", "hour", "half")))
    if not is_hour:  # a mere number, or an hour in figures already
        return found[0]
    minutes = 60 * (full or int(said))
    if minutes == 60 and sum(shifts) < 0:
        minutes += _HALF_A_DAY  # "halb eins" is half past twelve
    minutes = (minutes + sum(shifts)) % _DAY
    return f"{minutes // 60}:{minutes % 60:02}"


@cache
def _spelled_hour(language: str) -> re.Pattern[str]:
    """A number with what may stand beside it in a language.

    A following "am" or "pm" is only looked at: it stays in the text for ``hours``.
    """
    lists, numbers = _lists(), _numbers(language)
    at, morning, evening = (lists.phrases(n, language) for n in ("at", "morning", "evening"))
    before, behind = (_shifts(name, language) for name in ("before", "behind"))
    hour = lists.words("hour", language)
    return re.compile(
        rf"(?<![\w:.])(?:(?P<at>{_any_of(at)})\s+)?(?:(?P<before>{_any_of(before)})\s*)?"
        rf"(?P<number>{_any_of(numbers)}|{_FIGURES})(?!\w)"
        rf"(?:\s+(?P<hour>{_any_of(hour)})(?!\w)\.?)?(?:\s+(?P<behind>{_any_of(behind)})(?!\w))?"
        rf"(?=(?:\s+(?P<half>{_any_of((*morning, *evening))})(?!\w))?)"
    )


@cache
def _noon_and_midnight() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns for noon and midnight, each with its hour."""
    return tuple(
        (re.compile(rf"(?<!\w)(?:12\s+)?(?:{_any_of(_lists().phrases(name))})(?!\w)"), hour)
        for name, hour in _NAMED.items()
    )


@cache
def _numbers(language: str) -> Mapping[str, int]:
    """Hours by their number words, from one on; blanks separate the forms of one number."""
    said = enumerate(_lists().phrases("numbers", language), 1)
    return {_one_blank(plain(form)): hour for hour, forms in said for form in forms.split()}


@cache
def _shifts(name: str, language: str) -> Mapping[str, int]:
    """Minutes that a phrase adds to the hour: 30 for "half past", -15 for "quarter to"."""
    said = (phrase.rpartition(" ") for phrase in _lists().phrases(name, language))
    return {_one_blank(plain(phrase)): int(minutes) for phrase, _, minutes in said}


def _one_blank(words: str) -> str:
    return " ".join(words.replace("-", " ").split())


def _any_of(phrases: Iterable[str]) -> str:
    """A regular expression that matches any phrase, the longest first; without phrases it matches nothing."""
    every = sorted(map(plain, phrases), key=len, reverse=True)
    return "|".join(r"[-\s]+".join(map(re.escape, one.split())) for one in every) or r"(?!)"


def _lists() -> WordLists:
    return word_lists(_TABLE)
