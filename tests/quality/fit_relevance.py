"""Fit "is this diplomacy" on the tuning half and write seeds/topics/relevance.toml; one minute.

`python -m tests.quality.fit_relevance`. First the log-odds of each phrase: those set by hand,
moved by what the labels say, as if the hand had seen PRIOR articles. Then a logistic regression
over the features of digest.read.topics, each article in full and as the forty words that a feed
gives: fitted to full texts alone, F1 on forty words was 0.57, so it is 0.68.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import seeds.topics
from digest.read.actors import CountryScore, countries
from digest.read.topics import WORDS, features, grown, phrase_counts, phrase_odds

from .tagging import DIPLOMATIC, rows

PRIOR = 8.0  # articles; of 8, 20, 60 the best F1 in two-fold cross-validation, 2026-11
SHORT = 40  # words of a feed's summary
RIDGE = 3.0  # on standardised features; 1 and 10 give the same F1
STEPS = 30  # of Newton's method; it stands still after some 8
LEAST_CHANGE = 0.05  # log-odds closer to those by hand are not worth a line

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled article as the model sees it."""

    phrases: Mapping[str, int]
    states: tuple[CountryScore, ...]
    words: int
    is_diplomatic: bool


def cases(*, words: int) -> tuple[Case, ...]:
    """The articles of the tuning half, cut after so many words."""
    return tuple(_case(row, words) for row in rows(tuning=True))


def fit_phrases(seen: Sequence[Case]) -> dict[str, float]:
    """Log-odds of every phrase: the share of diplomatic articles that hold it, over the base."""
    positive = Counter(phrase for case in seen if case.is_diplomatic for phrase in case.phrases)
    either = Counter(phrase for case in seen for phrase in case.phrases)
    base = _logit(sum(case.is_diplomatic for case in seen) / len(seen))
    fitted = {}
    for phrase, odds in phrase_odds().items():
        expected = PRIOR / (1 + math.exp(-base - odds))
        share = (positive[phrase] + expected) / (either[phrase] + PRIOR)
        fitted[phrase] = _logit(share) - base
    return fitted


def fit_model(seen: Sequence[Case], odds: Mapping[str, float]) -> tuple[float, Numbers]:
    """Intercept and coefficients on the raw features, by Newton's method."""
    raw = _matrix(seen, odds)
    labels = np.array([case.is_diplomatic for case in seen], float)
    mean, spread = raw.mean(0), raw.std(0)
    scaled = np.c_[(raw - mean) / spread, np.ones(len(raw))]
    penalty = np.r_[np.full(raw.shape[1], RIDGE), 0.0]
    weights = np.zeros(scaled.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (likely - labels) + penalty * weights
        bend = (scaled * (likely * (1 - likely))[:, None]).T @ scaled + np.diag(penalty + 1e-9)
        weights -= np.linalg.solve(bend, slope)
    coefficients = weights[:-1] / spread
    return float(weights[-1] - coefficients @ mean), coefficients


def fit_cut(seen: Sequence[Case], logits: Numbers) -> float:
    """The likelihood from which on F1 is best."""
    labels = np.array([case.is_diplomatic for case in seen])
    likely = 1 / (1 + np.exp(-logits))

    def f1(cut: float) -> float:
        ours = likely >= cut
        return float(2 * (ours & labels).sum() / (ours.sum() + labels.sum()))

    return max((round(float(cut), 2) for cut in np.arange(0.1, 0.9, 0.01)), key=f1)


def write(path: Path) -> None:
    """Fit on the tuning half and write the model with its provenance."""
    full = cases(words=WORDS)
    seen = full + cases(words=SHORT)
    odds = fit_phrases(full)
    intercept, coefficients = fit_model(seen, odds)
    cut = fit_cut(seen, _matrix(seen, odds) @ coefficients + intercept)
    by_hand = phrase_odds()
    changed = {
        phrase: number
        for phrase, number in odds.items()
        if abs(number - by_hand[phrase]) >= LEAST_CHANGE
    }
    lines = [
        f"# Written by `python -m tests.quality.fit_relevance` from {len(full)} labelled articles",
        "# (AllSides, the tuning half). Coefficients: digest.read.topics.features; [fitted] has",
        "# log-odds in place of those set by hand. Do not edit by hand.",
        f"intercept = {intercept:.3f}",
        f"coefficients = [{', '.join(f'{number:.3f}' for number in coefficients)}]",
        f"cut = {cut}",
        "",
        "[fitted]",
        *(f'"{phrase}" = {number:.2f}' for phrase, number in sorted(changed.items())),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _matrix(seen: Sequence[Case], odds: Mapping[str, float]) -> Numbers:
    return np.array(
        [
            features(
                (grown(odds[phrase], count) for phrase, count in case.phrases.items()),
                case.states,
                words=case.words,
            )
            for case in seen
        ]
    )


def _case(row: Mapping[str, str], words: int) -> Case:
    head = " ".join(row["text"].split()[:words])
    return Case(
        phrase_counts(head, title=row["title"]),
        countries(head, title=row["title"]),
        len(head.split()),
        row["topic"] in DIPLOMATIC,
    )


def _logit(share: float) -> float:
    return math.log(share / (1 - share))


if __name__ == "__main__":
    write(Path(seeds.topics.__file__).with_name("relevance.toml"))
