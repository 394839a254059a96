"""How close to Telegram's limits it sends: ``python -m tests.quality.pace [--minutes 10]``.

The program as an operator runs it, against a server in another process that enforces the limits: 30
messages a second in all, one in a private chat, 20 a minute in a group. Meanwhile a reader asks
for /help, and one chat is refused for 300 s. Then the paid lane.
"""

import asyncio
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from bot.run import wiring
from digest.model.chats import Chat, Schedule
from digest.model.delivery import Queued, Slot
from digest.model.messages import Message
from tests.attache_process import Attache

from .command import command
from .light_server import LightServer, serving

READER = 900_000_001
ALLOWED = 30  # messages a second
GROUPS = 20
UNLUCKY = 17  # the chat that is refused
REFUSED = 300  # seconds
WARM = 3.0  # seconds left out at the start


def keep(pipe: Connection, limits: bool) -> None:
    """The server's process: answers requests for figures over the pipe."""
    asyncio.run(_keep(pipe, LightServer(limits=limits)))


async def _keep(pipe: Connection, server: LightServer) -> None:
    async with serving(server) as base_url:
        pipe.send(base_url)
        while (asked := await asyncio.to_thread(pipe.recv)) != "end":
            match asked:
                case ("say", text):
                    pipe.send(await _answered(server, text))
                case ("refuse", chat, seconds):
                    server.refused[chat] = seconds
                    pipe.send(None)
                case _:
                    pipe.send((server.sent_at, server.too_many, time.monotonic()))


async def _answered(server: LightServer, text: str) -> float | None:
    """Seconds from the reader's words to the bot's; None if there are none within 10 s."""
    seen, answered = len(server.sent_at), asyncio.Event()
    begun = time.monotonic()
    server.on_send = lambda: answered.set() if server.sent_at[-1][1] == READER else None
    server.say(READER, text)
    try:
        await asyncio.wait_for(answered.wait(), 10)
    except TimeoutError:
        return None
    return next(at for at, chat in server.sent_at[seen:] if chat == READER) - begun


class Remote:
    """The server, from the process that measures."""

    def __init__(self, *, limits: bool = True) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=keep, args=(theirs, limits), daemon=True)
        self._process.start()
        self.base_url = self._pipe.recv()

    async def ask(self, *what: object) -> object:
        """The answer to a request."""
        self._pipe.send(what if len(what) > 1 else what[0])
        return await asyncio.to_thread(self._pipe.recv)

    def close(self) -> None:
        self._pipe.send("end")
        self._process.join(5)


async def fill(url: str, messages: int) -> None:
    """Private chats with two messages each, and groups with as many as are allowed in the time."""
    now = datetime.now(UTC)
    ids = [*range(1, messages // 2 + 1), *range(-GROUPS, 0)]
    chats = [
        Chat(
            id=number,
            kind="private" if number > 0 else "supergroup",
            active=True,
            schedule=Schedule("UTC", ("08:00",)),
        )
        for number in ids
    ]
    async with wiring.open_stores(url) as stores:
        await stores.chats.restore(chats)
        for start in range(0, len(chats), 1000):
            await stores.ledger.enqueue(
                [_queued(chat, now) for chat in chats[start : start + 1000]]
            )


def _queued(chat: Chat, now: datetime) -> Queued:
    count = 2 if chat.id > 0 else 30
    return Queued(
        slot=Slot(chat.id, 0, now.date(), "08:00", now - timedelta(minutes=random.randint(1, 60))),
        messages=tuple(
            Message(f"<b>Digest</b> {chat.id}/{n} " + "word " * 400) for n in range(count)
        ),
        digest="{}",
        shown_stories=(),
        shown_sentences=(),
        covered_until=now,
        next_due_at=now + timedelta(days=1),
        chat_version=1,
    )


@asynccontextmanager
async def running(folder: Path, base_url: str, **more: str) -> AsyncIterator[None]:
    """The program, from its start to its end."""
    program = Attache(folder / "attache.db", base_url)
    program.environment |= {"ATTACHE_LOG": "text,info", **more}
    program.launch()
    try:
        yield
    finally:
        await program.stop()


def _cpu() -> float:
    """Seconds of CPU of the programs that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


async def at_the_limits(minutes: float) -> bool:
    """Whether the free lane is used to the full, without a 429 of its own making."""
    remote = Remote()
    seconds = minutes * 60
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        await fill(f"sqlite+aiosqlite:///{folder / 'attache.db'}", int(seconds * ALLOWED * 1.2))
        await remote.ask("refuse", UNLUCKY, REFUSED)
        waits: list[float] = []
        async with running(folder, remote.base_url):
            begun = await _until_sending(remote)
            while time.monotonic() < begun + seconds:
                wait = await remote.ask("say", "/help")
                assert isinstance(wait, float), "a reader was not answered within 10 s"
                waits.append(wait)
                await asyncio.sleep(random.uniform(1.5, 3.0))
            sent, too_many, now = await remote.ask("figures")  # type: ignore[misc]
    remote.close()
    return _told(sent, too_many, waits, begun + WARM, now)


async def _until_sending(remote: Remote) -> float:
    while True:
        sent, _, _ = await remote.ask("figures")  # type: ignore[misc]
        if sent:
            return float(sent[0][0])
        await asyncio.sleep(0.2)


def _told(
    sent: list[tuple[float, int]], too_many: int, waits: list[float], start: float, end: float
) -> bool:
    times = [at for at, _ in sent if start <= at <= end]
    rate = len(times) / (end - start)
    gap = max(later - earlier for earlier, later in pairwise(times))
    median = statistics.median(waits) * 1000
    slowest = max(waits) * 1000
    unlucky = Counter(chat for _, chat in sent)[UNLUCKY]
    share = rate / ALLOWED
    print(
        f"{end - start:.0f} s at the limits: {rate:.2f} messages a second, {share:.1%} of the allowed"
    )
    print(f"429 answers: {too_many}, of them scripted 1; its chat got {unlucky} messages meanwhile")
    print(f"longest gap between two messages: {gap * 1000:.0f} ms")
    print(f"/help answered {len(waits)} times: median {median:.0f} ms, slowest {slowest:.0f} ms")
    return rate >= 0.98 * ALLOWED and too_many == 1 and median <= 50


async def paid(seconds: float) -> bool:
    """Whether the paid lane reaches 800 messages a second."""
    remote = Remote()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        await fill(f"sqlite+aiosqlite:///{folder / 'attache.db'}", int(seconds * 1000 * 2))
        before = _cpu()
        async with running(folder, remote.base_url, ATTACHE_PAID_BROADCAST="on"):
            begun = await _until_sending(remote)
            await asyncio.sleep(seconds)
            sent, too_many, now = await remote.ask("figures")  # type: ignore[misc]
    used = _cpu() - before
    remote.close()
    times = [at for at, _ in sent if at >= begun]
    rate = len(times) / (min(now, max(times)) - begun)
    print(
        f"paid lane: {rate:.0f} messages a second over {now - begun:.0f} s, 429 answers: {too_many}"
    )
    print(f"CPU of the program: {used / len(sent) * 1000:.2f} ms a message, its start included")
    return rate >= 800 and too_many == 0


def main() -> None:
    parser = command(__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--paid-seconds", type=float, default=20)
    given = parser.parse_args()
    print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    kept = [asyncio.run(at_the_limits(given.minutes))] if given.minutes else []
    kept += [asyncio.run(paid(given.paid_seconds))] if given.paid_seconds else []
    sys.exit(not all(kept))


if __name__ == "__main__":
    main()
