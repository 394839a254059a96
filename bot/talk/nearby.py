"""The known places nearest to a location on the map."""

import re
from collections.abc import Sequence
from functools import cache
from math import asin, cos, radians, sin, sqrt

from seeds import catalogue

from .locations import Location, located
from .places import fame, is_zone
from .texts import texts
from .zones import clock, zone_table

Point = tuple[float, float]  # degrees north and east

# A border between two clocks may lie halfway to a place that is twice as far as the nearest one, not before.
_AS_NEAR = 2
# Of places with one clock a well known one is named that is so many times as far: Denver to Santa Fe, not
# Ciudad Juárez. Of 34,006 cities of GeoNames 1,450 are so called by a place of their country that were not,
# and 246 are not any more (at 1.25 times 761 and 114, at twice 2,008 and 564; 2026-12).
_AS_GOOD = 1.5
_UNKNOWN = 2  # the fame of a zone's city that is no other's too
_MOST = 4  # clocks to choose from
_DEGREES = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?([+-])(\d{3})(\d{2})(\d{2})?")  # ISO 6709


def nearest(point: Point) -> tuple[Location, ...]:
    """A known place with the clock of the nearest; after it one of each other clock that is about as near.

    By the great circle.
    """
    by_distance = sorted((_apart(point, place), at) for at, (place, _) in enumerate(_places()))
    limit = by_distance[0][0] * _AS_NEAR
    clocks: dict[tuple[object, ...], list[tuple[float, Location]]] = {}
    for distance, at in by_distance:
        if distance > limit * _AS_GOOD:
            break
        location = _places()[at][1]
        clocks.setdefault(clock(location.zone), []).append((distance, location))
    near = (one for one in clocks.values() if one[0][0] <= limit)
    return tuple(map(_best, near))[:_MOST]


def _best(places: Sequence[tuple[float, Location]]) -> Location:
    """The nearest well known place with a clock; the nearest one where that is much nearer."""
    good = (one for distance, one in places if distance <= places[0][0] * _AS_GOOD)
    return min(good, key=lambda one: not (one.place or fame(one.zone) < _UNKNOWN))


@cache
def _places() -> tuple[tuple[Point, Location], ...]:
    """Our cities, then those that give zones their names."""
    cities = ((at, located(name, texts("en"))[0]) for name, at in catalogue.cities().items())
    zones = ((_point(at), Location(zone)) for _, at, zone in zone_table() if is_zone(zone))
    return (*cities, *zones)


def _point(written: str) -> Point:
    """As IANA's table has it, in degrees, minutes and perhaps seconds."""
    found = _DEGREES.fullmatch(written)
    assert found is not None, f"the table of zones has {written}"
    return _degrees(*found.groups()[:4]), _degrees(*found.groups()[4:])


def _degrees(sign: str, degrees: str, minutes: str, seconds: str | None) -> float:
    size = int(degrees) + int(minutes) / 60 + int(seconds or 0) / 3600
    return -size if sign == "-" else size


def _apart(one: Point, other: Point) -> float:
    """The angle between two places, by the haversine formula."""
    (north, east), (north2, east2) = (map(radians, point) for point in (one, other))
    chord = sin((north2 - north) / 2) ** 2 + cos(north) * cos(north2) * sin((east2 - east) / 2) ** 2
    return 2 * asin(min(1.0, sqrt(chord)))
