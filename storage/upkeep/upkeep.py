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
    plain_errors,
    writing,
)
from ..database.erasing import empty_log
from ..database.presence import mark_copy, new_mark
from ..database.server import dump, is_server, look

MIGRATIONS = Path(__file__).parents[1] / "migrations"

# Batch mode copies a table, drops it and renames the copy: with foreign keys on, the drop empties the
# tables that point to it, and the rename fails on views (https://www.sqlite.org/lang_altertable.html).
BEFORE = ("PRAGMA foreign_keys = OFF", "PRAGMA legacy_alter_table = ON")
AFTER = ("PRAGMA legacy_alter_table = OFF", "PRAGMA foreign_keys = ON")


async def upgrade(url: str) -> None:
    """Bring the database at ``url`` to this program's schema, or leave it as it was.

    Makes the file where there is none. Runs off the event loop. Raises WrongVersion for a schema that
    is newer than this program, StoreError for a file that is none of ours.
    """

    async def run() -> None:
        engine = make_engine(url)
        try:
            await upgrade_engine(engine)
        finally:
            await engine.dispose()

    await asyncio.to_thread(asyncio.run, run())


async def upgrade_engine(engine: AsyncEngine, *, migrations: Path = MIGRATIONS) -> None:
    """The same on an engine: the only way to a database in memory."""
    await _upgrade(engine, migrations)
    if engine.dialect.name == "sqlite":
        await _mark(engine)


async def _mark(engine: AsyncEngine) -> None:
    """Give a file its number, and see that it stands in its first page."""
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
        async with _patient(engine) as patient, patient.connect() as connection:
            async with connection.begin():
                if await connection.run_sync(_is_ready, migrations):
                    return
            sqlite = connection.dialect.name == "sqlite"
            await _pragmas(connection, BEFORE if sqlite else ())
            try:
                async with connection.begin():
                    await connection.run_sync(_migrate, migrations)
            finally:
                await _pragmas(connection, AFTER if sqlite else ())


@asynccontextmanager
async def _patient(engine: AsyncEngine) -> AsyncIterator[AsyncEngine]:
    """One that waits as long as it takes: another process may upgrade, a large table takes minutes."""
    if engine.dialect.name == "sqlite":
        yield engine
        return
    patient = make_engine(engine.url, patient=True)
    try:
        yield patient
    finally:
        await patient.dispose()


def _is_ready(connection: Connection, migrations: Path) -> bool:
    """Whether nothing is to be done; most starts find it so, and Alembic takes a third of a second."""
    if connection.dialect.name == "postgresql":
        _prepare_server(connection)
    return _stored(connection) == newest(migrations)


def _migrate(connection: Connection, migrations: Path) -> None:
    from .migrating import migrate

    if connection.dialect.name == "postgresql":
        _prepare_server(connection)
    migrate(connection, _stored(connection), migrations)
    if connection.dialect.name == "sqlite":
        _refuse_broken(connection)


async def revision(url: str) -> str | None:
    """The schema's revision as stored; None where nothing has been created yet, and can be.

    Raises InputError for an address that cannot be used, StoreError for a database of another program.
    """
    engine, path = make_engine(url), database_file(url)
    try:
        with plain_errors(engine.url):
            if path is not None and not is_there(path):
                if path.exists() or not os.access(path.absolute().parent, os.W_OK):
                    raise sqlite3.OperationalError("unable to open database file")  # as it would
                return None
            async with engine.connect() as connection:
                return await connection.run_sync(_stored)
    finally:
        await engine.dispose()


async def refuse_missing(url: str) -> None:
    """Raise StoreError where nothing has been created yet."""
    if await revision(url) is None:
        name = database_file(url) or "yet"
        raise StoreError(f"there is no database {name}; run `attache db upgrade`")


def head() -> str:
    """The revision of the schema that this program works with."""
    return newest(MIGRATIONS)


def newest(migrations: Path) -> str:
    """The revision of the last migration, by the names of the files."""
    return max(path.name.partition("_")[0] for path in (migrations / "versions").glob("[0-9]*.py"))


async def backup(url: str, path: Path) -> None:
    """Copy the database to ``path``, one consistent state, while others read and write.

    The copy takes its name only when it is whole; that of a database on a server is for pg_restore.
    Raises InputError for the database's own file, StoreError where it cannot be written.
    """
    write = partial(dump, url) if is_server(url) else partial(_copy, url, _other_file(url, path))
    with _whole(path) as unfinished:
        await asyncio.to_thread(write, unfinished)


async def check(url: str) -> tuple[str, ...]:
    """What is wrong with the database, a sentence each; empty when it is sound."""
    return await look(url) if is_server(url) else await asyncio.to_thread(_check, url, file_of(url))


def _prepare_server(connection: Connection) -> None:
    """Let one process upgrade at a time. Raises StoreError where not every letter can be stored."""
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


def _stored(connection: Connection) -> str | None:
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
    """Run each outside a transaction, where alone SQLite heeds it."""
    await connection.execution_options(begin=None)
    for pragma in pragmas:
        await connection.exec_driver_sql(pragma)
    await connection.rollback()
    await connection.execution_options(begin="IMMEDIATE")


def file_of(url: str) -> Path:
    """The file of a SQLite database that is there.

    Raises InputError where it is in memory or on a server, StoreError where there is no such file.
    """
    path = database_file(url)
    if path is None:
        raise InputError("this works on a SQLite file or a server, not in memory")
    if not is_there(path):
        raise StoreError(f"there is no database {path}; run `attache db upgrade`")
    return path


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """Where to write what is called ``path`` once the block has ended; nothing stays where it fails."""
    unfinished = path.parent / f"{path.name}.part"
    try:
        yield unfinished
        unfinished.replace(path)
    except (OSError, StoreError) as error:
        with suppress(OSError):  # its folder may be none
            unfinished.unlink()
        reason = error.strerror if isinstance(error, OSError) else error
        raise StoreError(f"the copy {path} could not be written: {reason}") from error


def _other_file(url: str, path: Path) -> Path:
    """The file of the database. Raises InputError where the copy would take its name."""
    source = file_of(url)
    if path.resolve() == source.resolve():
        raise InputError(f"{path} is the database itself; name another file for the copy")
    return source


def _copy(url: str, source: Path, path: Path) -> None:
    path.touch()  # SQLite would not say which of the two files it could not open
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
    """Rank 1 compares the index with the articles themselves (fts5, section 6.4)."""
    try:
        connection.execute(
            "INSERT INTO article_search (article_search, rank) VALUES ('integrity-check', 1)"
        )
    except sqlite3.OperationalError:  # in use, or not to be written to: that is no damage
        raise
    except sqlite3.DatabaseError as error:
        return (f"the search index does not match the articles: {error}",)
    finally:
        connection.rollback()
    return ()
