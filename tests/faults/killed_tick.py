"""Run as a process: one tick that is killed once it has written the n-th such statement, uncommitted."""

import asyncio
import os
import signal
import sys
from itertools import count

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

import storage
from digest.gather.fetching.fetch import HttpFetcher
from digest.ingest.intake import Intake
from tests.fakes import FakeClock, FakeParser
from tests.faults.hostile_web import LOOPBACK, NOW
from tests.rounds import ingest_round


def main() -> None:
    """Arguments: the database, how the statement begins, and which of them is the last."""
    asyncio.run(_tick(sys.argv[1], sys.argv[2], int(sys.argv[3])))


async def _tick(url: str, words: str, last: int) -> None:
    engine = storage.make_engine(url)
    clock = FakeClock(NOW)
    sources = storage.SqlSourceStore(engine=engine)
    intake = Intake(storage.SqlArticleStore(engine=engine))
    fetcher = HttpFetcher(agent="Attache/test", clock=clock, allow=LOOPBACK)
    _kill_at(engine, words, last)
    async for _ in ingest_round(
        clock=clock,
        sources=sources,
        fetcher=fetcher,
        parser=FakeParser(),
        intake=intake,
    ):
        pass


def _kill_at(engine: AsyncEngine, words: str, last: int) -> None:
    numbers = count(1)

    def written(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith(words) and next(numbers) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine.sync_engine, "after_cursor_execute", written)


if __name__ == "__main__":
    main()
