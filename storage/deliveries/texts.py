"""The texts of digests and messages, in a table of their own, since many chats share a text."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import Delete, delete, exists, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from ..database.engine import compact
from ..database.unpacking import unpacked
from ..tables import bodies, parts, slots


async def store_texts(connection: AsyncConnection, texts: Iterable[str]) -> Mapping[str, int]:
    """Store the texts, equal ones once. Returns their ids by text."""
    distinct = list(dict.fromkeys(texts))
    return dict(zip(distinct, await store_each(connection, distinct), strict=True))


async def store_each(connection: AsyncConnection, texts: Sequence[str]) -> Sequence[int]:
    """Store the texts, equal ones as often as they come. Returns their ids, in order."""
    rows = unpacked(connection, compact(list(enumerate(texts))), parts.c.position, bodies.c.text)
    query = select(rows.c.text).order_by(rows.c.position)  # both databases give ids in this order
    new = insert(bodies).from_select(["text"], query).returning(bodies.c.id)
    return sorted(await connection.scalars(new))


def unused_texts() -> Delete:
    """DELETE of the texts that no slot and no part has any more."""
    of_slot, of_part = slots.c.body_id == bodies.c.id, parts.c.body_id == bodies.c.id
    return delete(bodies).where(~exists().where(of_slot), ~exists().where(of_part))
