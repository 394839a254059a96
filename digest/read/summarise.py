"""Choosing the sentences that tell an article, or a story of several articles.

Ours ("attache") is made for news, where every method that sumy ships loses to the first three
sentences: centrality (Erkan & Radev 2004, without the random walk; PacSum's direction, Zheng &
Lapata 2019), a prior for the beginning of an article, support by other articles, and maximal
marginal relevance (Carbonell & Goldstein 1998) against repetition. Every method of sumy can
take its place by name.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module

import numpy as np
from numpy.typing import NDArray
from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
from sumy.summarizers._summarizer import AbstractSummarizer

from ..ports import Summariser
from . import words
from .sentences import split

Matrix = NDArray[np.float32]
Documents = Sequence[Sequence[str]]

# Swept on the half of summaries/cnndm_frank and of multinews_lb whose id hashes to an even number,
# 2026-11: R1+R2 of three sentences, and of 100 words for clusters.
_POSITION = 0.62  # weight of the place within its article
_DECAY = 5.0  # sentences after which the place counts half
_SUPPORT = 0.35  # weight of being said in other articles too
_DIVERSITY = 0.8  # MMR: 1 looks at the score alone
_FORWARD = (
    0.7  # how much a sentence before the other counts of their likeness (the rest: one behind)
)
_SAME = 0.3  # cosine from which two sentences support each other
_CLONE = 0.72  # cosine from which they say the same: only one is taken
_SHORT = 8  # words; shorter sentences lose
_MOST = 400  # sentences that are looked at; what stands further down is never chosen on news

_SUMY = {
    "lexrank": ("lex_rank", "LexRankSummarizer"),
    "textrank": ("text_rank", "TextRankSummarizer"),
    "lsa": ("lsa", "LsaSummarizer"),
    "luhn": ("luhn", "LuhnSummarizer"),
    "kl": ("kl", "KLSummarizer"),
    "sumbasic": ("sum_basic", "SumBasicSummarizer"),
    "reduction": ("reduction", "ReductionSummarizer"),
}
METHODS = ("attache", "lead", *_SUMY)


def summariser(name: str, language: str | None = "en") -> Summariser:
    """The method of this name. Raises KeyError for a name that is not in ``METHODS``."""
    if name == "attache":
        return partial(choose, language=language)
    if name == "lead":
        return lead
    module, cls = _SUMY[name]
    method = getattr(import_module(f"sumy.summarizers.{module}"), cls)
    return partial(_through_sumy, method, language)


def lead(documents: Documents, count: int) -> tuple[int, ...]:
    """The first sentences of the first document."""
    return tuple(range(min(count, len(documents[0]) if documents else 0)))


def choose(documents: Documents, count: int, *, language: str | None = "en") -> tuple[int, ...]:
    """Indices of at most ``count`` sentences, best first, counted over all documents in order."""
    flat = [sentence for document in documents for sentence in document]
    order = ranking(documents, language=language)
    return tuple(_diverse(order, _vectors(flat[:_MOST], language), count)) if flat else ()


def choose_words(
    documents: Documents, limit: int, *, language: str | None = "en"
) -> tuple[int, ...]:
    """As ``choose``, as many whole sentences as fit into ``limit`` words."""
    flat = [sentence for document in documents for sentence in document]
    lengths = [len(sentence.split()) for sentence in flat]
    chosen: list[int] = []
    left = limit
    for index in choose(documents, len(flat), language=language):
        if lengths[index] <= left:
            chosen.append(index)
            left -= lengths[index]
    return tuple(chosen)


def ranking(documents: Documents, *, language: str | None = "en") -> Matrix:
    """Scores in 0..1, one per sentence, in order over all documents; at most the first 400."""
    flat = [sentence for document in documents for sentence in document][:_MOST]
    if not flat:
        return np.zeros(0, dtype=np.float32)
    owner, place = _places(documents)
    likeness = _likeness(_vectors(flat, language))
    score = (
        _POSITION * _prior(place)
        + (1 - _POSITION) * _centrality(likeness, owner)
        + _SUPPORT * _support(likeness, owner)
    )
    return np.asarray(score * _length_factor(flat) / (1 + _SUPPORT), dtype=np.float32)


def _places(documents: Documents) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    owner = [at for at, document in enumerate(documents) for _ in document][:_MOST]
    place = [at for document in documents for at in range(len(document))][:_MOST]
    return np.array(owner), np.array(place)


def _prior(place: NDArray[np.int64]) -> Matrix:
    return np.asarray(1 / (1 + place / _DECAY), dtype=np.float32)


def _centrality(likeness: Matrix, owner: NDArray[np.int64]) -> Matrix:
    """How much the rest of the text is about the same, in 0..1."""
    forward = np.triu(likeness, 1).sum(axis=1)
    backward = np.tril(likeness, -1).sum(axis=1)
    total = _FORWARD * forward + (1 - _FORWARD) * backward
    highest = float(total.max())
    return np.asarray(total / highest if highest else total, dtype=np.float32)


def _support(likeness: Matrix, owner: NDArray[np.int64]) -> Matrix:
    """The share of the other documents that hold a like sentence, in 0..1."""
    count = int(owner.max()) + 1
    if count == 1:
        return np.zeros(len(owner), dtype=np.float32)
    best = np.stack(
        [likeness[:, owner == at].max(axis=1, initial=0) for at in range(count)], axis=1
    )
    best[np.arange(len(owner)), owner] = 0
    return np.asarray((best >= _SAME).sum(axis=1) / (count - 1), dtype=np.float32)


def _length_factor(flat: Sequence[str]) -> Matrix:
    lengths = np.array([len(sentence.split()) for sentence in flat], dtype=np.float32)
    return np.minimum(1, lengths / _SHORT)


def _vectors(flat: Sequence[str], language: str | None) -> Matrix:
    """Unit rows of tf-idf over the sentences themselves."""
    counts = [Counter(words.stems(sentence, language)) for sentence in flat]
    spread = Counter(stem for count in counts for stem in count)
    column = {stem: at for at, stem in enumerate(spread)}
    matrix = np.zeros((len(flat), max(1, len(column))), dtype=np.float32)
    for row, count in enumerate(counts):
        for stem, times in count.items():
            matrix[row, column[stem]] = times * math.log(1 + len(flat) / spread[stem])
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    return np.asarray(matrix / np.where(norms == 0, 1, norms), dtype=np.float32)


def _likeness(vectors: Matrix) -> Matrix:
    likeness = vectors @ vectors.T
    np.fill_diagonal(likeness, 0)
    return np.asarray(likeness, dtype=np.float32)


def _diverse(score: Matrix, vectors: Matrix, count: int) -> list[int]:
    """Maximal marginal relevance; a sentence that repeats a chosen one is left out."""
    chosen: list[int] = []
    nearest = np.zeros(len(score), dtype=np.float32)
    open_ = np.ones(len(score), dtype=bool)
    while len(chosen) < count and open_.any():
        value = np.where(open_, _DIVERSITY * score - (1 - _DIVERSITY) * nearest, -np.inf)
        best = int(value.argmax())
        chosen.append(best)
        nearest = np.maximum(nearest, vectors @ vectors[best])
        open_ &= nearest < _CLONE
        open_[best] = False
    return chosen


class AttacheSummarizer(AbstractSummarizer):  # type: ignore[misc]  # sumy is untyped
    """Ours as one of sumy's methods: a paragraph of the document is one article."""

    def __init__(self, language: str | None = "en") -> None:
        super().__init__()
        self._language = language

    def __call__(self, document: ObjectDocumentModel, sentences_count: int) -> tuple[Sentence, ...]:
        """At most ``sentences_count`` sentences of the document, in its order."""
        texts = [[str(s) for s in paragraph.sentences] for paragraph in document.paragraphs]
        chosen = sorted(choose(texts, sentences_count, language=self._language))
        return tuple(document.sentences[at] for at in chosen)


class Tokenizer:
    """Ours for sumy's parsers and models: no NLTK data needed."""

    def __init__(self, language: str | None = "en") -> None:
        self._language = language

    def to_sentences(self, paragraph: str) -> tuple[str, ...]:
        """Sentences of one paragraph."""
        return tuple(paragraph[s.start : s.end] for s in split(paragraph, self._language))

    def to_words(self, sentence: str) -> tuple[str, ...]:
        """Words of one sentence, lower case."""
        return tuple(words.words(sentence))


def _through_sumy(
    method: Callable[..., AbstractSummarizer],
    language: str | None,
    documents: Documents,
    count: int,
) -> tuple[int, ...]:
    """Indices that a sumy method chooses; equal sentences are given to it once, since it rates by text."""
    code = language or "en"
    first: dict[str, int] = {}
    for at, text in enumerate(sentence for document in documents for sentence in document):
        first.setdefault(text, at)
    tokenizer = Tokenizer(language)
    model = ObjectDocumentModel([Paragraph([Sentence(text, tokenizer) for text in first])])
    summarise = method(stemmer=partial(_stem_for_sumy, code))
    summarise.stop_words = words.stop_words(code)
    return tuple(first[str(sentence)] for sentence in summarise(model, count)) if first else ()


def _stem_for_sumy(language: str, word: str) -> str:
    return words.stem(word, language)
