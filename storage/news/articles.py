"""Articles in immutable revisions, their stories, and the search over them."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, delete, distinct, exists, func, select, update

from digest import ports
from digest.model.articles import ArticleId

from ..database.engine import STORIES, asking, reading, writing
from ..readers.showing import forget_before
from ..tables import articles, sources, stories
from .arrivals import SqlArrivals
from .library import SqlLibrary
from .owning import drop, drop_orphans
from .telling import drop_untold

_OLD_AT_ONCE = 500  # revisions removed in one transaction, in which nobody else writes


class SqlArticleStore(SqlArrivals, SqlLibrary):
    """The articles in a SQL database: both halves speak to the same tables."""

    async def remove(self, article: ArticleId, *, owner: int) -> bool:
        """Remove a reader's own article in all its revisions. Returns whether the reader had it."""
        mine = articles.c.owner == owner
        key = select(articles.c.key).where(articles.c.id == article, mine).scalar_subquery()
        async with writing(self._engine, alone=STORIES) as connection:
            return await drop(connection, articles.c.key == key, mine) > 0

    async def date_back(self, now: datetime, *, beyond: datetime) -> int:
        """How many revisions were first seen later than ``beyond``: it is now, as for stories and feeds."""
        is_any = exists().where(articles.c.first_seen_at > beyond)
        async with asking(self._engine) as connection:  # each hour, and mostly in vain
            if not await connection.scalar(select(is_any)):
                return 0
        async with writing(self._engine, alone=STORIES) as connection:
            for column in (
                stories.c.started_at,
                stories.c.last_at,
                sources.c.last_ok_at,
                articles.c.revised_at,
            ):
                ahead = update(column.table).where(column > beyond)
                await connection.execute(ahead.values({column.name: now}))
            seen = update(articles).where(articles.c.first_seen_at > beyond)
            return (await connection.execute(seen.values(first_seen_at=now))).rowcount

    async def prune(self, before: datetime) -> int:
        """Remove articles first seen before ``before``, with stories left empty. Returns how many articles.

        What readers were shown of them is forgotten as well, and what belonged to readers that left.
        """
        old = articles.c.first_seen_at < before
        async with reading(self._engine) as connection:
            count = await connection.scalar(select(func.count(distinct(articles.c.key))).where(old))
        while await self._prune_some(old):
            pass
        async with writing(self._engine, alone=STORIES) as connection:
            await drop_orphans(connection)
            await drop_untold(connection)
            await forget_before(connection, before)
        return count or 0

    async def _prune_some(self, old: ColumnElement[bool]) -> int:
        """Remove some revisions; returns how many. Stories left empty go at the end, all together."""
        some = select(articles.c.id).where(old).limit(_OLD_AT_ONCE)
        async with writing(self._engine, alone=STORIES) as connection:
            gone = await connection.execute(delete(articles).where(articles.c.id.in_(some)))
            return gone.rowcount


if TYPE_CHECKING:
    _articles: type[ports.ArticleStore] = SqlArticleStore
