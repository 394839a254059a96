"""Timezones as IANA lists them. Pure."""

from datetime import datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo


@cache
def zone_table() -> tuple[tuple[str, ...], ...]:
    """The rows of IANA's zone.tab: code of a country, coordinates of a city ("+4723+00832"), timezone."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    lines = (line for line in table.splitlines() if not line.startswith("#"))
    return tuple(tuple(line.split("\t")[:3]) for line in lines)


def clock(zone: str) -> tuple[object, ...]:
    """The UTC offsets of a timezone in January and July: equal for Detroit and New York."""
    return tuple(datetime(2026, month, 15, tzinfo=ZoneInfo(zone)).utcoffset() for month in (1, 7))
