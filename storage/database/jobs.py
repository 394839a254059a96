"""The job queue of the workers: pgqueuer on a server, and its in-memory engine if one process does all.

On a server a job is queued in the transaction that makes it necessary, and the jobs of a worker that died go
to another. In memory no job outlives the process: the next look at what is due queues them again.

pgqueuer takes a tenth of a second to import, so only a running bot does that, once it answers.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from digest import ports
from digest.model.work import Job

from .engine import writing
from .server import connected

if TYPE_CHECKING:
    from pgqueuer.adapters.inmemory import InMemoryQueries
    from pgqueuer.ports import RepositoryPort

Handlers = Mapping[str, Callable[[str], Awaitable[None]]]

AT_ONCE = 32  # concurrent jobs; most of them wait for a host to answer
# Concurrent jobs of one worker among several. With more, the slowest still has many when the others have run
# out: of the 52 s for 20,000 articles it was alone for the last ten with 32, of 49 s for five with 16
# (2026-11-29).
AT_ONCE_BESIDE = 8
_FETCH = "fetch"  # the kind of job that waits for hosts, up to half a minute each
_BATCH = 4  # jobs taken in one query; few, so that several workers share what comes at once
# Without a heartbeat for so long, a worker's jobs go to others. It sends one a second, read 0.25 s later.
_HEARTBEAT_TIMEOUT = timedelta(seconds=2)
_POLL_EVERY = timedelta(seconds=1)  # for jobs of dead workers; new ones are announced


def make_jobs(engine: AsyncEngine, url: str) -> ports.Jobs:
    """The job queue for the database: on the server, or in memory for SQLite."""
    return ServerJobs(engine, url) if engine.dialect.name == "postgresql" else MemoryJobs()


def load_jobs() -> None:
    """Import pgqueuer now; else its first use does, and blocks the event loop meanwhile."""
    for name in (
        "core.qm",
        "adapters.inmemory",
        "adapters.drivers.asyncpg",
        "adapters.persistence.queries",
    ):
        import_module(f"pgqueuer.{name}")


class ServerJobs:
    """The job queue on a server, shared by all workers."""

    def __init__(self, engine: AsyncEngine, url: str) -> None:
        self._engine = engine
        self._url = url

    async def put(self, jobs: Sequence[Job]) -> None:
        """Queue jobs."""
        async with writing(self._engine) as connection:
            await put(connection, jobs)

    async def work(self, handlers: Handlers, *, stop: asyncio.Event) -> None:
        """Do jobs until ``stop``. Raises StoreError if the server cannot be reached.

        Fetching has slots of its own, so that eight hosts that hang do not delay digests.
        """
        waits = {name: handler for name, handler in handlers.items() if name == _FETCH}
        rest = {name: handler for name, handler in handlers.items() if name != _FETCH}
        working = [
            asyncio.create_task(self._work_apart(some, stop)) for some in (waits, rest) if some
        ]
        try:
            await asyncio.gather(*working)
        finally:  # if one has failed, gather does not wait for the other
            for task in working:
                task.cancel()
            await asyncio.gather(*working, return_exceptions=True)

    async def _work_apart(self, handlers: Handlers, stop: asyncio.Event) -> None:
        from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
        from pgqueuer.adapters.persistence.queries import Queries

        async with connected(self._url) as connection:
            await _work(Queries(AsyncpgDriver(connection)), handlers, stop, AT_ONCE_BESIDE)

    async def tidy(self) -> None:
        """Delete the log of finished jobs."""
        async with writing(self._engine) as connection:
            await connection.exec_driver_sql("DELETE FROM pgqueuer_log")


class MemoryJobs:
    """The job queue in memory, for a single process."""

    @cached_property
    def _queries(self) -> "InMemoryQueries":
        from pgqueuer.adapters.inmemory import InMemoryDriver, InMemoryQueries

        return InMemoryQueries(InMemoryDriver())

    async def put(self, jobs: Sequence[Job]) -> None:
        """Queue jobs."""
        await _put(self._queries, jobs)

    async def work(self, handlers: Handlers, *, stop: asyncio.Event) -> None:
        """Do jobs until ``stop``."""
        await _work(self._queries, handlers, stop, AT_ONCE)

    async def tidy(self) -> None:
        """Delete the log of finished jobs, which has a line for each step of each job."""
        await self._queries.clear_queue_log()


async def put(connection: AsyncConnection, jobs: Sequence[Job]) -> None:
    """Queue jobs as part of the current transaction. Does nothing on SQLite, whose jobs are in memory."""
    if connection.dialect.name != "postgresql" or not jobs:
        return
    from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
    from pgqueuer.adapters.persistence.queries import Queries

    await connection.exec_driver_sql("SELECT 1")  # else the transaction may not have begun
    raw = (await connection.get_raw_connection()).driver_connection
    await _put(Queries(AsyncpgDriver(raw)), jobs)


async def _put(queries: "RepositoryPort", jobs: Sequence[Job]) -> None:
    # Sorted: two processes that queue the same jobs wait for each other, and must not deadlock.
    named = sorted({f"{job.name} {job.about}": job for job in jobs}.items())
    await queries.enqueue(
        [job.name for _, job in named],
        [job.about.encode() for _, job in named],
        [job.urgency for _, job in named],
        [job.after for _, job in named],
        [name for name, _ in named],
        on_conflict="skip",
    )


async def _work(
    queries: "RepositoryPort", handlers: Handlers, stop: asyncio.Event, at_once: int
) -> None:
    from pgqueuer.core.qm import QueueManager
    from pgqueuer.domain.models import Job as Given

    manager = QueueManager(queries)
    manager.shutdown = stop
    for name, handler in handlers.items():

        async def act(job: Given, handler: Callable[[str], Awaitable[None]] = handler) -> None:
            await handler((job.payload or b"").decode())

        manager.entrypoint(name, accepts_context=False)(act)
    await manager.run(
        dequeue_timeout=_POLL_EVERY,
        batch_size=_BATCH,
        max_concurrent_tasks=at_once,
        heartbeat_timeout=_HEARTBEAT_TIMEOUT,
        log_aggregation_interval=timedelta(0),  # statistics would grow for ever
    )
