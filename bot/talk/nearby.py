"""The known places nearest to a point on the map, to find the timezone of a shared location. Pure."""

import re
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

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
    apart = _apart(point)
    by_distance = np.argsort(apart, kind="stable")
    near = by_distance[apart[by_distance] <= apart.min() * _DISTANCE_FACTOR]
    clocks: dict[tuple[object, ...], Location] = {}
    for location in (_places()[at][1] for at in near):
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


def _apart(point: Point) -> NDArray[np.float64]:
    """The angle in radians between a point and each known place, from the chord through the globe."""
    chords = np.linalg.norm(_known() - _on_globe([point]), axis=1)
    return np.asarray(2 * np.arcsin(np.minimum(1.0, chords / 2)))


@cache
def _known() -> NDArray[np.float64]:
    return _on_globe([point for point, _ in _places()])


def _on_globe(points: Sequence[Point]) -> NDArray[np.float64]:
    """Points as x, y, z on a globe of radius 1, a row each."""
    north, east = np.radians(points).T
    return np.column_stack(
        (np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north))
    )
