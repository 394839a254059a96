"""Who is named by a surname alone where only a sentence before says who that is."""

import re
from collections.abc import Mapping
from functools import cache

from ..vocabulary.given_names import is_known
from .judged import WEEKDAY, listed

# "Grushko said", "“Mr Grushko’s aides", "On Monday Grushko, who", "Now Grushko and": a name and one word in
# small letters.
_OPENS = re.compile(
    rf"\W*(?:On {WEEKDAY},? |Now )?(?:(?:Mr|Mrs|Ms|Dr)\.? )?"
    r"([A-ZÀ-Þ][\w-]+)(?:[’']s)?,? (?=[a-zß-ÿ])"
)
_NAME = r"[A-ZÀ-Þ][\w-]+"
# "Anna Novak", "Igor I. Novak": behind an initial of wikinews_clean and allsides 52 more sentences that open
# with a surname alone are told from the others, those of presidents whom all know among them.
_FULL = re.compile(rf"([A-ZÀ-Þ](?<!\w.)[\w-]+) (?:(?:[A-Z]\.){{1,2}} )?(?=({_NAME}))")


def introductions(text: str) -> Mapping[str, int]:
    """Where each surname first stands behind a given name, or behind a name before a verb of saying."""
    found: dict[str, int] = {}
    for pair in _FULL.finditer(text):
        if pair[2] not in found and _introduces(pair, text):
            found[pair[2]] = pair.start()
    return found


def stranger(sentence: str, start: int, introduced: Mapping[str, int]) -> str | None:
    """The surname that stands alone in the sentence at ``start``, if it was introduced before it."""
    names = lone_names(sentence)
    return next((name for name in names if introduced.get(name, start) < start), None)


def lone_names(sentence: str) -> tuple[str, ...]:
    """Words that stand alone, as a surname does, where a sentence opens or says who speaks."""
    found = (_OPENS.match(sentence), _speaker().search(sentence))
    return tuple(match[1] for match in found if match)


def introduces(text: str, surname: str) -> bool:
    """Whether the surname stands there as ``introductions`` would find it."""
    return any(pair[2] == surname and _introduces(pair, text) for pair in _FULL.finditer(text))


def _introduces(pair: re.Match[str], text: str) -> bool:
    if is_known(f"{pair[1]} {pair[2]}"):
        return True
    # Given names that nobody has listed: "Tourism Minister Bishr Yazigi told Reuters".
    return _speaks().match(text, pair.end(2)) is not None


@cache
def _speaks() -> re.Pattern[str]:
    return re.compile(rf" (?:{'|'.join(listed('en', 'saying'))})\b")


@cache
def _speaker() -> re.Pattern[str]:
    """Of "an industry that Novak said was dead", "“...,” Novak said"; no "Mr Novak said", "of Riga said"."""
    return re.compile(
        rf" (?=[A-ZÀ-Þ])(?:(?<=\bthat )|(?<=\bas )|(?<=[,”\"’] ))({_NAME})"
        rf" (?:also |later )?(?:{'|'.join(listed('en', 'saying'))})\b"
    )
