"""Access to the database: the engine, and transactions that read or write.

SQLite is set up for one process with many tasks (https://www.sqlite.org/wal.html): readers never wait, and
writers take the write lock at BEGIN. A transaction that reads first and takes the lock at its first write
fails at once if another has written in between; of 200 concurrent updates 198 were lost that way. PostgreSQL
has concurrent writers: the few that must run alone take an advisory lock.
"""

import json
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from inspect import signature
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import (
    URL,
    AsyncAdaptedQueuePool,
    Connection,
    ExceptionContext,
    event,
    make_url,
    text,
)
from sqlalchemy.engine.interfaces import DBAPIConnection, Dialect
from sqlalchemy.exc import ArgumentError, InvalidRequestError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from digest.errors import InputError, StoreError

from .errors import plain_errors
from .limits import limits_of
from .presence import keep_to

BUSY_MS = 30_000  # how long a writer waits for another process, in milliseconds
STORIES = "stories"  # the advisory lock for writing sources, articles and stories
TLS, LIBPQ_TLS = "ssl", "sslmode"  # parameter of an address: asyncpg's name for it, and libpq's
CONNECTIONS = 8  # each is a thread under aiosqlite

NO_ADDRESS = (
    "the database address cannot be used; write it like sqlite+aiosqlite:///attache.db"
    " or postgresql+asyncpg://user:password@host/name"
)

ON_CONNECT = (
    f"PRAGMA busy_timeout = {BUSY_MS}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = NORMAL",  # safe under WAL: a power cut may lose the last commits, never corrupt
    "PRAGMA foreign_keys = ON",
    "PRAGMA cache_size = -8000",  # KiB: 5,000 digests in one transaction change as many pages
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten: /deletemydata promises it
)


def make_engine(url: str | URL, *, patient: bool = False) -> AsyncEngine:
    """An engine on ``url``; nothing is opened yet. Raises InputError for an address it cannot use.

    An in-memory database has a single connection, so its transactions wait for each other. On a server a
    ``patient`` engine has no time limit for statements.
    """
    address = parse(url)
    is_sqlite = address.get_backend_name() == "sqlite"
    file = {"pool_size": CONNECTIONS if database_file(url) else 1, "max_overflow": 0}
    try:
        engine = create_async_engine(
            address,
            json_serializer=compact,
            poolclass=AsyncAdaptedQueuePool,
            **(file if is_sqlite else {"connect_args": limits_of(address, patient=patient)}),
        )
    except (ArgumentError, InvalidRequestError, ImportError) as error:  # none of our two drivers
        raise InputError(NO_ADDRESS) from error
    if is_sqlite and (path := database_file(url)):
        keep_to(engine.sync_engine, path)  # first, since connecting creates a missing file
    if not is_sqlite:
        event.listen(engine.sync_engine, "handle_error", _discard)
    if is_sqlite:
        event.listen(engine.sync_engine, "do_connect", _try_open)
        event.listen(engine.sync_engine, "connect", _configure)
        event.listen(engine.sync_engine, "begin", _begin)
    return engine


def parse(url: str | URL) -> URL:
    """The parsed address. Raises InputError if it is malformed or has a parameter that the driver lacks.

    TLS may be set as in asyncpg (``ssl``) or as in PostgreSQL's own tools (``sslmode``).
    """
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:  # the port is no number
        raise InputError(NO_ADDRESS) from error
    if mode := address.query.get(LIBPQ_TLS):
        address = address.difference_update_query([LIBPQ_TLS]).update_query_dict({TLS: mode})
    if address.get_backend_name() == "postgresql":
        _refuse_unknown(address)
    return address


def _refuse_unknown(address: URL) -> None:
    """Raise InputError for an unknown parameter, for which the driver would raise a TypeError."""
    known = {*signature(asyncpg.connect).parameters, "prepared_statement_cache_size"}
    for name in address.query:
        if name not in known:
            raise InputError(f"the database takes no {name!r}; leave it out of the address")


def database_file(url: str | URL) -> Path | None:
    """The file of a SQLite database; None for one in memory or on a server."""
    address = parse(url)
    name = address.database
    if address.get_backend_name() != "sqlite" or name in (None, "", ":memory:"):
        return None
    return Path(str(name))


def is_there(path: Path) -> bool:
    """Whether the file exists. Raises StoreError if its folder may not be read."""
    try:
        return path.is_file()
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}") from error


# Execution options of ``reading`` and ``asking``, by dialect.
READ: Mapping[str, Mapping[str, Any]] = {
    "sqlite": {"begin": "DEFERRED"},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}
ASK: Mapping[str, Mapping[str, Any]] = {
    "sqlite": {"begin": None},
    "postgresql": {"isolation_level": "AUTOCOMMIT"},
}


@asynccontextmanager
async def reading(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A read-only transaction, which sees one snapshot of the database."""
    with plain_errors(engine.url):
        # Closing rolls it back; a commit before that would be one more call to the driver's thread.
        async with engine.execution_options(**READ[engine.dialect.name]).connect() as connection:
            yield connection


@asynccontextmanager
async def asking(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """A connection for a single query, without a transaction: five calls to the driver instead of nine."""
    with plain_errors(engine.url):
        async with engine.execution_options(**ASK[engine.dialect.name]).connect() as connection:
            yield connection


@asynccontextmanager
async def writing(
    engine: AsyncEngine, *, alone: str = "", beside: str = "", keys: Sequence[str] = ()
) -> AsyncIterator[AsyncConnection]:
    """A transaction that writes; all of it is stored, or nothing.

    On SQLite there is only one at a time. On PostgreSQL they run concurrently. ``alone`` names an advisory
    lock that is taken exclusively: for code that reads first and writes by what it saw. ``beside`` takes the
    same lock shared: such transactions run together, unless they have one of their ``keys`` in common.
    """
    with plain_errors(engine.url):
        async with engine.begin() as connection:
            if alone and connection.dialect.name == "postgresql":
                await take(connection, alone)
            if beside and connection.dialect.name == "postgresql":
                await connection.execute(_SHARED, {"name": beside})
                await connection.execute(_KEYS, {"keys": list(keys)})
            yield connection


async def take(connection: AsyncConnection, name: str) -> None:
    """Wait for the advisory lock ``name``; this transaction holds it until it ends. PostgreSQL only."""
    await connection.execute(_ALONE, {"name": name})


async def free(connection: AsyncConnection, name: str) -> bool:
    """Whether the advisory lock ``name`` was free; then this transaction holds it. PostgreSQL only."""
    return bool(await connection.scalar(_TRY, {"name": name}))


_TRY = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:name, 0))")
_ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
_SHARED = text("SELECT pg_advisory_xact_lock_shared(hashtextextended(:name, 0))")
# Sorted, so that two transactions cannot deadlock.
_KEYS = text(
    "SELECT pg_advisory_xact_lock(number) FROM (SELECT DISTINCT hashtextextended(key, 1) AS number"
    " FROM unnest(CAST(:keys AS text[])) AS key ORDER BY number) AS numbers"
)


# One encoder for all: json.dumps makes one at each call, a third of its time on lists as short as a chat's.
compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _discard(failed: ExceptionContext) -> None:
    """Let the pool discard all its connections after a timeout: the next query would time out, too."""
    if isinstance(failed.original_exception, TimeoutError):
        failed.is_disconnect = True


def _try_open(
    _dialect: Dialect, _entry: ConnectionPoolEntry, where: list[Any], how: dict[str, Any]
) -> None:
    # If opening fails, aiosqlite 0.22 leaves a thread that reports to a closed event loop: so try it first.
    sqlite3.connect(where[0], uri=how.get("uri", False)).close()


def _configure(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver would begin transactions on its own; with None it leaves that to _begin.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ON_CONNECT:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    mode = connection.get_execution_options().get("begin", "IMMEDIATE")
    if mode:
        connection.exec_driver_sql(f"BEGIN {mode}")
