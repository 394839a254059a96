"""Locks on a whole database: two senders on one queue would exceed Telegram's limits."""

import asyncio
import fcntl
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import asyncpg

from digest.errors import Conflict, StoreError

from .engine import database_file
from .server import connected, is_server

LOOK_EVERY = 1.0  # seconds between two checks that the connection which holds the locks still works
PATIENCE = 3.0  # seconds that the server has to answer
# Seconds without such a check, after which the server closes the connection and so frees the locks of a
# frozen process, whose TCP connection its system keeps alive. A process that was merely starved for so long
# takes the locks again if they are free.
STILL = 10.0

# The lock that running processes share; a process that needs the database for itself takes it exclusively.
RUNNING = "running"
TRY = "SELECT pg_try_advisory_lock(hashtextextended($1, 0))"
TRY_BESIDE = "SELECT pg_try_advisory_lock_shared(hashtextextended($1, 0))"
# Set only where it exists, which is from PostgreSQL 14 on; before, a frozen process must be killed.
LET_GO = """
    SELECT set_config(name, $1, false) FROM pg_settings WHERE name = 'idle_session_timeout'
"""
TAKEN = (
    "another attache runs on {} already; stop it, let this one --wait, or give it its own database"
)


def _ignore() -> None:
    """Tell nobody that the locks are lost."""


@contextmanager
def single_process(
    url: str,
    *,
    alone: Collection[str] = (RUNNING,),
    beside: Collection[str] = (),
    lost: Callable[[], None] = _ignore,
) -> Iterator[None]:
    """Hold the locks of the database while the block runs; they are freed however the process ends.

    SQLite: one lock for the whole file, ``<database>.lock`` beside it. PostgreSQL: advisory locks,
    exclusive for the names in ``alone``, shared for those in ``beside``, held by a connection of their own.
    If it is lost and another process takes the locks meanwhile, ``lost`` is called from a thread. In
    memory: nothing to lock. Raises Conflict if another process holds a lock, StoreError if the locks cannot
    be asked for.
    """
    database = database_file(url)
    if database is not None:
        with _file_held(database):
            yield
    elif is_server(url):
        with _server_held(url, alone, beside, lost):
            yield
    else:
        yield


@contextmanager
def _file_held(database: Path) -> Iterator[None]:
    path = database.with_name(f"{database.name}.lock")
    try:
        file = path.open("a")
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Conflict(TAKEN.format(database)) from error
        yield


@contextmanager
def _server_held(
    url: str, alone: Collection[str], beside: Collection[str], lost: Callable[[], None]
) -> Iterator[None]:
    locks = [(TRY, name) for name in alone] + [(TRY_BESIDE, name) for name in beside]
    guard = _Guard(url, locks, lost)
    thread = Thread(target=guard.start, name="lock", daemon=True)
    thread.start()
    try:
        if not guard.taken.result():
            raise Conflict(TAKEN.format("this database"))
        yield
    finally:
        guard.end()
        thread.join()


class _Guard:
    """Holds the locks by one connection, in an event loop of its own, since the program's may be busy."""

    def __init__(
        self, url: str, locks: Collection[tuple[str, str]], lost: Callable[[], None]
    ) -> None:
        self.taken: Future[bool] = Future()
        self._url = url
        self._locks = locks
        self._lost = lost
        self._stop = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        """Run in this thread; whoever waits for ``taken`` is released even if this fails."""
        try:
            asyncio.run(self.run())
        finally:
            self.taken.cancel()

    def end(self) -> None:
        """Free the locks; harmless if they are free already."""
        if self._loop is not None:
            with suppress(RuntimeError):  # its loop is closed already
                self._loop.call_soon_threadsafe(self._stop.set)

    async def run(self) -> None:
        """Hold the locks until ``end``, taking them again after the server was away."""
        self._loop = asyncio.get_running_loop()
        try:
            holds = await self._take_and_hold()
        except StoreError as error:
            if not self.taken.done():
                self.taken.set_exception(error)
                return
            holds = True
        while holds and not self._stop.is_set():
            await self._pause()
            with suppress(StoreError):  # nobody can hold it while the server is away
                holds = await self._take_and_hold()
        if not holds and not self._stop.is_set():
            self._lost()

    async def _take_and_hold(self) -> bool:
        """Take the locks and hold them until ``end``. Returns False at once if another process has one.

        Raises StoreError if the connection is lost or cannot be made.
        """
        async with connected(self._url) as connection:
            await connection.execute(LET_GO, str(round(STILL * 1000)), timeout=PATIENCE)
            got = all([await connection.fetchval(*lock, timeout=PATIENCE) for lock in self._locks])
            if not self.taken.done():
                self.taken.set_result(got)
                if not got:
                    self._stop.set()
            while got and not self._stop.is_set():
                await self._pause()
                await self._ping(connection)
            return got

    async def _ping(self, connection: asyncpg.Connection) -> None:
        try:
            await connection.execute("SELECT 1", timeout=PATIENCE)
        except TimeoutError as error:
            raise StoreError("the database does not answer") from error

    async def _pause(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), LOOK_EVERY)
