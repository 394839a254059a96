"""B-cubed and pairwise F1 of the stories, on labelled events, in both modes of the engine.

A cluster belongs to the tuning half when its label hashes to an even number; the other half is what
the gate guards. The whole set is printed beside it: there look-alike events meet more often, so the
nearness in time and the threshold were swept on the whole, and neither half is unseen. All of it is
printed and guarded a second time with texts as short as those of feeds.
"""

import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

from digest.relate.days import Days
from digest.relate.duplicates import Duplicates
from digest.relate.profile import profile
from digest.relate.stories import THRESHOLD, Stories

from .command import command
from .halves import CORPORA, is_tuning

Rows = Sequence[dict[str, str]]
_SETS = (("wikinews_clean", True), ("ecbplus", False))  # with dates or without
SUMMARY = 32  # words, about as many as feeds give of an article
_HALVES = {"tuning": (True,), "other": (False,), "whole": (True, False)}


def rows(path: Path, *, halves: Sequence[bool] = (False,)) -> list[dict[str, str]]:
    """Rows of the clusters of the tuning half (True), the other (False) or both, in stream order."""
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row for row in found if is_tuning(row["cluster"]) in halves]


def assign(data: Rows, *, dated: bool = True, threshold: float = THRESHOLD) -> list[int]:
    """The story of each row, each assigned as it comes."""
    stories: Stories[int] = Stories(threshold=threshold)
    kept: Duplicates[int] = Duplicates()
    labels = []
    for number, row in enumerate(data):
        looks, at = profile(row["title"], row["text"], row["lang"]), _moment(row, dated)
        original = kept.find(looks.shingles, at)
        label = stories.place(looks.terms, at, row["lang"], copy_of=original)
        labels.append(number if label is None else label)
        member = stories.add(labels[-1], looks.terms, at, row["lang"], copy_of=original)
        kept.add(member, looks.shingles, at)
    return labels


def regroup(data: Rows, *, dated: bool = True, threshold: float = THRESHOLD) -> list[int]:
    """The story of each row, regrouped at each day's end."""
    days: Days[int] = Days(threshold=threshold)
    final: dict[int, int] = {}
    for number, row in enumerate(data):
        looks = profile(row["title"], row["text"], row["lang"])
        final.update(days.add(number, looks, _moment(row, dated), row["lang"]))
    final.update(days.rest())
    return [final[number] for number in range(len(data))]


MODES: dict[str, Callable[..., list[int]]] = {"stream": assign, "digest": regroup}


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
    """The share of stories of two articles or more that hold more than one event, x 100.

    By the labels, which part what goes on: of the twelve of Wikinews in digest mode, read on
    2026-11-30, nine tell one affair whose days have labels of their own ("Obama wins", "Cameron
    congratulates Obama"), three mix what no editor would.
    """
    events: defaultdict[int, list[str]] = defaultdict(list)
    for event, story in zip(gold, found, strict=True):
        events[story].append(event)
    shown = [members for members in events.values() if len(members) > 1]
    return 100 * sum(len(set(members)) > 1 for members in shown) / max(1, len(shown))


def _pairs(counts: Counter[object]) -> int:
    return sum(n * (n - 1) // 2 for n in counts.values())


def _moment(row: dict[str, str], dated: bool) -> datetime | None:
    if not dated or not row["date"]:
        return None
    return datetime.fromisoformat(row["date"]).replace(tzinfo=UTC)


def summarised(data: Rows) -> list[dict[str, str]]:
    """The same with no more of each text than a feed's summary has."""
    return [row | {"text": " ".join(row["text"].split()[:SUMMARY])} for row in data]


def report(
    folder: Path, *, half: str = "other", threshold: float = THRESHOLD, short: bool = False
) -> dict[tuple[str, str], tuple[float, ...]]:
    """(B-cubed F1, pairwise F1, mixed, ms an article) by set and mode; of summaries where ``short``."""
    found = {}
    for name, dated in _SETS:
        data = rows(folder / f"{name}.jsonl", halves=_HALVES[half])
        data = summarised(data) if short else data
        gold = [row["cluster"] for row in data]
        for mode, labelled in MODES.items():
            started = time.process_time()
            labels = labelled(data, dated=dated, threshold=threshold)
            cost = (time.process_time() - started) * 1000 / len(data)
            scores = (b_cubed(gold, labels), pairwise(gold, labels), mixed(gold, labels))
            found[name, mode] = (*scores, cost)
    return found


def figures() -> dict[str, float]:
    """What the gate guards."""
    found = {}
    for (name, mode), values in report(CORPORA / "stories").items():
        prefix = f"stories.{name}" if mode == "stream" else f"stories.{name}.{mode}"
        found[f"{prefix}.b_cubed"] = values[0]
        found[f"{prefix}.pairwise"] = values[1]
    for (name, mode), values in report(CORPORA / "stories", short=True).items():
        if mode == "digest":
            found[f"stories.{name}.short.b_cubed"] = values[0]
            found[f"stories.{name}.short.pure"] = 100 - values[2]
    return found


if __name__ == "__main__":
    parser = command(__doc__)
    parser.add_argument("thresholds", nargs="*", type=float, default=[THRESHOLD])
    sweep = parser.parse_args().thresholds
    for threshold in sweep:
        for half, short in product(_HALVES if len(sweep) == 1 else ("tuning",), (False, True)):
            table = report(CORPORA / "stories", half=half, threshold=threshold, short=short)
            for (name, mode), (cubed, pairs, impure, cost) in table.items():
                print(
                    f"{threshold:.2f} {half:6} {name:15} {'short' if short else 'whole':5} {mode:6} "
                    f"B3 {cubed:.1f}  pair {pairs:.1f}  mixed {impure:.1f} %  {cost:.2f} ms"
                )
