"""Whether what real feeds and pages bring is taken for diplomacy, item by item, as a digest would take it.

Most of it is no diplomacy and half of it is a headline with one sentence, unlike the labelled articles of
tests.quality.tagging. Labels and their rule: world_items.toml. One half is learnt from, the other reported.
"""

import gzip
import json
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from digest.errors import Unreadable
from digest.gather.drafts import entry_drafts
from digest.gather.page.extract import extract_page
from digest.model.gathered import Draft
from digest.read.about.actors import countries
from digest.read.about.topics import tag
from digest.read.article import join
from digest.read.language import language

from .command import command
from .gathering import SEEN_AT, read_case, rows
from .halves import CORPORA, is_tuning
from .world_news import Labelled

FEWEST = 25  # words of title and text; what is shorter says too little to be judged by hand
SHORT = 40  # words of the text, as a feed gives them

_LABELS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def articles(*, tuning: bool = False) -> tuple[Labelled, ...]:
    """The labelled items of one half."""
    return tuple(one for site, one in _all() if is_tuning(site) is tuning)


def scores(items: Sequence[Labelled], *, words: int | None = None) -> tuple[float, float, float]:
    """Precision, recall and F1 of "is diplomatic", 0..1, of the first ``words`` of each text."""
    ours = [_is_taken(one, words) for one in items]
    both = sum(taken and one.is_diplomatic for taken, one in zip(ours, items, strict=True))
    wanted = sum(one.is_diplomatic for one in items)
    return both / max(1, sum(ours)), both / wanted, 2 * both / (sum(ours) + wanted)


def figures() -> dict[str, float]:
    """What the gate guards, x 100."""
    items = articles()
    precision, recall, f1 = scores(items)
    return {
        "world_items.precision": 100 * precision,
        "world_items.recall": 100 * recall,
        "world_items.f1": 100 * f1,
        "world_items.short.f1": 100 * scores(items, words=SHORT)[2],
    }


@cache
def _all() -> tuple[tuple[str, Labelled], ...]:
    """Each item behind what decides its half."""
    return (*_of_feeds(), *_of_pages(), *_of_cnndm())


def _of_feeds() -> Iterator[tuple[str, Labelled]]:
    for row in rows(CORPORA / "feeds" / "cases.jsonl"):
        if known := _LABELS.get(row["id"]):
            for place, draft in enumerate(entry_drafts(read_case(row), outlet=None)):
                yield from _judged(row["id"], f"{row['id']} {place}", draft, known, place)


def _of_pages() -> Iterator[tuple[str, Labelled]]:
    known = _LABELS["pages"]
    for row in rows(CORPORA / "pages" / "cases.jsonl"):
        if row["id"] not in known["left_out"]:
            data = gzip.decompress((CORPORA / "pages" / "html" / row["html"]).read_bytes())
            try:
                draft = extract_page(data, url=row["url"], seen_at=SEEN_AT)
            except Unreadable:
                continue
            yield from _judged(str(urlsplit(row["url"]).hostname), row["id"], draft, known)


def _of_cnndm() -> Iterator[tuple[str, Labelled]]:
    known = _LABELS["cnndm"]
    for name in ("cnndm_frank", "cnndm_train100"):
        with (CORPORA / "summaries" / f"{name}.jsonl").open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                if row["id"] not in known["left_out"]:
                    (text,) = row["articles"]
                    wanted = row["id"] in known["diplomatic"]
                    yield row["id"], Labelled(row["id"], row["title"] or "", text, wanted)


def _judged(
    site: str, event: str, draft: Draft, known: Mapping[str, Any], name: object = None
) -> Iterator[tuple[str, Labelled]]:
    """The item as it is stored, unless it is too short, in another language, or left out."""
    name = event if name is None else name
    title, (text, _) = draft.title or "", join(draft.paragraphs)
    is_long = len(f"{title} {text}".split()) >= FEWEST
    if is_long and name not in known["left_out"] and language(f"{title}\n{text}") == "en":
        yield site, Labelled(event, title, text, name in known["diplomatic"])


def _is_taken(one: Labelled, words: int | None) -> bool:
    text = " ".join(one.text.split()[:words]) if words else one.text
    named = countries(text, title=one.title)
    return tag(text, title=one.title, countries=named).is_diplomatic


if __name__ == "__main__":
    command(__doc__).parse_args()
    for name, value in figures().items():
        sys.stdout.write(f"{name} {value:.1f} %\n")
