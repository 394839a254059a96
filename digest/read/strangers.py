"""Who is named by a surname alone where only a sentence before says who that is."""

import re
from collections.abc import Mapping

from .given_names import agrees

# "Grushko said", "“Mr Grushko’s aides": a name and one word in small letters behind it.
_OPENS = re.compile(r"\W*(?:(?:Mr|Mrs|Ms|Dr)\.? )?([A-ZÀ-Þ][\w-]+)(?:[’']s)? (?=[a-zß-ÿ])")
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
    found = _OPENS.match(sentence)
    if found is None or introduced.get(found[1], start) >= start:
        return None
    return found[1]


def _is_person(name: str) -> bool:
    return agrees(name, "he") or agrees(name, "she")
