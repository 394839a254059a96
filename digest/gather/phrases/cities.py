"""Cities that datelines name, in the usual languages, and countries in English."""

from functools import cache
from zoneinfo import available_timezones

from babel import Locale

from .wordlists import phrases


def is_place(words: str) -> bool:
    """Whether a city that datelines name is meant, in any of the usual languages."""
    return words.casefold().replace("\u0307", "").strip(" .") in _cities()


def is_country(words: str) -> bool:
    """Whether it is a country, by its English name (CLDR)."""
    return words in _countries()


@cache
def _countries() -> frozenset[str]:
    return frozenset(Locale.parse("en").territories.values())


@cache
def _cities() -> frozenset[str]:
    """Those of ``seeds/lines.toml`` and of the tz database."""
    zones = (name.rsplit("/", 1)[-1] for name in available_timezones() if "/" in name)
    named = {
        city.replace("_", " ").casefold() for city in zones if city.isascii() and city[0].isupper()
    }
    return frozenset(named | phrases("cities")) - {"utc", "gmt", "center", "general", "eastern"}
