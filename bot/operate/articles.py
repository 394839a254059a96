"""What ``attache ingest`` and ``attache articles`` do: articles read into the database, and listed."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from datetime import datetime

from rich.progress import Progress

from digest.errors import Conflict
from digest.gather.documents.files import Skipped
from digest.ingest.hosts import Report
from digest.model.articles import Article, Counts
from digest.ports import Arrivals

from ..intake import catalogue, gathering
from ..run import wiring
from ..run.wiring import Stores, SystemClock
from ..settings import Settings
from .formats import article_json
from .output import print_json, print_list, say
from .progress import progress

_AT_ONCE = 500  # articles in memory; 20,000 at once took 415 MB (2026-11-30)
_LOOK_EVERY = 0.2  # seconds between two looks whether what runs on the file has placed all
_LOOKS = 150  # half a minute; it looks twice a second and places 200 articles in half of one


async def ingest(
    settings: Settings, places: list[str], *, seen_at: datetime, as_json: bool
) -> bool:
    """Read sources into the database. Returns whether something failed; each source is reported when done."""
    with _alone(settings.database_url) as is_alone:
        async with (
            wiring.open_stores(settings.database_url) as stores,
            wiring.open_fetcher(settings, SystemClock()) as fetcher,
            wiring.open_child() as child,
        ):
            intake = stores.intake(places=False)
            reports = gathering.ingest(
                places,
                seen_at=seen_at,
                intake=intake,
                outlets=await _outlets(stores),
                fetcher=fetcher,
                reads=child,
            )
            rows, total = await _told(reports, as_json=as_json)
            async with shown(stores.articles):
                if is_alone:
                    placing = stores.intake()
                    await placing.place_what_waits(seen_at)
                    await placing.regroup(seen_at)
                else:
                    await _until_placed(stores, settings.database_url, seen_at)
    if as_json:
        print_json({"sources": rows, **_counts(total)})
    elif len(rows) > 1:
        say(f"in all: {_sum(total)}")
    return total.failed > 0


async def _told(
    reports: AsyncIterator[Report | Skipped], *, as_json: bool
) -> tuple[list[dict[str, object]], Counts]:
    """All reports as rows, with their sum; a line is printed for each as it comes, unless rows are wanted."""
    rows: list[dict[str, object]] = []
    total = Counts()
    with progress() as bar:
        task = bar.add_task("reading")
        async for report in reports:
            rows.append(_row(report))
            total += report.counts if isinstance(report, Report) else Counts()
            bar.update(task, description=f"reading: {len(rows)} done")
            if not as_json:
                say(line(report))
    return rows, total


@contextmanager
def _alone(url: str) -> Iterator[bool]:
    """Whether this process may place articles: on a file only if no bot runs, on a server always."""
    with ExitStack() as held:
        is_alone = True
        if not wiring.takes_many(url):
            try:
                held.enter_context(wiring.only_here(url))
            except Conflict:
                is_alone = False
        yield is_alone


@asynccontextmanager
async def shown(articles: Arrivals) -> AsyncIterator[None]:
    """Meanwhile show how many waiting articles have found their stories: 20,000 take a minute."""
    with progress() as bar:
        total = 0 if bar.disable else (await articles.unplaced()).count
        if not total:
            yield
            return
        ended = asyncio.Event()
        showing = asyncio.create_task(_show(bar, articles, total, ended))
        try:
            yield
        finally:
            ended.set()
            await showing  # else its connection would be held for ever when this is stopped


async def _show(bar: Progress, articles: Arrivals, total: int, ended: asyncio.Event) -> None:
    task = bar.add_task(f"placing: 0 of {total}")
    is_last = False
    while not is_last:
        with suppress(TimeoutError):
            await asyncio.wait_for(ended.wait(), _LOOK_EVERY)
        is_last = ended.is_set()
        left = (await articles.unplaced()).count
        total = max(total, left)  # others may bring more
        bar.update(task, description=f"placing: {total - left} of {total}", refresh=True)


async def _until_placed(stores: Stores, url: str, now: datetime) -> None:
    """Wait until all articles have their stories, from the bot that runs on the file, or else from here."""
    for _ in range(_LOOKS):
        with _alone(url) as is_alone:
            if is_alone:
                await stores.intake().place_what_waits(now)
        left = await stores.articles.unplaced()
        if not left.count:
            return
        await asyncio.sleep(_LOOK_EVERY)
    sys.stderr.write(f"{left.count} articles wait for what runs on this database to place them\n")


def line(report: Report | Skipped) -> str:
    """One line that says what one file or source came to, and names it once."""
    if isinstance(report, Skipped):
        return f"{report.path}: skipped, {report.reason}"
    if report.error and report.name in report.error:
        return report.error
    return f"{report.name}: {report.error or _sum(report.counts)}"


async def articles(settings: Settings, *, as_json: bool) -> None:
    """Print what is stored, as it is read: all of it may be more than fits into memory."""
    async with wiring.open_made(settings.database_url) as stores:
        if as_json:
            await print_list(article_json(article) async for article in _stored(stores))
            return
        async for article in _stored(stores):
            when = article.published_at or article.modified_at
            day = f"{when:%Y-%m-%d}" if when else "undated   "
            origin = article.outlet.name if article.outlet else article.file or ""
            say(f"{article.id:>6}  {day}  {article.title or '(untitled)'}  [{origin}]")


async def _stored(stores: Stores) -> AsyncIterator[Article]:
    last = 0
    while batch := await stores.articles.all(after=last, limit=_AT_ONCE):
        for article in batch:
            yield article
        last = batch[-1].id


async def _outlets(stores: Stores) -> gathering.Outlets:
    """Outlets by host: the bundled ones, overridden by those of this database."""
    stored = [(source.url, source.outlet) for source in await stores.sources.all()]
    return {**gathering.by_host(catalogue.outlets()), **gathering.by_host(stored)}


def _row(report: Report | Skipped) -> dict[str, object]:
    if isinstance(report, Skipped):
        return {"source": str(report.path), "skipped": report.reason}
    return {"source": report.name, **_counts(report.counts), "error": report.error}


def _counts(counts: Counts) -> dict[str, object]:
    return {
        "new": counts.new,
        "revised": counts.revised,
        "known": counts.known,
        "failed": counts.failed,
    }


def _sum(counts: Counts) -> str:
    return (
        ", ".join(f"{number} {name}" for name, number in _counts(counts).items() if number)
        or "0 new"
    )
