"""Many rows in one parameter of a statement: as JSON, which the database unpacks."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Subquery,
    Table,
    Text,
    cast,
    func,
    literal,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection


def unpacked(connection: AsyncConnection, rows: str, *columns: Column[Any]) -> Subquery:
    """JSON rows (a list of lists) as a subquery with the names and types of ``columns``."""
    given = literal(rows, Text())
    if connection.dialect.name == "sqlite":
        each = func.json_each(given).table_valued("value")
        found: list[ColumnElement[Any]] = [
            type_coerce(func.json_extract(each.c.value, f"$[{place}]"), column.type)
            for place, column in enumerate(columns)
        ]
    else:
        each = func.jsonb_array_elements(cast(given, JSONB)).table_valued("value")
        found = [
            cast(each.c.value.op("->>")(literal_column(str(place))), column.type)
            for place, column in enumerate(columns)
        ]
    named = zip(found, columns, strict=True)
    return select(*(value.label(column.name) for value, column in named)).subquery()


def has_one_of(
    column: Column[Any], numbers: Collection[int], given: ColumnElement[Any]
) -> tuple[ColumnElement[bool], ...]:
    """The conditions of a join of ``column`` with ``given``, whose values are all in ``numbers``.

    The bounds tell PostgreSQL, which has no statistics of new rows, that they are few: without them it
    scanned all slots and all chats. ``numbers`` is not empty.
    """
    return column.between(min(numbers), max(numbers)), column == given


def literals(table: Table, values: Mapping[str, object]) -> Mapping[str, ColumnElement[Any]]:
    """The values as typed literals by column name, the same in each row of a query."""
    return {name: literal(value, table.c[name].type) for name, value in values.items()}
