"""Reads stored articles by any condition, as values: whole, in order, and in turns with other work."""

import asyncio
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model.articles import OWN_AT_ONCE, Article

from ..tables import articles
from .rows import article_of

BY_ID = (articles.c.id,)
BY_FIRST_SEEN = (articles.c.first_seen_at, articles.c.id)

_A_TURN = 100  # articles read before others have their turn: 0.01 s


async def selected(
    connection: AsyncConnection,
    *conditions: ColumnElement[bool],
    by: Sequence[Column[Any]] = BY_ID,
) -> tuple[Article, ...]:
    """The revisions that meet all conditions."""
    return await read(connection, select(articles).where(*conditions).order_by(*by))


async def seen(
    connection: AsyncConnection, reader: int | None, *conditions: ColumnElement[bool]
) -> tuple[Article, ...]:
    """Public articles and the latest of the reader's own, by first seen and id."""
    public = articles.c.owner.is_(None)
    found = await selected(connection, public, *conditions, by=BY_FIRST_SEEN)
    if reader is None:
        return found
    own = await latest(connection, reader, *conditions)
    return tuple(sorted((*found, *own), key=lambda one: (one.first_seen_at, one.id)))


async def latest(
    connection: AsyncConnection, reader: int, *conditions: ColumnElement[bool]
) -> tuple[Article, ...]:
    """The latest of the reader's own articles, at most 500, by first seen and id."""
    backwards = [column.desc() for column in BY_FIRST_SEEN]
    query = select(articles).where(articles.c.owner == reader, *conditions).order_by(*backwards)
    return (await read(connection, query.limit(OWN_AT_ONCE)))[::-1]


async def read(connection: AsyncConnection, query: Select[Any]) -> tuple[Article, ...]:
    """What a query of whole rows finds, in its order."""
    found: list[Article] = []
    for rows in (await connection.execute(query)).partitions(_A_TURN):
        found += map(article_of, rows)
        await asyncio.sleep(0)
    return tuple(found)
