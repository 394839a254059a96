"""Time zones as outlets name them: what a short name means depends on where it is written.

The names are in ``seeds/zones.toml``.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

_TABLE = "zones.toml"
_OFFSET = re.compile(r"(?:UTC|GMT|Z)? ?([+\-−])(\d{1,2}):?(\d\d)?")

Zone = str | float  # of the tz database, or hours east of UTC
_INDIA = 5.5


def named_zone(name: str, country: str | None, languages: Sequence[str] = ()) -> tzinfo | None:
    """The zone or offset that a name means in a country; None for a name without meaning there."""
    offset = _OFFSET.fullmatch(name)
    if offset is not None:
        return _fixed(offset)
    short = name.upper().removesuffix(" TIME")
    if short == "IST":
        return _as_zone(_ist(country, languages))
    meant = _meanings_in(country).get(short, _table()["names"].get(short))
    return None if meant is None else _as_zone(meant)


def home_zone(country: str | None) -> tzinfo:
    """The zone in which most outlets of a country are; UTC if that is unknown."""
    name = _table()["home"].get(country or "") or _first_zones().get(country or "")
    return ZoneInfo(name) if name else UTC


def _ist(country: str | None, languages: Sequence[str]) -> Zone:
    """India, unless the country or, failing that, the language says Israel or Ireland."""
    by_language = _table()["ist_by_language"]
    spoken = [by_language[code] for code in languages if code in by_language]
    usual = spoken[0] if country is None and spoken else _INDIA
    return _meanings_in(country).get("IST", usual)


def _meanings_in(country: str | None) -> Mapping[str, Zone]:
    """Names that mean something else in a country than elsewhere."""
    own: Mapping[str, Zone] = _table()["by_country"].get(country or "", {})
    return own


def _as_zone(meant: Zone) -> tzinfo:
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


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads((files("seeds") / _TABLE).read_text(encoding="utf-8"))
