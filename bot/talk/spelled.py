"""Hours that are said in words, in figures: "half past six", "sieben Uhr", "о сьомій", "midi"."""

import re
from collections.abc import Iterable, Mapping
from functools import cache, partial

from seeds.wordlists import WordLists, word_lists

from .places import plain

_TABLE = "hours.toml"
_DAY, _HALF_A_DAY = 24 * 60, 12 * 60  # minutes
_NAMED = {"noon": "12:00", "midnight": "0:00"}  # by the names of their lists
_SHIFTS = ("before", "behind")  # the names of lists
_FIGURES = r"(?:2[0-3]|1?[0-9])(?![\d:.])"


def in_figures(text: str) -> str:
    """A plain text with its hours in figures, where what stands beside a number makes an hour of it."""
    for pattern, hour in _named():
        text = pattern.sub(hour, text)
    for language in _lists().languages:
        text = _spelled(language).sub(partial(_hour, language), text)
    return text


def number(word: str) -> int | None:
    """The hour of a number word by itself: 7 for "seven"."""
    found = (_numbers(language).get(_one_blank(plain(word))) for language in _lists().languages)
    return next((one for one in found if one is not None), None)


def _hour(language: str, found: re.Match[str]) -> str:
    """The hour in figures; as it was for a number with nothing beside it."""
    said = _one_blank(found["number"])
    full = _numbers(language).get(said)
    shifts = [_shifts(name, language)[_one_blank(found[name])] for name in _SHIFTS if found[name]]
    is_hour = shifts or (full and any(found[name] for name in ("at", "hour", "half")))
    if not is_hour:  # or in figures already
        return found[0]
    minutes = 60 * (full or int(said))
    if minutes == 60 and sum(shifts) < 0:
        minutes += _HALF_A_DAY  # "halb eins" is half past twelve
    minutes = (minutes + sum(shifts)) % _DAY
    return f"{minutes // 60}:{minutes % 60:02}"


@cache
def _spelled(language: str) -> re.Pattern[str]:
    """A number with what may stand beside it in a language; the half of the day stays behind it."""
    lists, numbers = _lists(), _numbers(language)
    at, morning, evening = (lists.phrases(n, language) for n in ("at", "morning", "evening"))
    before, behind = (_shifts(name, language) for name in ("before", "behind"))
    hour = lists.words("hour", language)
    return re.compile(
        rf"(?<![\w:.])(?:(?P<at>{_any(at)})\s+)?(?:(?P<before>{_any(before)})\s*)?"
        rf"(?P<number>{_any(numbers)}|{_FIGURES})(?!\w)"
        rf"(?:\s+(?P<hour>{_any(hour)})(?!\w)\.?)?(?:\s+(?P<behind>{_any(behind)})(?!\w))?"
        rf"(?=(?:\s+(?P<half>{_any((*morning, *evening))})(?!\w))?)"
    )


@cache
def _named() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Noon and midnight."""
    return tuple(
        (re.compile(rf"(?<!\w)(?:12\s+)?(?:{_any(_lists().phrases(name))})(?!\w)"), hour)
        for name, hour in _NAMED.items()
    )


@cache
def _numbers(language: str) -> Mapping[str, int]:
    """The hours from one on by their words, of which blanks part the forms."""
    said = enumerate(_lists().phrases("numbers", language), 1)
    return {_one_blank(plain(form)): hour for hour, forms in said for form in forms.split()}


@cache
def _shifts(name: str, language: str) -> Mapping[str, int]:
    """Phrases with the minutes that they add to an hour."""
    said = (phrase.rpartition(" ") for phrase in _lists().phrases(name, language))
    return {_one_blank(plain(phrase)): int(minutes) for phrase, _, minutes in said}


def _one_blank(words: str) -> str:
    return " ".join(words.replace("-", " ").split())


def _any(phrases: Iterable[str]) -> str:
    """The expression of any of them, the longest first; of none where there are none."""
    every = sorted(map(plain, phrases), key=len, reverse=True)
    return "|".join(r"[-\s]+".join(map(re.escape, one.split())) for one in every) or r"(?!)"


def _lists() -> WordLists:
    return word_lists(_TABLE)
