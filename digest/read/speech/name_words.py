"""Tells which words are a person's name, an office before it, or neither."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from ..vocabulary.reporting import POSSESSIVE, vocabulary

_LONGEST_NAME = 5  # words
# "CNET Mark Smith": a credit before a text; "Watching Smith".
_CREDIT = re.compile(r"[A-Z]{3,}|(?!Sterling|Irving|Channing|Manning)[A-Z][a-z]{3,}ing")
_GLUED = re.compile(r"[a-z][A-Z]{2}")  # "TrumpGOP": two pieces of a page
MONTHS = frozenset(("may", "april", "june", "august"))  # people are called so
PlacedWord = tuple[int, str]  # where a word stands in the text, and the word


@cache
def in_no_name() -> frozenset[str]:
    """Capitalised words that are no name when they stand alone."""
    # Two of five runs are one such word; to leave them out saves as much time as is spent on the rest.
    return frozenset(word.capitalize() for word in vocabulary().starters - MONTHS)


@cache
def _titles() -> frozenset[str]:
    return vocabulary().offices | vocabulary().honorifics


@cache
def openers() -> frozenset[str]:
    """Words at the beginning of a sentence that a page runs together with a name."""
    return vocabulary().clause_openers - {"so"} | {"the", "of"}


@lru_cache(maxsize=8192)  # a name is looked at some ten times; this halves what it costs
def bare(word: str) -> str:
    """The word in lower case without full stop, comma, "then-" and "ex-"."""
    return word.lower().rstrip(".,").removeprefix("then-").removeprefix("ex-")


def is_title(word: str) -> bool:
    """Whether a word is an office or a "Mr"."""
    return bare(word) in _titles()


def without_possessive(word: str) -> str:
    """The word without its "'s"."""
    return word[:-2] if word.endswith(POSSESSIVE) else word


def end_of(words: Sequence[PlacedWord]) -> int:
    """Where the last of the words ends in the text."""
    at, last = words[-1]
    return at + len(last)


def ends_before_name(word: str) -> bool:
    """Whether no name contains the word, or begins before it."""
    return is_title(word) or bare(word) in vocabulary().parties or word.endswith(POSSESSIVE)


def behind_credits(words: Sequence[PlacedWord]) -> int:
    """How many words stand before a name, unless only capitals follow."""
    behind = 0
    while behind < len(words) - 1 and _CREDIT.fullmatch(words[behind][1]):
        behind += 1
    return behind if behind and not words[behind][1].isupper() else 0


def behind_starters(words: Sequence[PlacedWord], first: int, *, titled: bool) -> int:
    """``first`` moved past words that begin no name, except "May" and "Christian"."""
    starters = vocabulary().starters
    while first < len(words) and bare(words[first][1]) in starters:
        starter = bare(words[first][1])
        if starter in MONTHS and (titled or len(words) == 1):
            break
        if starter == "christian" and len(words) - first == 2:
            break
        first += 1
    return first


def unrepeated(words: Sequence[PlacedWord], behind: str) -> Sequence[PlacedWord]:
    """A name up to where a page's register repeats it: "Ann Gray Ann Mary Gray", "(Ann)"."""
    if len(words) <= 2:
        return words
    if behind.startswith(f" ({words[0][1]}) "):
        return words[:-1]
    again = (index for index in range(2, len(words)) if words[index][1] == words[0][1])
    return words[: next(again, len(words))]


def is_name(words: Sequence[str]) -> bool:
    """Whether words may be a person's name: few of them, none of an organisation, no acronym."""
    if len(words) > _LONGEST_NAME or _holds_organisation(words):
        return False
    if len(words) > 1 and all(word.isupper() and len(word) > 2 for word in words):
        return False  # a headline in capitals
    ordinal = len(words) > 2 and words[-1] in ("II", "III", "IV")
    return _may_end_name(words[-2 if ordinal else -1].rstrip("."))


def _holds_organisation(words: Sequence[str]) -> bool:
    telling = words[1:] if _begins_with_thing(words) else words
    return not vocabulary().never_in_names.isdisjoint(map(bare, telling))


def _begins_with_thing(words: Sequence[str]) -> bool:
    """Whether the first word can also mean a thing: Bill Richardson, Park Geun-hye."""
    if len(words) < 2:
        return False
    return words[0] in ("Bill", "Will") or (words[0] == "Park" and "-" in words[1])


def _may_end_name(word: str) -> bool:
    """Whether a name may end with the word: no initial, acronym, glued word or day."""
    if len(word) < 2 or word[1] == "-" or _GLUED.search(word) or (word.isupper() and len(word) < 6):
        return False
    return bare(word) in MONTHS or bare(word) not in vocabulary().starters
