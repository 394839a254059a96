"""Stores a batch of articles with their stories in a handful of statements, whatever its size."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Column, bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model.articles import ArticleId, Counts, NewArticle
from digest.model.stories import Placed

from ..database.batching import batches
from ..tables import articles, sources, waiting
from .rows import article_columns
from .telling import Teller, stories_under


@dataclass(eq=False, slots=True)
class Revision:
    """One revision of an article; it gets its id when it is stored."""

    number: int
    fingerprint: str
    first_seen_at: datetime  # of the article: equal in all its revisions
    is_backlog: bool  # likewise
    id: int = 0
    story: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """An article to be stored, with its story as in Spot; without a story it waits for one."""

    article: NewArticle
    story: int | None
    duplicate_of: int | None = None


async def place(connection: AsyncConnection, placed: Sequence[Placed]) -> tuple[ArticleId, ...]:
    """Store the articles; their ids, in order. One equal to the newest revision gets that one's id."""
    places = [Place(one.article, one.story, one.duplicate_of) for one in placed]
    revisions, _ = await _store(connection, places)
    return tuple(ArticleId(revision.id) for revision in revisions)


async def bring(connection: AsyncConnection, articles: Sequence[NewArticle]) -> Counts:
    """Store the articles to wait for a story; how many were new, revised and known."""
    revisions, new = await _store(connection, [Place(article, None) for article in articles])
    first = sum(revision.number == 1 for revision in new)
    return Counts(new=first, revised=len(new) - first, known=len(revisions) - len(new))


async def _store(
    connection: AsyncConnection, places: Sequence[Place]
) -> tuple[Sequence[Revision], Collection[Revision]]:
    """The revision that each article is now, and those of them that are new."""
    newest = await _newest(connection, [one.article.key for one in places])
    revisions, new = _plan(places, newest)
    if new:
        told = await stories_under(connection, _tellers(new))
        await _supersede(connection, new)
        await _insert(connection, new, told, set(newest.values()))
        await _link_within(connection, new, revisions)
    return revisions, new.keys()


def _plan(
    places: Sequence[Place], newest: dict[str, Revision]
) -> tuple[Sequence[Revision], Mapping[Revision, Place]]:
    """The revision that each article is or becomes, and those to be stored; ``newest`` is updated."""
    revisions, new = [], {}
    for p in places:
        last = newest.get(p.article.key)
        if last is None:
            last = Revision(1, p.article.fingerprint, p.article.first_seen_at, p.article.is_backlog)
            new[last] = p
        elif last.fingerprint != p.article.fingerprint:
            story = last.story if p.story is None else p.story
            last = replace(
                last, number=last.number + 1, fingerprint=p.article.fingerprint, id=0, story=story
            )
            new[last] = replace(p, story=story)
        newest[p.article.key] = last
        revisions.append(last)
    return revisions, new


def _tellers(new: Mapping[Revision, Place]) -> Iterator[Teller]:
    for revision, placed in new.items():
        if placed.story is not None:
            article = placed.article
            yield Teller(placed.story, revision.first_seen_at, article.language, article.owner)


async def _newest(connection: AsyncConnection, keys: Sequence[str]) -> dict[str, Revision]:
    columns = articles.c
    newest = {}
    for batch in batches(keys):
        query = select(
            columns.key,
            columns.revision,
            columns.fingerprint,
            columns.first_seen_at,
            columns.is_backlog,
            columns.id,
            columns.story_id,
        ).where(columns.is_newest, columns.key.in_(batch))
        for key, *revision in await connection.execute(query):
            newest[key] = Revision(*revision)
    return newest


async def existing(
    connection: AsyncConnection, column: Column[Any], ids: Iterable[int | None]
) -> set[int]:
    """Those of the ids that exist: nothing may point to what was removed meanwhile."""
    stored: set[int] = set()
    for batch in batches(found for found in ids if found is not None and found > 0):
        stored.update(await connection.scalars(select(column).where(column.in_(batch))))
    return stored


async def _supersede(connection: AsyncConnection, new: Mapping[Revision, Place]) -> None:
    later = (placed.article.key for revision, placed in new.items() if revision.number > 1)
    for batch in batches(later):
        await connection.execute(
            update(articles)
            .where(articles.c.is_newest, articles.c.key.in_(batch))
            .values(is_newest=False)
        )
        followed = select(articles.c.id).where(~articles.c.is_newest, articles.c.key.in_(batch))
        await connection.execute(delete(waiting).where(waiting.c.article_id.in_(followed)))


async def _insert(
    connection: AsyncConnection,
    new: Mapping[Revision, Place],
    told: Mapping[int, int],
    newest: set[Revision],
) -> None:
    """Store the revisions and set their ids."""
    from_sources = await existing(
        connection, sources.c.id, (p.article.source for p in new.values())
    )
    originals = await existing(connection, articles.c.id, (p.duplicate_of for p in new.values()))
    rows = [
        {
            **article_columns(placed.article),
            "revision": revision.number,
            "is_newest": revision in newest,
            "first_seen_at": revision.first_seen_at,
            "is_backlog": revision.is_backlog,
            "revised_at": placed.article.first_seen_at,
            "source_id": placed.article.source if placed.article.source in from_sources else None,
            "story_id": None if placed.story is None else told[placed.story],
            "duplicate_of": placed.duplicate_of if placed.duplicate_of in originals else None,
        }
        for revision, placed in new.items()
    ]
    await connection.execute(insert(articles), rows)
    # One INSERT of many rows says its ids in no order on SQLite, so they are looked up by their keys.
    ids = await _ids(connection, [placed.article.key for placed in new.values()])
    for revision, placed in new.items():
        revision.id = ids[placed.article.key, revision.number]
    wait = [revision.id for revision, placed in new.items() if placed.story is None]
    if wait:
        await connection.execute(insert(waiting), [{"article_id": id_} for id_ in wait])


async def _ids(connection: AsyncConnection, keys: Sequence[str]) -> Mapping[tuple[str, int], int]:
    columns = articles.c
    ids = {}
    for batch in batches(keys):
        query = select(columns.key, columns.revision, columns.id).where(columns.key.in_(batch))
        for key, number, found in await connection.execute(query):
            ids[key, number] = found
    return ids


async def _link_within(
    connection: AsyncConnection, new: Mapping[Revision, Place], revisions: Sequence[Revision]
) -> None:
    """Point duplicates to originals in the same batch, whose ids are known only now."""
    links = {
        revision: revisions[-1 - placed.duplicate_of]
        for revision, placed in new.items()
        if placed.duplicate_of is not None and placed.duplicate_of < 0
    }
    rows = [{"copy": copy.id, "of": of.id} for copy, of in links.items() if copy is not of]
    if rows:
        change = update(articles).where(articles.c.id == bindparam("copy"))
        await connection.execute(change.values(duplicate_of=bindparam("of")), rows)
