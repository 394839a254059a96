"""What an article costs after extraction, and whether it costs more beside a million stored ones.

Run by hand, not by the gate: ``python -m tests.quality.scale [STORED ...]``; 10,000 and 1,000,000 take
about ten minutes and 4 GB in the folder for temporary files, which are removed. The articles are synthetic:
texts of wikinews_clean with the long words exchanged, so that five articles tell one event and 2,000 events
fill a day of 10,000. The stored ones are written in bulk, their texts cut to 300 characters, and those that
are older than five days repeat a few texts under new keys. A feed brings five new articles and 15 that it had
brought before; all its cost is counted for the new ones. Fetching, parsing and cleaning are left out.
"""

import asyncio
import json
import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.run import wiring
from digest.ingest.intake import Intake
from digest.model.articles import NewArticle
from digest.model.gathered import Draft, Paragraph
from digest.model.sources import Outlet
from digest.read.about import actors, topics
from digest.read.article import join, read
from digest.read.language import language
from digest.read.speech.quotes import quotes
from digest.read.splitting.sentences import sentences
from digest.relate.duplicates import shingles
from digest.relate.vectors import terms
from storage.migrations import search
from storage.news.rows import article_columns

from .command import above_zero, command
from .halves import CORPORA

STORED = (10_000, 1_000_000)
A_DAY = 10_000
NOW = datetime(2026, 11, 28, 6, tzinfo=UTC)
_TOLD_BY = 5  # articles of one event
_MEASURED = 1_000  # articles taken in while the clock runs
_NEW, _REPEATED = 5, 15  # articles in one feed
_VARIED = 50_000  # stored articles with texts of their own: what the window reaches
_KEPT = 300  # code points of a stored text
_LONG = 6  # letters of a word that is exchanged


class Writer:
    """Makes articles: the same number, the same article."""

    def __init__(self) -> None:
        path = CORPORA / "stories" / "wikinews_clean.jsonl"
        self._rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        words = {w for row in self._rows for w in row["text"].split() if _is_exchanged(w)}
        self._names = sorted(word for word in words if word[0].isupper())
        self._words = sorted(word for word in words if word[0].islower())

    def draft(self, number: int, seen_at: datetime) -> Draft:
        """One article as gathered."""
        event = number // _TOLD_BY
        row = self._rows[event % len(self._rows)]
        rewritten = partial(self._exchanged, salt=random.Random(event).randrange(10**6))
        paragraphs = row["text"].split("\n\n")
        random.Random(number).shuffle(paragraphs)
        kept = paragraphs[: max(3, 2 * len(paragraphs) // 3)]
        return Draft(
            title=rewritten(row["title"]),
            paragraphs=tuple(Paragraph("p", rewritten(text)) for text in kept),
            url=f"https://outlet{number % 200}.example/{number}",
            outlet=Outlet(f"Outlet {number % 200}", "CH"),
            published_at=seen_at - timedelta(minutes=20),
            date_source="feed",
        )

    def stored(self, number: int) -> tuple[str | None, str]:
        """Title and text of one of those that are stored already."""
        return self._varied(number % _VARIED)

    @lru_cache(maxsize=_VARIED)  # noqa: B019 - there is one writer
    def _varied(self, number: int) -> tuple[str | None, str]:
        draft = self.draft(10**7 + number, NOW)
        return draft.title, join(draft.paragraphs)[0][:_KEPT]

    def _exchanged(self, text: str, *, salt: int) -> str:
        return " ".join(self._other(word, salt) for word in text.split(" "))

    def _other(self, word: str, salt: int) -> str:
        if not _is_exchanged(word):
            return word
        pool = self._names if word[0].isupper() else self._words
        place = sum(ord(c) * (at + 7) for at, c in enumerate(word)) * 31 + salt
        return pool[place % len(pool)] if place % 3 else word


def _is_exchanged(word: str) -> bool:
    return len(word) >= _LONG and word.isascii() and word.isalpha()


def fill(path: Path, stored: int, writer: Writer) -> None:
    """Write ``stored`` articles, 10,000 a day, the last of them just before NOW."""
    samples = [read(writer.draft(number, NOW), first_seen_at=NOW) for number in range(400)]
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA synchronous = OFF")
        database.execute("PRAGMA journal_mode = MEMORY")
        for trigger in search.TRIGGERS:
            database.execute(f"DROP TRIGGER {trigger}")
        began = NOW - timedelta(days=stored / A_DAY)
        ids = range(1, stored // _TOLD_BY + 1)
        database.executemany(
            "INSERT INTO story (id, started_at, last_at, language) VALUES (?, ?, ?, 'en')",
            ((i, *[_moment(began, i * _TOLD_BY)] * 2) for i in ids),
        )
        rows = [_row(sample) for sample in samples]
        values = ", ".join(f":{column}" for column in rows[0])
        database.executemany(
            f"INSERT INTO article ({', '.join(rows[0])}) VALUES ({values})",
            (rows[n % len(rows)] | _place(n, began, writer) for n in range(stored)),
        )
        search.watch(database.execute)
        database.commit()
        database.execute("ANALYZE")


def _row(like: NewArticle) -> dict[str, object]:
    """The columns that stored articles share."""
    values = article_columns(like) | {
        "revision": 1,
        "is_newest": True,
        "duplicate_of": None,
        "source_id": None,
        **dict.fromkeys(("first_seen_at", "revised_at", "story_id")),
    }
    return {
        name: json.dumps(value) if isinstance(value, list | tuple) else value
        for name, value in values.items()
    }


def _place(number: int, began: datetime, writer: Writer) -> dict[str, object]:
    """The columns in which one stored article differs."""
    title, text = writer.stored(number)
    at, url = _moment(began, number), f"https://old.example/{number}"
    return {
        "key": url,
        "url": url,
        "fingerprint": f"print {number}",
        "title": title,
        "text": text,
        "published_at": at,
        "first_seen_at": at,
        "revised_at": at,
        "story_id": number // _TOLD_BY + 1,
    }


def _moment(began: datetime, number: int) -> str:
    """As the database keeps an instant."""
    return f"{began + timedelta(days=number / A_DAY):%Y-%m-%d %H:%M:%S.%f}"


def stages(drafts: Sequence[Draft]) -> None:
    """Print what each stage of reading costs."""
    texts = [join(draft.paragraphs) for draft in drafts]
    titles = [draft.title or "" for draft in drafts]
    pairs = list(zip(texts, titles, strict=True))
    found = [actors.countries(text, title=title) for (text, _), title in pairs]
    works: dict[str, Callable[[], object]] = {
        "language": lambda: [language(text) for text, _ in texts],
        "sentences": lambda: [sentences(text, spans, "en") for text, spans in texts],
        "countries": lambda: [actors.countries(t, title=title) for (t, _), title in pairs],
        "topics": lambda: [
            topics.tag(t, title=title, language="en", countries=countries)
            for ((t, _), title), countries in zip(pairs, found, strict=True)
        ],
        "people": lambda: [actors.people(t, title=title) for (t, _), title in pairs],
        "quotations": lambda: [quotes(t, language="en", title=title) for (t, _), title in pairs],
        "shingles": lambda: [shingles(text) for text, _ in texts],
        "terms": lambda: [terms(title, t, "en") for (t, _), title in pairs],
        "reading as a whole": lambda: [read(draft, first_seen_at=NOW) for draft in drafts],
    }
    for name, work in works.items():
        work()
        print(f"{name:20} {_spent(work) / len(drafts):6.2f} ms an article")


def _spent(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000


async def beside(stored: int, folder: Path, writer: Writer) -> float:
    """CPU ms an article, all stages, of a feed after another beside so many stored articles."""
    path = folder / f"{stored}.db"
    url = f"sqlite+aiosqlite:///{path}"
    await wiring.upgrade(url)
    started = time.monotonic()
    fill(path, stored, writer)
    size = path.stat().st_size / 1e6
    print(f"{stored:,} stored in {time.monotonic() - started:.0f} s, {size:,.0f} MB", flush=True)
    async with wiring.open_stores(url) as stores:
        intake = stores.intake()
        began = time.process_time()
        await _take(intake, writer, 0, 100)
        print(f"  memory of the last days rebuilt in {time.process_time() - began:.1f} s of CPU")
        cost = (await _take(intake, writer, 100, _MEASURED)) / _MEASURED
        began = time.process_time()
        moved = await intake.regroup(NOW + timedelta(hours=3))
        spent = (time.process_time() - began) * 1000
        print(f"  regrouping: {spent:.0f} ms, {moved} moved")
    path.unlink()
    print(f"  {cost:.2f} ms an article, all stages", flush=True)
    return cost


async def _take(intake: Intake, writer: Writer, first: int, count: int) -> float:
    """CPU ms of taking in ``count`` articles in feeds; making them is not counted."""
    spent = 0.0
    for feed in _feeds(writer, first, count):
        started = time.process_time()
        await intake.take(feed, seen_at=NOW)
        spent += (time.process_time() - started) * 1000
    return spent


def _feeds(writer: Writer, first: int, count: int) -> Iterator[list[Draft]]:
    for start in range(first, first + count, _NEW):
        numbers = range(max(0, start - _REPEATED), start + _NEW)
        yield [writer.draft(number, NOW) for number in reversed(numbers)]


async def main(sizes: Sequence[int]) -> None:
    """Print the stages, and the whole beside each number of stored articles."""
    writer = Writer()
    stages([writer.draft(number, NOW) for number in range(0, 2_000, 5)])
    with TemporaryDirectory() as folder:
        costs = [await beside(stored, Path(folder), writer) for stored in sizes]
    print(f"ratio {costs[-1] / costs[0]:.2f}")


if __name__ == "__main__":
    parser = command(__doc__)
    parser.add_argument("stored", nargs="*", type=above_zero, default=STORED)
    asyncio.run(main(parser.parse_args().stored))
