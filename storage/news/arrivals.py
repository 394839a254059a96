"""What arrives: it is known already, or stored with its story, or waits for one."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from digest import ports
from digest.model.articles import Article, ArticleId, Counts, Known, NewArticle, StoryId
from digest.model.sources import Amount, SourceOutcome
from digest.model.stories import Changes, Mark, Member, Placed, Spot, Unplaced
from digest.model.work import Job

from ..database.engine import STORIES, asking, reading, writing
from ..database.jobs import put
from ..tables import articles
from .changes import changes, placing
from .knowing import known
from .moving import move_articles, shown_of
from .owning import still_wanted
from .placing import bring, place
from .selecting import latest
from .sources import record
from .waiting import awaiting, settle, unplaced

ALERT = Job("alert", after=timedelta(seconds=15))  # one for all that comes meanwhile


class SqlArrivals:
    """What arrives, in a SQL database."""

    def __init__(self, *, engine: AsyncEngine) -> None:
        self._engine = engine

    async def known(self, keys: Sequence[str], fingerprints: Sequence[str]) -> Mapping[str, Known]:
        """The newest revision under each key; an article without address also under its fingerprint."""
        async with asking(self._engine) as connection:
            return await known(connection, keys, fingerprints)

    async def add(
        self, placed: Sequence[Placed], outcome: SourceOutcome | None = None
    ) -> tuple[ArticleId, ...]:
        """Store articles with their stories, and the outcome of their source, at once; their ids, in order.

        Equal to the newest revision under its key: not stored again. A story, article or source that was
        removed meanwhile is no error: a new story is begun, the link is left out. What a source brought
        that was a reader's own, and is no longer, is not stored.
        """
        async with writing(self._engine, alone=STORIES) as connection:
            placed = await still_wanted(connection, placed)
            ids = await place(connection, placed)
            if outcome is not None:
                await record(connection, outcome)
            if placed:
                await put(connection, [ALERT])
            return ids

    async def bring(
        self, articles: Sequence[NewArticle], outcome: SourceOutcome | None = None
    ) -> Counts:
        """How many were new, revised and known; all wait for ``settle`` but revisions of placed articles."""
        keys = [article.key for article in articles]
        async with writing(self._engine, beside=STORIES, keys=keys) as connection:
            counts = await bring(connection, articles)
            if outcome is not None:
                await record(connection, outcome)
            if counts.revised:
                await put(connection, [ALERT])
            return counts

    async def waiting(self, limit: int) -> tuple[Member, ...]:
        """Public articles that wait for a story, newest revisions, by ``moment``, then id; the first ones."""
        async with reading(self._engine) as connection:
            return await awaiting(connection, limit)

    async def unplaced(self) -> Unplaced:
        """How many articles wait for a story, and the first of them."""
        async with asking(self._engine) as connection:
            return await unplaced(connection)

    async def settle(
        self, waiting: Sequence[Member], spots: Sequence[Spot]
    ) -> tuple[Mapping[str, Known], Mark]:
        """Give each waiting article its story. Returns what is stored then, by key, and a mark behind it."""
        keys = [member.key for member in waiting]
        async with writing(self._engine, beside=STORIES, keys=keys) as connection:
            settled = await settle(connection, waiting, spots)
            await put(connection, [ALERT])
            return settled

    @property
    def is_shared(self) -> bool:
        """Whether other processes store and place beside this one: a file has only one process."""
        return self._engine.dialect.name == "postgresql"

    def placing(self, *, waits: bool) -> AbstractAsyncContextManager[bool]:
        """While it is open, no other process places or moves articles inside such a block.

        Gives False if another process is in one now, and this one does not wait.
        """
        return placing(self._engine, waits=waits)

    async def changes(self, start: datetime, mark: Mark | None) -> Changes:
        """What was placed and moved since ``mark``; without one, all that was first seen since ``start``."""
        async with reading(self._engine) as connection:
            return await changes(connection, start, mark)

    async def own(self, reader: int, start: datetime) -> tuple[Article, ...]:
        """The latest of the reader's own articles first seen since ``start``, newest revision each."""
        since = articles.c.first_seen_at >= start
        async with reading(self._engine) as connection:
            return await latest(connection, reader, articles.c.is_newest, since)

    async def amount(self, reader: int, start: datetime) -> Amount:
        """What the reader's own sources brought since ``start``, counting every revision but no files."""
        length = func.coalesce(func.sum(func.length(articles.c.text)), 0)
        query = select(func.count(), length).where(
            articles.c.owner == reader, articles.c.file.is_(None), articles.c.revised_at >= start
        )
        async with reading(self._engine) as connection:
            return Amount(*(await connection.execute(query)).one())

    async def shown(self, stories: Collection[StoryId]) -> frozenset[StoryId]:
        """Those of the stories that a digest of any chat has shown."""
        async with reading(self._engine) as connection:
            return frozenset(map(StoryId, await shown_of(connection, stories)))

    async def move(self, moves: Mapping[str, StoryId | int]) -> Mapping[str, StoryId]:
        """Put articles into other stories. Returns where each stored one of them is then."""
        async with writing(self._engine, alone=STORIES) as connection:
            return await move_articles(connection, moves)


if TYPE_CHECKING:
    _arrivals: type[ports.Arrivals] = SqlArrivals
