"""A group's subscriptions become those of the supergroup that it has turned into."""

from dataclasses import replace
from typing import Any

from sqlalchemy import (
    case,
    exists,
    func,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model.chats import Chat

from ..readers.alike import PRINTS
from ..readers.chat_rows import SUBSCRIPTION, chat_of
from ..readers.chat_writing import CHANGED, write_chat
from ..tables import chats, slots


async def unite(connection: AsyncConnection, old: int, new: int) -> None:
    """Give subscriptions, history and digests of ``old`` to ``new``; what ``new`` had too stays behind."""
    await _settle(connection, old, new)
    await connection.execute(_both_histories(old, new))
    await connection.execute(_renumber(old, new))
    await connection.execute(_hand_over_slots(old, new))


async def _settle(connection: AsyncConnection, old: int, new: int) -> None:
    """Decide which settings stay where both have a subscription of one thread."""
    query = SUBSCRIPTION.where(chats.c.id.in_((old, new)))
    found = {(row.id, row.thread): chat_of(row) for row in await connection.execute(query)}
    pairs = ((one, found.get((new, one.thread))) for one in found.values() if one.id == old)
    for left, held in pairs:
        if held is None:
            continue
        kept = left if left.active and not held.active else held
        one = replace(kept, id=new, kind=held.kind, saved=_both(left, held))
        one = replace(one, owner=kept.owner or left.owner, version=held.version + 1)
        await write_chat(connection, one, held.version)


def _both(left: Chat, held: Chat) -> tuple[str, ...]:
    """What either has saved, newest last."""
    return (*(one for one in left.saved if one not in held.saved), *held.saved)


def _renumber(old: int, new: int) -> Any:
    """Give ``new`` the subscriptions of threads that it lacks; digests and history follow by foreign keys."""
    taken = select(chats.c.thread).where(chats.c.id == new)
    kind = case((chats.c.kind == "group", "supergroup"), else_=chats.c.kind)
    return (
        update(chats)
        .where(chats.c.id == old, chats.c.thread.not_in(taken))
        .values(id=new, kind=kind, **CHANGED)
    )


def _both_histories(old: int, new: int) -> Any:
    """Where both have a subscription of one thread, count as shown to ``new`` what either was shown."""
    left = chats.alias("left")
    its = select(left.c.history).where(left.c.id == old, left.c.thread == chats.c.thread)
    both = (chats.c.history + func.coalesce(its.scalar_subquery(), 0)).op("&")(PRINTS)
    return update(chats).where(chats.c.id == new).values(history=both)


def _hand_over_slots(old: int, new: int) -> Any:
    """Give ``new`` the digests that it has not had; the same slot twice would be the same digest twice."""
    had = slots.alias("had")
    same = exists().where(
        had.c.chat == new,
        had.c.thread == slots.c.thread,
        had.c.local_date == slots.c.local_date,
        had.c.at == slots.c.at,
    )
    return update(slots).where(slots.c.chat == old, ~same).values(chat=new)
