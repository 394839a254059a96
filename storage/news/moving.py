"""Moves articles between stories in a handful of statements; what was shown is not moved."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model.articles import StoryId

from ..database.batching import batches
from ..tables import articles, moved, showing_stories, stories
from .telling import PROLONG, begin, taken_in


@dataclass(frozen=True, slots=True)
class _Stored:
    """Where the newest revision of an article is."""

    id: int
    story: int
    first_seen_at: datetime
    language: str | None


async def move_articles(
    connection: AsyncConnection, moves: Mapping[str, StoryId | int]
) -> Mapping[str, StoryId]:
    """Put articles into other stories. Returns where each stored one of them is then.

    What was shown stays where it is, and so does what would go to a story that is gone.
    """
    stored = await _current(connection, moves)
    shown = await shown_of(connection, {article.story for article in stored.values()})
    free = {key: moves[key] for key, article in stored.items() if article.story not in shown}
    targets = await _targets(connection, free, stored)
    going = {key: targets[number] for key, number in free.items() if number in targets}
    if going:
        await connection.execute(_MOVE, [{"moved": k, "to": s} for k, s in going.items()])
        await _prolong(connection, going, stored)
        await _leave(connection, going, stored)
        await connection.execute(insert(moved), [{"article_id": stored[k].id} for k in going])
    return {key: StoryId(going.get(key, article.story)) for key, article in stored.items()}


async def shown_of(connection: AsyncConnection, ids: Iterable[int]) -> set[int]:
    """Those of the stories that a digest of any chat has shown."""
    found: set[int] = set()
    told = showing_stories.c.story_id
    for batch in batches(ids):
        found.update(await connection.scalars(select(told).where(told.in_(batch)).distinct()))
    return found


_MOVE = (
    update(articles).where(articles.c.key == bindparam("moved")).values(story_id=bindparam("to"))
)


async def _current(connection: AsyncConnection, keys: Iterable[str]) -> Mapping[str, _Stored]:
    columns = articles.c
    found = {}
    for batch in batches(keys):
        query = select(
            columns.key, columns.id, columns.story_id, columns.first_seen_at, columns.language
        ).where(columns.is_newest, columns.story_id.is_not(None), columns.key.in_(batch))
        for key, *place in await connection.execute(query):
            found[key] = _Stored(*place)
    return found


async def _targets(
    connection: AsyncConnection, free: Mapping[str, int], stored: Mapping[str, _Stored]
) -> Mapping[int, int]:
    """The stored story for each number: a known one, or a new one for each negative number."""
    into = await taken_in(connection, free.values())
    known: set[int] = set()
    for batch in batches(into.get(n, n) for n in free.values() if n > 0):
        known.update(await connection.scalars(select(stories.c.id).where(stories.c.id.in_(batch))))
    targets = {n: story for n in free.values() if (story := into.get(n, n)) in known}
    begun = {number: key for key, number in reversed(list(free.items())) if number < 0}
    firsts = [stored[key] for key in begun.values()]
    lives = [(one.first_seen_at, one.first_seen_at, one.language) for one in firsts]
    return targets | dict(zip(begun, await begin(connection, lives), strict=True))


async def _prolong(
    connection: AsyncConnection, going: Mapping[str, int], stored: Mapping[str, _Stored]
) -> None:
    """Extend the stories to the first and last of the articles that came to them."""
    seen: defaultdict[int, list[datetime]] = defaultdict(list)
    for key, story in going.items():
        seen[story].append(stored[key].first_seen_at)
    rows = [{"story": s, "first": min(at), "last": max(at)} for s, at in seen.items()]
    await connection.execute(PROLONG, rows)


async def _leave(
    connection: AsyncConnection, going: Mapping[str, int], stored: Mapping[str, _Stored]
) -> None:
    """Shorten the stories that lost articles; one that lost all becomes part of where its first went.

    Readers' own articles in it do not count, and move along.
    """
    firsts: dict[int, tuple[int, int]] = {}
    for key, to in going.items():
        article = stored[key]
        firsts[article.story] = min((article.id, to), firsts.get(article.story, (article.id, to)))
    left: set[int] = set()
    seen, story = articles.c.first_seen_at, articles.c.story_id
    for batch in batches(firsts):
        query = (
            select(story, func.min(seen), func.max(seen))
            .where(story.in_(batch), articles.c.owner.is_(None))
            .group_by(story)
        )
        rows = [
            {"story": id_, "first": first, "last": last}
            for id_, first, last in await connection.execute(query)
        ]
        left.update(row["story"] for row in rows)
        if rows:
            await connection.execute(_RESTART, rows)
    gone = [{"gone": id_, "into": to} for id_, (_, to) in firsts.items() if id_ not in left]
    if gone:
        await connection.execute(_TAKE_ALONG, gone)
        await connection.execute(_PASS_ON, gone)


_RESTART = (
    update(stories)
    .where(stories.c.id == bindparam("story"))
    .values(started_at=bindparam("first"), last_at=bindparam("last"))
)
_TAKE_ALONG = (
    update(articles)
    .where(articles.c.story_id == bindparam("gone"))
    .values(story_id=bindparam("into"))
)
_PASS_ON = (
    update(stories)
    .where((stories.c.id == bindparam("gone")) | (stories.c.part_of == bindparam("gone")))
    .values(part_of=bindparam("into"))
)
