"""LexRank (Erkan & Radev 2004) as sumy computes it, with matrix products instead of loops over pairs.

It uses the same tf and idf, threshold, power method and stopping rule, and so gives the same sentences.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from ..vocabulary import words
from .overlap import Indices, Numbers

_THRESHOLD = 0.1  # cosine above which two sentences are joined; sumy's
_EPSILON = 0.1  # change at which the power method stops; sumy's
_MOST = 2_000  # sentences that are looked at: the matrix has as many rows and columns, 32 MB


def lexrank(
    documents: Sequence[Sequence[str]], count: int, *, language: str | None = "en"
) -> tuple[int, ...]:
    """Indices of at most ``count`` sentences, best first; among equal sentences the first."""
    first: dict[str, int] = {}
    for at, text in enumerate(sentence for document in documents for sentence in document):
        first.setdefault(text.strip(), at)
    texts = list(first)[:_MOST]
    if not texts:
        return ()
    scores = _walk(_transitions(_cosines(texts, language or "en")))
    places = list(first.values())
    return tuple(places[at] for at in np.argsort(-scores, kind="stable")[:count])


def _cosines(texts: Sequence[str], language: str) -> Numbers:
    """Of tf, a share of the sentence's highest, times idf."""
    stop = words.stop_words(language)
    counts = [
        Counter(words.stem(word, language) for word in words.words(text) if word not in stop)
        for text in texts
    ]
    numbers = {stem: at for at, stem in enumerate(dict.fromkeys(s for c in counts for s in c))}
    rows = np.repeat(np.arange(len(counts)), [len(count) for count in counts])
    columns = np.array([numbers[stem] for count in counts for stem in count], dtype=np.int64)
    highest = [max(count.values(), default=1) for count in counts]
    tf = np.array([times for count in counts for times in count.values()], dtype=float)
    spread = np.bincount(columns, minlength=len(numbers))
    weights = tf / np.array(highest)[rows] * np.log(len(texts) / (1 + spread))[columns]
    lengths = np.sqrt(np.bincount(rows, weights=weights**2, minlength=len(texts)))
    common = _products(len(texts), rows, columns, weights, spread) + np.diag(lengths**2)
    bounds = np.outer(lengths, lengths)
    return np.asarray(np.divide(common, bounds, out=np.zeros_like(common), where=bounds > 0))


def _products(
    count: int, rows: Indices, columns: Indices, weights: Numbers, spread: Indices
) -> Numbers:
    """Inner products of different sentences; only words that occur in two or more take part."""
    shared = spread > 1
    number = np.cumsum(shared) - 1
    kept = shared[columns]
    matrix = np.zeros((count, max(1, int(shared.sum()))))
    matrix[rows[kept], number[columns[kept]]] = weights[kept]
    products = matrix @ matrix.T
    np.fill_diagonal(products, 0)
    return products


def _transitions(cosines: Numbers) -> Numbers:
    joined = (cosines > _THRESHOLD).astype(float)
    degrees = joined.sum(axis=1, keepdims=True)
    return np.asarray(joined / np.where(degrees == 0, 1, degrees))


def _walk(transitions: Numbers) -> Numbers:
    """The scores at which sumy's power method stops; texts without links keep equal scores."""
    turned = transitions.T
    scores = np.full(len(turned), 1 / len(turned))
    change = 1.0
    while change > _EPSILON:
        following = turned @ scores
        length = np.linalg.norm(following)
        if length == 0:
            return scores
        following /= length
        change = float(np.linalg.norm(following - scores))
        scores = following
    return scores
