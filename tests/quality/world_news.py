"""Whether news from anywhere is taken for diplomacy: events of the stories' corpora, labelled by hand.

The labelled articles of tests.quality.tagging are American: what they teach of cricket, quakes abroad and
parties in Westminster is that they are foreign. All of ecbplus and one half of the events of
wikinews_clean are learnt from, the other half is reported.
"""

import json
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from digest.model.articles import RELEVANT
from digest.read.about.actors import countries
from digest.read.about.topics import tag

from .command import command
from .halves import CORPORA, is_tuning

_LABELS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article, the event it tells, and whether that is diplomacy."""

    event: str
    title: str
    text: str
    is_diplomatic: bool


def articles(*, tuning: bool = False) -> Iterator[Labelled]:
    """The labelled articles of one part."""
    known = _LABELS["wikinews_clean"]
    for row in _rows("wikinews_clean"):
        if (
            is_tuning(row["cluster"]) is tuning
            and row["cluster"] in known["diplomatic"] + known["other"]
        ):
            yield _labelled(row, row["cluster"] in known["diplomatic"])
    known = _LABELS["ecbplus"]
    for row in _rows("ecbplus") if tuning else ():
        if row["cluster"] not in known["left_out"]:
            yield _labelled(row, row["cluster"] in known["diplomatic"])


def shown() -> tuple[float, float]:
    """Of the events held out, the shares shown: of those of diplomacy, and of the others; each 0..1.

    A story is shown when one of its articles is relevant.
    """
    most: defaultdict[tuple[bool, str], float] = defaultdict(float)
    for one in articles():
        named = countries(one.text, title=one.title)
        found = tag(one.text, title=one.title, countries=named).relevance
        key = (one.is_diplomatic, one.event)
        most[key] = max(most[key], found)
    right, wrong = (
        [found >= RELEVANT for (kind, _), found in most.items() if kind is wanted]
        for wanted in (True, False)
    )
    return sum(right) / len(right), sum(wrong) / len(wrong)


def figures() -> dict[str, float]:
    """What the gate guards, x 100."""
    right, wrong = shown()
    return {
        "world_news.diplomacy_shown": 100 * right,
        "world_news.others_left_out": 100 * (1 - wrong),
    }


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (CORPORA / "stories" / f"{name}.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _labelled(row: dict[str, str], is_diplomatic: bool) -> Labelled:
    return Labelled(row["cluster"], row["title"] or "", row["text"], is_diplomatic)


if __name__ == "__main__":
    command(__doc__).parse_args()
    for name, value in figures().items():
        sys.stdout.write(f"{name} {value:.1f} %\n")
