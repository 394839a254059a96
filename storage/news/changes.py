"""Several processes place articles in the stories of one server: one at a time, each knowing the others'.

The turn is one for all stories. One for each language and day would let two place side by side, but placing
is the smaller part of the work (docs/scaling.md has the figures), and duplicates cross both.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from digest.model.stories import Changes, Mark

from ..database.engine import free, writing
from ..tables import articles, moved
from .owning import seen_by
from .rows import MEMBER, member_of

PLACING = "placing"


@asynccontextmanager
async def placing(engine: AsyncEngine, *, waits: bool) -> AsyncIterator[bool]:
    """While it is open, nobody else is in it, or it is not ours. A file has one process.

    The server frees it however a process ends: it is held by an open transaction.
    """
    if engine.dialect.name != "postgresql":
        yield True
    elif waits:
        async with writing(engine, alone=PLACING):
            yield True
    else:
        async with writing(engine) as connection:
            yield await free(connection, PLACING)


async def changes(connection: AsyncConnection, start: datetime, mark: Mark | None) -> Changes:
    """What was placed or moved since ``mark``; without one, all first seen at ``start`` or later.

    Both are noted in ``placing``, so no note comes later than a higher one.
    """
    last = await connection.scalar(select(func.max(moved.c.id)))
    placed = select(*MEMBER).where(
        articles.c.is_newest,
        articles.c.first_seen_at >= start,
        articles.c.story_id.is_not(None),
        seen_by(articles, None),
    )
    if mark is None:
        placed = placed.order_by(articles.c.first_seen_at, articles.c.id)
    else:
        noted = placed.join(moved, moved.c.article_id == articles.c.id)
        placed = noted.where(moved.c.id > mark.move).order_by(moved.c.id)
    found = {member.key: member for member in map(member_of, await connection.execute(placed))}
    return Changes(tuple(found.values()), Mark(last or (mark or Mark()).move))
