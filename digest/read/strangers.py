"""Who is named by a surname alone where only a sentence before says who that is."""

import re
from collections.abc import Mapping

from .given_names import agrees
from .judged import WEEKDAY

# "Grushko said", "“Mr Grushko’s aides", "On Monday Grushko, who": a name and one word in small letters.
_OPENS = re.compile(
    rf"\W*(?:On {WEEKDAY},? )?(?:(?:Mr|Mrs|Ms|Dr)\.? )?"
    r"([A-ZÀ-Þ][\w-]+)(?:[’']s)?,? (?=[a-zß-ÿ])"
)
_NAME = r"[A-ZÀ-Þ][\w-]+"
_FULL = re.compile(rf"\b({_NAME}) (?=({_NAME}))")


def introductions(text: str) -> Mapping[str, int]:
    """Where each surname first stands behind a given name."""
    found: dict[str, int] = {}
    for pair in _FULL.finditer(text):
        if pair[2] not in found and _is_person(f"{pair[1]} {pair[2]}"):
            found[pair[2]] = pair.start()
    return found


def stranger(sentence: str, start: int, introduced: Mapping[str, int]) -> str | None:
    """The surname with which the sentence at ``start`` opens, if it was introduced before it."""
    name = opening(sentence)
    return name if name is not None and introduced.get(name, start) < start else None


def opening(sentence: str) -> str | None:
    """The name with which a sentence opens that stands alone, as a surname does."""
    found = _OPENS.match(sentence)
    return found and found[1]


def introduces(text: str, surname: str) -> bool:
    """Whether the surname stands behind a given name there."""
    return surname in text and any(
        pair[2] == surname and _is_person(f"{pair[1]} {surname}") for pair in _FULL.finditer(text)
    )


def _is_person(name: str) -> bool:
    return agrees(name, "he") or agrees(name, "she")
