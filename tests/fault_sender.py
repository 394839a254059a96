"""A delivery tick in a process of its own that dies at a named point.

``python -m tests.fault_sender FOLDER BASE_URL POINT``
"""

import asyncio
import os
import resource
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from bot.run import rendering, wiring
from bot.run.delivering import Delivery
from bot.talk.alarms import Alarms
from bot.telegram.app import make_bot
from bot.telegram.messenger import TelegramMessenger
from digest.deliver.queueing import queue_due
from digest.errors import StoreError
from tests.bot_world import NOW, Hurry
from tests.fakes import FakeClock
from tests.fault_world import TOKEN

Hook = Callable[[Any], None]
FULL = 28  # what the process ends with when it could not write, as ENOSPC


def die(_result: Any = None) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class Watched:
    """A store that calls back before and after some of its methods."""

    def __init__(
        self,
        store: Any,
        before: Mapping[str, Hook] | None = None,
        after: Mapping[str, Hook] | None = None,
    ) -> None:
        self._store, self._before, self._after = store, before or {}, after or {}

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._store, name)

        async def call(*args: Any, **kwargs: Any) -> Any:
            self._before.get(name, _nothing)(None)
            result = await method(*args, **kwargs)
            if result or result is None:
                self._after.get(name, _nothing)(result)
            return result

        return call


def _nothing(_result: Any) -> None:
    """The process lives on."""


def die_at_commit(_result: Any) -> None:
    """Let the next commit be the last thing that is tried."""
    event.listen(Engine, "commit", die)


def fill_disk(_result: Any) -> None:
    """Let nothing more be written to any file."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))


def watched(point: str, stores: wiring.Stores) -> tuple[Any, Any]:
    """Ledger and chats, set to die at the point."""
    ledger, chats = stores.ledger, stores.chats
    match point:
        case "before-commit":
            return Watched(ledger, before={"mail": die_at_commit}), chats
        case "after-commit":
            return Watched(ledger, after={"mail": die}), chats
        case "after-claim":
            return Watched(ledger, after={"claim": die}), chats
        case "before-result":
            return Watched(ledger, before={"arrived": die}), chats
        case "between-parts":
            return Watched(ledger, after={"arrived": die}), chats
        case "migration":
            return ledger, Watched(chats, before={"move": die_at_commit})
        case "full":
            return Watched(ledger, before={"arrived": fill_disk}), chats
    return ledger, chats  # the other side kills it


async def main(folder: Path, base_url: str, point: str) -> int:
    url, clock = f"sqlite+aiosqlite:///{folder / 'attache.db'}", FakeClock(NOW)
    bot = make_bot(token=TOKEN, base_url=base_url, pace=Hurry().pace)
    with wiring.only_here(url):
        async with wiring.open_stores(url) as stores, bot:
            ledger, chats = watched(point, stores)
            messenger = TelegramMessenger(bot)
            tick = Delivery(
                clock=clock,
                chats=chats,
                ledger=ledger,
                messenger=messenger,
                alarms=Alarms(
                    owners=frozenset(),
                    untold=stores.alarms,
                    chats=chats,
                    messenger=messenger,
                    clock=clock,
                ),
            )
            for _ in range(3):
                try:
                    await queue_due(
                        clock=clock,
                        chats=chats,
                        articles=stores.articles,
                        ledger=ledger,
                        grouper=stores.intake(),
                        render=rendering.renderer(bot.username),
                    )
                    await tick()
                except StoreError:
                    if point != "full":
                        raise
    return FULL if point == "full" else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])))
