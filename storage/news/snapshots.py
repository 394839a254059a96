"""What one edition is composed from: articles that count, their stories, and the state of the feeds."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model.articles import RELEVANT, StoryId
from digest.model.digests import Snapshot, Window
from digest.model.sources import UNREAD

from ..database.batching import batches
from ..tables import articles, sources, stories
from .owning import seen_by
from .selecting import seen

LATE = timedelta(hours=48)  # what was published before the hour and fetched after it still counts


async def snapshot(
    connection: AsyncConnection, window: Window, reader: int | None, now: datetime
) -> Snapshot:
    """The snapshot of public articles, and of the reader's own."""
    found = await seen(connection, reader, *counting(window))
    told = {article.story for article in found if article.story is not None}
    return Snapshot(
        window,
        found,
        await _started(connection, told),
        await _feeds(connection, reader, now),
        await _parts_of(connection, told),
    )


def counting(window: Window) -> tuple[ColumnElement[bool], ...]:
    """Conditions under which a revision counts: the article's age, and no later revision before the end."""
    columns, later = articles.c, articles.alias("later")
    revised = exists().where(
        later.c.key == columns.key,
        later.c.revision > columns.revision,
        later.c.revised_at < window.end,
    )
    published = func.coalesce(columns.published_at, columns.modified_at)
    return (
        ~columns.is_backlog,
        columns.first_seen_at >= window.start,
        columns.first_seen_at < window.end,
        columns.revised_at < window.end,
        or_(published.is_(None), published >= window.start - LATE),
        ~revised,
    )


async def _started(
    connection: AsyncConnection, told: Collection[StoryId]
) -> Mapping[StoryId, datetime]:
    """When each story's first article on diplomacy was seen; if only a reader's own are, when it began."""
    public = articles.c.owner.is_(None)
    first = (
        select(articles.c.story_id, func.min(articles.c.first_seen_at))
        .where(articles.c.relevance >= RELEVANT, public)
        .group_by(articles.c.story_id)
    )
    started: dict[StoryId, datetime] = {}
    for batch in batches(told):
        whole = select(stories.c.id, stories.c.started_at).where(stories.c.id.in_(batch))
        for query in (whole, first.where(articles.c.story_id.in_(batch))):
            for story, started_at in await connection.execute(query):
                started[StoryId(story)] = started_at
    return started


async def _parts_of(
    connection: AsyncConnection, told: Collection[StoryId]
) -> Mapping[StoryId, frozenset[StoryId]]:
    parts: defaultdict[StoryId, set[StoryId]] = defaultdict(set)
    for batch in batches(told):
        query = select(stories.c.id, stories.c.part_of).where(stories.c.part_of.in_(batch))
        for story, whole in await connection.execute(query):
            parts[StoryId(whole)].add(StoryId(story))
    return {story: frozenset(found) for story, found in parts.items()}


async def _feeds(
    connection: AsyncConnection, reader: int | None, now: datetime
) -> tuple[tuple[str | None, bool], ...]:
    """For each enabled source its country, and whether it is unread."""
    since = func.coalesce(sources.c.last_ok_at, sources.c.added_at, now)
    is_unread = or_(sources.c.failures > 0, since <= now - UNREAD)
    query = select(sources.c.outlet_country, is_unread).where(
        sources.c.enabled, seen_by(sources, reader)
    )
    return tuple((country, bool(fails)) for country, fails in await connection.execute(query))
