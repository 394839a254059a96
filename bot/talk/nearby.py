"""The known places nearest to a point on the map, to find the timezone of a shared location. Pure."""

import re
from functools import cache
from math import asin, cos, radians, sin, sqrt

from seeds import catalogue

from .locations import Location
from .places import is_zone
from .zones import clock, zone_table

Point = tuple[float, float]  # degrees north and east

# Other clocks are offered up to so many times the distance of the nearest place. For 3,000 random cities of
# GeoNames the right clock is then among those offered for 99.3 %, and more than one is offered for 9.8 %; at
# 1.5 times it is 98.9 % and 5.4 % (2026-12).
_DISTANCE_FACTOR = 2
_MOST_CLOCKS = 4  # to choose from
_DEGREES = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?([+-])(\d{3})(\d{2})(\d{2})?")  # ISO 6709


def nearest(point: Point) -> tuple[Location, ...]:
    """The nearest known place, then the nearest one of each other clock that is about as near; at most four.

    By great-circle distance.
    """
    by_distance = sorted((_angle(point, place), at) for at, (place, _) in enumerate(_places()))
    limit = by_distance[0][0] * _DISTANCE_FACTOR
    near = (_places()[at][1] for distance, at in by_distance if distance <= limit)
    clocks: dict[tuple[object, ...], Location] = {}
    for location in near:
        clocks.setdefault(clock(location.zone), location)
    return tuple(clocks.values())[:_MOST_CLOCKS]


@cache
def _places() -> tuple[tuple[Point, Location], ...]:
    """The cities of our tables, then those that IANA's timezones are named after."""
    every = {**catalogue.large_cities(), **catalogue.cities()}
    cities = ((city.at, Location(city.zone, name)) for name, city in every.items())
    zones = ((_point(at), Location(zone)) for _, at, zone in zone_table() if is_zone(zone))
    return (*cities, *zones)


def _point(written: str) -> Point:
    """Degrees from the ISO 6709 notation of IANA's table: "+4723+00832", with or without seconds."""
    found = _DEGREES.fullmatch(written)
    assert found is not None, f"the table of zones has {written}"
    return _degrees(*found.groups()[:4]), _degrees(*found.groups()[4:])


def _degrees(sign: str, degrees: str, minutes: str, seconds: str | None) -> float:
    size = int(degrees) + int(minutes) / 60 + int(seconds or 0) / 3600
    return -size if sign == "-" else size


def _angle(one: Point, other: Point) -> float:
    """The angle between two points in radians, by the haversine formula."""
    (north, east), (north2, east2) = (map(radians, point) for point in (one, other))
    chord = sin((north2 - north) / 2) ** 2 + cos(north) * cos(north2) * sin((east2 - east) / 2) ** 2
    return 2 * asin(min(1.0, sqrt(chord)))
