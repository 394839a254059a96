"""What a crowd costs: ``python -m tests.quality.crowd [--chats 100000] [--due 25000] [--database postgres]``.

Subscriptions are imported by the command, a part of them comes due in one minute, and the digests are
queued in a process of its own; then the program starts and answers its first command. Printed:
seconds, event loop lag, compositions, memory. With ``postgres`` on the tests' own server, whose memory
is not counted.
"""

import asyncio
import json
import os
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import product
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy import case, update

import digest.deliver.press
from bot.run import rendering, tuning, wiring
from digest.compose.edition import Edition
from digest.deliver.queueing import queue_due
from digest.model.chats import Wish
from digest.model.digests import Digest, Shown
from seeds.topics import SLUGS
from storage.database.engine import database_file, make_engine, writing
from storage.tables import chats as subscribed
from tests.attache_process import ARTICLES, Attache, dated
from tests.postgres import connect, postgres

from .command import command
from .light_server import LightServer, serving

LOOK = 0.001  # seconds between two looks at the event loop
READER = 900_000_001


def subscriptions(count: int) -> Iterator[dict[str, object]]:
    """Readers of 19 topics or pairs of them, three lengths and six languages."""
    random.seed(1)
    slugs = sorted(SLUGS)
    ways = [*product(slugs, (1, 3, 5), ("en", "de", "es", "fr", "ru", "uk"))]
    for number in range(1, count + 1):
        topic, minutes, language = random.choice(ways)
        yield {
            "id": number,
            "kind": "private",
            "topics": [topic],
            "minutes": minutes,
            "language": language,
            "at": ["08:00"],
            "zone": "UTC",
            "active": True,
        }


class Lag:
    """How late the event loop comes back."""

    def __init__(self) -> None:
        self.late: list[float] = []

    async def watch(self) -> None:
        """Until it is cancelled."""
        while True:
            asked = time.perf_counter()
            await asyncio.sleep(LOOK)
            self.late.append(time.perf_counter() - asked - LOOK)

    def at(self, share: float) -> float:
        """Milliseconds that so many looks stayed below."""
        return sorted(self.late)[min(len(self.late) - 1, int(share * len(self.late)))] * 1000


def tick(pipe: Connection, url: str) -> None:
    """The due tick in a process of its own."""
    pipe.send(asyncio.run(_tick(url)))


async def _tick(url: str) -> dict[str, object]:
    composed = _counting()
    await wiring.load_the_rest()  # as the program does when it starts
    lag = Lag()
    async with wiring.open_stores(url) as stores:
        tuning.keep_what_is_loaded()
        tuning.take_short_turns()
        clock = wiring.SystemClock()
        first = time.perf_counter()
        await stores.chats.due(clock.now(), limit=1000)
        found = time.perf_counter() - first
        watch = asyncio.create_task(lag.watch())
        started, used = time.perf_counter(), time.process_time()
        queued = await queue_due(
            clock=clock,
            chats=stores.chats,
            articles=stores.articles,
            ledger=stores.ledger,
            grouper=stores.intake(),
            render=rendering.renderer("attache_test_bot"),
        )
        took, used = time.perf_counter() - started, time.process_time() - used
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch
        claim = time.perf_counter()
        await stores.ledger.claim(clock.now(), limit=20)
        claim = time.perf_counter() - claim
    return {
        "digests queued": queued,
        "seconds": round(took, 2),
        "of CPU": round(used, 2),
        "seconds to find 1,000 due": round(found, 3),
        "seconds to claim 20": round(claim, 4),
        "compositions": len(composed),
        "distinct keys": len(set(composed)),
        "loop lag ms, median": round(lag.at(0.5), 1),
        "99 %": round(lag.at(0.99), 1),
        "most": round(lag.at(1.0), 1),
        "RSS MB at most": _most_memory(os.getpid()),
    }


def _counting() -> list[object]:
    """The key of each composition, as a list that grows."""
    found: list[object] = []
    compose = digest.deliver.press.compose

    def counted(whole: Edition, wish: Wish, shown: Shown) -> Digest:
        history = (frozenset(shown.stories.items()), shown.sentences)
        found.append((whole.window, wish, history))
        return compose(whole, wish, shown)

    digest.deliver.press.compose = counted
    return found


async def become_due(url: str, due: int) -> None:
    """So many chats are due now, all others tomorrow."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    first = case((subscribed.c.id <= due, now), else_=now + timedelta(days=1))
    cursor = {"covered_until": now - timedelta(days=1), "next_due_at": first}
    engine = make_engine(url)
    async with writing(engine) as connection:
        await connection.execute(update(subscribed).values(at=[f"{now:%H:%M}"], **cursor))
    await engine.dispose()


async def _size(url: str) -> int:
    """Bytes of the database."""
    if (file := database_file(url)) is not None:
        return file.stat().st_size
    connection = await connect(url)
    try:
        return int(await connection.fetchval("SELECT pg_database_size(current_database())"))
    finally:
        await connection.close()


async def started(attache: Attache) -> tuple[float, int]:
    """Seconds from the start of the program to its first answer, and its memory in MB then."""
    server = LightServer(limits=False)
    answered = asyncio.Event()
    server.on_send = lambda: answered.set() if server.sent_at[-1][1] == READER else None
    async with serving(server) as base_url:
        attache.environment["ATTACHE_TELEGRAM_BASE_URL"] = base_url
        server.say(READER, "/help")
        begun = time.monotonic()
        process = attache._launched()
        try:
            await asyncio.wait_for(answered.wait(), 60)
            took = time.monotonic() - begun
            await asyncio.sleep(5)
            memory = _most_memory(process.pid)
        finally:
            process.kill()
            process.wait()
    return took, memory


def _most_memory(pid: int) -> int:
    """MB that a process has held at most."""
    status = Path(f"/proc/{pid}/status").read_text()
    most = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(most.split()[1]) // 1024


def measure(chats: int, due: int, database: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        attache = Attache(folder / "attache.db")
        if database == "postgres":
            server = asyncio.run(postgres().create(empty=True))
            attache.environment["ATTACHE_DATABASE_URL"] = server
        url = attache.environment["ATTACHE_DATABASE_URL"]
        rows = folder / "chats.jsonl"
        with rows.open("w") as file:
            file.writelines(f"{json.dumps(row)}\n" for row in subscriptions(chats))
        begun = time.monotonic()
        imported = asyncio.run(attache.command("chats", "import", str(rows)))
        assert imported.returncode == 0, imported.stderr
        print(f"{imported.stdout.strip()} in {time.monotonic() - begun:.1f} s")
        for one in sorted(path.name for path in ARTICLES.iterdir() if path.is_dir()):
            asyncio.run(attache.command("ingest", str(dated(one, folder))))
        asyncio.run(become_due(url, due))
        here, there = get_context("spawn").Pipe()
        process = get_context("spawn").Process(target=tick, args=(there, url))
        process.start()
        print(", ".join(f"{key} {value}" for key, value in here.recv().items()))
        process.join()
        print(f"database: {asyncio.run(_size(url)) / 1e6:.0f} MB")
        took, memory = asyncio.run(started(attache))
        print(
            f"start to first answered command: {took:.2f} s; RSS of the program: {memory} MB at most"
        )


def main() -> None:
    parser = command(__doc__)
    parser.add_argument("--chats", type=int, default=100_000)
    parser.add_argument("--due", type=int, default=25_000)
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    given = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    measure(given.chats, given.due, given.database)


if __name__ == "__main__":
    main()
