"""How long, and until when, as people type it: "7d", "eine Woche", "до пятницы", "until 12 September"."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import get_month_names

from digest.compose.due import instant

from .places import fold
from .typed import day_names

# Words in each language of the bot, as ``fold`` leaves them: "й" is "и", "ü" is "u".
_UNITS = {
    1: "d day days t tag tage tagen j jour jours dia dias д день дня днеи дні дн днів",
    7: "w wk week weeks woche wochen sem semaine semaines semana semanas"
    " нед неделя недели неделю недель тиждень тижня тижні тижнів",
    14: "fortnight",
    30: "month months monat monate monaten mois mes meses"
    " мес месяц месяца месяцев місяць місяця місяці місяців",
}
_HOURS = "h hour hours stunde stunden heure heures hora horas ч час часа часов година годину години годин"
_COUNTS = {
    1: "a an one ein eine einen un une una uno один одна одну одно одне",
    2: "two zwei deux dos два две дві",
    3: "three drei trois tres три",
    4: "four vier quatre cuatro четыре чотири",
    5: "five funf cinq cinco пять п'ять",
    6: "six sechs seis шесть шість",
    7: "seven sieben sept siete семь сім",
    8: "eight acht huit ocho восемь вісім",
    9: "nine neun neuf nueve девять дев'ять",
    10: "ten zehn dix diez десять",
    14: "fourteen vierzehn quatorze catorce четырнадцать чотирнадцять",
}
_FOR = re.compile(r"^(?:for|fur|pour|pendant|por|durante|на|протягом) ")
_UNTIL = re.compile(
    r"(?:until|till?|bis(?: zu[mr])?|jusqu['’](?:au|[àa])(?: la)?|hasta(?: el| la)?|до)\s+",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[1-9][0-9]{0,2}", re.ASCII)
_GLUED = re.compile(r"^([0-9]+)(?=[^\W\d_])")
_TODAY = ("today", "heute", "aujourd'hui", "hoy", "сегодня", "сьогодні")
_TOMORROW = ("tomorrow", "morgen", "demain", "manana", "завтра")
_AFTER_TOMORROW = (
    *("day after tomorrow", "the day after tomorrow", "ubermorgen", "apres demain"),
    *("pasado manana", "послезавтра", "післязавтра"),
)
_THIS_WEEK = (
    *("this week", "the end of the week", "end of the week", "diese woche", "ende der woche"),
    *("cette semaine", "fin de la semaine", "la fin de la semaine", "esta semana"),
    *("fin de la semana", "fin de esta semana"),
    *("эту неделю", "конца недели", "цеи тиждень", "кінця тижня"),
)
_NEXT_WEEK = (  # behind "until"; alone it would not say whether it rests before, too
    *("next week", "nachste woche", "nachsten woche", "semaine prochaine"),
    *("proxima semana", "semana que viene", "следующеи недели", "наступного тижня"),
)
_WEEKEND = (
    *("weekend", "the weekend", "over the weekend", "wochenende", "ubers wochenende"),
    *("week end", "le week end", "fin de semana", "el fin de semana"),
    *("выходные", "на выходные", "выходных", "вихідні", "на вихідні", "вихідних"),
)
_SATURDAY = 5
_STEM = 4  # letters by which a day is known in any case: "до понедельника"
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", re.ASCII)
_FIGURES = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})(?:[./]([0-9]{4}))?\.?", re.ASCII)
_DAY_FIRST = re.compile(r"([0-9]{1,2}) ([^\W\d_]+)(?: ([0-9]{4}))?")
_MONTH_FIRST = re.compile(r"([^\W\d_]+) ([0-9]{1,2})(?: ([0-9]{4}))?")
_BESIDE = re.compile(r"(?<=[0-9])(?:st|nd|rd|th|er)\b|\b(?:the|of|den|le|el|de|del) ")


def days(words: str, *, most: int) -> int | None:
    """A number of days as "7d", "7 Tage", "eine Woche" or "7", from 1 to ``most``; None for anything else."""
    count = _count(words, _units())
    return count if 1 <= count <= most else None


def until(words: str, *, now: datetime, zone: str, locale: str, most: int) -> datetime | None:
    """When "7d" or "until Monday" is over, at most ``most`` days from now; a day's first local midnight.

    "until 2026-09-01", "12 September", "until tomorrow"; "tomorrow" alone is over when that day is.
    """
    if count := days(words, most=most):
        return now + timedelta(days=count)
    if hours := _count(words, _hours()):
        end: datetime | None = now + timedelta(hours=hours)
    else:
        end = _midnight(" ".join(words.split()), now, zone, locale)
    return end if end and now < end <= now + timedelta(days=most + 1) else None


def _midnight(words: str, now: datetime, zone: str, locale: str) -> datetime | None:
    """The first instant of the day that ``words`` say a pause ends on."""
    behind = _UNTIL.match(words)
    today = now.astimezone(ZoneInfo(zone)).date()
    try:
        day = _day(words[behind.end() :] if behind else words, today, locale, is_end=bool(behind))
        return instant(day, "00:00", zone) if day else None
    except (ValueError, OverflowError):
        return None


def _count(words: str, units: Mapping[str, int]) -> int:
    """How many of the smallest unit; 0 where it is none."""
    match _GLUED.sub(r"\1 ", _FOR.sub("", fold(words))).split():
        case [number] if _NUMBER.fullmatch(number):
            return int(number) * units.get("", 0)
        case [unit] if len(unit) > 2:  # "week", but no "d"
            return units.get(unit, 0)
        case [number, unit]:
            count = int(number) if _NUMBER.fullmatch(number) else _numbers().get(number, 0)
            return count * units.get(unit, 0)
    return 0


def _day(words: str, today: date, locale: str, *, is_end: bool) -> date | None:
    """The first day after a pause; ``is_end`` where a word as "until" stands before it."""
    last = 0 if is_end else 1  # the day that is named rests too
    monday = today + timedelta(days=7 - today.weekday())
    match fold(words):
        case named if named in _TODAY:
            return today + timedelta(days=last)
        case named if named in _TOMORROW:
            return today + timedelta(days=1 + last)
        case named if named in _AFTER_TOMORROW:
            return today + timedelta(days=2 + last)
        case named if named in _THIS_WEEK or (named in _NEXT_WEEK and is_end):
            return monday
        case named if named in _WEEKEND:
            return monday if not is_end else _coming(_SATURDAY, today)
        case named:
            return _date(words, today, locale) or (
                _weekday(named, today, locale) if is_end else None
            )


def _weekday(word: str, today: date, locale: str) -> date | None:
    names = day_names(locale)
    stems = {name[:_STEM]: number for name, number in names.items()} | names
    number = stems.get(word, stems.get(word[:_STEM]))
    return None if number is None or " " in word else _coming(number, today)


def _coming(weekday: int, today: date) -> date:
    """The next such day after today."""
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _date(words: str, today: date, locale: str) -> date | None:
    """ "2026-09-01", "1.9.", "1 September": the day before the month, and without a year the next one.

    Raises ValueError for a day that no month has.
    """
    if found := _ISO.fullmatch(words):
        return date(*map(int, found.groups()))
    if found := _FIGURES.fullmatch(words):
        return _next(int(found[1]), int(found[2]), found[3], today)
    plain, months = _BESIDE.sub("", fold(words)), _month_names(locale)
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
    return {"": 1} | {word: days for days, words in _UNITS.items() for word in words.split()}


@cache
def _hours() -> Mapping[str, int]:
    return dict.fromkeys(_HOURS.split(), 1)


@cache
def _numbers() -> Mapping[str, int]:
    return {word: count for count, words in _COUNTS.items() for word in words.split()}


@cache
def _month_names(locale: str) -> Mapping[str, int]:
    """January is 1; in English and in the reader's language, in full and short, in each case."""
    return {
        fold(name): number
        for spoken in ("en", locale)
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, Locale.parse(spoken)).items()
    }
