"""ROUGE of the summaries, ours beside lead, sumy and the greedy oracle.

Sets of ``../shared/corpora/summaries``; a row belongs to the tuning half when its id hashes to an
even number, and only the other half is reported, unless ``--tuning`` is given.
"""

import json
import statistics
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from rouge_score.rouge_scorer import RougeScorer
from rouge_score.tokenizers import DefaultTokenizer

from digest.read.alone import standing
from digest.read.alone.balance import is_balanced
from digest.read.plain import plain_sentences
from digest.read.summary import methods, summarise
from digest.read.summary.ordering import in_order

from .command import command
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


Choice = Callable[[Row], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Figure:
    """Means of one method on one set: ROUGE F1 x 100, CPU milliseconds a row, flaws in percent."""

    method: str
    rouge1: float
    rouge2: float
    rougeL: float
    milliseconds: float
    spread1: float  # half of the 95 % interval of ROUGE-1
    spread2: float  # of ROUGE-2
    words: float  # a row
    dangling: float  # sentences that point back
    unbalanced: float  # sentences with an open quotation mark or bracket
    rows: tuple[tuple[float, float], ...]  # ROUGE-1 and ROUGE-2 of each

    def over(self, other: "Figure") -> tuple[float, float, float, float]:
        """ROUGE-1 above ``other`` and half its paired 95 % interval; the same for ROUGE-2."""
        gains = [
            [mine[at] - its[at] for mine, its in zip(self.rows, other.rows, strict=True)]
            for at in range(2)
        ]
        one, two = gains
        return statistics.fmean(one), _half(one), statistics.fmean(two), _half(two)


def rows(path: Path, *, tuning: bool = False) -> Iterator[Row]:
    """Rows of one half of a set."""
    for line in path.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        if is_tuning(raw["id"]) is tuning:
            documents = tuple(plain_sentences(text) for text in raw["articles"])
            reference = raw["reference"]
            yield Row(
                raw["id"],
                documents,
                tuple([reference] if isinstance(reference, str) else reference),
            )


def measure(method: str, data: Sequence[Row], choose: Choice) -> Figure:
    """Mean ROUGE of the sentences that ``choose`` picks, set in the order in which they are told."""
    started = time.process_time()
    picked = [in_order(choose(row), row.documents) for row in data]
    elapsed = (time.process_time() - started) * 1000 / max(1, len(data))
    texts = [[row.flat[at] for at in chosen] for row, chosen in zip(data, picked, strict=True)]
    scores = [_rouge(_SCORER, chosen, row) for row, chosen in zip(data, texts, strict=True)]
    one, two, longest = ([100 * score[at] for score in scores] for at in range(3))
    sentences = [sentence for chosen in texts for sentence in chosen]
    return Figure(
        method=method,
        rouge1=statistics.fmean(one),
        rouge2=statistics.fmean(two),
        rougeL=statistics.fmean(longest),
        milliseconds=elapsed,
        spread1=_half(one),
        spread2=_half(two),
        words=sum(len(sentence.split()) for sentence in sentences) / len(data),
        dangling=_share(sentences, standing.is_dangling),
        unbalanced=_share(sentences, lambda sentence: not is_balanced(sentence)),
        rows=tuple(zip(one, two, strict=True)),
    )


def _half(values: Sequence[float]) -> float:
    return 1.96 * statistics.stdev(values) / len(values) ** 0.5


def _share(sentences: Sequence[str], is_flawed: Callable[[str], bool]) -> float:
    return 100 * statistics.fmean(map(is_flawed, sentences)) if sentences else 0.0


class _Lines:
    """The tokenizer of rouge-score, each line remembered: the oracle reads them again and again."""

    def __init__(self) -> None:
        self._line = lru_cache(maxsize=None)(DefaultTokenizer(use_stemmer=True).tokenize)

    def tokenize(self, text: str) -> list[str]:
        return [token for line in text.split("\n") for token in self._line(line)]


_SCORER = RougeScorer(["rouge1", "rouge2", "rougeL"], tokenizer=_Lines())
_SHORT_SCORER = RougeScorer(["rouge1", "rouge2"], tokenizer=_Lines())


def _rouge(scorer: RougeScorer, sentences: Sequence[str], row: Row) -> tuple[float, ...]:
    """Mean F1 over the references."""
    found = [scorer.score(reference, "\n".join(sentences)) for reference in row.references]
    return tuple(
        statistics.fmean(score[name].fmeasure for score in found) for name in scorer.rouge_types
    )


def oracle(row: Row, *, most: int = 3, words: float = float("inf")) -> list[int]:
    """Greedy on ROUGE-1 + ROUGE-2: the upper bound for choosing sentences."""
    chosen: list[int] = []
    best = 0.0
    flat = row.flat
    while len(chosen) < most:
        left = words - sum(len(flat[at].split()) for at in chosen)
        gains = [
            (sum(_rouge(_SHORT_SCORER, [flat[i] for i in sorted([*chosen, at])], row)), at)
            for at in range(len(flat))
            if at not in chosen and len(flat[at].split()) <= left
        ]
        value, at = max(gains, default=(0.0, -1))
        if value <= best:
            break
        best = value
        chosen.append(at)
    return chosen


def by_count(name: str, count: int) -> Choice:
    """A method of the engine at a number of sentences."""
    method = methods.summariser(name)
    return lambda row: method(row.documents, count)


def by_words(limit: int) -> Choice:
    """Ours at a number of words."""
    return lambda row: summarise.choose_words(row.documents, limit)


def sumy_words(name: str, limit: int) -> Choice:
    """A method of sumy at the highest number of sentences that fit into a number of words."""
    method = methods.summariser(name)

    def choose(row: Row) -> Sequence[int]:
        def length(count: int) -> int:
            return sum(len(row.flat[at].split()) for at in method(row.documents, count))

        fitting = bisect_right(range(1, limit // 5), limit, key=length)
        return method(row.documents, fitting)

    return choose


def lead_words(row: Row, limit: int) -> list[int]:
    """Whole sentences from the first article's beginning within ``limit`` words."""
    chosen: list[int] = []
    for at, sentence in enumerate(row.documents[0] if row.documents else ()):
        limit -= len(sentence.split())
        if limit < 0:
            break
        chosen.append(at)
    return chosen


def report(folder: Path, *, tuning: bool = False) -> dict[str, list[Figure]]:
    """Every figure of this file, by set; the lead is first, ours second."""
    found = {}
    for kind, name in (("clean", "cnndm_frank"), ("dirty", "cnndm_train100")):
        data = list(rows(folder / f"{name}.jsonl", tuning=tuning))
        found[f"single, {kind}, 3 sentences"] = [
            *(measure(m, data, by_count(m, 3)) for m in ("lead", "attache", *_SUMY)),
            measure("oracle", data, oracle),
        ]
        for limit in (60, 100):
            found[f"single, {kind}, {limit} words"] = _at_words(data, limit)
    clusters = list(rows(folder / "multinews_lb.jsonl", tuning=tuning))
    for limit in (100, 250):
        # LSA (1.6 s a cluster) and KL (18 s) are left out: both are far behind on single articles.
        slow = () if limit == 100 else ("lexrank", "textrank", "luhn", "sumbasic")
        found[f"clusters, {limit} words"] = [
            *_at_words(clusters, limit),
            *(measure(name, clusters, sumy_words(name, limit)) for name in slow),
        ]
    return found


_SUMY = ("lexrank", "textrank", "lsa", "luhn", "sumbasic", "kl")


def _at_words(data: Sequence[Row], limit: int) -> list[Figure]:
    return [
        measure("lead", data, partial(lead_words, limit=limit)),
        measure("attache", data, by_words(limit)),
        measure("oracle", data, partial(oracle, most=limit, words=limit)),
    ]


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


def _print(name: str, methods: Sequence[Figure], half: str) -> None:
    print(f"\n{name} ({len(methods[0].rows)} rows, {half} half)")
    for f in methods:
        print(
            f"  {f.method:10} R1 {f.rouge1:5.1f} ±{f.spread1:.1f}  R2 {f.rouge2:5.1f} ±{f.spread2:.1f}  "
            f"RL {f.rougeL:5.1f}  {f.words:4.0f} words  {f.dangling:4.1f} % dangling  "
            f"{f.unbalanced:3.1f} % unbalanced  {f.milliseconds:8.2f} ms"
        )
    one, spread1, two, spread2 = methods[1].over(methods[0])
    print(f"  over lead  R1 {one:+5.1f} ±{spread1:.1f}  R2 {two:+5.1f} ±{spread2:.1f}  (paired)")


if __name__ == "__main__":
    parser = command(__doc__)
    parser.add_argument("--tuning", action="store_true")
    is_tuned_on = parser.parse_args().tuning
    for title, measured in report(CORPORA / "summaries", tuning=is_tuned_on).items():
        _print(title, measured, "tuning" if is_tuned_on else "held-out")
