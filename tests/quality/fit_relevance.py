"""Fit "is this diplomacy" on the learning parts and write seeds/topics/relevance.toml; half a minute.

`python -m tests.quality.fit_relevance`. First the log-odds of each phrase: those set by hand,
moved by what the labels say, as if the hand had seen PRIOR articles; and a weight for each word.
Each American article counts twice, with its publisher's label and with what its readers say
(tests.quality.tagging), for the label alone misses a quarter of what they call diplomacy, and they alone
cost F1 by the label 6 points; of both together 2 to 4 are lost there and 5 gained with readers.
Articles of America alone teach that what is foreign is diplomacy: of 130 from abroad that are not, 15
were taken for it; with the events of tests.quality.world_news 6. Then a logistic regression over the
features of digest.read.about.topics, each article in full and as the forty words that a feed gives: fitted to
full texts alone, F1 on forty words was 0.57, so it is 0.68. News of the world, which is what feeds bring,
is one label in seven and counts for more there, see WEIGHTS. The regression sees each article with phrases
and words fitted on the others, for its own would make them look surer than they are; by the same
likelihoods the cut is chosen.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

import seeds.topics
from digest.read.about.actors import CountryScore, countries
from digest.read.about.counting import grown
from digest.read.about.phrases import phrase_odds
from digest.read.about.topics import WORDS, features, phrase_counts, share_of_others
from digest.read.about.wording import bag

from . import logistic, world_items, world_news
from .command import command
from .tagging import DIPLOMATIC, is_wanted, rows
from .world_news import Labelled

PRIOR = 8.0  # articles; of 8, 20, 60 the best F1 in two-fold cross-validation, 2026-11
SHORT = 40  # words of a feed's summary
RIDGE = 3.0  # on standardised features; 1 and 10 give the same F1
STEPS = 30  # of Newton's method; it stands still after some 8
LEAST_CHANGE = 0.05  # log-odds closer to those by hand are not worth a line
FOLDS = 5
# How often a label counts in the regression: American, of events of the world, of items of its feeds and
# pages. By folds of the learning parts, cut at 0.34, F1 of items is 90.2 at 5 and 10, 92.0 at 5 and 20; of
# events 95.0 and 95.5; by American readers 89.3 and 89.2. 2026-11-30.
WEIGHTS = (1.0, 5.0, 20.0)
# Of F1, whose standard error is 0.015 by the label and 0.006 by readers. At 0.005 and 0.010 the cut is 0.38
# and 0.29, and by readers F1 of the part held out, whose total was looked at for this, 0.8 and 1.0 lower.
HARDLY = 0.006
RAREST = 5  # articles a word must stand in; 8: -0.2 points of AUC
COMMONEST = 0.5  # of the articles
WORDS_RIDGE = 0.1  # 0.03 and 0.3: -0.1 points of AUC
WORDS_KEPT = 3000  # those that say most; with all 7,500 the file would be 140 kB
OF_ENGLISH = 2  # the last features: the sound of words, and other subjects
SMOOTH = 5  # hundredths either side of a cut over which its F1 is averaged

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """One labelled article as the model sees it."""

    phrases: Mapping[str, int]
    states: tuple[CountryScore, ...]
    words: int
    bag: Mapping[str, float]
    others: float
    is_diplomatic: bool
    weight: float
    fold: int  # the same for all articles of an event


@dataclass(frozen=True, slots=True)
class Lessons:
    """What was learnt of single phrases and words."""

    odds: Mapping[str, float]
    words: Mapping[str, float]
    bias: float

    def sound(self, case: Case) -> float:
        """As digest.read.about.wording.sound()."""
        said = [self.words[word] * share for word, share in case.bag.items() if word in self.words]
        return self.bias + sum(said) if said else 0.0


def cases(*, words: int) -> tuple[Case, ...]:
    """The articles of the learning parts, American and of the world, cut after so many words."""
    american = [
        Labelled(row["id"], row["title"], row["text"], label)
        for row in rows(tuning=True)
        for label in (row["topic"] in DIPLOMATIC, is_wanted(row["id"]))
        if label is not None
    ]
    of_world = world_news.articles(tuning=True), world_items.articles(tuning=True)
    return tuple(
        _case(one, words, weight)
        for weight, kind in zip(WEIGHTS, (american, *of_world), strict=True)
        for one in kind
    )


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


def fit_words(seen: Sequence[Case]) -> tuple[dict[str, float], float]:
    """Log-odds of the words that say most, and the bias that makes their mean nought."""
    spread = Counter(word for case in seen for word in case.bag)
    most = COMMONEST * len(seen)
    known = [w for w, count in spread.items() if w.isalpha() and RAREST <= count <= most]
    rarity = np.array([math.log(len(seen) / spread[word]) + 1 for word in known], np.float32)
    places = {word: place for place, word in enumerate(known)}
    table = np.zeros((len(seen), len(known)), np.float32)
    for row, case in enumerate(seen):
        for word, share in case.bag.items():
            if word in places:
                table[row, places[word]] = share
    labels = np.array([case.is_diplomatic for case in seen], np.float32)
    weights = logistic.fit(table * rarity, labels, ridge=WORDS_RIDGE)[0] * rarity
    kept = np.argsort(-np.abs(weights) * table.mean(0))[:WORDS_KEPT]
    bias = -float((table[:, kept] @ weights[kept]).mean())
    return {known[place]: float(weights[place]) for place in kept}, bias


def learn(seen: Sequence[Case]) -> Lessons:
    """What full articles teach of phrases and words."""
    return Lessons(fit_phrases(seen), *fit_words(seen))


def fit_model(raw: Numbers, labels: Numbers, weights: Numbers) -> tuple[float, Numbers]:
    """Intercept and coefficients on the raw features, by Newton's method."""
    mean = np.average(raw, axis=0, weights=weights)
    variance = np.average((raw - mean) ** 2, axis=0, weights=weights)
    spread = np.sqrt(variance) + 1e-9  # a column of noughts stays one
    scaled = np.c_[(raw - mean) / spread, np.ones(len(raw))]
    penalty = np.r_[np.full(raw.shape[1], RIDGE), 0.0]
    found = np.zeros(scaled.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-scaled @ found))
        slope = scaled.T @ (weights * (likely - labels)) + penalty * found
        bend = (scaled * (weights * likely * (1 - likely))[:, None]).T @ scaled
        found -= np.linalg.solve(bend + np.diag(penalty + 1e-9), slope)
    coefficients = found[:-1] / spread
    return float(found[-1] - coefficients @ mean), coefficients


def fit_cut(labels: Numbers, logits: Numbers, weights: Numbers) -> float:
    """The least likelihood round which F1 is hardly below the best: a digest had better not miss."""
    likely = 1 / (1 + np.exp(-logits))
    diplomatic = labels > 0
    cuts = np.arange(0.1, 0.9, 0.01)
    wanted = weights[diplomatic].sum()
    f1 = np.array(
        [
            2 * weights[diplomatic & (likely >= c)].sum() / (weights[likely >= c].sum() + wanted)
            for c in cuts
        ]
    )
    smooth = np.convolve(f1, np.ones(2 * SMOOTH + 1) / (2 * SMOOTH + 1), mode="valid")
    return float(cuts[SMOOTH + int((smooth >= smooth.max() - HARDLY).argmax())])


def crossed(full: tuple[Case, ...], short: tuple[Case, ...]) -> Numbers:
    """The features of all, full ones first, each with lessons from the other folds."""
    table = np.zeros((2 * len(full), len(features((), (), words=1))))
    folds = np.array([case.fold for case in full + short])
    for fold in range(FOLDS):
        lessons = learn([case for case in full if case.fold != fold])
        table[folds == fold] = _matrix([c for c in full + short if c.fold == fold], lessons)
    return table


def write(path: Path) -> None:
    """Fit on the learning part and write the model with its provenance."""
    full, short = cases(words=WORDS), cases(words=SHORT)
    labels = np.array([case.is_diplomatic for case in full + short], float)
    weights = np.array([case.weight for case in full + short])
    table = crossed(full, short)
    is_english = np.array([False] * (table.shape[1] - OF_ENGLISH) + [True] * OF_ENGLISH)
    lessons, by_hand = learn(full), phrase_odds()
    changed = {
        phrase: number
        for phrase, number in lessons.odds.items()
        if abs(number - by_hand[phrase]) >= LEAST_CHANGE
    }
    lines = [
        f"# Written by `python -m tests.quality.fit_relevance` from {len(full)} labels of articles",
        "# (AllSides, the learning part, twice each; events of ECB+ and Wikinews; items of feeds, pages and",
        "# CNN). Coefficients: digest.read.about.topics.features; [fitted] has log-odds in place of those",
        "# set by hand, [words] those of single words; [foreign] does without words and other subjects. Do",
        "# not edit by hand.",
        f"words_bias = {lessons.bias:.3f}",
        *_model_lines("english", table, labels, weights),
        *_model_lines("foreign", np.where(is_english, 0.0, table), labels, weights),
        "",
        "[fitted]",
        *(f'"{phrase}" = {number:.2f}' for phrase, number in sorted(changed.items())),
        "",
        "[words]",
        *(f'"{word}" = {number:.1f}' for word, number in sorted(lessons.words.items())),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _model_lines(name: str, table: Numbers, labels: Numbers, weights: Numbers) -> tuple[str, ...]:
    """A model as lines of TOML; the cut is that of full articles, the first half of the table."""
    intercept, coefficients = fit_model(table, labels, weights)
    full = len(labels) // 2
    cut = fit_cut(labels[:full], (table @ coefficients + intercept)[:full], weights[:full])
    return (
        "",
        f"[{name}]",
        f"# The intercept moves the cut, {cut:.2f} of the likelihood fitted, to 0.5.",
        f"intercept = {intercept - _logit(cut):.3f}",
        f"coefficients = [{', '.join(f'{number:.3f}' for number in coefficients)}]",
    )


def _matrix(seen: Sequence[Case], lessons: Lessons) -> Numbers:
    return np.array(
        [
            features(
                (grown(lessons.odds[phrase], count) for phrase, count in case.phrases.items()),
                case.states,
                words=case.words,
                sounds=lessons.sound(case),
                others=case.others,
            )
            for case in seen
        ]
    )


def _case(one: Labelled, words: int, weight: float) -> Case:
    head = " ".join(one.text.split()[:words])
    return Case(
        phrase_counts(head, title=one.title),
        countries(head, title=one.title),
        len(head.split()),
        bag(head, title=one.title),
        share_of_others(head, title=one.title),
        one.is_diplomatic,
        weight,
        crc32(one.event.encode()) % FOLDS,
    )


def _logit(share: float) -> float:
    return math.log(share / (1 - share))


if __name__ == "__main__":
    command(__doc__).parse_args()
    write(Path(seeds.topics.__file__).with_name("relevance.toml"))
