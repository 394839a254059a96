"""Run as a process: one tick that is killed as it commits for the n-th time."""

import asyncio
import os
import signal
import sys
from datetime import timedelta
from itertools import count

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

import storage
from digest.gather.fetch import HttpFetcher
from digest.ingest import Intake, ingest_sources
from tests.fakes import FakeClock, FakeParser
from tests.faults.hostile_web import LOOPBACK, NOW


def main() -> None:
    """Arguments: the database, and which commit is the last."""
    asyncio.run(_tick(sys.argv[1], int(sys.argv[2])))


async def _tick(url: str, last: int) -> None:
    engine = storage.make_engine(url)
    clock = FakeClock(NOW)
    sources = storage.SqlSourceStore(engine=engine)
    intake = Intake(storage.SqlArticleStore(engine=engine))
    fetcher = HttpFetcher(agent="Attache/test", clock=clock, allow=LOOPBACK)
    _kill_at(engine, last)
    async for _ in ingest_sources(
        clock=clock,
        sources=sources,
        fetcher=fetcher,
        parser=FakeParser(),
        intake=intake,
        spacing=timedelta(0),
    ):
        pass


def _kill_at(engine: AsyncEngine, last: int) -> None:
    """All that a commit would keep is written, and is not kept."""
    numbers = count(1)

    def commit(*_: object) -> None:
        if next(numbers) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine.sync_engine, "commit", commit)


if __name__ == "__main__":
    main()
