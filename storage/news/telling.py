"""The rows of stories that articles begin, prolong, merge or leave."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, case, delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from ..database.batching import batches
from ..tables import articles, stories


@dataclass(frozen=True, slots=True)
class Teller:
    """What of an article concerns its story, which is a stored one or a number within its batch."""

    story: int
    first_seen_at: datetime
    language: str | None
    owner: int | None


async def stories_under(
    connection: AsyncConnection, tellers: Iterable[Teller]
) -> Mapping[int, int]:
    """The stored story for each number: a known one, prolonged, or a new one.

    A reader's own article does not change the dates of a known story: others see when it began.
    """
    members: dict[int, list[Teller]] = {}
    for teller in tellers:
        members.setdefault(teller.story, []).append(teller)
    stored = await _parts(connection, members)
    into = {story: whole for story, whole in stored.items() if whole is not None}
    for story in into:
        members.setdefault(into[story], []).extend(members.pop(story))
    known = stored.keys() - into.keys() | set(into.values())
    public = {
        story: [one for one in members[story] if one.owner is None] for story in sorted(known)
    }
    prolonged = [{"story": story, **_life(told)} for story, told in public.items() if told]
    if prolonged:
        await connection.execute(PROLONG, prolonged)
    begun = [story for story in members if story not in known]
    lives = [(_life(members[story]), members[story][0].language) for story in begun]
    ids = await begin(connection, [(life["first"], life["last"], says) for life, says in lives])
    return dict(zip(begun, ids, strict=True)) | {story: story for story in known} | into


async def begin(
    connection: AsyncConnection, lives: Iterable[tuple[datetime, datetime, str | None]]
) -> Sequence[int]:
    """Begin stories; their ids, in order. Each has its first and last time, and its language."""
    rows = [{"started_at": first, "last_at": last, "language": says} for first, last, says in lives]
    if not rows:
        return ()
    new = insert(stories).returning(stories.c.id, sort_by_parameter_order=True)
    return (await connection.scalars(new, rows)).all()


async def drop_untold(connection: AsyncConnection) -> None:
    """Remove the stories that have no article any more."""
    told = exists().where(articles.c.story_id == stories.c.id)
    whole = stories.c.part_of.is_(None)  # what is part of a story goes with it
    await connection.execute(delete(stories).where(~told, whole))


async def taken_in(connection: AsyncConnection, ids: Iterable[int]) -> dict[int, int]:
    """For each of the ids, the story that it has become part of; ids of stories by themselves are missing."""
    stored = await _parts(connection, ids)
    return {story: whole for story, whole in stored.items() if whole is not None}


async def _parts(connection: AsyncConnection, ids: Iterable[int]) -> dict[int, int | None]:
    """Those of the ids that exist, with the story that each has become part of, if any."""
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


def _life(members: Iterable[Teller]) -> Mapping[str, datetime]:
    seen = [member.first_seen_at for member in members]
    return {"first": min(seen), "last": max(seen)}
