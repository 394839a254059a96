"""Store a batch of articles with their stories: a handful of statements whatever its size."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Column, bindparam, case, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model import ArticleId, Placed

from .rows import article_columns
from .tables import articles, sources, stories

BATCH = 5_000  # values in one IN (...); SQLite takes 32,766 parameters a statement

T = TypeVar("T")


@dataclass(eq=False, slots=True)
class Revision:
    """One revision of an article; its id comes when it is stored."""

    number: int
    fingerprint: str
    first_seen_at: datetime  # of the article: equal in all its revisions
    is_backlog: bool  # likewise
    id: int = 0


async def place(connection: AsyncConnection, placed: Sequence[Placed]) -> tuple[ArticleId, ...]:
    """Ids in order; what equals the newest revision under its key keeps that one's id."""
    newest = await _newest(connection, [p.article.key for p in placed])
    revisions, new = plan(placed, newest)
    if new:
        told = await _tell(connection, new)
        await _supersede(connection, new)
        await _insert(connection, new, told, set(newest.values()))
        await _link_within(connection, new, revisions)
    return tuple(ArticleId(revision.id) for revision in revisions)


def plan(
    placed: Sequence[Placed], newest: dict[str, Revision]
) -> tuple[tuple[Revision, ...], Mapping[Revision, Placed]]:
    """The revision that each article is or becomes, and those to be stored; ``newest`` keeps up."""
    revisions, new = [], {}
    for p in placed:
        last = newest.get(p.article.key)
        if last is None:
            last = Revision(1, p.article.fingerprint, p.article.first_seen_at, p.article.is_backlog)
            new[last] = p
        elif last.fingerprint != p.article.fingerprint:
            number = last.number + 1
            last = Revision(number, p.article.fingerprint, last.first_seen_at, last.is_backlog)
            new[last] = p
        newest[p.article.key] = last
        revisions.append(last)
    return tuple(revisions), new


def batches(values: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """The distinct values in lists that fit into one statement."""
    rest = iter(dict.fromkeys(values))
    while batch := list(islice(rest, size)):
        yield batch


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
        ).where(columns.is_newest, columns.key.in_(batch))
        for key, *revision in await connection.execute(query):
            newest[key] = Revision(*revision)
    return newest


async def _stored(
    connection: AsyncConnection, column: Column[Any], ids: Iterable[int | None]
) -> set[int]:
    """Those of the ids that exist: what was removed meanwhile is not pointed to."""
    stored: set[int] = set()
    for batch in batches(found for found in ids if found is not None and found > 0):
        stored.update(await connection.scalars(select(column).where(column.in_(batch))))
    return stored


async def _tell(connection: AsyncConnection, new: Mapping[Revision, Placed]) -> Mapping[int, int]:
    """The stored story under each number that the batch uses: known ones prolonged, others begun.

    A reader's own article leaves the life of a known story as it was: others see when it began.
    """
    members: dict[int, list[Revision]] = {}
    for revision, placed in new.items():
        members.setdefault(placed.story, []).append(revision)
    stored = await _parts(connection, members)
    into = {story: whole for story, whole in stored.items() if whole is not None}
    for story in into:
        members.setdefault(into[story], []).extend(members.pop(story))
    known = stored.keys() - into.keys() | set(into.values())
    public = {
        story: [member for member in members[story] if new[member].article.owner is None]
        for story in sorted(known)
    }
    prolonged = [{"story": story, **_life(told)} for story, told in public.items() if told]
    if prolonged:
        await connection.execute(PROLONG, prolonged)
    begun = [story for story in members if story not in known]
    same = {story: story for story in known} | into
    if not begun:
        return same
    rows = [
        {
            "started_at": (life := _life(members[story]))["first"],
            "last_at": life["last"],
            "language": new[members[story][0]].article.language,
        }
        for story in begun
    ]
    ids = await connection.scalars(
        insert(stories).returning(stories.c.id, sort_by_parameter_order=True), rows
    )
    return {**dict(zip(begun, ids, strict=True)), **same}


async def taken_in(connection: AsyncConnection, ids: Iterable[int]) -> dict[int, int]:
    """The story that each of the ids has become part of; stories of their own are left out."""
    stored = await _parts(connection, ids)
    return {story: whole for story, whole in stored.items() if whole is not None}


async def _parts(connection: AsyncConnection, ids: Iterable[int]) -> dict[int, int | None]:
    """Those of the ids that exist, with the story that each has become part of, if it has."""
    found: dict[int, int | None] = {}
    for batch in batches(story for story in ids if story > 0):
        query = select(stories.c.id, stories.c.part_of).where(stories.c.id.in_(batch))
        found.update({story: whole for story, whole in await connection.execute(query)})
    return found


PROLONG = (
    update(stories)
    .where(stories.c.id == bindparam("story"))
    .values(
        started_at=case(
            (stories.c.started_at > bindparam("first"), bindparam("first")),
            else_=stories.c.started_at,
        ),
        last_at=case(
            (stories.c.last_at < bindparam("last"), bindparam("last")), else_=stories.c.last_at
        ),
    )
)


def _life(members: Iterable[Revision]) -> Mapping[str, datetime]:
    seen = [member.first_seen_at for member in members]
    return {"first": min(seen), "last": max(seen)}


async def _supersede(connection: AsyncConnection, new: Mapping[Revision, Placed]) -> None:
    later = (placed.article.key for revision, placed in new.items() if revision.number > 1)
    for batch in batches(later):
        await connection.execute(
            update(articles)
            .where(articles.c.is_newest, articles.c.key.in_(batch))
            .values(is_newest=False)
        )


async def _insert(
    connection: AsyncConnection,
    new: Mapping[Revision, Placed],
    told: Mapping[int, int],
    newest: set[Revision],
) -> None:
    """Store the revisions and set their ids."""
    from_sources = await _stored(connection, sources.c.id, (p.article.source for p in new.values()))
    originals = await _stored(connection, articles.c.id, (p.duplicate_of for p in new.values()))
    rows = [
        {
            **article_columns(placed.article),
            "revision": revision.number,
            "is_newest": revision in newest,
            "first_seen_at": revision.first_seen_at,
            "is_backlog": revision.is_backlog,
            "revised_at": placed.article.first_seen_at,
            "source_id": placed.article.source if placed.article.source in from_sources else None,
            "story_id": told[placed.story],
            "duplicate_of": placed.duplicate_of if placed.duplicate_of in originals else None,
        }
        for revision, placed in new.items()
    ]
    await connection.execute(insert(articles), rows)
    # One INSERT of many rows says its ids in no order on SQLite, so they are looked up by their keys.
    ids = await _ids(connection, [placed.article.key for placed in new.values()])
    for revision, placed in new.items():
        revision.id = ids[placed.article.key, revision.number]


async def _ids(connection: AsyncConnection, keys: Sequence[str]) -> Mapping[tuple[str, int], int]:
    columns = articles.c
    ids = {}
    for batch in batches(keys):
        query = select(columns.key, columns.revision, columns.id).where(columns.key.in_(batch))
        for key, number, found in await connection.execute(query):
            ids[key, number] = found
    return ids


async def _link_within(
    connection: AsyncConnection, new: Mapping[Revision, Placed], revisions: Sequence[Revision]
) -> None:
    """Point duplicates to originals of the same batch, whose ids are known only now."""
    links = {
        revision: revisions[-1 - placed.duplicate_of]
        for revision, placed in new.items()
        if placed.duplicate_of is not None and placed.duplicate_of < 0
    }
    rows = [{"copy": copy.id, "of": of.id} for copy, of in links.items() if copy is not of]
    if rows:
        change = update(articles).where(articles.c.id == bindparam("copy"))
        await connection.execute(change.values(duplicate_of=bindparam("of")), rows)
