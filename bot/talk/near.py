"""What was probably meant: names that are written nearly as a word that is unknown."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from itertools import chain

from seeds import catalogue
from seeds.topics import SLUGS
from seeds.wordlists import word_lists

from .locations import Location, located
from .places import REGIONS, city_names, country_codes, country_names, fold
from .refs import country_or_pair, is_place, pairs_near, place_name
from .texts import Texts, available, texts

_WORD = re.compile(r"\w{4,}")
_SPOKEN = re.compile(r"[\w'’-]+")
_MOST_READ, _LONGEST_NAME, _SHORTEST_NAME = 20, 3, 4  # words, words and letters
_MOST = 3
_ALIKE = 0.75  # of 1: "halp" is as near to "help"
_SHORTEST = 5  # letters of a word that may hold one typing error
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


def topic_named(words: str, t: Texts) -> str | None:
    """The topic that ``words`` mean, by slug or a name in any language of the bot, or by one word of it.

    "trade" is "Trade and tariffs"; no two topics of a language share a word of four letters or more.
    """
    wanted = fold(words)
    by_word = (_topics_by_word(language).get(wanted) for language in (t.language, *available()))
    return _topics_by_name().get(wanted) or next(filter(None, by_word), None)


def region_named(words: str) -> str | None:
    """The region that ``words`` mean, by slug or by one of its names in any language of the bot."""
    return _regions_by_name().get(fold(words))


@cache
def _regions_by_name() -> Mapping[str, str]:
    labels = (texts(language).label for language in available())
    named = {fold(label(f"region.{one}")): one for label in labels for one in REGIONS}
    lists = word_lists("regions.toml")
    others = {fold(name): one for one in lists.names for name in lists.phrases(one)}
    return others | {fold(one): one for one in REGIONS} | named


@cache
def _topics_by_name() -> Mapping[str, str]:
    lists = word_lists("topic_names.toml")
    found = {fold(name): slug for slug in lists.names for name in lists.phrases(slug)}
    found |= {fold(slug): slug for slug in SLUGS}
    for label in (texts(language).label for language in available()):
        found |= {fold(label(f"topic.{slug}")): slug for slug in SLUGS}
    return found


@cache
def _topics_by_word(language: str) -> Mapping[str, str]:
    label = texts(language).label
    return {word: slug for slug in SLUGS for word in _WORD.findall(fold(label(f"topic.{slug}")))}


def named_within(words: str, t: Texts) -> tuple[str, ...]:
    """Regions, topics and countries that a sentence names, in its order, each once."""
    each, found, at = _SPOKEN.findall(words)[:_MOST_READ], list[str](), 0
    while at < len(each):
        runs = ((size, " ".join(each[at : at + size])) for size in range(_LONGEST_NAME, 0, -1))
        size, named = next(((n, refs) for n, run in runs if (refs := _named(run, t))), (1, ()))
        found += named
        at += size
    return tuple(dict.fromkeys(found))


def _named(run: str, t: Texts) -> tuple[str, ...]:
    if len(run) < _SHORTEST_NAME:  # "is" and "in" are codes of countries, too
        return ()
    if ref := region_named(run) or topic_named(run, t):
        return (ref,)
    ref = country_or_pair(run, t)
    return tuple(ref.split("-")) if ref else ()


def cities(word: str, t: Texts) -> tuple[Location, ...]:
    """Cities with a name nearly so."""
    found = chain.from_iterable(
        located(name, t) for name in nearest(word, city_names(str(t.locale)))
    )
    return tuple(dict.fromkeys(found))


def meant(word: str) -> tuple[str, ...]:
    """What may have been meant by a word that is one typing error away from it, at most three.

    Codes of countries, else the name of a topic or a known person as one writes it. None for a name that is
    known as it is, and for one of fewer than five letters: "Bali" is no Mali.
    """
    if not _SHORTEST <= len(word) <= _LONGEST:
        return ()
    folded, known = fold(word), _followable()
    if folded in known:
        return ()
    found = (known[name] for name in known if _is_one_error(folded, name))
    return tuple(dict.fromkeys(found))[:_MOST]


def meant_by(words: str, t: Texts) -> tuple[str, ...]:
    """The same of words that may also be a pair, one end of which is a slip: "Ukrain-Iran"."""
    return meant(words) or pairs_near(words, t, meant)[:_MOST]


def _is_one_error(one: str, other: str) -> bool:
    """Whether a letter more, less or another, or two that changed places, makes one word of the other."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    short, long = sorted((one, other), key=len)
    start = next(
        (at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short)
    )
    if len(short) < len(long):
        return short[start:] == long[start + 1 :]
    swapped = short[start : start + 2] == long[start : start + 2][::-1]
    return short[start + 1 :] == long[start + 1 :] or (
        swapped and short[start + 2 :] == long[start + 2 :]
    )


def is_person(words: str) -> bool:
    """Whether somebody is known by these words."""
    return fold(words) in _people()


@cache
def _people() -> Mapping[str, str]:
    """The known people by each of their names, folded."""
    each = ((*one["aliases"], *one.get("surnames", ())) for one in catalogue.people())
    return {fold(name): name for names in each for name in names}


@cache
def _followable() -> Mapping[str, str]:
    """Countries, topics and people by each of their names in the languages of the bot, folded."""
    found = dict(_people())
    for t in map(texts, available()):
        topics = (t.label(f"topic.{slug}") for slug in SLUGS)
        found |= {fold(name): name for name in topics}
    found |= _countries()
    return found


@cache
def _countries() -> Mapping[str, str]:
    """States of today by CLDR's names in the languages of the bot, and by our own."""
    found = {
        fold(name): code
        for code in country_codes()
        for name in catalogue.countries()[code].get("names", ())
    }
    for t in map(texts, available()):
        found |= country_names(str(t.locale))
    return found


def name_of(ref: str, t: Texts) -> str:
    """A country, pair, topic or region as people read it."""
    if is_place(ref):
        return place_name(ref, t)
    return t.label(f"topic.{ref}" if ref in SLUGS else f"region.{ref}")


@cache
def _names(regions: bool) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for t in map(texts, available()):
        found |= {fold(t.label(f"region.{one}")): one for one in REGIONS if regions}
        found |= {fold(t.label(f"topic.{slug}")): slug for slug in SLUGS}
    found |= _countries()
    return found
