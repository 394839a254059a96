"""What a sentence takes for told: whether it stands beside those that are chosen."""

import re
from collections.abc import Sequence

from ..alone import standing
from ..alone.balance import RUN, in_open_quotation
from ..alone.definite import taken_for_known
from ..alone.pointing import assumed, taken_up
from ..alone.standing import LONGEST
from ..alone.strangers import bare_names, introduced, lone_names
from .material import Material

# What it loses, in units of the value. The last three were swept together on the halves for tuning of what
# ``summarise`` names, 2026-12-01; on all 175 rows ROUGE stays.
DANGLING = 4.0  # points back at a sentence that is not chosen; of several articles LAST
LAST = 10.0  # no news; what a sentence of several articles loses that points back
UNEXPLAINED = 2.0  # a surname alone opens it, or speaks, whose bearer only a sentence before names
_UNTOLD = 0.5  # "The haul was" without a haul before it, in one article; 0.3 to 1 are the same
_ELSEWHERE = 0.3  # a surname as above anywhere in it; 0.3 to 2 differ in one row of 175
_KNOWN = 0.15  # "Envoys broke the accord" that only a sentence before tells; 0.15 to 0.3 are alike
_KNOWN_FIRST = 0.5  # the same where nothing is told before it; 1 loses 0.2 R1
_BEHIND = 40  # sentences before it in which a name or a thing is looked for


class Context:
    """The sentences of all articles, and what each of them takes for told."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._texts = material.texts
        self._dangling: dict[int, bool] = {}
        self._introduced: dict[int, frozenset[str]] = {}

    def lacks(self, at: int, chosen: Sequence[int]) -> float:
        """What the sentence at ``at`` loses where no chosen one before it says whom or what it means."""
        text = self._texts[at]
        before = " ".join(self._texts[other] for other in chosen if self._is_read_before(other, at))
        loss = 0.0
        if at - 1 not in chosen or self._material.opens[at]:
            loss = self._points_back(at, before) or self._takes_for_known(text, at, before)
        return loss or _ELSEWHERE * self._has_stranger(bare_names(text), at, before)

    def is_spoken(self, at: int) -> bool:
        """Whether it is of the middle of what somebody says."""
        start = at
        while start > max(0, at - RUN) and not self._material.opens[start]:
            start -= 1
        return in_open_quotation(self._texts[start : at + 1], self._material.language)[-1]

    def _is_dangling(self, at: int) -> bool:
        """Whether it points back, whatever is chosen."""
        if at not in self._dangling:
            self._dangling[at] = standing.is_dangling(self._texts[at][:LONGEST])
        return self._dangling[at]

    def _is_read_before(self, other: int, at: int) -> bool:
        """In one article; of several nobody knows yet in which order they are told."""
        return other < at or not self._material.is_single

    def _points_back(self, at: int, before: str) -> float:
        noun = taken_up(self._texts[at]) or assumed(self._texts[at])
        is_dangling = self._is_dangling(at)
        is_untold = noun is not None and not _tells(before, rf"{noun}\b")
        if is_dangling and (noun is None or is_untold):
            return DANGLING if self._material.is_single else LAST
        if self._has_stranger(lone_names(self._texts[at]), at, before):
            return UNEXPLAINED
        return _UNTOLD * is_untold if self._material.is_single else 0

    def _takes_for_known(self, text: str, at: int, before: str) -> float:
        """What it loses for "the accord" where only a sentence that is not chosen tells of one."""
        if not self._material.is_single or self._material.language != "en":
            return 0
        return (_KNOWN if before else _KNOWN_FIRST) * any(
            not _tells(before, noun)
            and any(_introduces(self._texts[i], noun) for i in self._behind(at))
            for noun in taken_for_known(text)
        )

    def _has_stranger(self, names: Sequence[str], at: int, before: str) -> bool:
        """Whether a sentence before it says whose surname one is, and none that is chosen."""
        return any(
            name not in before and any(self._introduces(i, name) for i in self._behind(at))
            for name in names
        )

    def _introduces(self, at: int, name: str) -> bool:
        if name not in self._texts[at]:
            return False
        if at not in self._introduced:
            self._introduced[at] = introduced(self._texts[at][:LONGEST])
        return name in self._introduced[at]

    def _behind(self, at: int) -> range:
        return range(max(0, at - _BEHIND), at)


def _introduces(text: str, noun: str) -> bool:
    """Whether it speaks of the thing, and not as of one that is known, "the accord"."""
    return f" {noun}" in text and text.count(f" {noun}") > text.lower().count(f"the {noun}")


def _tells(text: str, noun: str) -> bool:
    return re.search(rf"\b{noun}", text, re.IGNORECASE) is not None
