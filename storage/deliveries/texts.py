"""The texts of digests and messages, apart from these: many chats have the same one."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Delete, delete, exists, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from ..database.engine import compact
from ..database.unpacking import unpacked
from ..tables import bodies, parts, slots


async def store_texts(connection: AsyncConnection, texts: Iterable[str]) -> Mapping[str, int]:
    """Ids of the texts, each of which is stored once."""
    distinct = list(dict.fromkeys(texts))
    return dict(zip(distinct, await store_each(connection, distinct), strict=True))


async def store_each(connection: AsyncConnection, texts: Sequence[str]) -> Sequence[int]:
    """Ids of the texts, in order; equal ones are stored as often as they come."""
    rows = unpacked(connection, compact(list(enumerate(texts))), parts.c.position, bodies.c.text)
    query = select(rows.c.text).order_by(rows.c.position)  # in which both databases count
    new = insert(bodies).from_select(["text"], query).returning(bodies.c.id)
    return sorted(await connection.scalars(new))


def unused_texts() -> Delete:
    """The statement that removes the texts that no digest and no message has any more."""
    of_slot, of_part = slots.c.body_id == bodies.c.id, parts.c.body_id == bodies.c.id
    return delete(bodies).where(~exists().where(of_slot), ~exists().where(of_part))
