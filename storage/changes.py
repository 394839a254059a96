"""Several processes place articles in the stories of one server: one at a time, each knowing the others'.

The turn is one for all stories. One for each language and day would let two place side by side, but placing
is the smaller part of the work (docs/scaling.md has the figures), and duplicates cross both.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from digest.model import Changes, Mark, StoryId

from .engine import writing
from .owning import seen_by
from .rows import MEMBER, member_of
from .tables import articles, moved, waiting

PLACING = "placing"
_FIRST_WAITING = select(func.min(waiting.c.article_id)).scalar_subquery()


@asynccontextmanager
async def placing(engine: AsyncEngine) -> AsyncIterator[None]:
    """While it is open, nobody else is in it. A file has one process.

    The server frees it however a process ends: it is held by an open transaction.
    """
    if engine.dialect.name != "postgresql":
        yield
        return
    async with writing(engine, alone=PLACING):
        yield


async def changes(connection: AsyncConnection, start: datetime, mark: Mark | None) -> Changes:
    """What was placed and moved since ``mark``; without one, all first seen at ``start`` or later.

    Ids are given one transaction after the other, and what waits is placed in their order: all before
    the first that waits has its place, and nothing behind it is told yet.
    """
    since = mark or Mark()
    columns = articles.c
    placed = (
        select(*MEMBER)
        .where(columns.id > since.article, columns.is_newest, columns.first_seen_at >= start)
        .where(columns.story_id.is_not(None))
        .where(columns.id < func.coalesce(_FIRST_WAITING, columns.id + 1))
        .where(seen_by(articles, None))
        .order_by(columns.first_seen_at, columns.id)
    )
    found = tuple(map(member_of, await connection.execute(placed)))
    last = await connection.scalar(select(func.max(moved.c.id)))
    now = Mark(max((article.id for article in found), default=since.article), last or since.move)
    if mark is None or now.move == mark.move:
        return Changes(found, {}, now)
    went = (
        select(columns.key, columns.story_id)
        .join(moved, moved.c.article_id == columns.id)
        .where(moved.c.id > mark.move, columns.story_id.is_not(None))
    )
    places = {key: StoryId(story) for key, story in await connection.execute(went)}
    return Changes(found, places, now)
