"""ROUGE of the summaries, ours beside lead, sumy and the greedy oracle.

Sets of ``../shared/corpora/summaries``; a row belongs to the tuning half when its id hashes to an
even number, and only the other half is reported.
"""

import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rouge_score.rouge_scorer import RougeScorer

from digest.gather.clean import clean_paragraphs
from digest.read import summarise
from digest.read.sentences import split

from .halves import CORPORA, is_tuning


@dataclass(frozen=True, slots=True)
class Row:
    """One article or cluster, split into sentences, with its references."""

    id: str
    documents: tuple[tuple[str, ...], ...]
    references: tuple[str, ...]

    @property
    def flat(self) -> list[str]:
        return [sentence for document in self.documents for sentence in document]


@dataclass(frozen=True, slots=True)
class Figure:
    """Means of one method on one set: ROUGE F1 x 100 and CPU milliseconds a row."""

    method: str
    rouge1: float
    rouge2: float
    rougeL: float
    milliseconds: float
    spread: float  # half of the 95 % interval of ROUGE-1


def rows(path: Path, *, tuning: bool = False) -> Iterator[Row]:
    """Rows of one half of a set."""
    for line in path.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        if is_tuning(raw["id"]) is tuning:
            documents = tuple(sentences_of(text) for text in raw["articles"])
            reference = raw["reference"]
            yield Row(
                raw["id"],
                documents,
                tuple([reference] if isinstance(reference, str) else reference),
            )


def sentences_of(text: str) -> tuple[str, ...]:
    """Sentences of a cleaned text, as the engine sees them."""
    cleaned = clean_paragraphs([line for line in text.splitlines() if line.strip()], title=None)
    return tuple(
        paragraph.text[span.start : span.end]
        for paragraph in cleaned.paragraphs
        if paragraph.kind == "p"
        for span in split(paragraph.text)
    )


def measure(method: str, data: Sequence[Row], choose: Callable[[Row], Sequence[int]]) -> Figure:
    """Mean ROUGE of the sentences that ``choose`` picks, set in text order."""
    started = time.process_time()
    picked = [choose(row) for row in data]
    elapsed = (time.process_time() - started) * 1000 / max(1, len(data))
    scores = [
        _rouge(" ".join(row.flat[at] for at in sorted(at)), row)
        for row, at in zip(data, picked, strict=True)
    ]
    means = [100 * statistics.fmean(score[at] for score in scores) for at in range(3)]
    spread = 196 * statistics.stdev(score[0] for score in scores) / len(scores) ** 0.5
    return Figure(method, means[0], means[1], means[2], elapsed, spread)


_SCORER = RougeScorer(["rouge1", "rouge2", "rougeL"], use_stemmer=True)


def _rouge(text: str, row: Row) -> tuple[float, float, float]:
    """Mean F1 over the references."""
    found = [_SCORER.score(reference, text) for reference in row.references]
    return tuple(
        statistics.fmean(score[name].fmeasure for score in found)
        for name in ("rouge1", "rouge2", "rougeL")
    )


def oracle(row: Row, most: int = 3) -> list[int]:
    """Greedy on ROUGE-1 + ROUGE-2: the upper bound for choosing sentences."""
    chosen: list[int] = []
    best = 0.0
    flat = row.flat
    while len(chosen) < most:
        gains = [
            (sum(_rouge(" ".join(flat[i] for i in sorted([*chosen, at])), row)[:2]), at)
            for at in range(len(flat))
            if at not in chosen
        ]
        value, at = max(gains, default=(0.0, -1))
        if value <= best:
            break
        best = value
        chosen.append(at)
    return chosen


def by_count(name: str, count: int) -> Callable[[Row], Sequence[int]]:
    """A method of the engine at a number of sentences."""
    method = summarise.summariser(name)
    return lambda row: method(row.documents, count)


def by_words(limit: int) -> Callable[[Row], Sequence[int]]:
    """Ours at a number of words."""
    return lambda row: summarise.choose_words(row.documents, limit)


def lead_words(row: Row, limit: int) -> list[int]:
    """Whole sentences from the first article's beginning within ``limit`` words."""
    chosen: list[int] = []
    for at, sentence in enumerate(row.documents[0] if row.documents else ()):
        limit -= len(sentence.split())
        if limit < 0:
            break
        chosen.append(at)
    return chosen


def report(folder: Path) -> dict[str, list[Figure]]:
    """Every figure of this file, by set."""
    clean = list(rows(folder / "cnndm_frank.jsonl"))
    dirty = list(rows(folder / "cnndm_train100.jsonl"))
    clusters = list(rows(folder / "multinews_lb.jsonl"))
    single = ["lead", "attache", "lexrank", "textrank", "lsa", "luhn"]
    found = {
        "single, clean, 3 sentences": [measure(m, clean, by_count(m, 3)) for m in single],
        "single, dirty, 3 sentences": [measure(m, dirty, by_count(m, 3)) for m in single],
    }
    found["single, clean, 3 sentences"].append(measure("oracle", clean, oracle))
    for limit in (60, 100):
        found[f"single, clean, {limit} words"] = [
            measure("lead", clean, partial(lead_words, limit=limit)),
            measure("attache", clean, by_words(limit)),
        ]
    for limit in (100, 250):
        found[f"clusters, {limit} words"] = [
            measure("lead", clusters, partial(lead_words, limit=limit)),
            measure("attache", clusters, by_words(limit)),
        ]
    return found


def figures() -> dict[str, float]:
    """What the gate guards: how far ours is above the lead."""
    folder = CORPORA / "summaries"
    found = {}
    for name in ("cnndm_frank", "cnndm_train100"):
        data = list(rows(folder / f"{name}.jsonl"))
        ours, first = (measure(m, data, by_count(m, 3)) for m in ("attache", "lead"))
        found[f"summaries.{name}.rouge1_over_lead"] = ours.rouge1 - first.rouge1
        found[f"summaries.{name}.rouge2_over_lead"] = ours.rouge2 - first.rouge2
    clusters = list(rows(folder / "multinews_lb.jsonl"))
    for limit in (100, 250):
        ours = measure("attache", clusters, by_words(limit))
        first = measure("lead", clusters, partial(lead_words, limit=limit))
        found[f"summaries.clusters_{limit}.rouge1_over_lead"] = ours.rouge1 - first.rouge1
    return found


if __name__ == "__main__":
    for name, methods in report(CORPORA / "summaries").items():
        print(f"\n{name}")
        for f in methods:
            print(
                f"  {f.method:10} R1 {f.rouge1:5.1f} ±{f.spread:.1f}  R2 {f.rouge2:5.1f}  "
                f"RL {f.rougeL:5.1f}  {f.milliseconds:7.2f} ms"
            )
