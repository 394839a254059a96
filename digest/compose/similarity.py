"""Whether two sentences say much the same."""

import math
from collections.abc import Set
from functools import lru_cache

from ..read.vocabulary.words import stems

# Pairs of sentences of one story that editors struck as repetitions have 0.40, other pairs 0.22 at most
# (2026-11-29).
SIMILAR = 0.3  # cosine of stems from which on two sentences count as saying the same


@lru_cache(maxsize=2048)  # one edition is told to many chats
def stems_of(text: str, language: str | None) -> frozenset[str]:
    """The stems of ``text``, with compounds taken apart: "al-Sallal" has the stem of "Sallal"."""
    return frozenset(stems(text.replace("-", " "), language))


def cosine(one: Set[str], other: Set[str]) -> float:
    """The cosine of two sets of stems, in 0..1."""
    return len(one & other) / math.sqrt(max(1, len(one) * len(other)))
