"""What the command line does with a database, one function per command."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.text import Text

from digest.compose.compose import compose
from digest.compose.edition import edition
from digest.compose.view import reader_of
from digest.errors import AttacheError, Conflict, StoreError
from digest.gather.files import Skipped
from digest.ingest.hosts import Report
from digest.model.articles import Article, Counts
from digest.model.chats import Chat, Wish
from digest.model.digests import Digest, Shown, Window

from ..intake import catalogue, gathering
from ..pages.digest import Occasion
from ..pages.links import proof_link
from ..run import wiring
from ..run.wiring import Stores, SystemClock
from ..settings import Settings
from .formats import article_json, digest_text
from .output import print_json, print_list, say
from .progress import progress

_AT_ONCE = 500  # articles in memory; 20,000 at once took 415 MB (2026-11-30)
_LOOK_EVERY = 0.2  # seconds between two looks whether what runs on the file has placed all
_LOOKS = 150  # half a minute; it looks twice a second and places 200 articles in half of one


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A digest as asked for on the command line."""

    start: datetime
    end: datetime
    zone: str
    minutes: int | None = None  # None: the chat's own, or 3
    topics: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    chat: int | None = None


async def ingest(
    settings: Settings, places: list[str], *, seen_at: datetime, as_json: bool
) -> bool:
    """Whether something failed; each source is reported as it is done."""
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
    """All reports as rows, and their sum; a line is said of each as it comes, unless rows are asked for."""
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
    """Whether this process may place articles: a file has one that does, a server has turns for many."""
    with ExitStack() as held:
        is_alone = True
        if not wiring.takes_many(url):
            try:
                held.enter_context(wiring.only_here(url))
            except Conflict:
                is_alone = False
        yield is_alone


async def _until_placed(stores: Stores, url: str, now: datetime) -> None:
    """Wait until all has its stories from what runs on the file or, should that end, from here."""
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
    """What one file or source came to, in a line that names it once."""
    if isinstance(report, Skipped):
        return f"{report.path}: skipped, {report.reason}"
    if report.error and report.name in report.error:
        return report.error
    return f"{report.name}: {report.error or _sum(report.counts)}"


async def articles(settings: Settings, *, as_json: bool) -> None:
    """Print what is stored, as it is read: all of it may be more than memory holds."""
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


async def digest(settings: Settings, asked: Asked, *, form: str) -> None:
    """Print the digest that was asked for."""
    window = Window(asked.start, asked.end, asked.zone)
    async with wiring.open_made(settings.database_url) as stores:
        chat = None if asked.chat is None else await _first(asked.chat, stores)
        wish, shown = await _wish(chat, stores, asked)
        reader = None if chat is None else reader_of(chat)
        # Of a time to come nobody knows which feeds will have answered.
        now = min(asked.end, SystemClock().now())
        snapshot = await stores.articles.snapshot(window, reader=reader, now=now)
    show(compose(edition(snapshot), wish, shown), asked, form=form, console=Console())


def show(found: Digest, asked: Asked, *, form: str, console: Console) -> None:
    """Print one digest as ``form`` says."""
    occasion = Occasion(asked.zone, asked.end, asked.end)
    output = digest_text(found, occasion, proof_link(""), form)
    if isinstance(output, str):
        say(output)
    elif isinstance(output, Text):
        console.print(output, soft_wrap=not console.is_terminal)
    else:
        print_json(output)


async def upgrade(settings: Settings) -> None:
    """Bring the database to this program's schema."""
    await wiring.upgrade(settings.database_url)
    say("the database is up to date")


async def back_up(settings: Settings, target: Path) -> None:
    """Copy the database."""
    await wiring.back_up(settings.database_url, target)
    say(f"copied to {target}")


async def move(source: str, target: str) -> None:
    """Move everything from a file to a server; a bar on a terminal, else a line at each tenth."""
    with progress() as bar:
        task = bar.add_task("")

        def show(step: str, done: int, total: int) -> None:
            bar.update(task, description=f"{step}: {done} of {total}")
            if bar.disable and done * 10 // max(total, 1) > shown.get(step, -1):
                shown[step] = done * 10 // max(total, 1)
                sys.stderr.write(f"{step}: {done} of {total}\n")

        shown: dict[str, int] = {}
        rows = await wiring.move(source, target, show)
    say(f"{rows} rows moved, equal by count and checksum in each table")


async def check(settings: Settings) -> None:
    """Print that the database is sound, or raise StoreError that says what is wrong."""
    await refuse_unsound(settings)
    say("the database is sound")


async def refuse_unsound(settings: Settings) -> None:
    """Raise StoreError that says what is wrong with the database, if anything is."""
    if found := await wiring.check(settings.database_url):
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        raise StoreError(f"the database is damaged: {found[0]}{more}; put a back-up in its place")


async def _first(chat: int, stores: Stores) -> Chat:
    """The subscription of a chat; of a forum with several that of its first topic."""
    found = await stores.chats.of(chat)
    if not found:
        raise AttacheError(f"chat {chat} is not subscribed")
    return found[0]


async def _wish(chat: Chat | None, stores: Stores, asked: Asked) -> tuple[Wish, Shown]:
    """The chat's own wish and history, with what was asked in place of the wish's parts."""
    given: dict[str, Any] = {"topics": asked.topics, "countries": asked.countries}
    asked_for = {name: value for name, value in given.items() if value}
    if asked.minutes is not None:
        asked_for["minutes"] = asked.minutes
    if chat is None:
        return Wish(**asked_for), Shown()
    history = await stores.chats.shown((chat,))
    return replace(chat.wish, **asked_for), history.get((chat.id, chat.thread), Shown())


async def _outlets(stores: Stores) -> gathering.Outlets:
    """Outlets by host: the bundled ones, and over them those of this database."""
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
