"""Dates as outlets write them, read as instants. A date that is not certain is None."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache

from dateparser.date import DateDataParser
from dateparser.languages.loader import default_loader
from dateutil import parser as english_parser

from .zones import home_zone, named_zone

LONGEST = 100  # characters; no date is longer, and the parsers below are slow on long input
EARLIEST = 1900
AHEAD = timedelta(hours=48)  # a clock or a zone set wrong, not more

_LANGUAGES = ("en", "ru", "uk", "fr", "de", "es", "tr", "it", "pt", "pl", "nl", "ar")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_FIRST = frozenset({"US", "PH", "FM", "PW", "MH"})
_EITHER_FIRST = frozenset({"CA", "EU", "INT", "XK"})  # written both ways

# The forms, from the strictest on; a stage takes words that are of its form as a whole, or leaves them.
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ,]{1,3}(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?)?(.{0,12})"
)
_RFC822 = re.compile(
    r"(?:[A-Za-z]{3,9}\.?,? {0,2})?(\d{1,2})[ -]([A-Za-z]{3,9})\.?[ -](\d{4}|\d\d),? "
    r"(\d{1,2}):(\d\d)(?::(\d\d))?( ?[A-Za-z]{1,5}| ?(?:GMT|UTC)? ?[+-]\d\d:?\d\d)?(?: ?\(([^)]*)\))?"
)
_NUMERIC = re.compile(r"(?<![\d.:/-])(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?!\d)")
_LAST_WORD = re.compile(
    r"(.*?\d.*?)[ ,]{0,3}(?:\(([^()]{1,24})\)|(?<=[\d ])((?:UTC|GMT) ?[+\-−]\d{1,2}(?::?\d\d)?"
    r"|(?<=:\d\d) ?[+\-−]\d\d:?\d\d|[^\W\d_]{1,5}))\.?"
)
# "11:52 PM GMT-4, September 3, 2025": dateutil takes such a sign for its opposite where words follow.
_OFFSET_WITHIN = re.compile(r" ?\(?((?:UTC|GMT) ?[+\-−]\d{1,2}(?::?\d\d)?)\)?(?=[ ,])(.*\d.*)")
_HALF_OF_DAY = re.compile(r"\b([ap])\.? ?m\b\.?", re.IGNORECASE)
_FULL_YEAR = re.compile(r"(?<!\d)(?:1[89]|2\d)\d\d(?!\d)")
_HOUR_MARK = re.compile(r"(?<=\d) ?(?:h|H|ч|Uhr) ?(?=\d\d\b)")
_CLOCK_WORD = re.compile(r"(\d{1,2}[:.]\d\d) ?(?:Uhr|uhr|h|ч|год)\.?(?!\w)")
_EAST_ASIA = str.maketrans({"年": "-", "月": "-", "日": " ", "년": "-", "월": "-", "일": " "})


class _Unclear(Exception):
    """The words name an unknown zone, or leave the order of day and month open."""


@dataclass(frozen=True, slots=True)
class _Outlet:
    country: str | None
    languages: tuple[str, ...]


def parse_instant(
    words: str,
    *,
    seen_at: datetime,
    country: str | None = None,
    languages: tuple[str, ...] = (),
) -> datetime | None:
    """The instant that ``words`` name, aware in UTC; None unless day, month and year are certain.

    Tried in this order: ISO 8601, RFC 822, English by dateutil, then ``languages`` (ISO 639-1, best first;
    the usual ones if empty) by dateparser. The name of a zone is understood as in the outlet's ``country``
    (ISO 3166). A time without a zone is that country's, or else UTC; a day without a time begins at
    midnight. None for "2 hours ago", for dates before 1900 or more than 48 hours after ``seen_at``, and for
    more than 100 characters.
    """
    tidy = _tidy(words)
    outlet = _Outlet(country.upper() if country else None, languages)
    try:
        found = next(filter(None, (stage(tidy, outlet) for stage in _stages())), None)
    except _Unclear:
        return None
    return found if found is not None and _is_plausible(found, seen_at) else None


def _tidy(words: str) -> str:
    """Plain digits, characters and white space; empty if this can be no date."""
    if len(words) > LONGEST:
        return ""
    digits = (_digit(sign) for sign in unicodedata.normalize("NFKC", words))
    plain = "".join(digits).translate(_EAST_ASIA)
    plain = " ".join("".join(" " if _is_control(sign) else sign for sign in plain).split())
    plain = _OFFSET_WITHIN.sub(r"\2 \1", _HALF_OF_DAY.sub(r"\1m", plain))
    return plain.strip(" ,;|·•-–—") if any(sign.isdigit() for sign in plain) else ""


def _digit(sign: str) -> str:
    return str(unicodedata.decimal(sign, sign))


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign)[0] == "C"


def _is_plausible(instant: datetime, seen_at: datetime) -> bool:
    return instant.year >= EARLIEST and instant <= seen_at.astimezone(UTC) + AHEAD


def _stages() -> tuple[Callable[[str, _Outlet], datetime | None], ...]:
    return _iso, _rfc822, _english, _local


# --- one stage each: an instant, or None if the words are not of that form --------------------


def _iso(words: str, outlet: _Outlet) -> datetime | None:
    found = _ISO.fullmatch(words)
    if found is None:
        return _compact_iso(words, outlet)
    name = found[7].strip()
    zone = _known_zone(name, outlet) if name else None
    if name and zone is None:
        return None
    return _instant([int(part or 0) for part in found.groups()[:6]], zone, outlet)


def _compact_iso(words: str, outlet: _Outlet) -> datetime | None:
    """ISO 8601 as far as the standard library knows it: basic forms, weeks, fractions."""
    try:
        found = datetime.fromisoformat(words)
    except ValueError:
        return None
    return _at_home(found, None, outlet)


def _rfc822(words: str, outlet: _Outlet) -> datetime | None:
    """RFC 822, 2822 and their usual faults, but no time with AM or PM."""
    found = _RFC822.fullmatch(words)
    if found is None or found[2][:3].lower() not in _MONTHS:
        return None
    name = (found[7] or "").strip()
    if name.upper() in {"AM", "PM"}:
        return None
    zone = _zone(name, outlet) if name else _known_zone(found[8] or "", outlet)
    month = _MONTHS.index(found[2][:3].lower()) + 1
    clock = [int(part or 0) for part in found.group(4, 5, 6)]
    return _instant([_full_year(found[3]), month, int(found[1]), *clock], zone, outlet)


def _english(words: str, outlet: _Outlet) -> datetime | None:
    """English dates by dateutil, which is asked twice so that parts it filled in can be told."""
    if not _FULL_YEAR.search(words):
        return None
    ordered = _in_order(words, outlet)
    plain, zone = _split_zone(ordered, outlet)
    read = [_by_dateutil(plain, outlet, default) for default in _DEFAULTS]
    if read[0] is None or read[0] != read[1]:
        return None
    return _at_home(read[0], zone, outlet)


# To be told apart only: no part is the same, and a day of the week, which dateutil looks for from the day
# that it filled in, falls in another week.
_DEFAULTS = (datetime(2000, 1, 1), datetime(2001, 2, 15))  # noqa: DTZ001


def _by_dateutil(words: str, outlet: _Outlet, default: datetime) -> datetime | None:
    def zone_of(name: str | None, offset: int | None) -> tzinfo | None:
        if name and offset is None:
            return _zone(name, outlet)
        return None if offset is None else timezone(timedelta(seconds=offset))

    try:
        return english_parser.parse(words, default=default, tzinfos=zone_of)
    except (ValueError, OverflowError):
        return None


def _local(words: str, outlet: _Outlet) -> datetime | None:
    """Dates in other languages by dateparser, all parts required."""
    if not _FULL_YEAR.search(words):
        return None
    plain, zone = _split_zone(_in_order(words, outlet), outlet)
    plain = _CLOCK_WORD.sub(r"\1", _HOUR_MARK.sub(":", plain))
    found = _by_dateparser(plain, _known(outlet.languages))
    return None if found is None else _at_home(found, zone, outlet)


# --- dateparser -------------------------------------------------------------------------------

# One base for all: dateparser keeps tables for every combination of settings for ever.
_BASE = datetime(2000, 6, 15, 12)  # noqa: DTZ001 - a ruler, not an instant


def _by_dateparser(words: str, languages: tuple[str, ...]) -> datetime | None:
    found = _parser(languages).get_date_data(words)
    return found.date_obj if isinstance(found.date_obj, datetime) else None


@lru_cache(maxsize=32)
def _parser(languages: tuple[str, ...]) -> DateDataParser:
    settings = {
        "PARSERS": ["absolute-time"],
        "RELATIVE_BASE": _BASE,
        "REQUIRE_PARTS": ["day", "month", "year"],
        "RETURN_AS_TIMEZONE_AWARE": False,
        "STRICT_PARSING": True,
        "TIMEZONE": "UTC",
        "TO_TIMEZONE": "UTC",
    }
    return DateDataParser(languages=list(languages), settings=settings)


def _known(languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages that dateparser knows, at most four; the usual ones if there is none."""
    short = (code.split("-")[0].lower() for code in languages)
    return tuple(code for code in short if code in _codes())[:4] or _LANGUAGES


@cache
def _codes() -> frozenset[str]:
    return frozenset(default_loader.get_locale_map())


# --- order and calendars ------------------------------------------------------------------------


def _in_order(words: str, outlet: _Outlet) -> str:
    """The words with dates such as 10.02.2026 turned to year first. Raises _Unclear if it may be two days."""
    found = _NUMERIC.search(words)
    if found is None:
        return words
    first, second = int(found[1]), int(found[3])
    day, month = (
        (second, first) if _is_month_first(first, second, found[2], outlet) else (first, second)
    )
    return f"{words[: found.start()]}{found[4]}-{month:02}-{day:02}{words[found.end() :]}"


def _is_month_first(first: int, second: int, mark: str, outlet: _Outlet) -> bool:
    if first > 12 or second > 12 or first == second:
        return second > 12
    if mark == "." or (outlet.languages and "en" not in outlet.languages):
        return False
    if outlet.country is None or outlet.country in _EITHER_FIRST:
        raise _Unclear
    return outlet.country in _MONTH_FIRST


def _split_zone(words: str, outlet: _Outlet) -> tuple[str, tzinfo | None]:
    """The words without the zone at their end, and that zone."""
    found = _LAST_WORD.fullmatch(words)
    if found is None:
        return words, None
    zone = _known_zone((found[2] or found[3]).strip(), outlet)
    if zone is None and found[2] is None:
        return words, None
    return found[1].strip(" ,"), zone


def _known_zone(name: str, outlet: _Outlet) -> tzinfo | None:
    return named_zone(name, outlet.country, outlet.languages)


def _zone(name: str, outlet: _Outlet) -> tzinfo:
    zone = _known_zone(name, outlet)
    if zone is None:
        raise _Unclear
    return zone


def _instant(parts: list[int], zone: tzinfo | None, outlet: _Outlet) -> datetime | None:
    """Year to second; 24:00 is the next midnight, a leap second the one before it."""
    year, month, day, hour, minute, second = parts
    late = timedelta(days=1) if (hour, minute, second) == (24, 0, 0) else timedelta()
    try:
        read = datetime(year, month, day, hour % 24 if late else hour, minute, min(second, 59))  # noqa: DTZ001
        return _at_home(read + late, zone, outlet)
    except (ValueError, OverflowError):
        return None


def _at_home(read: datetime, zone: tzinfo | None, outlet: _Outlet) -> datetime | None:
    if read.tzinfo is None:
        read = read.replace(tzinfo=zone or home_zone(outlet.country))
    return read.astimezone(UTC) if 1 < read.year < 9999 else None


def _full_year(digits: str) -> int:
    """RFC 2822, 4.3: two digits below 50 are of this century."""
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 50 else 1900)
