"""References: what a chat can follow or keep, as short strings. Pure.

"TR" is a country, "IR-US" a pair of countries, "s:12" a story, "a:45" an article.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from .labels import country
from .markup import harmless
from .places import country_codes, country_named
from .small_words import between
from .texts import Texts, available, texts

LINK = "follow_"  # prefix of the start parameter of a deep link

_STORY = re.compile(r"s:[1-9][0-9]{0,17}", re.ASCII)
_ARTICLE = re.compile(r"a:[1-9][0-9]{0,17}", re.ASCII)
_BLANK = re.compile(r"\s+")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_LONGEST_WORD = 60  # characters
# "Saint Vincent and the Grenadines - Bosnia and Herzegovina" has 56 characters and three places to split it.
_LONGEST_PLACES, _MOST_SPLITS, _MOST_MISSPELT = 100, 8, 3


def is_story(ref: str) -> bool:
    """Whether ``ref`` is a story."""
    return bool(_STORY.fullmatch(ref))


def is_place(ref: str) -> bool:
    """Whether ``ref`` is a country or a pair of two."""
    codes = ref.split("-")
    return len(codes) in (1, 2) and country_codes().issuperset(codes)


def is_followed(ref: str) -> bool:
    """Whether ``ref`` is a country, a sorted pair of two, or a story."""
    if is_story(ref):
        return True
    codes = ref.split("-")
    are_states = country_codes().issuperset(codes)
    return are_states and len(codes) <= 2 and codes == sorted(set(codes))


def is_kept(ref: str) -> bool:
    """Whether ``ref`` is a story or an article."""
    return bool(_STORY.fullmatch(ref) or _ARTICLE.fullmatch(ref))


def number_of(ref: str) -> int | None:
    """The id of a story or an article; None for countries."""
    return int(ref[2:]) if is_kept(ref) else None


def country_or_pair(words: str, t: Texts) -> str | None:
    """The country or pair that ``words`` mean: "Turkey", "IR-US", "Iran – États-Unis"; None if there is none.

    In the reader's language or any other of the bot's. A name may itself hold a separator ("Bosnia and
    Herzegovina"), so each of the first eight places to split is tried. Texts of over 100 characters are not
    read.
    """
    if len(words) > _LONGEST_PLACES:
        return None
    return _country(words, t) or _split_pair(words, between(), t)


def pair_by_blank(words: str, t: Texts) -> str | None:
    """The pair that two names with only a blank between mean: "US IR", "Cuba United States"; else None."""
    return _split_pair(words, _BLANK, t)


def pairs_near(words: str, t: Texts, near: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """The pairs that may be meant if a name in ``words`` is misspelt; ``near`` suggests codes for it."""
    found: list[str] = []
    short = words if len(words) <= _LONGEST_PLACES else ""
    for ends in islice(_splits(short, between()), _MOST_MISSPELT):
        if all(map(_LETTERS.search, ends)):
            firsts, seconds = (_codes(end, t, near) for end in ends)
            found += ("-".join(sorted({a, b})) for a in firsts for b in seconds if a != b)
    return tuple(dict.fromkeys(found))


def _codes(end: str, t: Texts, near: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    code = _country(end, t)
    return (code,) if code else tuple(one for one in near(end) if one in country_codes())


def _split_pair(words: str, parts: re.Pattern[str], t: Texts) -> str | None:
    for ends in _splits(words, parts):
        codes = {_country(end, t) for end in ends} - {None}
        if len(codes) == 2:
            return "-".join(sorted(code for code in codes if code))
    return None


def _splits(words: str, parts: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    for found in islice(parts.finditer(words), _MOST_SPLITS):
        yield words[: found.start()], words[found.end() :]


def _country(words: str, t: Texts) -> str | None:
    return country_named(words, t, *map(texts, available()))


def from_link(parameter: str) -> str | None:
    """The reference in ``?start=follow_tr``, ``follow_ir-us`` or ``follow_s12``; None for any other."""
    if not parameter.startswith(LINK):
        return None
    asked = parameter.removeprefix(LINK)
    if asked[:1] == "s" and asked[1:].isdecimal():
        ref = f"s:{asked[1:]}"
    else:
        ref = "-".join(sorted(re.split("[-_]", asked.upper())))
    return ref if is_followed(ref) else None


def place_name(ref: str, t: Texts) -> str:
    """A country or pair as people read it: "🇮🇷 Iran – 🇺🇸 United States"."""
    return " – ".join(country(code, t) for code in ref.split("-"))


def word(piece: str) -> str | None:
    """A word or phrase to follow or mute, as it is stored; None unless it has 2 to 60 characters."""
    kept = " ".join(harmless(piece).split()).casefold()
    return kept if 2 <= len(kept) <= _LONGEST_WORD else None


def word_ref(kept: str) -> str:
    """A word in callback data: a hash of ten characters, whatever its length and script."""
    return hashlib.blake2b(kept.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
