"""Rows in every table of a SQLite file, made from what the tables declare, so that no table is forgotten."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Column, Table, TypeDecorator, create_engine, insert

from storage.tables import Row

BATCH = 1_000
DAY = date(2026, 8, 25)
NOW = datetime(2026, 8, 25, 5, 30, 0, 123456, tzinfo=UTC)
TEXTS = ("Accord\n\nThe envoys met in Genève.", "Эмиссары договорились.", "Nothing\0more")
LISTS = ([], [[0, 6], [8, 31]], [["treaties", 0.1, ["Genève", "\u0000"]]])


def fill(path: Path, rows: Mapping[str, int], *, texts: Sequence[str] = TEXTS) -> None:
    """Put as many rows as named by table into a file of the newest schema; two where none is named."""
    engine = create_engine(f"sqlite:///{path}")
    counts = {table.name: rows.get(table.name, 2) for table in Row.metadata.sorted_tables}
    with engine.begin() as connection:
        for table in Row.metadata.sorted_tables:
            for start in range(1, counts[table.name] + 1, BATCH):
                numbers = range(start, min(start + BATCH, counts[table.name] + 1))
                connection.execute(insert(table), [_row(table, n, counts, texts) for n in numbers])
    engine.dispose()


def _row(
    table: Table, number: int, counts: Mapping[str, int], texts: Sequence[str]
) -> dict[str, Any]:
    return {column.name: _value(column, number, counts, texts) for column in table.c}


def _value(
    column: Column[Any], number: int, counts: Mapping[str, int], texts: Sequence[str]
) -> Any:
    """A number points to a row that is there; in its own table to a later one, but the last's."""
    if column.nullable and number % 3 == 0:
        return None
    if column.name == "thread":
        return 0
    for key in column.foreign_keys:
        return number % counts[key.column.table.name] + 1
    if column.primary_key and len(column.table.primary_key.columns) > 1 and column.name == "chat":
        return number % counts["chat"] + 1
    by_kind: dict[type, Any] = {
        bool: number % 2 == 0 or column.name == "is_newest",
        datetime: NOW + timedelta(seconds=number),
        date: DAY + timedelta(days=number % 9),
        float: number / 7,
        int: number,
    }
    if isinstance(column.type, JSON):
        return LISTS[number % len(LISTS)]
    if (kind := kind_of(column)) in by_kind:
        return by_kind[kind]
    if column.name in {"text", "html", "digest"}:
        return texts[number % len(texts)]
    return f"{column.name} {number}"


def kind_of(column: Column[Any]) -> type:
    """What Python makes of the column's values, behind what decorates its type."""
    found = column.type
    return (
        found.impl_instance.python_type if isinstance(found, TypeDecorator) else found.python_type
    )
