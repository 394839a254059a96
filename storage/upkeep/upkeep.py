"""What an operator does with a database: upgrade it, copy it, check it."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from digest.errors import InputError, StoreError

from ..database.engine import (
    BUSY_MS,
    asking,
    database_file,
    is_there,
    make_engine,
    parse,
    writing,
)
from ..database.erasing import empty_log
from ..database.errors import plain_errors
from ..database.presence import mark_copy, new_mark
from ..database.server import dump, is_server, look

MIGRATIONS = Path(__file__).parents[1] / "migrations"

# Alembic's batch mode copies a table, drops it and renames the copy: with foreign keys on, the drop empties
# the tables that refer to it, and the rename fails on views (https://www.sqlite.org/lang_altertable.html).
BEFORE = ("PRAGMA foreign_keys = OFF", "PRAGMA legacy_alter_table = ON")
AFTER = ("PRAGMA legacy_alter_table = OFF", "PRAGMA foreign_keys = ON")


async def upgrade(url: str) -> None:
    """Upgrade the database at ``url`` to this program's schema; if that fails, it stays as it was.

    Creates a missing file. Runs in a thread, off the event loop. Raises WrongVersion if the schema is newer
    than this program, StoreError if the file is not ours.
    """

    async def run() -> None:
        engine = make_engine(url)
        try:
            await upgrade_engine(engine)
        finally:
            await engine.dispose()

    await asyncio.to_thread(asyncio.run, run())


async def upgrade_engine(engine: AsyncEngine, *, migrations: Path = MIGRATIONS) -> None:
    """As ``upgrade``, but on an engine: the only way for a database in memory."""
    await _upgrade(engine, migrations)
    if engine.dialect.name == "sqlite":
        await _mark(engine)


async def _mark(engine: AsyncEngine) -> None:
    """Give a SQLite file its number (``presence.new_mark``), and write it into the file's first page."""
    known = text("PRAGMA user_version")
    async with asking(engine) as connection:
        if await connection.scalar(known):
            return
    async with writing(engine) as connection:
        if not await connection.scalar(known):
            await connection.exec_driver_sql(new_mark())
    await empty_log(engine)


async def _upgrade(engine: AsyncEngine, migrations: Path) -> None:
    with plain_errors(engine.url):
        async with _patient_engine(engine) as patient, patient.connect() as connection:
            async with connection.begin():
                if await connection.run_sync(_is_current, migrations):
                    return
            sqlite = connection.dialect.name == "sqlite"
            await _pragmas(connection, BEFORE if sqlite else ())
            try:
                async with connection.begin():
                    await connection.run_sync(_migrate, migrations)
            finally:
                await _pragmas(connection, AFTER if sqlite else ())


@asynccontextmanager
async def _patient_engine(engine: AsyncEngine) -> AsyncIterator[AsyncEngine]:
    """An engine without time limits: another process may be upgrading, and a large table takes minutes."""
    if engine.dialect.name == "sqlite":
        yield engine
        return
    patient = make_engine(engine.url, patient=True)
    try:
        yield patient
    finally:
        await patient.dispose()


def _is_current(connection: Connection, migrations: Path) -> bool:
    """Whether the schema is current, as at most starts; Alembic would take a third of a second to say so."""
    if connection.dialect.name == "postgresql":
        _prepare_server(connection)
    return _stored_revision(connection) == newest(migrations)


def _migrate(connection: Connection, migrations: Path) -> None:
    from .migrating import migrate

    if connection.dialect.name == "postgresql":
        _prepare_server(connection)
    migrate(connection, _stored_revision(connection), migrations)
    if connection.dialect.name == "sqlite":
        _refuse_broken(connection)


async def revision(url: str) -> str | None:
    """The stored revision of the schema; None if nothing has been created yet but could be.

    Raises InputError for an address that cannot be used, StoreError for a database of another program or a
    file that could not be created.
    """
    engine, path = make_engine(url), database_file(url)
    try:
        with plain_errors(engine.url):
            if path is not None and not is_there(path):
                if path.exists() or not os.access(path.absolute().parent, os.W_OK):
                    # What SQLite itself would say.
                    raise sqlite3.OperationalError("unable to open database file")
                return None
            async with engine.connect() as connection:
                return await connection.run_sync(_stored_revision)
    finally:
        await engine.dispose()


async def refuse_missing(url: str) -> None:
    """Raise StoreError if nothing has been created yet."""
    if await revision(url) is None:
        name = database_file(url) or "yet"
        raise StoreError(f"there is no database {name}; run `attache db upgrade`")


def head() -> str:
    """The revision of the schema that this program works with."""
    return newest(MIGRATIONS)


def newest(migrations: Path) -> str:
    """The revision of the last migration in a folder, by the names of the files."""
    return max(path.name.partition("_")[0] for path in (migrations / "versions").glob("[0-9]*.py"))


async def backup(url: str, path: Path) -> None:
    """Copy the database to ``path`` in one consistent state, while others read and write.

    The copy gets its name only once it is complete; that of a database on a server is for pg_restore.
    Raises InputError if ``path`` is the database itself, StoreError if the copy cannot be written.
    """
    write = partial(dump, url) if is_server(url) else partial(_copy, url, _other_file(url, path))
    with _completed(path) as unfinished:
        await asyncio.to_thread(write, unfinished)


async def check(url: str) -> tuple[str, ...]:
    """What is wrong with the database, a sentence each; empty when it is sound."""
    return await look(url) if is_server(url) else await asyncio.to_thread(_check, url, file_of(url))


def _prepare_server(connection: Connection) -> None:
    """Take the lock for upgrades. Raises StoreError if the encoding is not UTF-8 or a move is unfinished."""
    encoding = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if encoding != "UTF8":
        raise StoreError(f"this database stores {encoding}; make it anew with encoding UTF8")
    if inspect(connection).has_table("moving"):
        raise StoreError("a move into this database was interrupted; run `attache db move` again")
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtextextended('schema', 0))")


def _refuse_broken(connection: Connection) -> None:
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        raise StoreError(
            f"the upgrade would leave {len(broken)} rows of {broken[0][0]} without what they belong to;"
            " nothing was changed"
        )


def _stored_revision(connection: Connection) -> str | None:
    names = inspect(connection).get_table_names()
    if "alembic_version" not in names:
        if names:
            raise StoreError("this database holds tables of another program; name another one")
        return None
    found: str | None = connection.exec_driver_sql(
        "SELECT version_num FROM alembic_version"
    ).scalar()
    return found


async def _pragmas(connection: AsyncConnection, pragmas: tuple[str, ...]) -> None:
    """Run each outside a transaction, since SQLite ignores them inside one."""
    await connection.execution_options(begin=None)
    for pragma in pragmas:
        await connection.exec_driver_sql(pragma)
    await connection.rollback()
    await connection.execution_options(begin="IMMEDIATE")


def file_of(url: str) -> Path:
    """The file of an existing SQLite database.

    Raises InputError if it is in memory or on a server, StoreError if there is no such file.
    """
    path = database_file(url)
    if path is None:
        raise InputError("this works on a SQLite file or a server, not in memory")
    if not is_there(path):
        raise StoreError(f"there is no database {path}; run `attache db upgrade`")
    return path


@contextmanager
def _completed(path: Path) -> Iterator[Path]:
    """A temporary file that is renamed to ``path`` when the block ends, or removed if it fails.

    Raises StoreError if it fails.
    """
    unfinished = path.parent / f"{path.name}.part"
    try:
        yield unfinished
        unfinished.replace(path)
    except (OSError, StoreError) as error:
        with suppress(OSError):  # there may be no such folder
            unfinished.unlink()
        reason = error.strerror if isinstance(error, OSError) else error
        raise StoreError(f"the copy {path} could not be written: {reason}") from error


def _other_file(url: str, path: Path) -> Path:
    """The file of the database. Raises InputError if the copy would replace it."""
    source = file_of(url)
    if path.resolve() == source.resolve():
        raise InputError(f"{path} is the database itself; name another file for the copy")
    return source


def _copy(url: str, source: Path, path: Path) -> None:
    path.touch()  # fails for this file alone: SQLite would not say which of the two it could not open
    with (
        plain_errors(parse(url)),
        closing(sqlite3.connect(source)) as live,
        closing(sqlite3.connect(path)) as copy,
    ):
        live.backup(copy)
        mark_copy(copy)


def _check(url: str, path: Path) -> tuple[str, ...]:
    with (
        plain_errors(parse(url)),
        closing(sqlite3.connect(path, timeout=BUSY_MS / 1000)) as connection,
    ):
        found = [text for (text,) in connection.execute("PRAGMA integrity_check") if text != "ok"]
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            found.append(f"row {row} of {table} points to a missing {parent}")
        return (*found, *_check_search(connection))


def _check_search(connection: sqlite3.Connection) -> tuple[str, ...]:
    """What is wrong with the search index. Rank 1 compares it with the articles (fts5, section 6.4)."""
    try:
        connection.execute(
            "INSERT INTO article_search (article_search, rank) VALUES ('integrity-check', 1)"
        )
    except sqlite3.OperationalError:  # locked or read-only, which is no damage
        raise
    except sqlite3.DatabaseError as error:
        return (f"the search index does not match the articles: {error}",)
    finally:
        connection.rollback()
    return ()
