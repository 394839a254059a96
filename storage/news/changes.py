"""Several processes place articles in the stories of one server: one at a time, each knowing what others did.

There is one turn for all stories. With one for each language and day two could place side by side, but
placing is the smaller part of the work (docs/scaling.md has the figures), and duplicates cross both.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from digest.model.stories import Changes, Mark

from ..database.engine import free, take, writing
from ..tables import articles, moved
from .owning import seen_by
from .rows import MEMBER, member_of

PLACING = "placing"
# The transaction of a turn says nothing while others do its work; learning what others placed takes 0.6 ms an
# article. After so long its process is frozen, and another has its turn.
_LONGEST = text("SET LOCAL idle_in_transaction_session_timeout = '10min'")


@asynccontextmanager
async def placing(engine: AsyncEngine, *, waits: bool) -> AsyncIterator[bool]:
    """While it is open, no other process is in it; gives False if one is. A file has only one process.

    The turn is an open transaction, so the server frees it however a process ends.
    """
    if engine.dialect.name != "postgresql":
        yield True
    else:
        async with writing(engine) as connection:
            await connection.execute(_LONGEST)
            if waits:
                await take(connection, PLACING)
            yield waits or await free(connection, PLACING)


async def changes(connection: AsyncConnection, start: datetime, mark: Mark | None) -> Changes:
    """What was placed or moved since ``mark``; without a mark, all that was first seen since ``start``.

    Both are recorded within ``placing``, so no record can appear after one with a higher number.
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
