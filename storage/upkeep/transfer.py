"""Move everything from a SQLite file into an empty PostgreSQL database, and prove that both are equal.

Rows are copied in batches. The transaction of each batch records how far the copy has come, so an interrupted
move goes on from there when it is run again. Meanwhile a table ``moving`` says that the database must not be
used. Foreign keys are dropped at the beginning and created again at the end, since rows may refer to later
rows of their own table.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import Table

from digest.errors import Conflict, InputError, StoreError

from ..database.engine import parse
from ..database.errors import plain_errors
from ..database.server import connected, is_server
from ..tables import Row
from .file_rows import BATCH, count_rows, highest_ids, rows_behind
from .upkeep import file_of, head, revision, upgrade

SEARCHED = 500  # articles put into the search index at once
FILLERS = 2  # connections that fill it: an article takes 1.2 ms of a core, and copying it 0.2

Progress = Callable[[str, int, int], None]

NOTE = """
    INSERT INTO moving (what, name, said) VALUES ($1, $2, $3)
    ON CONFLICT (what, name) DO UPDATE SET said = excluded.said
"""
RULES = """
    SELECT conname AS name, format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname,
        pg_get_constraintdef(oid)) AS made, format('ALTER TABLE %s DROP CONSTRAINT %I',
        conrelid::regclass, conname) AS dropped
    FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace
    AND conname != 'fk_article_search_article_id_article'
"""
SEARCH = """
    INSERT INTO article_search (article_id, words)
    SELECT id, attache_words(title, text, outlet_name) FROM article
    WHERE is_newest AND id >= $1 AND id < $2
    ON CONFLICT DO NOTHING
"""
UNSEARCHED = """
    SELECT coalesce(min(id), (SELECT max(article_id) + 1 FROM article_search), 0) FROM article
    WHERE is_newest AND NOT EXISTS (SELECT 1 FROM article_search WHERE article_id = id)
"""
INDEX = """
    SELECT indexname AS name, indexdef AS made, format('DROP INDEX %I', indexname) AS dropped
    FROM pg_indexes WHERE schemaname = current_schema() AND indexname = 'ix_article_search_words'
"""


@dataclass(frozen=True, slots=True)
class Sum:
    """The size and checksum of a table, whatever the order of its rows."""

    rows: int = 0
    checksum: int = 0  # of 64 bits

    def plus(self, rows: Sequence[tuple[Any, ...]]) -> "Sum":
        """The sum with these rows added."""
        marks = (blake2b(repr(row).encode(), digest_size=8).digest() for row in rows)
        added = sum(int.from_bytes(mark) for mark in marks)
        return Sum(self.rows + len(rows), (self.checksum + added) % 2**64)


async def transfer(source: str, target: str, *, progress: Progress) -> Mapping[str, Sum]:
    """Move the database. Returns the sum of each table, which is equal on both sides.

    ``progress`` is called with the step, rows done and rows in all. Raises InputError if the target is no
    server, Conflict if another move into it is under way, StoreError if it is not empty, a database fails or
    the two differ in the end.
    """
    path = file_of(source).resolve()
    if not is_server(target):
        raise InputError("the target is a database on a server: postgresql+asyncpg://...")
    await upgrade(source)
    with plain_errors(parse(source)):  # ``connected`` does it for the target
        async with _prepared(path, target):
            sums = await _copy_and_compare(path, target, progress)
            async with connected(target, patient=True) as connection:
                await _finish(connection, path)
    return sums


# --- before ---------------------------------------------------------------------------------


@asynccontextmanager
async def _prepared(path: Path, target: str) -> AsyncIterator[None]:
    """Hold the lock on moves into the target, which is empty or has only what this move brought before."""
    async with connected(target, patient=True) as connection:
        alone = "SELECT pg_try_advisory_lock(hashtextextended('moving', 0))"
        if not await connection.fetchval(alone):
            raise Conflict("another move into this database is under way")
        if await connection.fetchval("SELECT to_regclass('moving') IS NULL"):
            await upgrade(target)
            await _refuse_full(connection)
            await _start(connection, path)
        begun = await connection.fetchval("SELECT said FROM moving WHERE what = 'from'")
        if begun != str(path):
            raise StoreError(
                f"a move from {begun} into this database was interrupted; go on with it"
            )
        if await revision(target) != head():
            raise StoreError(
                "the move was begun by another version of attache; make the target anew"
            )
        yield


async def _refuse_full(connection: asyncpg.Connection) -> None:
    for table in Row.metadata.sorted_tables:
        if await connection.fetchval(f'SELECT EXISTS (SELECT 1 FROM "{table.name}")'):
            raise StoreError(
                f"the target has rows in its table {table.name}; name an empty database"
            )


async def _start(connection: asyncpg.Connection, path: Path) -> None:
    """Record the move, and drop the foreign keys, index and triggers that would slow down each row."""
    async with connection.transaction():
        await connection.execute(
            "CREATE TABLE moving (what text, name text, said text NOT NULL, PRIMARY KEY (what, name))"
        )
        await connection.execute(NOTE, "from", "", str(path))
        for rule in (*await connection.fetch(RULES), *await connection.fetch(INDEX)):
            await connection.execute(NOTE, "rule", rule["name"], rule["made"])
            await connection.execute(rule["dropped"])
        await connection.execute("ALTER TABLE article DISABLE TRIGGER USER")


# --- rows -----------------------------------------------------------------------------------


async def _copy_and_compare(path: Path, target: str, progress: Progress) -> Mapping[str, Sum]:
    """Copy and compare the rows while other connections fill the search index, on other cores."""
    articles = _Articles()
    fillers = [asyncio.create_task(_fill_search(target, articles)) for _ in range(FILLERS)]
    try:
        async with connected(target, patient=True) as connection:
            articles.next = await connection.fetchval(UNSEARCHED)
            for table in Row.metadata.sorted_tables:
                await _copy(connection, path, table, progress)
                if table.name == "article":
                    articles.last = await connection.fetchval("SELECT max(id) FROM article") or 0
                    articles.are_here.set()
            sums = await _compare(connection, path, progress)
        await asyncio.gather(*fillers)
    finally:
        for filler in fillers:
            filler.cancel()
        await asyncio.wait(fillers)
    return sums


@dataclass(slots=True)
class _Articles:
    """Which articles are still to be put into the search index; the fillers share it."""

    are_here: asyncio.Event = field(default_factory=asyncio.Event)
    next: int = 0
    last: int = 0


async def _fill_search(target: str, articles: _Articles) -> None:
    """Put articles into the search index until all are in it, once they are copied."""
    await articles.are_here.wait()
    async with connected(target, patient=True) as connection:
        while articles.next <= articles.last:
            start = articles.next
            articles.next += SEARCHED
            await connection.execute(SEARCH, start, start + SEARCHED)


async def _copy(
    connection: asyncpg.Connection, path: Path, table: Table, progress: Progress
) -> None:
    key = [column.name for column in table.primary_key]
    names = [column.name for column in table.c]
    said = await connection.fetchval(
        "SELECT said FROM moving WHERE what = 'table' AND name = $1", table.name
    )
    after = json.loads(said) if said else None
    total = await asyncio.to_thread(count_rows, path, table)
    done = await connection.fetchval(f'SELECT count(*) FROM "{table.name}"')
    progress(table.name, done, total)
    with closing(rows_behind(path, table, after=after)) as batches:
        while batch := await asyncio.to_thread(next, batches, None):
            last = dict(zip(names, batch[-1], strict=True))
            async with connection.transaction():
                await connection.copy_records_to_table(table.name, records=batch, columns=names)
                position = json.dumps([last[name] for name in key])
                await connection.execute(NOTE, "table", table.name, position)
            done += len(batch)
            progress(table.name, done, total)


# --- after ----------------------------------------------------------------------------------


async def _finish(connection: asyncpg.Connection, path: Path) -> None:
    """Restore foreign keys (checked over all rows), index and triggers, and set the sequences of ids.

    In one transaction with the end of the move: all of it is done, or nothing.
    """
    async with connection.transaction():
        await connection.execute("SET LOCAL maintenance_work_mem = '256MB'")
        for rule in await connection.fetch("SELECT said FROM moving WHERE what = 'rule'"):
            await connection.execute(rule["said"])
        await connection.execute("ALTER TABLE article ENABLE TRIGGER USER")
        for name, last in highest_ids(path):
            await connection.execute(
                "SELECT setval(pg_get_serial_sequence($1, 'id'), $2)", name, last
            )
        await connection.execute("DROP TABLE moving")
    await connection.execute("ANALYZE")


async def _compare(
    connection: asyncpg.Connection, path: Path, progress: Progress
) -> Mapping[str, Sum]:
    """The sum of each table. Raises StoreError for the first table that is not the same on both sides."""
    sums = {}
    for number, table in enumerate(tables := Row.metadata.sorted_tables):
        progress("comparing", number, len(tables))
        there = await _sum_there(connection, table)
        here = await asyncio.to_thread(_sum_here, path, table)
        if here != there:
            raise StoreError(
                f"{table.name} holds {here.rows} rows in the file and {there.rows} on the server, or not the"
                " same; was the file in use? Make the target anew and move again"
            )
        sums[table.name] = here
    progress("comparing", len(tables), len(tables))
    return sums


def _sum_here(path: Path, table: Table) -> Sum:
    found = Sum()
    for batch in rows_behind(path, table):
        found = found.plus(batch)
    return found


async def _sum_there(connection: asyncpg.Connection, table: Table) -> Sum:
    names = ", ".join(f'"{column.name}"' for column in table.c)
    found = Sum()
    async with connection.transaction(readonly=True):
        cursor = await connection.cursor(f'SELECT {names} FROM "{table.name}"')
        while batch := await cursor.fetch(BATCH):
            found = found.plus([tuple(row) for row in batch])
    return found
