"""How often the speaker of a quotation is right, against labels made by reading.

``speakers.toml`` labels every quotation of five words or more in the articles drawn: of the
reporting halves of four corpora those with at least one such quotation, in the order of the
SHA-256 hash of their ids, the first 20 of allsides, 9 of Wikinews, 4 of CNN/Daily Mail and
4 of Multi-News. The drawing never asked what the extractor says. An empty speaker: none is
named, or it is no quotation. All persons were right at the first reading; what was mended after
it is the form of names and offices: two ranks that stuck to a name, a name known only with its
"'s" ("Mursi's"), the state of a dateline.
"""

import hashlib
import json
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path

from digest.model import Quote
from digest.read.gazetteer import found
from digest.read.marked import quotations
from digest.read.quotes import LEAST_WORDS, quotes

from .halves import CORPORA, is_tuning

LABELS = Path(__file__).with_name("speakers.toml")
DRAWN = {
    "topics/allsides": 20,
    "stories/wikinews_clean": 9,
    "summaries/cnndm_frank": 4,
    "summaries/multinews_lb": 4,
}
PRECISION_FLOOR = 0.93


@dataclass(frozen=True, slots=True)
class Text:
    """One article of a corpus."""

    corpus: str
    id: str
    text: str
    title: str
    day: date | None

    def quotes(self) -> tuple[Quote, ...]:
        """What the extractor says of it."""
        return quotes(self.text, at=self.day, title=self.title)


@dataclass(frozen=True, slots=True)
class Figures:
    """How the extractor fares against the labels."""

    articles: int
    said: int  # quotations with a speaker
    right: int  # of them
    named: int  # quotations whose speaker the article names
    wrong: tuple[str, ...]  # "id start: ours, not theirs"

    @property
    def precision(self) -> float:
        """The share of our speakers that are right, 0..1."""
        return self.right / max(1, self.said)

    @property
    def recall(self) -> float:
        """The share of the named speakers that we have right, 0..1."""
        return self.right / max(1, self.named)


@cache
def corpus(name: str) -> Mapping[str, Text]:
    """The articles of one corpus by id; of a cluster the first."""
    with (CORPORA / f"{name}.jsonl").open(encoding="utf-8") as lines:
        rows = map(json.loads, lines)
        return {row["id"]: _text(name, row) for row in rows}


def drawn(name: str) -> tuple[Text, ...]:
    """The articles of a corpus that are labelled."""
    candidates = (text for text in corpus(name).values() if not is_tuning(text.id))
    ordered = sorted(
        (text for text in candidates if long_quotations(text.text)),
        key=lambda text: hashlib.sha256(text.id.encode()).digest(),
    )
    return tuple(islice(ordered, DRAWN[name]))


def long_quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Where at least five words stand in marks."""
    return tuple(
        (span.start, span.end)
        for span in quotations(text)
        if len(text[span.start : span.end].split()) >= LEAST_WORDS
    )


def labels() -> dict[tuple[str, str, int, int], str]:
    """Per corpus, id, start and end the speaker as read; empty where there is none."""
    rows = tomllib.loads(LABELS.read_text(encoding="utf-8"))["quote"]
    return {(row["corpus"], row["id"], row["start"], row["end"]): row["speaker"] for row in rows}


def figures() -> Figures:
    """The extractor against the labels; a quotation that is not labelled counts as wrong."""
    judged, said, wrong = labels(), 0, []
    articles = [text for name in DRAWN for text in drawn(name)]
    for text in articles:
        for quote in text.quotes():
            theirs = judged.get((text.corpus, text.id, quote.start, quote.end), "")
            said += 1
            if quote.speaker != theirs:
                wrong.append(f"{text.id} {quote.start}: {quote.speaker}, not {theirs or 'anybody'}")
    named = sum(bool(speaker) for speaker in judged.values())
    return Figures(len(articles), said, said - len(wrong), named, tuple(wrong))


def per_article(name: str) -> float:
    """Quotations with a speaker per article, over the whole reporting half of a corpus."""
    texts = [text for text in corpus(name).values() if not is_tuning(text.id)]
    return sum(len(text.quotes()) for text in texts) / max(1, len(texts))


def milliseconds(*, articles: int = 100, rounds: int = 7) -> float:
    """What 500 words take, countries known, in the best of some rounds."""
    texts = tuple(islice(corpus("stories/wikinews_clean").values(), articles))
    words = sum(len(text.text.split()) for text in texts)
    return min(sum(map(_cost, texts)) for _ in range(rounds)) / words * 500 * 1000


def _cost(text: Text) -> float:
    found(text.text)
    found(text.title)
    started = time.process_time()
    text.quotes()
    return time.process_time() - started


def _text(name: str, row: Mapping[str, object]) -> Text:
    articles = row.get("articles")
    body = str(articles[0]) if isinstance(articles, list) else str(row["text"])
    return Text(
        name, str(row["id"]), body, str(row.get("title", "")), _day(str(row.get("date", "")))
    )


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _report() -> Iterator[str]:
    ours = figures()
    yield f"speakers right           {ours.right} of {ours.said} = {ours.precision:.3f}"
    yield f"named speakers found     {ours.right} of {ours.named} = {ours.recall:.3f}"
    yield f"quotations an article    {ours.said / ours.articles:.2f} of the {ours.articles} drawn"
    for name in DRAWN:
        yield f"quotations an article    {per_article(name):.2f} of {name}"
    yield f"milliseconds, 500 words  {milliseconds():.3f}"
    yield from ours.wrong


if __name__ == "__main__":
    for line in _report():
        sys.stdout.write(line + "\n")
