"""Near-duplicates: the same text carried by another outlet, often cut short or wrapped.

Feeds truncate, so the measure is containment: the share of the shorter text's shingles that the
other holds (Broder 1997). Jaccard, MinHash and SimHash miss truncated copies. The shingles kept are
chosen by winnowing (Schleimer, Wilkerson & Aiken 2003): the smallest hash of every few neighbours,
so that a text of 40 words keeps at least seven, where one hash in four may leave two.
"""

from array import array
from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import chain
from typing import Generic, TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ..read.vocabulary.words import words

_SHINGLE = 5  # words in a shingle
_NEIGHBOURS = 5  # shingles of which the smallest is kept: about one in three
# The share of the shorter text that makes a copy. A copy as long as its original was reworded, and keeps
# little more than half of its shingles when 5 % of the words are changed; a part was cut out and is whole,
# which a caption that a long report quotes is not: 0.81, of a ninth of its length. Both halves of both sets
# of stories, sweep of 0.50 to 0.57 and 0 to 0.5, 2026-11-28: below, tellings that share half an agency's
# report are taken for copies; above, more of the reworded are missed; with 0.53 and 0.5, a quarter of the
# cuts of 40 words.
_OF_EQUALS = 0.55
_MORE_OF_A_PART = 0.35  # of a part of no length; half as much of a half
_WINDOW = timedelta(hours=72)
_FEWEST = 3  # kept shingles; below them a text is too short to judge
_LONGEST = 40_000  # code points; what follows tells no more
_MOST_HOLDERS = 50  # texts under one shingle; what more share is a notice, not an article
_MOST_KEPT = 50_000  # texts; the first to come is the first to go

_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio (Knuth, 6.4)

Key = TypeVar("Key", bound=Hashable)
Hashes = NDArray[np.uint64]


def shingles(text: str) -> frozenset[int]:
    """A sample of the hashed runs of five words of ``text``; about twelve of a text of 40 words."""
    tokens = " ".join(words(text[:_LONGEST])).encode("utf-8", "replace").split(b" ")
    if len(tokens) < _SHINGLE:
        return frozenset()
    hashes = _runs(np.fromiter(map(crc32, tokens), dtype=np.uint64, count=len(tokens)))
    neighbours = min(_NEIGHBOURS, len(hashes))
    count = len(hashes) - neighbours + 1
    smallest = hashes[:count].copy()
    for at in range(1, neighbours):  # a sixth of the time of a view of all windows
        np.minimum(smallest, hashes[at : at + count], out=smallest)
    changes = np.append(True, smallest[1:] != smallest[:-1])  # neighbours mostly share theirs
    return frozenset(smallest[changes].tolist())


def _runs(values: Hashes) -> Hashes:
    """A hash of each run of five words, for all at once: a tenth of the time of one by one."""
    count = len(values) - _SHINGLE + 1
    mixed = np.zeros(count, dtype=np.uint64)
    for at in range(_SHINGLE):
        mixed = (mixed + values[at : at + count]) * _SPREAD  # modulo 2**64
    mixed ^= mixed >> np.uint64(32)  # the high bits alone depend on all words evenly
    return mixed * _SPREAD


@dataclass(frozen=True, slots=True)
class _Text(Generic[Key]):
    key: Key
    at: datetime | None
    sampled: "array[int]"  # a set of them takes eight times as much


class Duplicates(Generic[Key]):
    """The texts of the last days, to find those that a new one repeats."""

    def __init__(self) -> None:
        self._kept: dict[int, _Text[Key]] = {}  # by number, in the order of coming
        self._sizes: dict[int, int] = {}  # how many shingles each has
        self._first: dict[int, int] = {}  # shingle -> the first text that holds it
        self._others: dict[int, tuple[int, ...]] = {}  # where more than one does: few, so apart
        self._by_time: list[tuple[datetime, int]] = []  # a heap
        self._before: datetime | None = None  # time of the text before
        self._next = 0

    def find(self, sampled: frozenset[int], at: datetime | None) -> Key | None:
        """The text of the window that this one repeats, or is repeated by, most; None if there is none.

        Among equals the first to come is taken. A text without a time is compared with all that are kept.
        """
        size, sizes = len(sampled), self._sizes
        shares = {
            number: self._contained(number, count, sampled, at)
            for number, count in self._shared(sampled).items()
            if 2 * count > min(size, sizes[number])  # less makes no copy, and most have less
        }
        alike = (number for number, share in shares.items() if share)
        best = min(alike, key=lambda number: (-round(shares[number], 1), number), default=None)
        return None if best is None else self._kept[best].key

    def add(self, key: Key, sampled: frozenset[int], at: datetime | None) -> None:
        """Keep a text, and forget those that have left the window."""
        number = self._next
        self._next += 1
        self._kept[number] = _Text(key, at, array("Q", sampled))
        self._sizes[number] = len(sampled)
        for value in sampled:
            self._hold(value, number)
        if at is not None:
            heappush(self._by_time, (at, number))
        self._forget(at)

    def keys(self) -> frozenset[Key]:
        """The keys of the texts that are kept."""
        return frozenset([text.key for text in self._kept.values()])

    def _contained(
        self, number: int, shared: int, sampled: frozenset[int], at: datetime | None
    ) -> float:
        """The share of the shorter text that the other one has; 0 if that is too little for a copy."""
        kept = self._kept[number]
        shorter, longer = sorted((len(sampled), len(kept.sampled)))
        near = at is None or kept.at is None or abs(at - kept.at) <= _WINDOW
        wanted = _OF_EQUALS + _MORE_OF_A_PART * (1 - shorter / longer)
        share = shared / shorter
        return share if near and shorter >= _FEWEST and share >= wanted else 0.0

    def _shared(self, sampled: frozenset[int]) -> Mapping[int, int]:
        """For each text, how many of the shingles it has."""
        firsts, others = self._first, self._others
        found = Counter([firsts[value] for value in sampled if value in firsts])
        found.update(chain.from_iterable([others[value] for value in sampled if value in others]))
        return found

    def _holders(self, value: int) -> tuple[int, ...]:
        first = self._first.get(value)
        return () if first is None else (first, *self._others.get(value, ()))

    def _hold(self, value: int, number: int) -> None:
        if value not in self._first:
            self._first[value] = number
        elif len(others := self._others.get(value, ())) < _MOST_HOLDERS - 1:
            self._others[value] = (*others, number)

    def _release(self, value: int, number: int) -> None:
        rest = [holder for holder in self._holders(value) if holder != number]
        self._first.pop(value, None)
        self._others.pop(value, None)
        for holder in rest:
            self._hold(value, holder)

    def _forget(self, at: datetime | None) -> None:
        """Forget what lies outside the window of this text and of the one before.

        Both count, so that a single time in the future does not empty the memory.
        """
        if at is not None:
            now = min(at, self._before or at)
            self._before = at
            while now - self._by_time[0][0] > _WINDOW:
                self._drop(heappop(self._by_time)[1])
        if len(self._kept) > _MOST_KEPT:
            self._drop(next(iter(self._kept)))

    def _drop(self, number: int) -> None:
        text = self._kept.pop(number, None)  # None: too many had come since
        self._sizes.pop(number, None)
        for value in text.sampled if text else ():
            self._release(value, number)
