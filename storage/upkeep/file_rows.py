"""Read the rows of a SQLite file, converted to the values that asyncpg takes and returns."""

import sqlite3
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Column, String, Table, TypeDecorator
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from ..tables import Row

BATCH = 1_000  # rows in one transaction; 500 to 5,000 took the same time
_DIALECT = SQLiteDialect_pysqlite()


def count_rows(path: Path, table: Table) -> int:
    """How many rows a table of the file has."""
    with closing(_opened(path)) as connection:
        found = connection.execute(f'SELECT count(*) FROM "{table.name}"').fetchone()
        return int(found[0])


def rows_behind(
    path: Path, table: Table, *, after: Sequence[Any] | None = None
) -> Generator[list[tuple[Any, ...]], None, None]:
    """The rows in order of the primary key, in batches, with the values that asyncpg takes and returns.

    ``after`` is the key of the last row that was read already; None for all rows.
    """
    key = ", ".join(f'"{column.name}"' for column in table.primary_key)
    names = ", ".join(f'"{column.name}"' for column in table.c)
    where = f" WHERE ({key}) > ({', '.join('?' * len(after))})" if after else ""
    given = [_converter(column) for column in table.c]
    with closing(_opened(path)) as connection:
        found = connection.execute(
            f'SELECT {names} FROM "{table.name}"{where} ORDER BY {key}', tuple(after or ())
        )
        while batch := found.fetchmany(BATCH):
            columns = zip(*batch, strict=True)
            yield list(zip(*map(_converted, given, columns), strict=True))


def _opened(path: Path) -> sqlite3.Connection:
    # Batches are read in different threads, but never two at a time.
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, check_same_thread=False)


def _converted(given: Callable[[Any], Any] | None, values: Sequence[Any]) -> Sequence[Any]:
    return values if given is None else list(map(given, values))


def _converter(column: Column[Any]) -> Callable[[Any], Any] | None:
    """The converter of a column's values; None if they need none: JSON is the same text in both."""
    if isinstance(column.type, JSON):
        return None
    plain = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(plain, String):
        return _without_nul
    return column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None)


def _without_nul(text: str | None) -> str | None:
    """Text with U+FFFD in place of NUL, which PostgreSQL cannot store."""
    return text.replace("\0", "\ufffd") if text and "\0" in text else text


def highest_ids(path: Path) -> list[tuple[str, int]]:
    """The highest id that each table has ever assigned (SQLite's sqlite_sequence)."""
    ours = {table.name for table in Row.metadata.sorted_tables}
    with closing(_opened(path)) as connection:
        found = connection.execute("SELECT name, seq FROM sqlite_sequence WHERE seq > 0").fetchall()
    return [(name, last) for name, last in found if name in ours]
