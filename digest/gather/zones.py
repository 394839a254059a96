"""Time zones as outlets name them: what a short name means depends on where it is written."""

import re
from collections.abc import Sequence
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

_OFFSET = re.compile(r"(?:UTC|GMT|Z)? ?([+\-−])(\d{1,2}):?(\d\d)?")

# Hours east of UTC. A name that means one place only, or by far mostly that one.
_ZONES: dict[str, float] = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "MEZ": 1,
    "MESZ": 2, "EET": 2, "EEST": 3, "MSK": 3, "МСК": 3, "TRT": 3, "TSI": 3, "TSİ": 3, "EST": -5,
    "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9,
    "AKDT": -8, "HST": -10, "AST": -4, "ADT": -3, "NST": -3.5, "BRT": -3, "ART": -3, "COT": -5,
    "PET": -5, "VET": -4, "BST": 1, "IDT": 3, "EAT": 3, "CAT": 2, "WAT": 1, "SAST": 2, "GST": 4,
    "IRST": 3.5, "AFT": 4.5, "PKT": 5, "UZT": 5, "NPT": 5.75, "MMT": 6.5, "ICT": 7, "WIB": 7,
    "HKT": 8, "SGT": 8, "PHT": 8, "MYT": 8, "AWST": 8, "JST": 9, "KST": 9, "ACST": 9.5,
    "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "GET": 4, "AZT": 4, "KYIV": 2,
}  # fmt: skip
# Names that mean something else in some countries.
_ZONES_BY_COUNTRY: dict[tuple[str, str], str | float] = {
    ("IST", "IL"): "Asia/Jerusalem", ("IST", "PS"): "Asia/Jerusalem", ("IST", "IE"): 1,
    ("CST", "CN"): 8, ("CST", "TW"): 8, ("CST", "HK"): 8, ("CST", "CU"): "America/Havana",
    ("BST", "BD"): 6, ("AST", "SA"): 3, ("AST", "KW"): 3, ("AST", "QA"): 3, ("AST", "BH"): 3,
    ("AST", "IQ"): 3, ("AST", "YE"): 3, ("EST", "AU"): "Australia/Sydney", ("PST", "PH"): 8,
    ("PST", "PK"): 5, ("MST", "MY"): 8, ("SST", "SG"): 8,
}  # fmt: skip
_IST_BY_LANGUAGE: dict[str, str | float] = {"he": "Asia/Jerusalem", "ga": 1}
_PLACES: dict[str, str | float] = {
    "ET": "America/New_York", "PT": "America/Los_Angeles", "CT": "America/Chicago",
    "MT": "America/Denver", "КИЕВ": "Europe/Kyiv", "КИЇВ": "Europe/Kyiv", "KYIV": "Europe/Kyiv",
    "PARIS": "Europe/Paris", "МОСКВА": "Europe/Moscow", "MOSCOW": "Europe/Moscow",
    "LONDON": "Europe/London", "BEIJING": "Asia/Shanghai",
}  # fmt: skip
# Where the first zone that the tz database lists is not the one most outlets live in.
_MAIN_ZONES = {
    "AR": "America/Argentina/Buenos_Aires", "AU": "Australia/Sydney", "BR": "America/Sao_Paulo",
    "CA": "America/Toronto", "CD": "Africa/Kinshasa", "CL": "America/Santiago", "CN": "Asia/Shanghai",
    "CY": "Asia/Nicosia", "DE": "Europe/Berlin", "EC": "America/Guayaquil", "ES": "Europe/Madrid",
    "EU": "Europe/Brussels", "GB": "Europe/London", "ID": "Asia/Jakarta", "INT": "UTC",
    "KZ": "Asia/Almaty", "MN": "Asia/Ulaanbaatar", "MX": "America/Mexico_City",
    "MY": "Asia/Kuala_Lumpur", "NZ": "Pacific/Auckland", "PS": "Asia/Hebron", "PT": "Europe/Lisbon",
    "RU": "Europe/Moscow", "UA": "Europe/Kyiv", "UK": "Europe/London", "US": "America/New_York",
    "UZ": "Asia/Tashkent", "XK": "Europe/Belgrade",
}  # fmt: skip


def named_zone(name: str, country: str | None, languages: Sequence[str] = ()) -> tzinfo | None:
    """The zone or offset that a name means in a country; None for a name that means none there."""
    offset = _OFFSET.fullmatch(name)
    if offset is not None:
        return _fixed(offset)
    short = name.upper().removesuffix(" TIME")
    if short == "IST":
        return _as_zone(_ist(country, languages))
    usual = _PLACES.get(short, _ZONES.get(short))
    meant = _ZONES_BY_COUNTRY.get((short, country or ""), usual)
    return None if meant is None else _as_zone(meant)


def home_zone(country: str | None) -> tzinfo:
    """Where most outlets of a country live; UTC where that is unknown."""
    name = _MAIN_ZONES.get(country or "") or _first_zones().get(country or "")
    return ZoneInfo(name) if name else UTC


def _ist(country: str | None, languages: Sequence[str]) -> str | float:
    """India, unless the country or, failing that, the language says Israel or Ireland."""
    by_country = _ZONES_BY_COUNTRY.get(("IST", country or ""))
    by_language = [_IST_BY_LANGUAGE[code] for code in languages if code in _IST_BY_LANGUAGE]
    if by_country is None and country is None and by_language:
        return by_language[0]
    return 5.5 if by_country is None else by_country


def _as_zone(meant: str | float) -> tzinfo:
    return ZoneInfo(meant) if isinstance(meant, str) else timezone(timedelta(hours=meant))


def _fixed(offset: re.Match[str]) -> tzinfo | None:
    east = timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
    if east > timedelta(hours=14):
        return None
    return timezone(east if offset[1] == "+" else -east)


@cache
def _first_zones() -> dict[str, str]:
    """The zone that the tz database lists first for a country (zone.tab)."""
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    return {row[0]: row[2] for row in reversed(rows)}
