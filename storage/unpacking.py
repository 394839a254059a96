"""Rows given to a statement in one parameter: as JSON, which the database takes apart."""

from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Subquery,
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
