"""What kill -9 costs: ``python -m tests.quality.kill [--kills 200] [--deliveries 5000]``.

A sender is killed at random moments, and another begins where it was, until all is sent. Its ledger
is SQLite, its way to Telegram is HTTP. Printed: how many messages were lost, doubled, uncertain.
"""

import asyncio
import os
import random
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

from bot.run import wiring
from bot.telegram.app import make_bot
from bot.telegram.messenger import TelegramMessenger
from bot.telegram.pace import Pace
from digest.deliver.flush import flush
from digest.deliver.outcome import Sender
from digest.model.chats import Chat, Schedule
from digest.model.delivery import Queued, Slot
from digest.model.messages import Message
from tests.fakes import FakeClock

from .command import command
from .light_server import LightServer, serving

NOW = datetime(2026, 11, 28, 8, tzinfo=UTC)
RESEND = timedelta(minutes=16)  # later than a lost answer is asked for again
SHARE = 0.5  # of what there is to send is sent between kills; what they leave uncertain comes later
EARLY = 0.1  # of the kills come while the sender is only starting
TOKEN = "7200000042:AAH-token-of-the-kills"


def send(url: str, base_url: str, now: datetime) -> None:
    """A sender's whole life: until nothing is left to be sent."""
    asyncio.run(_send(url, base_url, now))


async def _send(url: str, base_url: str, now: datetime) -> None:
    bot = make_bot(token=TOKEN, base_url=base_url, pace=Pace(paid=True))
    async with wiring.open_stores(url) as stores, bot:
        sender = Sender(
            clock=FakeClock(now),  # what is uncertain is not sent again before the kills are over
            ledger=stores.ledger,
            chats=stores.chats,
            messenger=TelegramMessenger(bot),
        )
        await flush(sender)


async def fill(url: str, deliveries: int) -> None:
    """Chats and their digests: three of five in private, each fifth of the rest a group with two parts."""
    groups = deliveries // 5
    ids = [*range(1, deliveries - 2 * groups + 1), *range(-groups, 0)]
    chats = [_chat(number) for number in ids]
    async with wiring.open_stores(url) as stores:
        await stores.chats.restore(chats)
        await stores.ledger.enqueue([_queued(chat) for chat in chats])


def _chat(number: int) -> Chat:
    kind = "private" if number > 0 else "supergroup"
    return Chat(id=number, kind=kind, active=True, schedule=Schedule("UTC", ("08:00",)))  # type: ignore[arg-type]


def _queued(chat: Chat) -> Queued:
    parts = 1 if chat.id > 0 else 2
    return Queued(
        slot=Slot(chat.id, 0, NOW.date(), "08:00", NOW),
        messages=tuple(Message(f"{chat.id}/{part}") for part in range(parts)),
        digest="{}",
        shown_stories=(),
        shown_sentences=(),
        covered_until=NOW,
        next_due_at=NOW + timedelta(days=1),
        chat_version=1,
    )


class Killer:
    """Starts senders, and ends each after a random number of messages."""

    def __init__(
        self, server: LightServer, url: str, base_url: str, kills: int, total: int
    ) -> None:
        self._server = server
        self._sender = (url, base_url, NOW)
        self._kills = kills
        self._total = total
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload(
            ["bot.telegram.app", "bot.run.wiring", "alembic.command"]
        )

    async def run(self) -> int:
        """How many were killed while at work."""
        done = 0
        for _ in range(self._kills):
            process = self._start(NOW)
            done += await self._end(process)
        return done

    async def finish(self) -> None:
        """Let one sender end by itself, twice: the second time what was uncertain is due again."""
        for now in (NOW, NOW + RESEND):
            process = self._start(now)
            await asyncio.to_thread(process.join)
            assert process.exitcode == 0, f"a sender ended with {process.exitcode}"

    def _start(self, now: datetime) -> BaseProcess:
        url, base_url, _ = self._sender
        process = self._context.Process(target=send, args=(url, base_url, now))
        process.start()
        return process

    async def _end(self, process: BaseProcess) -> bool:
        sent = len(self._server.sent_at)
        enough = sent + random.expovariate((self._kills + 1) / self._total / SHARE)
        reached = asyncio.Event()
        self._server.on_send = lambda: (
            reached.set() if len(self._server.sent_at) >= enough else None
        )
        ended = asyncio.create_task(asyncio.to_thread(process.join))
        enough_sent = asyncio.create_task(reached.wait())
        early = random.uniform(0, 1) if random.random() < EARLY else None
        await asyncio.wait({ended, enough_sent}, timeout=early, return_when=asyncio.FIRST_COMPLETED)
        enough_sent.cancel()
        await asyncio.sleep(random.uniform(0, 0.02))
        was_alive = process.is_alive()
        if process.pid is not None and was_alive:
            os.kill(process.pid, signal.SIGKILL)
        await ended
        return was_alive


def report(database: Path, texts: Counter[tuple[int, str]]) -> dict[str, int]:
    """The figures, from what is in the ledger and what the server was sent."""
    query = (
        "SELECT slot.chat, body.text, part.state, part.was_uncertain FROM part"
        " JOIN slot ON slot.id = slot_id JOIN body ON body.id = part.body_id"
    )
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute(query).fetchall()
    times = {(chat, text): texts[chat, text] for chat, text, _, _ in rows}
    uncertain = {(chat, text) for chat, text, _, was in rows if was}
    doubled = {key for key, count in times.items() if count > 1}
    return {
        "messages": len(rows),
        "not sent in the ledger": sum(state != "sent" for _, _, state, _ in rows),
        "lost": sum(count == 0 for count in times.values()),
        "uncertain": len(uncertain),
        "doubled": len(doubled),
        "doubled, not counted uncertain": len(doubled - uncertain),
        "most often": max(times.values()),
    }


async def measure(kills: int, deliveries: int) -> bool:
    """Whether the promise was kept."""
    server = LightServer(limits=False, latency=lambda: random.uniform(0, 0.02))
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "attache.db"
        url = f"sqlite+aiosqlite:///{database}"
        await fill(url, deliveries)
        started = time.monotonic()
        async with serving(server) as base_url:
            killer = Killer(server, url, base_url, kills, deliveries)
            killed = await killer.run()
            before = len(server.sent_at)
            await killer.finish()
        found = report(database, server.texts)
    print(f"kill -9: {killed} of {kills} while at work, {before} messages sent by then")
    print(", ".join(f"{name} {count}" for name, count in found.items()))
    print(f"{time.monotonic() - started:.0f} s")
    broken = ("lost", "not sent in the ledger", "doubled, not counted uncertain")
    return not any(found[name] for name in broken) and found["most often"] <= 2


def main() -> None:
    parser = command(__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--deliveries", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    random.seed(given.seed)
    sys.exit(not asyncio.run(measure(given.kills, given.deliveries)))


if __name__ == "__main__":
    main()
