"""Who runs on a database: two senders would send from one queue past Telegram's limits."""

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

LOOK_EVERY = 1.0  # seconds between two looks whether the server still holds the lock for us
PATIENCE = 3.0  # seconds that it may take to answer, or to be there again
# Seconds without such a look, after which the server takes the place from a process that is frozen: its
# connection lives, for the system keeps it up. One that is starved for so long takes it again, if it is free.
STILL = 10.0

# Whoever runs holds it beside others, who needs the database alone holds it alone.
RUNNING = "running"
TRY = "SELECT pg_try_advisory_lock(hashtextextended($1, 0))"
TRY_BESIDE = "SELECT pg_try_advisory_lock_shared(hashtextextended($1, 0))"
# By name, since PostgreSQL has it from version 14 on; before, only a kill ends a process that is frozen.
LET_GO = """
    SELECT set_config(name, $1, false) FROM pg_settings WHERE name = 'idle_session_timeout'
"""
TAKEN = (
    "another attache runs on {} already; stop it, let this one --wait, or give it its own database"
)


def _ignore() -> None:
    """What is lost without anybody to tell."""


@contextmanager
def single_process(
    url: str,
    *,
    alone: Collection[str] = (RUNNING,),
    beside: Collection[str] = (),
    lost: Callable[[], None] = _ignore,
) -> Iterator[None]:
    """Hold the database for this process while the block runs; it is free however the process ends.

    A file is held whole: it has ``<database>.lock`` beside it. On a server what is ``alone`` has one
    holder, what is ``beside`` many or one alone: advisory locks, as long as a connection lives and is used.
    Where that ends and another process was quicker, ``lost`` is called from a thread. Raises Conflict when
    another process holds it, StoreError where it cannot be asked for. A database in memory has no
    other process.
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
    """Keeps one connection with the locks on it, in a loop of its own: the program's may be busy."""

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
        """Run in this thread; whoever waits for the lock is told even if this breaks."""
        try:
            asyncio.run(self.run())
        finally:
            self.taken.cancel()

    def end(self) -> None:
        """Let go; harmless when that has happened."""
        if self._loop is not None:
            with suppress(RuntimeError):  # its loop is closed already
                self._loop.call_soon_threadsafe(self._stop.set)

    async def run(self) -> None:
        """Hold the locks until told to end, taking them again when the server was away."""
        self._loop = asyncio.get_running_loop()
        try:
            holds = await self._hold()
        except StoreError as error:
            if not self.taken.done():
                self.taken.set_exception(error)
                return
            holds = True
        while holds and not self._stop.is_set():
            await self._pause()
            with suppress(StoreError):  # nobody can hold it while the server is away
                holds = await self._hold()
        if not holds and not self._stop.is_set():
            self._lost()

    async def _hold(self) -> bool:
        """False where another has one of the locks; otherwise it returns when the end is wanted.

        Raises StoreError when the connection is lost or cannot be made.
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
                await self._look(connection)
            return got

    async def _look(self, connection: asyncpg.Connection) -> None:
        try:
            await connection.execute("SELECT 1", timeout=PATIENCE)
        except TimeoutError as error:
            raise StoreError("the database does not answer") from error

    async def _pause(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stop.wait(), LOOK_EVERY)
