"""Recall on copies made by editing, and how often another article is taken for a copy.

The originals are all in memory when a copy is looked up, and it counts as found only under its own.
Articles that repeat another of the set, as ecbplus has many, are left out of the copies. What is taken
for a copy is counted on wikinews_clean, where two articles do repeat another: those were read and are not
counted. Both halves were looked at while constants were chosen; the gate guards the other.
"""

import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain

from digest.relate.duplicates import Duplicates, shingles

from .command import command
from .halves import CORPORA, is_tuning

_NOON = datetime(2026, 2, 10, 12, tzinfo=UTC)
_SETS = ("wikinews_clean", "ecbplus")
_REPEATS = {"wn0323", "wn0057"}  # a report carried twice; another version of an agency's report
_SHORTEST = 60  # words of an article that copies are made of
_HEAD = (
    "Home World Business Sport Subscribe now for unlimited access to our journalism. Share this article "
    "by mail or message. Listen to this story, four minutes."
)
_TAIL = (
    "Sign up to our morning newsletter. Read more of our coverage of world affairs. Reporting by our "
    "correspondents; editing by the foreign desk. All rights reserved. Contact us with a correction."
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")

Edit = Callable[[str, random.Random], str]


def _wrapped(text: str, _: random.Random) -> str:
    return f"{_HEAD}\n{text}\n{_TAIL}"


def _reworded(text: str, chance: random.Random) -> str:
    return " ".join("changed" if chance.random() < 0.05 else word for word in text.split())


def _thinned(text: str, chance: random.Random) -> str:
    return " ".join(part for part in _SENTENCE.split(text) if chance.random() >= 0.3)


def _first(count: int) -> Edit:
    return lambda text, _: " ".join(text.split()[:count])


EDITS: dict[str, Edit] = {
    "wrapped": _wrapped,
    "5 % of words": _reworded,
    "sentences dropped": _thinned,
    "half": lambda text, _: text[: len(text) // 2],
    "80 words": _first(80),
    "40 words": _first(40),
    "title changed": lambda text, _: text,
}


def texts(*names: str, tuning: bool) -> list[str]:
    """Articles of the sets of stories so named, those of a cluster in one half."""
    return [row["text"] for row in _rows(*names, tuning=tuning)]


def _rows(*names: str, tuning: bool) -> list[dict[str, str]]:
    lines = chain.from_iterable(
        (CORPORA / "stories" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        for name in names
    )
    rows = [json.loads(line) for line in lines]
    return [row for row in rows if is_tuning(row["cluster"]) is tuning]


def caught(data: Sequence[str]) -> list[tuple[int, int]]:
    """(article, the earlier one that it is taken to repeat), by their places."""
    kept: Duplicates[int] = Duplicates()
    found = []
    for at, text in enumerate(data):
        sampled = shingles(text)
        original = kept.find(sampled, _NOON)
        if original is not None:
            found.append((at, original))
        kept.add(at, sampled, _NOON)
    return found


def recall(data: Sequence[str]) -> dict[str, float]:
    """The share of copies that are found, x 100, by edit."""
    kept: Duplicates[int] = Duplicates()
    repeats = {at for pair in caught(data) for at in pair}
    for at, text in enumerate(data):
        kept.add(at, shingles(text), _NOON)
    long = [
        (at, text)
        for at, text in enumerate(data)
        if at not in repeats and len(text.split()) >= _SHORTEST
    ]
    return {name: 100 * sum(_found(kept, long, edit)) / len(long) for name, edit in EDITS.items()}


def _found(kept: Duplicates[int], data: Sequence[tuple[int, str]], edit: Edit) -> Iterator[bool]:
    chance = random.Random(1)
    for at, text in data:
        yield kept.find(shingles(edit(text, chance)), _NOON) == at


def figures() -> dict[str, float]:
    """What the gate guards: recall over all edits, and 100 less the share caught wrongly."""
    by_edit = recall(texts(*_SETS, tuning=False))
    return {
        "duplicates.recall": sum(by_edit.values()) / len(by_edit),
        "duplicates.distinct": 100 - _mistaken(tuning=False),
    }


def _mistaken(*, tuning: bool) -> float:
    """The share of articles on events that are wrongly taken for copies, x 100."""
    data = _rows("wikinews_clean", tuning=tuning)
    found = [data[at]["id"] for at, _ in caught([row["text"] for row in data])]
    return 100 * len(set(found) - _REPEATS) / len(data)


if __name__ == "__main__":
    command(__doc__).parse_args()
    for tuning in (True, False):
        data = texts(*_SETS, tuning=tuning)
        print("tuning" if tuning else "other ", len(data), "articles")
        for name, share in recall(data).items():
            print(f"   {name:20} {share:6.2f} %")
        print(f"   wrongly taken        {_mistaken(tuning=tuning):6.2f} %")
