"""What several processes on one PostgreSQL do together, and what a kill -9 every ten seconds costs them.

    python -m tests.quality.scaling [--articles 20000] [--chats 500] [--kill-every 10] [--kills-only]

Three times a bot, a sender and workers read the same feeds from loopback, into a database of its own: one
worker on one core, two on a core each, and two with one process killed every ten seconds, in turn, and
started again as a supervisor does; then a second bot and a second sender wait to take over. Each affair is
told in two feeds of different hosts. Meanwhile every chat is due for one digest. The machine should be
idle; PostgreSQL and the feeds run on it as well.
"""

import asyncio
import itertools
import json
import os
import random
import re
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg

from bot.run import wiring
from digest.model.chats import Chat, Schedule
from digest.model.sources import NewSource, Outlet
from tests.attache_process import Attache
from tests.postgres import connect, postgres

from .command import command
from .halves import CORPORA
from .light_server import LightServer, serving
from .processor import family, postmaster, seconds
from .round import Crowd

ENTRIES = 50  # of a feed
HOSTS = 200
SENTENCES = 12  # of an article, 250 words
ALONE = ("bot", "sender")  # roles that one process has at a time, and another waits for
LOOK_EVERY = 0.1
COUNT_EVERY = 0.4  # counting 10,000 articles takes PostgreSQL 1.4 ms

COPIES_APART = """
    SELECT count(*) FROM (SELECT title FROM article WHERE is_newest GROUP BY title
    HAVING count(DISTINCT story_id) > 1) AS apart
"""
UNSEEN = """
    SELECT count(*) FROM (SELECT title FROM article WHERE is_newest GROUP BY title
    HAVING count(*) > 1 AND count(duplicate_of) = 0) AS unseen
"""
PLACED = "SELECT count(*) - (SELECT count(*) FROM waiting) FROM article"
UNCERTAIN = "SELECT count(*) FROM part WHERE state = 'uncertain' OR was_uncertain"
DONE = "SELECT count(DISTINCT slot_id) FROM part WHERE state IN ('sent', 'uncertain')"
STALE = """
    SELECT coalesce(extract(epoch FROM max(now() - heartbeat)), 0)::float8
    FROM pgqueuer WHERE status = 'picked'
"""


class Press(Crowd):
    """Feeds in pairs: both tell the same affairs, in sentences of wikinews_clean put together by chance."""

    def __init__(self) -> None:
        super().__init__(HOSTS)
        self.broken = set()
        path = CORPORA / "stories" / "wikinews_clean.jsonl"
        texts = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
        found = (re.split(r"(?<=[.!?])\s+", text) for text in texts)
        self.sentences = [one for some in found for one in some if 40 < len(one) < 300]
        self.now = datetime.now(UTC)

    async def _answer(self, host: str, feed: int, head: str, writer: asyncio.StreamWriter) -> None:
        body = self._feed(feed).encode()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    def _feed(self, feed: int) -> str:
        items = "".join(self._item(feed, feed // 2 * ENTRIES + n) for n in range(ENTRIES))
        return f'<rss version="2.0"><channel><title>Paper {feed}</title>{items}</channel></rss>'

    def _item(self, feed: int, affair: int) -> str:
        told = random.Random(affair).sample(self.sentences, SENTENCES)
        at = self.now - timedelta(minutes=affair % 1_000)
        return (
            f"<item><title>Affair {affair}: {escape(told[0][:80])}</title>"
            f"<link>https://paper{feed}.example/{affair}</link>"
            f"<pubDate>{format_datetime(at)}</pubDate>"
            f"<description>{escape(' '.join(told))} So wrote paper {feed}.</description></item>"
        )


@dataclass
class Crew:
    """The processes, each started again when it is killed."""

    url: str
    base_url: str
    folder: Path
    members: dict[str, Attache] = field(default_factory=dict)

    def launch(self, name: str) -> Attache:
        """Start a process named by its role and a number."""
        place = self.folder / name
        place.mkdir(exist_ok=True)
        one = Attache(place / "none.db", self.base_url, role=name.partition("-")[0])
        one.environment |= {
            "ATTACHE_DATABASE_URL": self.url,
            "ATTACHE_ALLOW_PRIVATE": "127.0.0.0/8",
            "ATTACHE_LOG": "json,info",
        }
        one.launch()
        self.members[name] = one
        return one

    def pin(self) -> None:
        """Let each worker have one core, and its children with it."""
        for core, worker in enumerate(self._workers()):
            for pid in family(worker.pid):
                os.sched_setaffinity(pid, {core % (os.cpu_count() or 1)})

    def worked(self) -> float:
        """Seconds of processor that the living workers have taken."""
        return sum(seconds(one.pid) for one in self._workers())

    def _workers(self) -> list[Attache]:
        return [one for name, one in self.members.items() if name.startswith("worker")]

    async def end(self) -> None:
        """Stop all."""
        for one in self.members.values():
            one.clean_up()


async def _fill(url: str, press: Press, feeds: int, chats: int) -> None:
    """Chats that are due, then the sources: with each comes its job."""
    due = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=1)
    schedule = Schedule("UTC", (f"{due:%H:%M}",))
    async with wiring.open_stores(url) as stores:
        for id_ in range(1, chats + 1):
            one = Chat(id=id_, active=True, schedule=schedule, next_due_at=due)
            await stores.chats.save(one)
        for feed in range(feeds):
            source = NewSource(url=press.url(feed), outlet=Outlet(f"Paper {feed}"))
            await stores.sources.add(source, now=press.now)


@asynccontextmanager
async def _crew(workers: int, has_standby: bool, url: str, base_url: str) -> AsyncIterator[Crew]:
    with TemporaryDirectory() as folder:
        crew = Crew(url, base_url, Path(folder))
        try:
            readers = [f"worker-{number}" for number in range(workers)]
            for one in [crew.launch(name) for name in ("bot-0", "sender-0", *readers)]:
                await one.started()
            if has_standby:
                for role in ALONE:
                    crew.launch(f"{role}-1")
            yield crew
        finally:
            await crew.end()


async def _killing(
    crew: Crew, every: float, stop: asyncio.Event, took: dict[str, list[float]]
) -> None:
    """Kill a worker, the sender, the bot, and so on; note how long each is missed."""
    for role in itertools.cycle(("worker", "sender", "worker", "bot")):
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), every)
            return
        nth = len(took[role]) % 2  # of those alone, the one whose turn it is
        name, waits = f"{role}-{nth}", f"{role}-{1 - nth}"
        heir = crew.members[waits] if role in ALONE else crew.members[name]
        starts, began = heir.log.count('"started"'), time.monotonic()
        await crew.members[name].kill()
        heir = heir if role in ALONE else crew.launch(name)
        await _so(lambda: stop.is_set() or heir.log.count('"started"') > starts)  # noqa: B023
        took[role].append(time.monotonic() - began)
        if role in ALONE:
            crew.launch(name)


async def _so(is_so: Callable[[], bool]) -> None:
    """Wait until it is so: nothing in another process could wake us."""
    while not is_so():  # noqa: ASYNC110
        await asyncio.sleep(LOOK_EVERY)


async def _until(connection: asyncpg.Connection, count: int) -> float:
    """Wait until all is read; the longest that a job lay with a worker that was dead."""
    stale = 0.0
    while True:
        stale = max(stale, await connection.fetchval(STALE))
        read = await connection.fetchval(PLACED)
        if read >= count:
            return float(stale)
        await asyncio.sleep(COUNT_EVERY)


async def _sent(connection: asyncpg.Connection, chats: int) -> None:
    """Wait until each chat's digest is sent, or lost sight of with a sender: that rests for 15 minutes."""
    while await connection.fetchval(DONE) < chats:  # noqa: ASYNC110 - as in _so
        await asyncio.sleep(COUNT_EVERY)


async def _run(workers: int, articles: int, chats: int, kill_every: float | None) -> float:
    press, telegram = Press(), LightServer()
    feeds, expected = articles // ENTRIES, articles // ENTRIES * ENTRIES
    took: dict[str, list[float]] = {"worker": [], "sender": [], "bot": []}
    async with AsyncExitStack() as held:
        listeners = [await asyncio.start_server(press.serve, press.hosts[0], 0)]
        press.port = listeners[0].sockets[0].getsockname()[1]
        for host in press.hosts[1:]:
            listeners.append(await asyncio.start_server(press.serve, host, press.port))
        for listener in listeners:
            held.callback(listener.close)
        url = await held.enter_async_context(postgres().database())
        base_url = await held.enter_async_context(serving(telegram))
        is_killed = kill_every is not None
        crew = await held.enter_async_context(_crew(workers, is_killed, url, base_url))
        connection = await connect(url)
        held.push_async_callback(connection.close)
        server, stop = postmaster(url), asyncio.Event()
        if not is_killed:
            crew.pin()
        worked, spent = crew.worked(), seconds(server)
        began = time.monotonic()
        killing = asyncio.create_task(_killing(crew, kill_every or 1e9, stop, took), name="killing")
        await _fill(url, press, feeds, chats)
        stale = await _until(connection, expected)
        took_all = time.monotonic() - began
        worked, spent = crew.worked() - worked, seconds(server) - spent
        await asyncio.wait_for(_sent(connection, chats), 300)
        stop.set()
        await killing
        print(f"\n{workers} worker(s){'' if kill_every is None else ', killed'}:")
        print(
            f"  {expected} articles in {took_all:.1f} s: {expected / took_all:.1f}/s;"
            f" PostgreSQL {spent:.1f} s of processor ({spent / took_all:.2f} cores)"
            + (f", workers {worked:.1f} s" if kill_every is None else "")
        )
        await _told(connection, telegram, chats, stale, took)
        return expected / took_all


async def _told(
    connection: asyncpg.Connection,
    telegram: LightServer,
    chats: int,
    stale: float,
    took: dict[str, list[float]],
) -> None:
    stored, distinct, stories = await connection.fetchrow(
        "SELECT count(*), count(DISTINCT url), count(DISTINCT story_id) FROM article"
    )
    apart = await connection.fetchval(COPIES_APART)
    unseen = await connection.fetchval(UNSEEN)
    twice = sum(count - 1 for count in telegram.texts.values())
    uncertain = await connection.fetchval(UNCERTAIN)
    unsent = chats - len({chat for chat, _ in telegram.texts})
    print(
        f"  {stored} stored, {stored - distinct} of them twice; {stories} stories,"
        f" {apart} affairs in two, {unseen} told again unseen; {chats} digests due,"
        f" {twice} messages twice, {unsent} not received, {uncertain} uncertain"
    )
    if any(took.values()):
        missed = "; ".join(
            f"{role} {len(times)} times, missed for {max(times):.1f} s at most"
            for role, times in took.items()
            if times
        )
        print(f"  killed: {missed}; a job lay with a dead worker for {stale:.1f} s at most")


def main(articles: int, chats: int, kill_every: float, *, kills_only: bool) -> None:
    """Run all three, or the last, and print what they came to."""
    if not kills_only:
        one = asyncio.run(_run(1, articles, chats, None))
        two = asyncio.run(_run(2, articles, chats, None))
        print(f"  against one: {two / one:.2f}")
    asyncio.run(_run(2, articles, chats, kill_every))


if __name__ == "__main__":
    parser = command(__doc__)
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--chats", type=int, default=500)
    parser.add_argument("--kill-every", type=float, default=10.0)
    parser.add_argument("--kills-only", action="store_true")
    asked = parser.parse_args()
    main(asked.articles, asked.chats, asked.kill_every, kills_only=asked.kills_only)
