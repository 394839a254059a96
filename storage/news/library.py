"""What is stored, for whoever asks: articles, stories and searches."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from itertools import starmap
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, String, cast, distinct, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from digest import ports
from digest.model.articles import RELEVANT, Article, ArticleId, StoryId
from digest.model.digests import Snapshot, Window
from digest.model.stories import Publication

from ..database.batching import batches
from ..database.engine import reading
from ..tables import articles
from .owning import seen_by
from .rows import MOMENT
from .searching import best, holding, searchable
from .selecting import BY_FIRST_SEEN, read, selected
from .snapshots import counting, snapshot
from .telling import taken_in


class SqlLibrary:
    """The stored articles and stories, in a SQL database."""

    def __init__(self, *, engine: AsyncEngine) -> None:
        self._engine = engine

    async def count(self, start: datetime) -> tuple[int, int]:
        """How many public articles were first seen since ``start``, and how many stories they belong to."""
        query = select(func.count(), func.count(distinct(articles.c.story_id))).where(
            articles.c.is_newest, articles.c.first_seen_at >= start, seen_by(articles, None)
        )
        async with reading(self._engine) as connection:
            told, stories_told = (await connection.execute(query)).one()
            return told, stories_told

    async def files(self, reader: int) -> tuple[Article, ...]:
        """The files that the reader sent, newest revision each, by first seen and id."""
        mine = (articles.c.owner == reader) & articles.c.file.is_not(None)
        async with reading(self._engine) as connection:
            return await selected(connection, articles.c.is_newest, mine, by=BY_FIRST_SEEN)

    async def readers(self, window: Window) -> frozenset[int]:
        """The readers who have articles of their own that count in ``window``."""
        mine = articles.c.owner.is_not(None)
        query = select(articles.c.owner).distinct().where(mine, *counting(window))
        async with reading(self._engine) as connection:
            return frozenset(await connection.scalars(query))

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
        """At most ``limit`` articles first seen since ``start``, latest first."""
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
        """Each article about diplomacy that names all countries and has the topic, with its date."""
        columns = articles.c
        query = (
            select(MOMENT, columns.story_id)
            .where(columns.is_newest, columns.first_seen_at >= start)
            .where(columns.relevance >= RELEVANT, seen_by(articles, reader))
            .where(*map(_names, countries))
            .order_by(MOMENT)
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
        """Articles that hold all ``words``, best first, among the newest 1,000 that do."""
        if not (said := searchable(words)):
            return ()
        async with reading(self._engine) as connection:
            found = await best(connection, said, limit=limit, offset=offset, reader=reader)
            by_id = {a.id: a for a in await selected(connection, articles.c.id.in_(found))}
        return tuple(by_id[ArticleId(found_id)] for found_id in found)


def _names(country: str) -> ColumnElement[bool]:
    """Whether an article is about a country, judged by its JSON list of codes."""
    return cast(articles.c.countries, String).contains(f'"{country}"', autoescape=True)


def _bears(topic: str) -> ColumnElement[bool]:
    """Whether an article has a topic, judged by its JSON list, where a score follows each slug."""
    return cast(articles.c.topics, String).like(f'%["{topic}",_.%')


if TYPE_CHECKING:
    _library: type[ports.Library] = SqlLibrary
