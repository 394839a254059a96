"""B-cubed and pairwise F1 of the stories, on labelled events.

A cluster belongs to the tuning half when its label hashes to an even number; only the other half
is reported.
"""

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from digest.relate.stories import THRESHOLD, Stories
from digest.relate.vectors import terms

from .halves import CORPORA, is_tuning


def rows(path: Path, *, tuning: bool = False) -> list[dict[str, str]]:
    """Rows of the clusters of one half, in stream order."""
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row for row in found if is_tuning(row["cluster"]) is tuning]


def assign(
    data: Sequence[dict[str, str]], *, dated: bool = True, threshold: float = THRESHOLD
) -> list[int]:
    """The story of each row, each assigned as it comes."""
    stories: Stories[int] = Stories(threshold=threshold)
    labels = []
    for number, row in enumerate(data):
        at = (
            datetime.fromisoformat(row["date"]).replace(tzinfo=UTC)
            if dated and row["date"]
            else None
        )
        found = terms(row["title"], row["text"], row["lang"])
        label = stories.place(found, at, row["lang"])
        labels.append(number if label is None else label)
        stories.add(labels[-1], found, at, row["lang"])
    return labels


def b_cubed(gold: Sequence[str], found: Sequence[int]) -> float:
    """B-cubed F1 over articles (Bagga & Baldwin 1998), x 100."""
    both = Counter(zip(gold, found, strict=True))
    sizes, parts = Counter(gold), Counter(found)
    precision = sum(n * n / parts[f] for (_, f), n in both.items()) / len(gold)
    recall = sum(n * n / sizes[g] for (g, _), n in both.items()) / len(gold)
    return 200 * precision * recall / (precision + recall)


def pairwise(gold: Sequence[str], found: Sequence[int]) -> float:
    """F1 over pairs of one story, x 100."""
    both = _pairs(Counter(zip(gold, found, strict=True)))
    return 200 * both / max(1, _pairs(Counter(gold)) + _pairs(Counter(found)))


def mixed(gold: Sequence[str], found: Sequence[int]) -> float:
    """The share of stories of two articles or more that hold more than one event, x 100."""
    events: defaultdict[int, list[str]] = defaultdict(list)
    for event, story in zip(gold, found, strict=True):
        events[story].append(event)
    shown = [members for members in events.values() if len(members) > 1]
    return 100 * sum(len(set(members)) > 1 for members in shown) / max(1, len(shown))


def _pairs(counts: Counter[object]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())


def report(
    folder: Path, *, tuning: bool = False, threshold: float = THRESHOLD
) -> dict[str, tuple[float, ...]]:
    """(B-cubed F1, pairwise F1, mixed, ms an article) by set."""
    found = {}
    for name, dated in (("wikinews_clean", True), ("ecbplus", False)):
        data = rows(folder / f"{name}.jsonl", tuning=tuning)
        started = time.process_time()
        labels = assign(data, dated=dated, threshold=threshold)
        cost = (time.process_time() - started) * 1000 / len(data)
        gold = [row["cluster"] for row in data]
        found[name] = (b_cubed(gold, labels), pairwise(gold, labels), mixed(gold, labels), cost)
    return found


def figures() -> dict[str, float]:
    """What the gate guards."""
    found = {}
    for name, values in report(CORPORA / "stories").items():
        found[f"stories.{name}.b_cubed"] = values[0]
        found[f"stories.{name}.pairwise"] = values[1]
    return found


if __name__ == "__main__":
    sweep = [float(value) for value in sys.argv[1:]] or [THRESHOLD]
    for threshold in sweep:
        found = report(CORPORA / "stories", tuning=len(sweep) > 1, threshold=threshold)
        for name, (cubed, pairs, impure, cost) in found.items():
            print(
                f"{threshold:.2f} {name:15} B3 {cubed:.1f}  pair {pairs:.1f}  "
                f"mixed {impure:.1f} %  {cost:.2f} ms"
            )
