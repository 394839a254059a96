"""Topics, regions, countries, people and cities by name, and which of them a misspelt name may mean. Pure."""

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
_TOKEN = re.compile(r"[\w'’-]+")
_MOST_READ, _LONGEST_NAME, _SHORTEST_NAME = 20, 3, 4  # words, words and letters
_MOST = 3
_ALIKE = 0.75  # difflib's ratio, 0..1: that of "halp" and "help"
_SHORTEST = 5  # letters of a word that may hold one typing error
_LONGEST = 60  # characters; the time to compare grows with them


def nearest(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """Up to three of the ``known`` folded words that are spelled most like ``word``, the nearest first.

    None for a word of more than 60 characters.
    """
    if len(word) > _LONGEST:
        return ()
    return tuple(get_close_matches(fold(word), tuple(known), n=_MOST, cutoff=_ALIKE))


def countries_and_topics(word: str, *, regions: bool = False) -> tuple[str, ...]:
    """Codes of countries and slugs of topics with a name like ``word`` in any language of the bot.

    With ``regions`` slugs of regions as well.
    """
    known = _names(regions)
    return tuple(dict.fromkeys(known[name] for name in nearest(word, known)))


def topic_named(words: str, t: Texts) -> str | None:
    """The slug of the topic that ``words`` mean; None if there is none.

    By slug, by name in any language of the bot, or by one word of the name: "trade" means "Trade and
    tariffs". In each language no two topics share a word of four letters or more.
    """
    wanted = fold(words)
    by_word = (_topics_by_word(language).get(wanted) for language in (t.language, *available()))
    return _topics_by_name().get(wanted) or next(filter(None, by_word), None)


def region_named(words: str) -> str | None:
    """The slug of the region that ``words`` mean, by slug or a name in any language of the bot; else None."""
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
    """Slugs of regions and topics and codes of countries that a sentence names, in its order, each once.

    Reads the first 20 words; a longer name goes before a shorter one.
    """
    each, found, at = _TOKEN.findall(words)[:_MOST_READ], list[str](), 0
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
    """Locations of cities whose names are spelled like ``word``."""
    found = chain.from_iterable(
        located(name, t) for name in nearest(word, city_names(str(t.locale)))
    )
    return tuple(dict.fromkeys(found))


def meant(word: str) -> tuple[str, ...]:
    """Up to three things whose names are one typing error away from ``word``.

    The code of a country, else the name of a topic or known person as it is spelled. Empty if the word is
    itself a known name, or has fewer than five letters: "Bali" is not Mali.
    """
    if not _SHORTEST <= len(word) <= _LONGEST:
        return ()
    folded, known = fold(word), _followable()
    if folded in known:
        return ()
    found = (known[name] for name in known if _is_one_error(folded, name))
    return tuple(dict.fromkeys(found))[:_MOST]


def meant_by(words: str, t: Texts) -> tuple[str, ...]:
    """As ``meant``, and also pairs of countries with a misspelt name: "Ukrain-Iran"."""
    return meant(words) or pairs_near(words, t, meant)[:_MOST]


def _is_one_error(one: str, other: str) -> bool:
    """Whether the words differ by one letter added, left out or replaced, or by two letters swapped."""
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
    """Whether ``words`` are the name of a known person."""
    return fold(words) in _people()


@cache
def _people() -> Mapping[str, str]:
    """The names of known people by folded name."""
    each = ((*one["aliases"], *one.get("surnames", ())) for one in catalogue.people())
    return {fold(name): name for names in each for name in names}


@cache
def _followable() -> Mapping[str, str]:
    """What can be followed, by folded name: codes of countries, names of topics and people."""
    found = dict(_people())
    for t in map(texts, available()):
        topics = (t.label(f"topic.{slug}") for slug in SLUGS)
        found |= {fold(name): name for name in topics}
    found |= _countries()
    return found


@cache
def _countries() -> Mapping[str, str]:
    """Codes of today's states by folded name: CLDR's in all languages of the bot, and our own."""
    found = {
        fold(name): code
        for code in country_codes()
        for name in catalogue.countries()[code].get("names", ())
    }
    for t in map(texts, available()):
        found |= country_names(str(t.locale))
    return found


def name_of(ref: str, t: Texts) -> str:
    """The name of a country, pair, topic or region as people read it."""
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
