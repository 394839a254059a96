"""How often phrases count in a title and the first words of a text."""

import math
from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

from .lexicon import Match

T = TypeVar("T")

TITLE_COUNTS = 3  # a phrase in the title counts as three in the text
MOST_COUNTS = 3  # of one phrase: ten times "tariff" is not ten reasons
LEAD = 400  # code points with which a text begins, some 65 words: what it is about

_GROWTH = (0.0, 1.0, math.sqrt(2), math.sqrt(3))  # of a phrase's weight with its count


class Counted(NamedTuple, Generic[T]):
    """How often a phrase counts, where it stands (title, lead), and what it says."""

    times: int  # 1 to 3
    leads: bool
    values: tuple[T, ...]


def counted(
    titled: Iterable[Match[T]], said: Iterable[Match[T]], size: int
) -> dict[str, Counted[T]]:
    """The phrases of a title and of the first ``size`` code points of a text."""
    counts: dict[str, Counted[T]] = {}
    for times, matches in ((TITLE_COUNTS, titled), (1, said)):
        for _, end, phrase, values in matches:
            if end > size and times == 1:
                break
            known = counts.get(phrase)
            count = min((known.times if known else 0) + times, MOST_COUNTS)
            leads = known.leads if known else times > 1 or end <= LEAD
            counts[phrase] = Counted(count, leads, values)
    return counts


def grown(odds: float, count: int) -> float:
    """What a phrase that counts ``count`` times, 1 to 3, adds: the square root of it."""
    return odds * _GROWTH[count]
