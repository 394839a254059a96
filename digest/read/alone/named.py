"""Possible antecedents of a pronoun in an English sentence or its beginning."""

import re
from functools import cache

from ..vocabulary.words import stop_words
from .judged import AROUND, WEEKDAY, listed

_CAPITAL = re.compile(" [A-Z]")
_CALENDAR = re.compile(
    rf" (?:{WEEKDAY}|January|February|March|April|May|June|July|August"
    r"|September|October|November|December|[A-Z][a-z]{2}\.)"
)
_SEVERAL = re.compile(
    r"\b(?:and|both|people|police|men|women|children|every(?:one|body)|any(?:one|body)|group|family|team|crowd"
    r"|couple|pair|staff|public|some(?:one|body)|no(?: one|body)|who\w*|each|or|child|person|patient"
    r"|\w\w+(?<![’'ius])s)\b"
)


def names_somebody(text: str) -> bool:
    """Whether a word with a capital that is no day or month stands behind its first word."""
    return _CAPITAL.search(_CALENDAR.sub("", text)) is not None


def begins_common(text: str) -> bool:
    """Whether its first word is a common one, no name."""
    first = text.partition(" ")[0].strip(AROUND).lower()
    return first in _commons() or first.endswith(("ing", "ed", "ly"))


def tells_several(text: str) -> bool:
    """Whether "they" can mean something in it: several, or one whose sex is not told."""
    return _SEVERAL.search(text.lower()) is not None


@cache
def _commons() -> frozenset[str]:
    return stop_words("en").union(listed("en", "beginnings"))
