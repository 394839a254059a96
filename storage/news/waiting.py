"""Articles that were stored beside other processes and wait until one of these has placed them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model.articles import Known, StoryId
from digest.model.stories import Mark, Member, Spot, Unplaced

from ..tables import articles, moved, waiting
from .placing import existing
from .rows import MEMBER, MOMENT, member_of
from .telling import Teller, stories_under


async def awaiting(connection: AsyncConnection, limit: int) -> tuple[Member, ...]:
    """The first articles that wait, by ``moment``, then id."""
    query = (
        select(*MEMBER)
        .join(waiting, waiting.c.article_id == articles.c.id)
        .order_by(MOMENT, articles.c.id)
        .limit(limit)
    )
    return tuple(map(member_of, await connection.execute(query)))


async def unplaced(connection: AsyncConnection) -> Unplaced:
    """How many wait, and the first of them."""
    query = select(func.count(), func.min(waiting.c.article_id)).select_from(waiting)
    count, first = (await connection.execute(query)).one()
    return Unplaced(count, first)


async def settle(
    connection: AsyncConnection, members: Sequence[Member], spots: Sequence[Spot]
) -> tuple[Mapping[str, Known], Mark]:
    """Give waiting articles their stories. Returns what is stored then, by key, and a mark behind it."""
    placed = list(zip(members, spots, strict=True))
    told = await stories_under(
        connection, (Teller(s.story, m.first_seen_at, m.language, None) for m, s in placed)
    )
    ids = [member.id for member in members]
    links = [_original(spot.duplicate_of, ids) for spot in spots]
    there = await existing(connection, articles.c.id, links)
    rows = [
        {"member": m.id, "story": told[s.story], "original": link if link in there else None}
        for (m, s), link in zip(placed, links, strict=True)
    ]
    await connection.execute(_SETTLE, rows)
    await connection.execute(delete(waiting).where(waiting.c.article_id.in_(ids)))
    await connection.execute(insert(moved), [{"article_id": id_} for id_ in ids])
    last = await connection.scalar(select(func.max(moved.c.id)))
    known = {
        m.key: Known(m.id, m.fingerprint, m.revision, StoryId(told[s.story])) for m, s in placed
    }
    return known, Mark(last or 0)


def _original(duplicate_of: int | None, ids: Sequence[int]) -> int | None:
    """The id of the article that is repeated, which may be in the same batch."""
    if duplicate_of is None or duplicate_of > 0:
        return duplicate_of
    return ids[-1 - duplicate_of]


_SETTLE = (
    update(articles)
    .where(articles.c.id == bindparam("member"))
    .values(story_id=bindparam("story"), duplicate_of=bindparam("original"))
)
