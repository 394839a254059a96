"""How well feeds and pages are read, by corpus: ``python -m tests.quality.gathering feeds|pages``.

The corpora lie beside the checkout and are scored as their README says.
"""

import gzip
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

from dateutil.parser import isoparse

from digest.errors import Unreadable
from digest.gather.feed.feeds import in_full, parse_feed
from digest.gather.page.extract import extract_page
from digest.model.gathered import Draft, Entry, Feed

from .command import command
from .halves import CORPORA

SEEN_AT = datetime(2027, 1, 1, tzinfo=UTC)
TAG = re.compile(r"<[^>]*>")
WORD = re.compile(r"\w+")
CHARSET = re.compile(r"charset=[\"']?([^\s\"';]+)")


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def squeezed(text: object) -> str:
    return "".join(TAG.sub("", unescape(unescape(str(text or "")))).split())


def instant(value: object) -> datetime | None:
    if not value:
        return None
    moment = isoparse(str(value))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def item_value(entry: Entry, key: str) -> object:
    return {
        "title": entry.title,
        "link": entry.url,
        "id": entry.id,
        "published": entry.published_at,
        "updated": entry.updated_at,
        "date": (entry.published_at, entry.updated_at),
        "summary": entry.summary,
        "content": entry.content,
    }[key]


def agrees(key: str, got: Any, wanted: object) -> bool:
    if key == "date":
        return instant(wanted) in got
    if key in ("published", "updated"):
        return bool(got == instant(wanted))
    if key in ("link", "id"):
        return str(got or "").strip() == str(wanted or "").strip()
    return squeezed(got) == squeezed(wanted)


def assertions(feed: Feed, expect: Mapping[str, Any]) -> Iterator[tuple[str, object, object, bool]]:
    """Each thing that is said of a feed: what, what was found, what was wanted, whether it holds."""
    for key, wanted in expect.get("feed", {}).items():
        got = feed.title if key == "title" else feed.url
        yield f"feed.{key}", got, wanted, agrees(key, got, wanted)
    if "n_items" in expect:
        count = len(feed.entries)
        yield "n_items", count, expect["n_items"], count == expect["n_items"]
    for place, keys in expect.get("items", {}).items():
        entry = feed.entries[int(place)] if int(place) < len(feed.entries) else None
        for key, wanted in keys.items():
            got = item_value(entry, key) if entry else None
            yield key, got, wanted, entry is not None and agrees(key, got, wanted)


def read_case(row: Mapping[str, Any]) -> Feed:
    headers = {name.lower(): value for name, value in row["headers"].items()}
    media = headers.get("content-type", "")
    charset = CHARSET.search(media)
    url = row.get("base_url") or headers.get("content-location", "")
    feed = parse_feed(
        (CORPORA / "feeds" / "files" / row["file"]).read_bytes(),
        url=url,
        media_type=media.partition(";")[0].strip() or None,
        charset=charset[1] if charset else None,
        seen_at=SEEN_AT,
    )
    return in_full(feed, url=url)


def feed_tallies(*, verbose: bool = False) -> dict[str, Counter[str]]:
    """Files, parsed ones, assertions and those that held, and microseconds, by corpus."""
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows(CORPORA / "feeds" / "cases.jsonl"):
        tally = tallies[row["corpus"]]
        must_parse = row.get("must_parse") is not False
        started = time.process_time()
        try:
            feed = read_case(row)
        except Unreadable as error:
            feed = None
            if verbose and must_parse:
                print(row["id"], error)
        tally["µs"] += round((time.process_time() - started) * 1_000_000)
        tally["files"] += 1
        tally["parsed"] += (feed is not None) == must_parse
        for key, got, wanted, held in assertions(feed, row["expect"]) if feed else ():
            tally["asserted"] += 1
            tally["held"] += held
            if verbose and not held:
                print(f"{row['id']} {key}: {str(got)[:300]!r} is not {str(wanted)[:300]!r}")
        if feed is None:
            tally["asserted"] += lost(row["expect"])
    return tallies | {"all": sum(tallies.values(), Counter())}


def feeds(verbose: bool) -> None:
    """Print what became of the feeds."""
    for corpus, tally in feed_tallies(verbose=verbose).items():
        print(
            f"{corpus:24} parsed {tally['parsed']:5}/{tally['files']:<5}"
            f" {tally['parsed'] / tally['files']:.1%}  held {tally['held']:5}/{tally['asserted']:<5}"
            f" {tally['held'] / max(tally['asserted'], 1):.1%}"
            f"  {tally['µs'] / tally['files'] / 1000:.1f} ms a feed"
        )


def lost(expect: Mapping[str, Any]) -> int:
    return (
        len(expect.get("feed", {}))
        + ("n_items" in expect)
        + sum(map(len, expect.get("items", {}).values()))
    )


def shingles(text: str) -> Counter[tuple[str, ...]]:
    words = WORD.findall(text)
    return Counter(tuple(words[place : place + 4]) for place in range(max(len(words) - 3, 1)))


def precision_recall(found: str, wanted: str) -> tuple[float, float]:
    got, true = shingles(found), shingles(wanted)
    common = sum((got & true).values())
    return common / max(sum(got.values()), 1), common / max(sum(true.values()), 1)


def titled(title: str | None) -> str:
    quotes = str.maketrans("“”„«»‘’`", '"""""\'\'\'')
    return re.sub(r" \| .*$", "", " ".join((title or "").translate(quotes).split()))


@dataclass(frozen=True, slots=True)
class Pages:
    """How the pages of one corpus were read: means, and counts of facts that are right."""

    precision: float
    recall: float
    facts: Counter[str]
    pages: int

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def page_scores(*, verbose: bool = False) -> dict[str, Pages]:
    """What became of the pages, by corpus."""
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    scores: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in rows(CORPORA / "pages" / "cases.jsonl"):
        tally = tallies[row["corpus"]]
        data = gzip.decompress((CORPORA / "pages" / "html" / row["html"]).read_bytes())
        started = time.process_time()
        try:
            draft = extract_page(data, url=row["url"], seen_at=SEEN_AT)
        except Unreadable as error:
            draft = Draft(title=None, paragraphs=())
            print(row["id"], error)
        tally["µs"] += round((time.process_time() - started) * 1_000_000)
        text = "\n".join(each.text for each in draft.paragraphs)
        scores[row["corpus"]].append(precision_recall(text, row["text"]))
        for name, held in facts(draft, row):
            tally[name] += held
            if verbose and not held:
                print(f"{row['id']} {name}: {draft.title!r} {draft.published_at} {draft.byline!r}")
    return {
        corpus: Pages(
            *(sum(side) / len(pairs) for side in zip(*pairs, strict=True)),
            tallies[corpus],
            len(pairs),
        )
        for corpus, pairs in scores.items()
    }


def pages(verbose: bool) -> None:
    """Print what became of the pages."""
    for corpus, score in page_scores(verbose=verbose).items():
        print(
            f"{corpus:12} {score.pages:4} pages  precision {score.precision:.4f}  "
            f"recall {score.recall:.4f}  F1 {score.f1:.4f}  title {score.facts['title']}  "
            f"date {score.facts['date']}  author {score.facts['author']}  "
            f"{score.facts['µs'] / score.pages / 1000:.1f} ms a page"
        )


def figures() -> dict[str, float]:
    """What the gate guards, in percent."""
    feed = feed_tallies()["all"]
    found = {
        "feeds.parsed": 100 * feed["parsed"] / feed["files"],
        "feeds.held": 100 * feed["held"] / feed["asserted"],
    }
    for corpus, score in page_scores().items():
        found[f"pages.{corpus}.f1"] = 100 * score.f1
    return found


def facts(draft: Draft, row: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    if row["title"]:
        yield "title", titled(draft.title) == titled(row["title"])
    if row["date"]:
        yield "date", str(draft.published_at)[:10] == row["date"]
    if row["authors"]:
        yield "author", row["authors"].split(",")[0].strip() in (draft.byline or "")


if __name__ == "__main__":
    parser = command(__doc__)
    parser.add_argument("what", nargs="?", choices=("feeds", "pages"), help="both without it")
    parser.add_argument("-v", action="store_true", help="name what was not as expected")
    asked = parser.parse_args()
    for measure in (feeds, pages):
        if asked.what in (None, measure.__name__):
            measure(asked.v)
