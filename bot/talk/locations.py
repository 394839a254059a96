"""The location of a chat: its timezone, and the place that was chosen if the timezone is named after another.

"Geneva" has the clock of Europe/Zurich, but is shown as Geneva. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from seeds import catalogue

from .places import (
    CITIES,
    button_city,
    city_named,
    city_of,
    country_codes,
    fold,
    homonyms,
    is_zone,
    rows,
    zones_named,
)
from .texts import Texts, available, texts


@dataclass(frozen=True, slots=True)
class Location:
    """A timezone and the name of the place in one of the bot's languages; no name if the timezone has it."""

    zone: str  # IANA
    place: str = ""


def located(words: str, t: Texts) -> tuple[Location, ...]:
    """The locations that ``words`` may mean: a city, a capital, a country, an IANA name; best first."""
    if several := homonyms().get(fold(words)):
        return tuple(Location(zone, name) for name, zone in several)
    zones = zones_named(words, t)
    if len(zones) != 1:
        return tuple(map(Location, zones))
    return (Location(zones[0], _own_name(words, zones[0], t)),)


def city_located(words: str, t: Texts) -> Location | None:
    """The location of the city that ``words`` name, the first of several; None where ``city_named`` is."""
    return located(words, t)[0] if city_named(words, t) else None


def argument(location: Location) -> str:
    """A location in callback data: the name of the place, which tells the timezone, else the timezone."""
    return location.place or location.zone


def location_of(argument: str, t: Texts) -> Location | None:
    """The location in callback data; None if it is none of ours."""
    if is_zone(argument):
        return Location(argument)
    found = located(argument, t)
    return found[0] if len(found) == 1 and found[0].place else None


@lru_cache(maxsize=4096)  # an import asks for 100,000 chats, most of which live in the same places
def known_place(place: str, zone: str) -> str:
    """The name of the place as it is stored; empty if no known place of that name has this timezone."""
    found = location_of(place, texts("en")) if place and not is_zone(place) else None
    return found.place if found and found.zone == zone else ""


def place_name(zone: str, place: str, t: Texts) -> str:
    """The name of a place as people read it, in their language if the bot knows it."""
    if not place:
        return city_of(zone, t)
    folded = fold(place)
    cities = (city for city, its_zone in CITIES if its_zone == zone)
    city = next((one for one in cities if folded in _names_of(one, zone)), None)
    if city:
        return button_city(city, zone, t)
    name, row = rows().get(folded, (place, None))
    return row.called.get(t.language, name) if row and row.called else place


def _own_name(words: str, zone: str, t: Texts) -> str:
    """How the city is spelled; empty if its timezone is named after it, or if it is no city."""
    folded = fold(words)
    if any(fold(city_of(zone, spoken)) == folded for spoken in (t, *map(texts, available()))):
        return ""
    is_city = city_named(words, t) is not None or folded in _capitals()
    return _written().get(folded, "") if is_city else ""


@cache
def _written() -> Mapping[str, str]:
    """How cities are spelled, by folded name: capitals, those of our tables and those with a button."""
    labels = (button_city(city, zone, t) for t in map(texts, available()) for city, zone in CITIES)
    ours = (
        spelling
        for name, row in (*catalogue.large_cities().items(), *catalogue.cities().items())
        for spelling in (*row.names, *row.called.values(), name)
    )
    return {fold(name): name for name in (*_capitals().values(), *ours, *labels)}


@cache
def _capitals() -> Mapping[str, str]:
    seats = (
        seat for code in country_codes() for seat in catalogue.countries()[code].get("seats", ())
    )
    return {fold(seat): seat for seat in seats}


@cache
def _names_of(city: str, zone: str) -> frozenset[str]:
    """The names of a city with a button in every language of the bot, folded."""
    return frozenset(fold(button_city(city, zone, t)) for t in map(texts, available()))
