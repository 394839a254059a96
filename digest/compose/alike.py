"""Whether two sentences say much the same."""

import math
from collections.abc import Set

from ..read.words import stems

ALIKE = 0.3  # cosine of the stems of two sentences that do; read in the 41 stories of the bundled fortnight


def stems_of(text: str, language: str | None) -> frozenset[str]:
    """Its stems, with the parts of compounds apart: "al-Sallal" holds "Sallal"."""
    return frozenset(stems(text.replace("-", " "), language))


def likeness(one: Set[str], other: Set[str]) -> float:
    """The cosine of two sets of stems, in 0..1."""
    return len(one & other) / math.sqrt(max(1, len(one) * len(other)))
