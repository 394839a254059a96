"""A round of 500 feeds with 50 entries each, over 100 addresses of loopback, two of them slow and broken.

    python -m tests.quality.round [--feeds 500] [--addresses 100]

Prints how long a first and a second round take, what was asked of each host and when, and what a
kill -9 in the middle of a third, on a fresh database, loses or doubles.
"""

import argparse
import asyncio
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from ipaddress import ip_network
from itertools import pairwise
from pathlib import Path

from bot.run import wiring
from bot.run.wiring import Stores
from digest.gather.children import Children
from digest.gather.fetching.fetch import HttpFetcher
from digest.gather.fetching.turns import HostTurns
from digest.ingest.hosts import SPACING, Means, due_hosts, ingest_host
from digest.model.sources import NewSource, Outlet
from digest.model.work import Job
from digest.read.jobs import prepare
from tests.fakes import FakeClock

from .command import command

ENTRIES = 50
BROKEN = 2  # addresses; one drips a byte a second, one hangs up in the middle
NOW = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
MARK = 0.02  # seconds that the clocks of two processes may lie apart

VERBS = (
    "met",
    "spoke",
    "signed a treaty",
    "talked about grain",
    "opened a border",
    "broke off talks",
)
PLACES = ("Oslo", "Nairobi", "Lima", "Ankara", "Geneva", "Vienna", "Doha", "Hanoi", "Dakar", "Riga")


class Crowd:
    """The servers: every feed at its path, and when each host was asked."""

    def __init__(self, addresses: int) -> None:
        self.hosts = [f"127.0.{n // 250 + 1}.{n % 250 + 1}" for n in range(addresses)]
        self.broken = set(self.hosts[:BROKEN])
        self.asked: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
        self.answers: Counter[int] = Counter()
        self.port = 0

    def url(self, feed: int) -> str:
        """The address of a feed: feeds go round the hosts."""
        return f"http://{self.hosts[feed % len(self.hosts)]}:{self.port}/feed/{feed}"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request."""
        began = time.monotonic()
        host = writer.get_extra_info("sockname")[0]
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            await self._answer(host, int(head.split()[1].rsplit("/", 1)[1]), head, writer)
            await writer.drain()
        writer.close()
        self.asked[host].append((began, time.monotonic()))

    async def _answer(self, host: str, feed: int, head: str, writer: asyncio.StreamWriter) -> None:
        tag = f'"{feed}"'
        if host in self.broken:
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n<rss>")
            while host == self.hosts[0]:
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(1)
        elif f"if-none-match: {tag}" in head.lower():
            self.answers[304] += 1
            writer.write(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n")
        else:
            self.answers[200] += 1
            body = _feed(feed)
            words = f"HTTP/1.1 200 OK\r\nETag: {tag}\r\nContent-Length: {len(body)}\r\n\r\n"
            writer.write(words.encode() + body)

    def closest(self) -> float:
        """Seconds between the end of one request to a host and the begin of its next, at least."""
        gaps = [
            later[0] - earlier[1]
            for times in self.asked.values()
            for earlier, later in pairwise(sorted(times))
        ]
        return min(gaps, default=float("inf"))


def _feed(feed: int) -> bytes:
    items = "".join(_item(feed, entry) for entry in range(ENTRIES))
    return (
        f'<rss version="2.0"><channel><title>Paper {feed}</title>{items}</channel></rss>'.encode()
    )


def _item(feed: int, entry: int) -> str:
    """An entry of today with three sentences of its own."""
    number = feed * ENTRIES + entry
    one, other = PLACES[number % 10], PLACES[number // 10 % 10]
    verb = VERBS[number % 6]
    at = NOW - timedelta(minutes=10 + entry * 20)
    text = (
        f"Envoys of states {number} and {number * 7 % 9973} {verb} in {one} on Monday. "
        f"The ministry of {other} said file {number * 31 % 99991} would be closed by May. "
        f"Delegation {number * 17 % 49999} flew home in the evening."
    )
    return (
        f"<item><title>Envoys {number} {verb} in {one}</title>"
        f"<link>https://paper{feed}.example/{entry}</link>"
        f"<pubDate>{format_datetime(at)}</pubDate><description>{text}</description></item>"
    )


async def _round(stores: Stores, parser: Children, clock: FakeClock) -> tuple[float, int, int]:
    """Seconds, new articles and failures of a round: a worker's jobs, from the first to the last."""
    fetcher = HttpFetcher(agent="Attache/test", clock=clock, allow=(ip_network("127.0.0.0/8"),))
    means = Means(
        clock=clock,
        fetcher=fetcher,
        parser=parser,
        turns=HostTurns(SPACING),
        intake=stores.intake(parser),
    )
    stop = asyncio.Event()
    began, new, failed = time.monotonic(), 0, 0
    left = set(await due_hosts(clock=clock, sources=stores.sources))

    async def fetch(host: str) -> None:
        nonlocal new, failed
        reports = await ingest_host(host, sources=stores.sources, means=means)
        new += sum(report.counts.new for report in reports)
        failed += sum(report.counts.failed for report in reports)
        left.discard(host)
        if not left:
            stop.set()

    try:
        await stores.jobs.put([Job("fetch", host) for host in sorted(left)])
        await stores.jobs.work({"fetch": fetch}, stop=stop)
    finally:
        await fetcher.aclose()
    return time.monotonic() - began, new, failed


async def _once(database: str, shift: int) -> None:
    """A round in this process alone; ``shift`` minutes after the first."""
    clock = FakeClock(NOW + timedelta(minutes=shift))
    children = Children(first=prepare)
    try:
        async with wiring.open_stores(database) as stores:
            seconds, new, failed = await _round(stores, children, clock)
    finally:
        await children.aclose()
    own = resource.getrusage(resource.RUSAGE_SELF)
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"{seconds:.1f} s ({own.ru_utime + own.ru_stime:.1f} s of processor, and "
        f"{theirs.ru_utime + theirs.ru_stime:.1f} s in children), {new} new, {failed} failed, "
        f"{own.ru_maxrss // 1024} MB at most",
        flush=True,
    )


async def _fill(database: str, crowd: Crowd, feeds: int) -> None:
    async with wiring.open_stores(database) as stores:
        for feed in range(feeds):
            source = NewSource(url=crowd.url(feed), outlet=Outlet(f"Paper {feed}"))
            await stores.sources.add(source, now=NOW)


async def _stored(database: str) -> tuple[int, int]:
    """Articles, and addresses among them."""
    async with wiring.open_stores(database) as stores:
        every = await stores.articles.all()
    return len(every), len({article.url for article in every})


async def _process(database: str, shift: int, *, kill_at: int | None = None) -> str:
    """What a round in a process of its own printed; killed once so many articles are stored."""
    words = (sys.executable, "-m", "tests.quality.round", "--once", database, str(shift))
    running = await asyncio.create_subprocess_exec(*words, stdout=subprocess.PIPE)
    if kill_at is not None:
        # Another process is watched through its database: nothing there could wake us.
        while (await _stored(database))[0] < kill_at and running.returncode is None:  # noqa: ASYNC110
            await asyncio.sleep(0.5)
        os.kill(running.pid, signal.SIGKILL)
    out, _ = await running.communicate()
    return out.decode().strip()


async def _measure(feeds: int, addresses: int) -> None:
    crowd = Crowd(addresses)
    listeners = [await asyncio.start_server(crowd.serve, crowd.hosts[0], 0)]
    crowd.port = listeners[0].sockets[0].getsockname()[1]
    for host in crowd.hosts[1:]:
        listeners.append(await asyncio.start_server(crowd.serve, host, crowd.port))
    expected = sum(
        crowd.url(n).split("/")[2].split(":")[0] not in crowd.broken for n in range(feeds)
    )
    expected *= ENTRIES
    with tempfile.TemporaryDirectory() as folder:
        database = f"sqlite+aiosqlite:///{Path(folder) / 'first.db'}"
        await _fill(database, crowd, feeds)
        print(f"first round:  {await _process(database, 0)}; expected {expected}")
        print(f"  answers: {dict(crowd.answers)}, closest two of a host: {crowd.closest():.2f} s")
        crowd.answers.clear()
        crowd.asked.clear()
        print(f"second round: {await _process(database, 45)}")
        print(f"  answers: {dict(crowd.answers)}, closest two of a host: {crowd.closest():.2f} s")
        articles, urls = await _stored(database)
        print(f"  stored: {articles}, different: {urls}")
        # Before the kill: who starts anew does not know when the one before asked.
        assert crowd.closest() > SPACING.total_seconds() - MARK, "hosts are asked too often"
        database = f"sqlite+aiosqlite:///{Path(folder) / 'second.db'}"
        await _fill(database, crowd, feeds)
        await _process(database, 0, kill_at=expected // 3)
        killed = await _stored(database)
        print(
            f"killed -9 with {killed[0]} stored; the round after it: {await _process(database, 1)}"
        )
        articles, urls = await _stored(database)
        print(
            f"  stored: {articles}, different: {urls}, lost: {expected - urls}, doubled: {articles - urls}"
        )


def main() -> None:
    """Read the arguments and measure."""
    parser = command(__doc__)
    parser.add_argument("--feeds", type=int, default=500)
    parser.add_argument("--addresses", type=int, default=100)
    parser.add_argument("--once", nargs=2, metavar=("DATABASE", "MINUTES"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.once:
        asyncio.run(_once(given.once[0], int(given.once[1])))
    else:
        asyncio.run(_measure(given.feeds, given.addresses))


if __name__ == "__main__":
    main()
