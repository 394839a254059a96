"""Jobs for the workers: pgqueuer on a server, and its engine in memory where one process does all.

On a server a job is put in the transaction that makes it necessary, and what a worker that died had in hand
is taken by another. In memory nothing outlives the process: whoever looks what is due makes the jobs anew.

pgqueuer takes a tenth of a second to import: only a running bot does so, once it answers.
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

AT_ONCE = 32  # jobs in hand; most of them wait for a host to answer
# Of several workers each takes fewer, or the slowest has most in hand when nothing is left for the others: of
# the 52 s of 20,000 articles it was alone for the last ten with 32, of 49 s for five with 16 (2026-11-29).
AT_ONCE_BESIDE = 8
_WAITS = "fetch"  # the kind of job that waits for strangers, up to half a minute each
_HANDFUL = 4  # taken in one query, so that several workers share what comes at once
# After the last sign of life of a worker, its jobs are free again: it gives one a second, read 0.25 s later.
_RETAKEN = timedelta(seconds=2)
_LOOK_EVERY = timedelta(seconds=1)  # for such jobs; new ones are told of


def make_jobs(engine: AsyncEngine, url: str) -> ports.Jobs:
    """The jobs that belong to the database."""
    return ServerJobs(engine, url) if engine.dialect.name == "postgresql" else MemoryJobs()


def load_jobs() -> None:
    """Import what jobs need; else their first use does, and holds up the loop meanwhile."""
    for name in (
        "core.qm",
        "adapters.inmemory",
        "adapters.drivers.asyncpg",
        "adapters.persistence.queries",
    ):
        import_module(f"pgqueuer.{name}")


class ServerJobs:
    """The queue of all workers on a server."""

    def __init__(self, engine: AsyncEngine, url: str) -> None:
        self._engine = engine
        self._url = url

    async def put(self, jobs: Sequence[Job]) -> None:
        """Hand out jobs."""
        async with writing(self._engine) as connection:
            await put(connection, jobs)

    async def work(self, handlers: Handlers, *, stop: asyncio.Event) -> None:
        """Do jobs until ``stop``. Raises StoreError when the server is away.

        What waits for hosts has its own hands: eight that hang hold up no digest.
        """
        waits = {name: handler for name, handler in handlers.items() if name == _WAITS}
        rest = {name: handler for name, handler in handlers.items() if name != _WAITS}
        working = [
            asyncio.create_task(self._with_own_hands(some, stop)) for some in (waits, rest) if some
        ]
        try:
            await asyncio.gather(*working)
        finally:  # where one has failed, nobody would hear of the other
            for task in working:
                task.cancel()
            await asyncio.gather(*working, return_exceptions=True)

    async def _with_own_hands(self, handlers: Handlers, stop: asyncio.Event) -> None:
        from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
        from pgqueuer.adapters.persistence.queries import Queries

        async with connected(self._url) as connection:
            await _work(Queries(AsyncpgDriver(connection)), handlers, stop, AT_ONCE_BESIDE)

    async def tidy(self) -> None:
        """Forget what was done."""
        async with writing(self._engine) as connection:
            await connection.exec_driver_sql("DELETE FROM pgqueuer_log")


class MemoryJobs:
    """The queue of the only process."""

    @cached_property
    def _queries(self) -> "InMemoryQueries":
        from pgqueuer.adapters.inmemory import InMemoryDriver, InMemoryQueries

        return InMemoryQueries(InMemoryDriver())

    async def put(self, jobs: Sequence[Job]) -> None:
        """Hand out jobs."""
        await _put(self._queries, jobs)

    async def work(self, handlers: Handlers, *, stop: asyncio.Event) -> None:
        """Do jobs until ``stop``."""
        await _work(self._queries, handlers, stop, AT_ONCE)

    async def tidy(self) -> None:
        """Forget what was done; the engine itself keeps a line for each step of each job."""
        await self._queries.clear_queue_log()


async def put(connection: AsyncConnection, jobs: Sequence[Job]) -> None:
    """Hand out jobs in the transaction under way; nothing on a file, where they are in memory."""
    if connection.dialect.name != "postgresql" or not jobs:
        return
    from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
    from pgqueuer.adapters.persistence.queries import Queries

    await connection.exec_driver_sql("SELECT 1")  # else the transaction may not have begun
    raw = (await connection.get_raw_connection()).driver_connection
    await _put(Queries(AsyncpgDriver(raw)), jobs)


async def _put(queries: "RepositoryPort", jobs: Sequence[Job]) -> None:
    # In one order by all: two that put the same jobs wait for each other, and must not do so crosswise.
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
        dequeue_timeout=_LOOK_EVERY,
        batch_size=_HANDFUL,
        max_concurrent_tasks=at_once,
        heartbeat_timeout=_RETAKEN,
        log_aggregation_interval=timedelta(0),  # statistics would grow for ever
    )
