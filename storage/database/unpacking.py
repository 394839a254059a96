"""Rows given to a statement in one parameter: as JSON, which the database takes apart."""

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
    """JSON rows as a table with columns of these names and types."""
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
    """Whether a row has the number of a row of ``given``, all of which are ``numbers``.

    The bounds tell PostgreSQL, which has no statistics of new rows, that they are few: without, it
    went through all slots and all chats.
    """
    return column.between(min(numbers), max(numbers)), column == given


def literals(table: Table, values: Mapping[str, object]) -> Mapping[str, ColumnElement[Any]]:
    """The same values in each row."""
    return {name: literal(value, table.c[name].type) for name, value in values.items()}
