"""The rows of a SQLite file as a server takes and gives them."""

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
    """The rows behind a key, in its order and in batches, as the server takes and gives them."""
    key = ", ".join(f'"{column.name}"' for column in table.primary_key)
    names = ", ".join(f'"{column.name}"' for column in table.c)
    where = f" WHERE ({key}) > ({', '.join('?' * len(after))})" if after else ""
    given = [_given(column) for column in table.c]
    with closing(_opened(path)) as connection:
        found = connection.execute(
            f'SELECT {names} FROM "{table.name}"{where} ORDER BY {key}', tuple(after or ())
        )
        while batch := found.fetchmany(BATCH):
            columns = zip(*batch, strict=True)
            yield list(zip(*map(_converted, given, columns), strict=True))


def _opened(path: Path) -> sqlite3.Connection:
    # Batches are read by whichever thread is free, one at a time.
    return sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, check_same_thread=False)


def _converted(given: Callable[[Any], Any] | None, values: Sequence[Any]) -> Sequence[Any]:
    return values if given is None else list(map(given, values))


def _given(column: Column[Any]) -> Callable[[Any], Any] | None:
    """What makes the server's value of the file's; JSON stays the text that it is in both."""
    if isinstance(column.type, JSON):
        return None
    plain = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
    if isinstance(plain, String):
        return _without_nul
    return column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None)


def _without_nul(text: str | None) -> str | None:
    """No text on PostgreSQL holds the character of code 0; what cannot be shown is shown as that."""
    return text.replace("\0", "\ufffd") if text and "\0" in text else text


def highest_ids(path: Path) -> list[tuple[str, int]]:
    """The highest id that each table has ever given."""
    ours = {table.name for table in Row.metadata.sorted_tables}
    with closing(_opened(path)) as connection:
        found = connection.execute("SELECT name, seq FROM sqlite_sequence WHERE seq > 0").fetchall()
    return [(name, last) for name, last in found if name in ours]
