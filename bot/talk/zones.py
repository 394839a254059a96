"""Time zones as IANA lists them."""

from datetime import datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo


@cache
def zone_table() -> tuple[tuple[str, ...], ...]:
    """IANA's zone.tab: a country, where the zone's city lies as "+4723+00832", and the zone."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    lines = (line for line in table.splitlines() if not line.startswith("#"))
    return tuple(tuple(line.split("\t")[:3]) for line in lines)


def clock(zone: str) -> tuple[object, ...]:
    """What a zone's clock shows in winter and in summer: equal for Detroit and New York."""
    return tuple(datetime(2026, month, 15, tzinfo=ZoneInfo(zone)).utcoffset() for month in (1, 7))
