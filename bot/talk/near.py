"""What was probably meant: names that are written nearly as a word that is unknown."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache

from seeds.topics import SLUGS

from .places import REGIONS, country_codes, country_names, fold
from .refs import place_name
from .texts import Texts, available, texts

_MOST = 3
_ALIKE = 0.75  # of 1: "halp" is as near to "help"
_LONGEST = 60  # characters; the time to compare grows with them


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Up to three of the known words that are written nearly so, the nearest first."""
    if len(word) > _LONGEST:
        return ()
    return tuple(get_close_matches(fold(word), tuple(known), n=_MOST, cutoff=_ALIKE))


def countries_and_topics(word: str, *, regions: bool = False) -> tuple[str, ...]:
    """Codes of countries, and topics by slug, with a name nearly so in any language of the bot."""
    known = _names(regions)
    return tuple(dict.fromkeys(known[name] for name in nearest(word, known)))


def name_of(ref: str, t: Texts) -> str:
    """A country, topic or region as people read it."""
    if ref in country_codes():
        return place_name(ref, t)
    return t.label(f"topic.{ref}" if ref in SLUGS else f"region.{ref}")


@cache
def _names(regions: bool) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for t in map(texts, available()):
        found |= {fold(t.label(f"region.{one}")): one for one in REGIONS if regions}
        found |= country_names(str(t.locale))
        found |= {fold(t.label(f"topic.{slug}")): slug for slug in SLUGS}
    return found
