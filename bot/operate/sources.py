"""What the command line does with feeds: one or a list of them in and out, and how each stands."""

import asyncio
import sys
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from digest.compose.health import silent
from digest.errors import AttacheError, SourceError, Unreachable
from digest.gather.documents.files import read_bytes
from digest.gather.feed.opml import LARGEST, read_opml, write_opml
from digest.gather.fetching.turns import HostTurns
from digest.gather.identity import feed_key, feed_url
from digest.ingest.brought import drafts_of
from digest.ingest.checked import state_of
from digest.ingest.hosts import SPACING
from digest.model.sources import Listed, NewSource, Outlet, Source
from digest.ports import Clock, Fetcher, Parser

from ..intake import catalogue, gathering, lists
from ..run import wiring
from ..run.wiring import SystemClock
from ..settings import Settings
from .output import print_json, say

_HOSTS_AT_ONCE = 8
_ENOUGH = 30  # feeds of which none was reached: then it is the network, not they


@dataclass(frozen=True, slots=True)
class Checked:
    """How one feed stands: its entries, or why there are none."""

    source: Source
    entries: int = 0
    error: SourceError | None = None


async def add_source(settings: Settings, url: str) -> None:
    """Store a feed that is read from the next run on."""
    address = feed_url(url)
    async with wiring.open_stores(settings.database_url) as stores:
        gathering.refuse_known(url, await stores.sources.all())
        known = gathering.by_host(catalogue.outlets())
        outlet = gathering.outlet_of(address, known) or Outlet(gathering.host(address))
        added = await stores.sources.add(
            NewSource(url=address, outlet=outlet), now=SystemClock().now()
        )
    say(f"{added.url} is read from now on, as {added.outlet.name}")


async def list_sources(settings: Settings, *, as_json: bool) -> None:
    """Print every feed and how it stands."""
    now = SystemClock().now()
    async with wiring.open_made(settings.database_url) as stores:
        found = await stores.sources.all()
    if as_json:
        print_json(
            [
                {
                    "url": source.url,
                    "name": source.outlet.name,
                    "country": source.outlet.country,
                    "enabled": source.enabled,
                    "failures": source.failures,
                    "last_ok_at": source.last_ok_at.isoformat() if source.last_ok_at else None,
                    "last_error": source.last_error,
                    "state": state_of(source, now),
                    "newest_at": source.newest_at.isoformat() if source.newest_at else None,
                    "moved_from": source.moved_from,
                }
                for source in found
            ]
        )
        return
    for source in found:
        say(f"{source.outlet.name:40}  {source.url}  {standing(source, now)}")


def standing(source: Source, now: datetime) -> str:
    """How a source stands, in words."""
    match state_of(source, now):
        case "off":
            return f"off: {source.last_error}" if source.failures else "off"
        case "new":
            return "not fetched yet"
        case "silent":
            return f"no answer for a week: {source.last_error}"
        case "failing":
            return source.last_error or "failing"
        case "stale" if source.newest_at:
            return f"stale: nothing new since {source.newest_at:%Y-%m-%d}"
        case _:
            return f"ok, moved from {source.moved_from}" if source.moved_from else "ok"


async def remove_source(settings: Settings, url: str) -> None:
    """Forget a feed. Raises AttacheError when there is none."""
    async with wiring.open_made(settings.database_url) as stores:
        source = gathering.known(await stores.sources.all()).get(feed_key(url))
        if source is None or not await stores.sources.remove(source.url):
            raise AttacheError(f"{url} is not among the sources; see: attache sources list")
    say(f"{url} is no longer read")


async def import_sources(settings: Settings, path: Path) -> None:
    """Read the feeds of an OPML file from now on. Raises Unreadable if it is not OPML."""
    data = read_bytes(path, LARGEST)
    async with wiring.open_child() as child:
        listed = child(read_opml, data, name=str(path))
    async with wiring.open_stores(settings.database_url) as stores:
        taken = await lists.take(listed, sources=stores.sources, now=SystemClock().now())
    say(f"{path}: {taken.added} added, {taken.known} known")


async def export_sources(settings: Settings) -> None:
    """Print every feed as OPML."""
    async with wiring.open_made(settings.database_url) as stores:
        every = await stores.sources.all()
    feeds = [Listed(source.url, source.outlet.name) for source in every]
    written = write_opml([("Attaché", feeds)], title="Attaché", created=SystemClock().now())
    sys.stdout.write(written.decode())


async def check_sources(settings: Settings, *, as_json: bool) -> bool:
    """Check every feed, with a line for each as it is done. Returns whether one could not be read.

    Raises Unreachable, once, if none could be reached.
    """
    clock = SystemClock()
    async with (
        wiring.open_made(settings.database_url) as stores,
        wiring.open_fetcher(settings, clock) as fetcher,
        wiring.open_parser() as parser,
    ):
        every = [source for source in await stores.sources.all() if source.enabled]
        rows, sides, failed = [], list[tuple[str | None, bool]](), 0
        async for one in checked(every, fetcher=fetcher, parser=parser, clock=clock):
            failed += one.error is not None
            rows.append(_row(one))
            outlet = one.source.outlet
            sides += [(side, one.error is not None) for side in (outlet.country, outlet.kind)]
            if not as_json:
                say(_line(one))
    if as_json:
        print_json(rows)
    elif every:
        for side in silent(sides):
            say(f"every feed of {side} is down")
        say(f"in all: {len(every) - failed} ok, {failed} failed")
    return failed > 0


async def checked(
    sources: Sequence[Source], *, fetcher: Fetcher, parser: Parser, clock: Clock
) -> AsyncIterator[Checked]:
    """Fetch each source once, and yield it as it is done; one request per host at a time.

    Raises Unreachable if all, or the first thirty, could not be reached.
    """
    gate = asyncio.Semaphore(_HOSTS_AT_ONCE)

    async def ask(ours: Sequence[Source]) -> list[Checked]:
        async with gate:
            return [await _check(source, fetcher, parser, clock) for source in ours]

    asking = [asyncio.create_task(ask(ours)) for ours in _by_host(sources)]
    held: list[Checked] = []  # while nobody was reached
    reached = False
    for answer in asyncio.as_completed(asking):
        held += await answer
        reached = reached or any(not isinstance(one.error, Unreachable) for one in held)
        if reached:
            for one in held:
                yield one
            held = []
        elif len(held) >= _ENOUGH:
            break
    for task in asking:
        task.cancel()
    await asyncio.gather(*asking, return_exceptions=True)
    if held:
        raise Unreachable(_nobody(len(held), held[0]))


def _by_host(sources: Sequence[Source]) -> Iterable[Sequence[Source]]:
    hosts: defaultdict[str, list[Source]] = defaultdict(list)
    for source in sources:
        hosts[urlsplit(source.url).netloc].append(source)
    return hosts.values()


async def _check(source: Source, fetcher: Fetcher, parser: Parser, clock: Clock) -> Checked:
    now = clock.now()
    try:
        fetched = await fetcher.fetch(source.url)
        unread = replace(source, body_hash=None)
        drafts = await drafts_of(fetched, unread, fetcher, parser, HostTurns(SPACING), now)
    except SourceError as error:
        return Checked(source, error=error)
    return Checked(source, len(drafts))


def _nobody(count: int, first: Checked) -> str:
    return f"none of {count} feeds could be reached; is the network there? The first: {first.error}"


def _line(one: Checked) -> str:
    if one.error is None:
        return f"ok    {one.source.outlet.name}: {one.entries} entries  {one.source.url}"
    return f"FAIL  {one.source.outlet.name}: {one.error}"


def _row(one: Checked) -> dict[str, object]:
    return {
        "url": one.source.url,
        "name": one.source.outlet.name,
        "ok": one.error is None,
        "entries": one.entries,
        "error": None if one.error is None else str(one.error),
    }
