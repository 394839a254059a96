"""What sentences have in common: their words cut to six letters, each counted once a sentence.

Everything here is linear in the words of the text: no matrix of all pairs is ever built.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import words

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

# Code points of a word that count. Snowball stems choose no better (R1+R2 over six settings on the
# tuning halves 163.5, six letters 162.9, whole words 161.9; the noise is 1.5) and cost 140 us a new word.
_LETTERS = 6
_FIRST_KANA = "぀"  # from here on one character is a word
_NONE = -1


@dataclass(frozen=True, slots=True)
class Overlap:
    """Which sentence holds which word: one place in ``rows`` and ``columns`` for each pair."""

    rows: Indices  # number of the sentence
    columns: Indices  # number of the word
    sizes: Indices  # distinct words of each sentence
    width: int  # distinct words of all
    scale: Numbers  # what makes a number of common words a cosine: 1 over the root of the size

    def words_of(self, at: int) -> Indices:
        """Numbers of the words of the sentence at ``at``."""
        end = int(self.sizes[: at + 1].sum())
        return self.columns[end - int(self.sizes[at]) : end]


def overlap(sentences: Sequence[str], language: str | None) -> Overlap:
    """The words of ``sentences`` without stop words."""
    numbers = _Numbers(words.stop_words(language or "en"))
    columns: list[int] = []
    sizes: list[int] = []
    for sentence in sentences:
        found = dict.fromkeys(map(numbers.__getitem__, words.words(sentence)))  # a set has no order
        found.pop(_NONE, None)
        columns += found
        sizes.append(len(found))
    counts = np.array(sizes, dtype=np.int64)
    rows = np.repeat(np.arange(len(counts)), counts)
    return Overlap(
        rows=rows,
        columns=np.array(columns, dtype=np.int64),
        sizes=counts,
        width=len(numbers.beginnings),
        scale=1 / np.sqrt(np.maximum(1, counts)),
    )


class _Numbers(dict[str, int]):
    """The number of each word: equal for words that begin alike, ``_NONE`` for stop words.

    A dictionary, since a known word then costs no call: three times as fast on 300 sentences.
    """

    def __init__(self, stop: frozenset[str]) -> None:
        super().__init__(dict.fromkeys(stop, _NONE))
        self.beginnings: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        is_word = len(word) > 1 or word >= _FIRST_KANA
        beginnings = self.beginnings
        number = beginnings.setdefault(word[:_LETTERS], len(beginnings)) if is_word else _NONE
        self[word] = number
        return number


def centrality(of: Overlap, owner: Indices, counted: NDArray[np.bool_]) -> Numbers:
    """How much is said about the same later in the same article and anywhere in the others, in 0..1.

    The sum of the cosines with the ``counted`` sentences there. Likeness to what went before
    is a repetition (the direction of PacSum, Zheng & Lapata 2019).
    """
    given = (of.scale * counted)[of.rows]
    every = np.bincount(of.columns, weights=given, minlength=of.width)
    later = every[of.columns] - _so_far(owner[of.rows] * of.width + of.columns, given)
    total = of.scale * np.bincount(of.rows, weights=later, minlength=len(of.sizes))
    highest = float(total.max(where=counted, initial=0))
    return np.clip(total / highest, 0, 1) if highest > 0 else np.zeros(len(total))


def _so_far(group: Indices, values: Numbers) -> Numbers:
    """Running sums within each group, in text order, each value's own included."""
    order = np.argsort(group, kind="stable")
    running = np.cumsum(values[order])
    firsts = np.flatnonzero(np.diff(group[order], prepend=-1))
    before = np.repeat(running[firsts] - values[order][firsts], np.diff(firsts, append=len(order)))
    result = np.empty_like(running)
    result[order] = running - before
    return result


def likeness(of: Overlap, at: int) -> Numbers:
    """Cosines of all sentences with the one at ``at``, in 0..1."""
    held = np.zeros(of.width)
    held[of.words_of(at)] = 1
    common = np.bincount(of.rows, weights=held[of.columns], minlength=len(of.sizes))
    return np.asarray(common * of.scale * of.scale[at])


def spread(of: Overlap, owner: Indices) -> Numbers:
    """In how many articles beyond the first each word stands; all 0 for a single article."""
    if not owner.any():
        return np.zeros(of.width)
    pairs = np.unique(owner[of.rows] * of.width + of.columns)
    return np.bincount(pairs % max(1, of.width), minlength=of.width).astype(np.float64) - 1
