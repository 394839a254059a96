"""What sentences have in common: their words cut to six letters, each counted once per sentence.

Everything here is linear in the words of the text; no matrix of all pairs is ever built.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count

import numpy as np
from numpy.typing import NDArray

from ..vocabulary import words

Numbers = NDArray[np.float64]
Indices = NDArray[np.int64]

# Code points of a word that count. Snowball stems choose no better (R1+R2 over six settings on the
# tuning halves 163.5, six letters 162.9, whole words 161.9; the noise is 1.5) and cost 140 us a new word.
_LETTERS = 6
# Of same-story articles of wikinews_clean 0.7 % are less alike than 0.15, of those of different stories
# 85 % are; of the first 60 words of one article 5.5 % (2026-11).
_AKIN = 0.15  # cosine of the logarithmic counts of words
_COPY = 0.9  # from which an article is a copy, which supports nothing
_MOST_ARTICLES = 32  # of more none is set aside: all pairs are compared, over all words
_FIRST_KANA = "぀"  # from here on one character is a word
_NONE = ""
_LONGEST = 40  # code points; what is longer is no word
_MOST_KEPT = 200_000  # words; then they are learned anew
_ENDS = "-'.,"  # within a word they belong to it
_PLAIN = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("–", " "), ("—", " "))
_BLANKS = bytes(  # for the signs of ASCII that are in no word
    [code if chr(code).isalnum() or chr(code) in _ENDS else ord(" ") for code in range(256)]
)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Which sentence has which word: one entry in ``rows`` and ``columns`` for each pair."""

    rows: Indices  # number of the sentence
    columns: Indices  # number of the word
    sizes: Indices  # distinct words of each sentence
    width: int  # distinct words of all
    scale: Numbers  # what makes a number of common words a cosine: 1 over the root of the size

    def words_of(self, at: int) -> Indices:
        """The numbers of the words of the sentence at ``at``."""
        end = int(self.sizes[: at + 1].sum())
        return self.columns[end - int(self.sizes[at]) : end]

    def only(self, kept: NDArray[np.bool_]) -> "Overlap":
        """The same without words in the sentences that are not ``kept``."""
        here = kept[self.rows]
        sizes = self.sizes * kept
        return Overlap(self.rows[here], self.columns[here], sizes, self.width, self.scale)


def overlap(sentences: Sequence[str], language: str | None) -> Overlap:
    """The words of ``sentences`` without stop words."""
    beginnings = _beginnings(language or "en")
    held: list[str] = []
    sizes: list[int] = []
    for sentence in sentences:
        found = dict.fromkeys(map(beginnings.__getitem__, _parts(sentence)))  # a set has no order
        found.pop(_NONE, None)
        held += found
        sizes.append(len(found))
    numbers: dict[str, int] = defaultdict(count().__next__)  # in the order of the text
    columns = np.fromiter(map(numbers.__getitem__, held), np.int64, len(held))
    counts = np.array(sizes, dtype=np.int64)
    return Overlap(
        rows=np.repeat(np.arange(len(counts)), counts),
        columns=columns,
        sizes=counts,
        width=len(numbers),
        scale=1 / np.sqrt(np.maximum(1, counts)),
    )


def _parts(sentence: str) -> list[str]:
    """Its words with the marks at their ends: five times as fast as a pattern for words."""
    text = sentence.lower()
    if not text.isascii():
        for mark, plain in _PLAIN:
            text = text.replace(mark, plain)
        if not text.isascii():
            return words.words(text)
    return text.encode().translate(_BLANKS).decode().split()  # a seventh of a string's translate()


class _Beginnings(dict[str, str]):
    """The first letters of each word, which are what counts; ``_NONE`` for stop words.

    A dictionary, so that a known word costs no function call; this saves a third of the whole time.
    """

    def __init__(self, stop: frozenset[str]) -> None:
        super().__init__()
        self._stop = stop
        self._forget()

    def __missing__(self, word: str) -> str:
        bare = word if word.isalpha() else word.strip(_ENDS).removesuffix("'s")
        if bare != word:
            found = self[bare] if bare else _NONE
        else:
            found = word[:_LETTERS] if 1 < len(word) <= _LONGEST or word >= _FIRST_KANA else _NONE
        if len(self) >= _MOST_KEPT:
            self._forget()
        self[word] = found
        return found

    def _forget(self) -> None:
        """Forget all words but the stop words."""
        self.clear()
        self.update(dict.fromkeys(self._stop, _NONE))


@lru_cache(maxsize=16)  # a page may say of itself that it is in any language of two letters
def _beginnings(language: str) -> _Beginnings:
    return _Beginnings(words.stop_words(language))


def centrality(of: Overlap, owner: Indices, counted: NDArray[np.bool_]) -> Numbers:
    """How much the rest of its article and all other articles say about the same, in 0..1.

    The sum of the cosines with the ``counted`` sentences there. Earlier sentences of its article do not
    count: being like them is repetition (the direction of PacSum, Zheng & Lapata 2019).
    """
    given = (of.scale * counted)[of.rows]
    every = np.bincount(of.columns, weights=given, minlength=of.width)
    later = every[of.columns] - _so_far(owner[of.rows] * of.width + of.columns, given)
    total = of.scale * np.bincount(of.rows, weights=later, minlength=len(of.sizes))
    highest = float(total.max(where=counted, initial=0))
    return np.clip(total / highest, 0, 1) if highest > 0 else np.zeros(len(total))


def _so_far(group: Indices, values: Numbers) -> Numbers:
    """Running sums within each group, in text order, including each value itself."""
    order = group.argsort(kind="stable")
    grouped, ordered = group[order], values[order]
    running = ordered.cumsum()
    opens = np.ones(len(order), dtype=bool)  # the first of its group
    opens[1:] = grouped[1:] != grouped[:-1]
    before = (running - ordered)[opens][opens.cumsum() - 1]
    result = np.empty_like(running)
    result[order] = running - before
    return result


def cosines(of: Overlap, at: int) -> Numbers:
    """Cosines of all sentences with the one at ``at``, in 0..1."""
    held = np.zeros(of.width)
    held[of.words_of(at)] = 1
    common = np.bincount(of.rows, weights=held[of.columns], minlength=len(of.sizes))
    return np.asarray(common * of.scale * of.scale[at])


def document_frequencies(of: Overlap, owner: Indices) -> Numbers:
    """In how many articles beyond the first each word occurs; all 0 for a single article."""
    if not owner.any():
        return np.zeros(of.width)
    pairs = np.unique(owner[of.rows] * of.width + of.columns)
    return np.bincount(pairs % max(1, of.width), minlength=of.width).astype(np.float64) - 1


def akin(of: Overlap, owner: Indices, articles: int) -> NDArray[np.bool_]:
    """Which of several articles tell something that another one tells too.

    If none does, the longest stays, with its copies. Copies do not support each other: the same notice may
    stand where three pages should.
    """
    if not 1 < articles <= _MOST_ARTICLES:
        return np.ones(articles, dtype=bool)
    cosines = _between(of, owner, articles)
    is_copy = cosines >= _COPY
    nearest = np.where(is_copy, 0, cosines).max(axis=1)
    kept = (nearest >= _AKIN) | is_copy.all(axis=1)
    if kept.any():
        return np.asarray(kept)
    longest = int(np.bincount(owner, weights=of.sizes, minlength=articles).argmax())
    return np.asarray(is_copy[longest])


def _between(of: Overlap, owner: Indices, articles: int) -> Numbers:
    """Cosines of all pairs of articles, by the logarithms of how often each has a word."""
    cells = owner[of.rows] * of.width + of.columns
    counts = np.bincount(cells, minlength=articles * of.width).reshape(articles, of.width)
    weights = np.log1p(counts)
    weights /= np.maximum(1, np.sqrt((weights**2).sum(axis=1, keepdims=True)))
    cosines = weights @ weights.T
    np.fill_diagonal(cosines, 1)
    return np.asarray(cosines)
