"""Countries, regions, cities and timezones as people name them. Pure.

Cities come from Unicode CLDR's exemplar cities and our tables, timezones from IANA's table, states and
regions from our gazetteer.
"""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from digest.read.about.actors import country_code
from digest.read.about.gazetteer import FOREVER, states
from seeds import catalogue

from .small_words import without_article
from .texts import READ, Texts, available, texts
from .zones import clock, zone_table

# The cities with a button: (city, timezone). Where diplomacy is made, west to east.
CITIES = (
    ("Washington", "America/New_York"),
    ("New York", "America/New_York"),
    ("London", "Europe/London"),
    ("Brussels", "Europe/Brussels"),
    ("Paris", "Europe/Paris"),
    ("Geneva", "Europe/Zurich"),
    ("Berlin", "Europe/Berlin"),
    ("Vienna", "Europe/Vienna"),
    ("Kyiv", "Europe/Kyiv"),
    ("Istanbul", "Europe/Istanbul"),
    ("Moscow", "Europe/Moscow"),
    ("Nairobi", "Africa/Nairobi"),
    ("Dubai", "Asia/Dubai"),
    ("Delhi", "Asia/Kolkata"),
    ("Beijing", "Asia/Shanghai"),
    ("Tokyo", "Asia/Tokyo"),
)
_UNLISTED = {"EU": "Europe/Brussels", "XK": "Europe/Belgrade"}  # IANA's table has no line for them
REGIONS = (
    "europe",
    "middle-east",
    "africa",
    "central-asia",
    "asia",
    "north-america",
    "latin-america",
    "oceania",
)


@cache
def countries_of(region: str) -> frozenset[str]:
    """The codes of today's states in a region; none for an unknown region."""
    every = states()
    return frozenset(code for code in country_codes() if region in every[code].regions)


@cache
def country_codes() -> frozenset[str]:
    """The codes of all states that exist today."""
    return frozenset(code for code, state in states().items() if state.end == FOREVER)


def country_named(words: str, t: Texts, *others: Texts) -> str | None:
    """The code of the state that ``words`` mean; None if there is none. Only states of today.

    Tried in this order: a code, capital or name in the reader's language; a name in the ``others``, or in a
    language of articles; the same without an article, as in "l'Iran" or "die Türkei".
    """
    folded = fold(words)
    code = country_names(str(t.locale)).get(folded) or country_code(words)
    if code in country_codes():
        return code
    spoken = (*(str(other.locale) for other in others), *READ)
    named = (country_names(locale).get(folded) for locale in spoken)
    if code := next((code for code in named if code), None):
        return code
    bare = without_article(words)
    return country_named(bare, t, *others) if bare != words else None


def zones_named(words: str, t: Texts) -> tuple[str, ...]:
    """The timezones that ``words`` may mean: a city, a capital, a country, an IANA name; best first."""
    folded = fold(words)
    if folded in _zone_names():
        return (_zone_names()[folded],)
    if several := homonyms().get(folded):
        return tuple(zone for _, zone in several)
    city = city_names(str(t.locale)).get(folded)
    if city:
        return (city,)
    country = country_named(words, t, *map(texts, available()))
    return zones_of(country) if country else ()


def city_named(words: str, t: Texts) -> str | None:
    """The timezone of the city that ``words`` name; None for anything else, and if a state has that name."""
    folded = fold(words)
    if any(folded in country_names(str(spoken.locale)) for spoken in (t, *map(texts, available()))):
        return None
    return city_names(str(t.locale)).get(folded)


def country_of(zone: str) -> str | None:
    """The code of the country in which a timezone's city lies; None if that is no state of today."""
    code = get_global("zone_territories").get(zone)
    return code if code in country_codes() else None


def is_zone(name: str) -> bool:
    """Whether ``name`` is an IANA timezone that this machine knows."""
    return name in _zones()


def city_of(zone: str, t: Texts) -> str:
    """The city that stands for a timezone, as "Zurich"."""
    return _exemplars(str(t.locale)).get(zone) or _last_part(zone)


def button_city(city: str, zone: str, t: Texts) -> str:
    """The name of a city with a button; from our own texts where CLDR, which names timezones, has none."""
    if _exemplars("en").get(zone) == city:
        return city_of(zone, t)
    return t.label(f"city.{fold(city)}")


def plain(words: str) -> str:
    """``words`` in lower case, without accents, with ASCII apostrophes and digits."""
    parts = unicodedata.normalize("NFKD", words.casefold().replace("ı", "i").replace("’", "'"))
    kept = (c for c in parts if not unicodedata.combining(c))
    return "".join(c if c.isascii() else str(unicodedata.decimal(c, c)) for c in kept)


def fold(words: str) -> str:
    """``words`` for comparing: as ``plain``, with each run of blanks, dots, commas and hyphens as a blank."""
    return " ".join("".join(" " if c in "-_,." else c for c in plain(words)).split())


@cache
def country_names(locale: str) -> Mapping[str, str]:
    """The codes of today's states by folded name in one language."""
    names = Locale.parse(locale).territories
    return {fold(names[code]): code for code in country_codes() if code in names}


@cache
def _zone_names() -> Mapping[str, str]:
    return {fold(zone): zone for zone in _zones() if "/" in zone or zone == "UTC"}


@cache
def city_names(locale: str) -> Mapping[str, str]:
    """The timezones of cities by folded name: in one language, in those of the bot and those of articles."""
    names = {one: city.zone for one, (_, city) in rows().items()}
    for spoken in (*READ, *available(), locale):
        names |= {fold(city): zone for zone, city in _exemplars(spoken).items()}
    for t in map(texts, available()):
        names |= {fold(button_city(city, zone, t)): zone for city, zone in CITIES}
    return names


@cache
def rows() -> Mapping[str, tuple[str, catalogue.City]]:
    """The cities of our tables by each spelling, folded: (name in the table, city)."""
    every = {**catalogue.large_cities(), **catalogue.cities()}
    return {
        fold(spelling): (name, city)
        for name, city in every.items()
        for spelling in (name, *city.called.values(), *city.names)
    }


@cache
def homonyms() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Cities that share a name, by that name, folded: full name ("Valencia, Spain") and timezone of each."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for name, city in catalogue.large_cities().items():
        bare, comma, _ = name.partition(",")
        if comma:
            found[fold(bare)] = (*found.get(fold(bare), ()), (name, city.zone))
    return found


@cache
def _exemplars(locale: str) -> Mapping[str, str]:
    """CLDR's exemplar city of each timezone; the last part of the IANA name if CLDR has none."""
    aliases = get_global("zone_aliases")
    cities = {zone: _last_part(zone) for zone in _canonical_zones()}
    for name, entry in Locale.parse(locale).time_zones.items():
        zone = aliases.get(name, name)
        if zone in cities and "city" in entry:
            cities[zone] = str(entry["city"])
    return cities


@cache
def _canonical_zones() -> frozenset[str]:
    """The timezones without Etc/GMT+3 and the like, whose sign misleads: that one is three hours behind."""
    zones = _known(get_global("zone_territories"))
    return frozenset(zone for zone in zones if not zone.startswith(("Etc/GMT+", "Etc/GMT-")))


def zones_of(country: str) -> tuple[str, ...]:
    """The best known timezone for each clock of a country: of our cities first, then in IANA's order."""
    zones = tuple(_known(_zones_by_country().get(country, ())))
    by_clock: dict[tuple[object, ...], str] = {}
    for zone in sorted(zones, key=fame):
        by_clock.setdefault(clock(zone), zone)
    return tuple(sorted(by_clock.values(), key=lambda zone: (fame(zone) > 0, zones.index(zone))))


@cache
def _zones_by_country() -> Mapping[str, Sequence[str]]:
    """From IANA's table, which lists a country's more populous timezones first."""
    found = {code: [zone] for code, zone in _UNLISTED.items()}
    for country, _, zone in zone_table():
        found.setdefault(country, []).append(zone)
    return found


def fame(zone: str) -> int:
    """How well known a timezone is: 0 for those of our cities, 1 for those CLDR maps Windows to, else 2."""
    if zone in _well_known():
        return 0
    return 1 if zone in _windows_zones() else 2


@cache
def _well_known() -> frozenset[str]:
    ours = (city.zone for city in catalogue.cities().values())
    return frozenset((*ours, *(zone for _, zone in CITIES)))


@cache
def _windows_zones() -> frozenset[str]:
    aliases = get_global("zone_aliases")
    return frozenset(aliases.get(z, z) for z in get_global("windows_zone_mapping").values())


def _known(zones: Iterable[str]) -> Iterable[str]:
    return (zone for zone in zones if zone in _zones())


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())  # reads the disk each time it is asked


def _last_part(zone: str) -> str:
    return zone.rsplit("/", 1)[-1].replace("_", " ")
