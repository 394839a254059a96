"""Articles in immutable revisions, their stories, and the search over them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from itertools import starmap
from typing import TYPE_CHECKING

from sqlalchemy import (
    ColumnElement,
    String,
    cast,
    delete,
    distinct,
    func,
    select,
)
from sqlalchemy.ext.asyncio import AsyncEngine

from digest import ports
from digest.model.articles import RELEVANT, Article, ArticleId, Counts, Known, NewArticle, StoryId
from digest.model.digests import Snapshot, Window
from digest.model.sources import Amount, SourceOutcome
from digest.model.stories import Changes, Mark, Member, Placed, Publication, Spot, Unplaced
from digest.model.work import Job

from .batching import batches
from .changes import changes, placing
from .engine import STORIES, asking, reading, writing
from .jobs import put
from .knowing import known
from .moving import move_articles, shown_of
from .owning import drop, drop_orphans, seen_by, still_wanted
from .placing import bring, place
from .searching import best, holding, searchable
from .selecting import BY_FIRST_SEEN, latest, read, selected
from .showing import forget_before
from .snapshots import counting, snapshot
from .sources import record
from .tables import articles
from .telling import drop_untold, taken_in
from .waiting import awaiting, settle, unplaced

_OLD_AT_ONCE = 500  # revisions removed in one transaction, in which nobody else writes
ALERT = Job("alert", after=timedelta(seconds=15))  # one for all that comes meanwhile


class SqlArticleStore:
    """The articles in a SQL database."""

    def __init__(self, *, engine: AsyncEngine) -> None:
        self._engine = engine

    async def known(self, keys: Sequence[str], fingerprints: Sequence[str]) -> Mapping[str, Known]:
        """The newest revision under each key; an article without address under its fingerprint too."""
        async with asking(self._engine) as connection:
            return await known(connection, keys, fingerprints)

    async def add(
        self, placed: Sequence[Placed], outcome: SourceOutcome | None = None
    ) -> tuple[ArticleId, ...]:
        """Ids of the articles, in order, stored with their stories and the source's outcome at once.

        Equal to the newest revision under its key: not stored again. A story, article or source that
        was removed meanwhile is no error: a new story is begun, the link is left out. What a source
        brought that was a reader's own, and is no longer, is not stored.
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
        """How many were new, revised and known; they wait for ``settle``, a revision where it may."""
        keys = [article.key for article in articles]
        async with writing(self._engine, beside=STORIES, keys=keys) as connection:
            counts = await bring(connection, articles)
            if outcome is not None:
                await record(connection, outcome)
            if counts.revised:
                await put(connection, [ALERT])
            return counts

    async def waiting(self, limit: int) -> tuple[Member, ...]:
        """The first public articles, newest revisions, that wait for a story; by id."""
        async with reading(self._engine) as connection:
            return await awaiting(connection, limit)

    async def unplaced(self) -> Unplaced:
        """How many articles wait for a story, and the first of them."""
        async with asking(self._engine) as connection:
            return await unplaced(connection)

    async def settle(
        self, waiting: Sequence[Member], spots: Sequence[Spot]
    ) -> tuple[Mapping[str, Known], Mark]:
        """Give what waits its stories, one for each; what is stored then, by key, and a mark behind it."""
        keys = [member.key for member in waiting]
        async with writing(self._engine, beside=STORIES, keys=keys) as connection:
            settled = await settle(connection, waiting, spots)
            await put(connection, [ALERT])
            return settled

    @property
    def is_shared(self) -> bool:
        """Whether other processes store and place beside this one: a file has one process."""
        return self._engine.dialect.name == "postgresql"

    def placing(self, *, waits: bool) -> AbstractAsyncContextManager[bool]:
        """While it is open, no other process places or moves articles through such a block.

        False where another is in one now, and this one does not wait.
        """
        return placing(self._engine, waits=waits)

    async def changes(self, start: datetime, mark: Mark | None) -> Changes:
        """What was placed and moved since ``mark``; without one, all first seen at ``start`` or later."""
        async with reading(self._engine) as connection:
            return await changes(connection, start, mark)

    async def count(self, start: datetime) -> tuple[int, int]:
        """How many public articles were first seen at ``start`` or later, and how many stories they tell."""
        query = select(func.count(), func.count(distinct(articles.c.story_id))).where(
            articles.c.is_newest, articles.c.first_seen_at >= start, seen_by(articles, None)
        )
        async with reading(self._engine) as connection:
            told, stories_told = (await connection.execute(query)).one()
            return told, stories_told

    async def own(self, reader: int, start: datetime) -> tuple[Article, ...]:
        """The latest of the reader's own first seen at ``start`` or later, newest revision each."""
        since = articles.c.first_seen_at >= start
        async with reading(self._engine) as connection:
            return await latest(connection, reader, articles.c.is_newest, since)

    async def amount(self, reader: int, start: datetime) -> Amount:
        """What the reader's own sources brought at ``start`` or later, in all revisions; no files."""
        length = func.coalesce(func.sum(func.length(articles.c.text)), 0)
        query = select(func.count(), length).where(
            articles.c.owner == reader, articles.c.file.is_(None), articles.c.revised_at >= start
        )
        async with reading(self._engine) as connection:
            return Amount(*(await connection.execute(query)).one())

    async def files(self, reader: int) -> tuple[Article, ...]:
        """The files that the reader sent, newest revision each, by first seen and id."""
        mine = (articles.c.owner == reader) & articles.c.file.is_not(None)
        async with reading(self._engine) as connection:
            return await selected(connection, articles.c.is_newest, mine, by=BY_FIRST_SEEN)

    async def readers(self, window: Window) -> frozenset[int]:
        """Those whose own articles count in ``window``."""
        mine = articles.c.owner.is_not(None)
        query = select(articles.c.owner).distinct().where(mine, *counting(window))
        async with reading(self._engine) as connection:
            return frozenset(await connection.scalars(query))

    async def remove(self, article: ArticleId, *, owner: int) -> bool:
        """Whether the reader had such an article; it is gone in all its revisions."""
        mine = articles.c.owner == owner
        key = select(articles.c.key).where(articles.c.id == article, mine).scalar_subquery()
        async with writing(self._engine, alone=STORIES) as connection:
            return await drop(connection, articles.c.key == key, mine) > 0

    async def recent(
        self,
        start: datetime,
        *,
        limit: int,
        countries: Collection[str] = (),
        words: str = "",
        relevance: float = 0.0,
        reader: int | None = None,
    ) -> tuple[Article, ...]:
        """At most ``limit`` articles first seen at ``start`` or later, the latest first."""
        if words and not searchable(words):
            return ()
        query = (
            select(articles)
            .where(articles.c.is_newest, articles.c.first_seen_at >= start)
            .where(seen_by(articles, reader), articles.c.relevance >= relevance)
            .order_by(articles.c.first_seen_at.desc(), articles.c.id.desc())
            .limit(limit)
        )
        if countries:
            query = query.where(*map(_names, countries))
        if words:
            query = query.where(
                articles.c.id.in_(holding(self._engine.dialect.name, searchable(words)))
            )
        async with reading(self._engine) as connection:
            return await read(connection, query)

    async def publications(
        self,
        start: datetime,
        *,
        countries: Collection[str] = (),
        topic: str = "",
        reader: int | None = None,
    ) -> tuple[Publication, ...]:
        """Each article about diplomacy that names all countries and bears the topic, by its date."""
        columns = articles.c
        published = func.coalesce(columns.published_at, columns.modified_at, columns.first_seen_at)
        query = (
            select(published, columns.story_id)
            .where(columns.is_newest, columns.first_seen_at >= start)
            .where(columns.relevance >= RELEVANT, seen_by(articles, reader))
            .where(*map(_names, countries))
            .order_by(published)
        )
        if topic:
            query = query.where(_bears(topic))
        async with reading(self._engine) as connection:
            return tuple(starmap(Publication, await connection.execute(query)))

    async def story(self, story: StoryId, *, reader: int | None = None) -> tuple[Article, ...]:
        """The articles of one story, newest revisions, by first seen and id."""
        async with reading(self._engine) as connection:
            into = await taken_in(connection, (story,))
            member = articles.c.is_newest & (articles.c.story_id == into.get(story, story))
            return await selected(connection, member, seen_by(articles, reader), by=BY_FIRST_SEEN)

    async def stories(
        self, ids: Collection[StoryId], *, reader: int | None = None
    ) -> Mapping[StoryId, tuple[Article, ...]]:
        """The articles of several stories, by the numbers asked for."""
        found = defaultdict[int, list[Article]](list)
        async with reading(self._engine) as connection:
            into = await taken_in(connection, ids)
            for batch in batches(into.get(story, story) for story in ids):
                here = (articles.c.is_newest, articles.c.story_id.in_(batch))
                seen = seen_by(articles, reader)
                for one in await selected(connection, *here, seen, by=BY_FIRST_SEEN):
                    found[one.story or 0].append(one)
        return {
            story: tuple(members) for story in ids if (members := found.get(into.get(story, story)))
        }

    async def shown(self, stories: Collection[StoryId]) -> frozenset[StoryId]:
        """Those of the stories that a digest of any chat has shown."""
        async with reading(self._engine) as connection:
            return frozenset(map(StoryId, await shown_of(connection, stories)))

    async def move(self, moves: Mapping[str, StoryId | int]) -> Mapping[str, StoryId]:
        """Put articles into other stories; where each of them, if it is stored, is now."""
        async with writing(self._engine, alone=STORIES) as connection:
            return await move_articles(connection, moves)

    async def snapshot(
        self, window: Window, *, reader: int | None = None, now: datetime | None = None
    ) -> Snapshot:
        """What one edition over ``window`` is composed from, read in one transaction."""
        async with reading(self._engine) as connection:
            return await snapshot(connection, window, reader, now or window.end)

    async def get(self, article: ArticleId, *, reader: int | None = None) -> Article | None:
        """One stored revision, unless it is another reader's own."""
        here = (articles.c.id == article, seen_by(articles, reader))
        async with reading(self._engine) as connection:
            return next(iter(await selected(connection, *here)), None)

    async def some(
        self, ids: Collection[ArticleId], *, reader: int | None = None
    ) -> Mapping[ArticleId, Article]:
        """Those of the revisions that are stored and no other reader's own, by id."""
        found: dict[ArticleId, Article] = {}
        async with reading(self._engine) as connection:
            for batch in batches(ids):
                here = (articles.c.id.in_(batch), seen_by(articles, reader))
                found |= {one.id: one for one in await selected(connection, *here)}
        return found

    async def all(self, *, after: int = 0, limit: int | None = None) -> tuple[Article, ...]:
        """Every stored revision with an id above ``after`` that is no reader's own, by id."""
        some = select(articles).where(articles.c.id > after, seen_by(articles, None))
        async with reading(self._engine) as connection:
            return await read(connection, some.order_by(articles.c.id).limit(limit))

    async def search(
        self, words: str, *, limit: int, offset: int = 0, reader: int | None = None
    ) -> tuple[Article, ...]:
        """Articles that hold all ``words``, best first, of the newest 1,000 that do."""
        if not (said := searchable(words)):
            return ()
        async with reading(self._engine) as connection:
            found = await best(connection, said, limit=limit, offset=offset, reader=reader)
            by_id = {a.id: a for a in await selected(connection, articles.c.id.in_(found))}
        return tuple(by_id[ArticleId(found_id)] for found_id in found)

    async def prune(self, before: datetime) -> int:
        """How many articles first seen before ``before`` were removed, with their empty stories.

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
        """How many revisions went; a story that is left without any goes at the end, with all others."""
        some = select(articles.c.id).where(old).limit(_OLD_AT_ONCE)
        async with writing(self._engine, alone=STORIES) as connection:
            gone = await connection.execute(delete(articles).where(articles.c.id.in_(some)))
            return gone.rowcount


def _names(country: str) -> ColumnElement[bool]:
    """Whether an article is about a country, by its JSON list of codes."""
    return cast(articles.c.countries, String).contains(f'"{country}"', autoescape=True)


def _bears(topic: str) -> ColumnElement[bool]:
    """Whether an article bears a topic, by its JSON list; after a slug stands a score, as 0.87."""
    return cast(articles.c.topics, String).like(f'%["{topic}",_.%')


if TYPE_CHECKING:
    _articles: type[ports.ArticleStore] = SqlArticleStore
