"""Queries for the parts that may be sent now, and the values that are made of their rows."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Row,
    Select,
    exists,
    false,
    func,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model.delivery import NO_WAIT, Outgoing, PartId, Slot, Trouble, is_hour
from digest.model.messages import Button, Keyboard, Message

from ..tables import SENDING, bodies, chats, holds, parts, slots
from .results import apart, still_to_send

_FINISHED = ("sent", "failed", "dropped")
_A_DAY = timedelta(days=1)  # a local date is at most so far behind the date in UTC


async def next_parts(
    connection: AsyncConnection, now: datetime, limit: int, rested: timedelta
) -> list[int]:
    """The ids of at most ``limit`` parts to send now, in order, at most one for each chat.

    Left out are slots of which a part arrived less than ``rested`` ago.
    """
    since = await connection.scalar(_oldest())
    if since is None:
        return []
    query = _claimable(now, limit, rested, since=since, dialect=connection.dialect.name)
    found = await connection.execute(query)
    return list(_one_a_chat((chat, part) for part, chat in found))[:limit]


def _oldest() -> Select[Any]:
    """When the first part that is still to be sent was due; null if there is none."""
    firsts = union_all(select(_first_due(false())), select(_first_due(true()))).subquery()
    return select(func.min(firsts.c.due_at))


def _first_due(for_all: ColumnElement[bool]) -> ColumnElement[datetime]:
    """As ``_oldest``, for digests or for messages to all alone: the first entry of the index of each."""
    these = (parts.c.for_all == for_all, *still_to_send())
    first = select(parts.c.due_at).where(*these).order_by(parts.c.due_at).limit(1)
    return first.scalar_subquery().label("due_at")


def _claimable(
    now: datetime, limit: int, rested: timedelta, *, since: datetime, dialect: str
) -> Select[Any]:
    """Parts to send and their chats, oldest first: of each thread the first unfinished one, if it is ready.

    Chats with a message under way are left out, and rows that another process is claiming. The index is read
    from its front, and only until there are enough, so that 25,000 waiting parts cost nothing. Everything due
    before ``since``, the ``_oldest``, is finished and not looked at: without that bound, and with 270 digests
    kept for each chat, the next 80 took 40 ms instead of 8 (2026-12-01).
    """
    waits = parts.c.not_before
    ready = or_(waits.is_(None), waits <= now, waits > now + NO_WAIT)
    calm = (~_has_just_arrived(now - rested, now),) if rested else ()
    held = exists().where(holds.c.until > now, holds.c.until <= now + NO_WAIT)
    slot = _slot_of_part(dialect)
    is_next = (slot.c.chat.not_in(_busy_chats()), ~_has_earlier_part(slot, since))
    return (
        _unsent(slot, parts.c.id, slot.c.chat)
        .where(ready, *is_next, ~held, *calm)
        .order_by(*_order(parts))
        .limit(2 * limit)  # a chat with many threads has several here, and gets one
        .with_for_update(of=parts, skip_locked=True)
    )


def to_be_sent(dialect: str) -> Select[Any]:
    """Query for how many parts of active chats are still to be sent."""
    return _unsent(_slot_of_part(dialect), func.count())


def longest_waiting(dialect: str) -> Select[Any]:
    """Query for when the first of those parts was due; null if there is none."""
    firsts = union_all(*(select(_first_of(kind, dialect)) for kind in (false(), true()))).subquery()
    return select(func.min(firsts.c.due_at))


def _first_of(for_all: ColumnElement[bool], dialect: str) -> ColumnElement[datetime]:
    these = _unsent(_slot_of_part(dialect), parts.c.due_at)
    first = these.where(parts.c.for_all == for_all).order_by(parts.c.due_at).limit(1)
    return first.scalar_subquery().label("due_at")


def _slot_of_part(dialect: str) -> FromClause:
    """The slot of a part, looked up for each part by itself, since few of all slots are unfinished.

    In a plain join PostgreSQL scanned all 600,000 slots at each claim once 150 parts were under way, as with
    paid broadcasts: 168 ms instead of 5. Counting 20,000 that waited took 130 ms instead of 40 (2026-12-01).
    """
    if dialect == "sqlite":
        return slots
    columns = (slots.c.id, slots.c.chat, slots.c.thread)
    return select(*columns).where(slots.c.id == parts.c.slot_id).offset(0).lateral("its_slot")


def _unsent(slot: FromClause, *what: Any) -> Select[Any]:
    # "+ 0" makes SQLite go from the few unfinished parts to their slots, instead of scanning all slots.
    its = slot.c.id == parts.c.slot_id + 0 if slot is slots else true()
    return (
        select(*what)
        .select_from(parts)
        .join(slot, its)
        .join(chats, (chats.c.id == slot.c.chat) & (chats.c.thread == slot.c.thread))
        .where(*still_to_send(), chats.c.active)
    )


def _busy_chats() -> Select[Any]:
    """The chats with a message under way, found once.

    Without MATERIALIZED PostgreSQL plans as if it had to find them again for each part.
    """
    sending = select(slots.c.chat).join(parts, parts.c.slot_id == slots.c.id).where(SENDING)
    found = sending.cte("busy").prefix_with("MATERIALIZED", dialect="postgresql")
    return select(found.c.chat)


def _has_earlier_part(own: FromClause, since: datetime) -> ColumnElement[bool]:
    """The condition: the part's thread has an unfinished part that goes before it, due at ``since`` or later.

    Evaluated for each part by itself, and without the index of unfinished parts: if PostgreSQL takes these
    for few, it would scan all of them for each part.
    """
    part, slot = parts.alias("earlier"), slots.alias("its")
    resent = (part.c.state != "uncertain") | part.c.not_before.is_not(None)
    earlier = select(part.c.id).where(
        slot.c.chat == own.c.chat,
        slot.c.thread == own.c.thread,
        slot.c.local_date >= since.date() - _A_DAY,
        part.c.slot_id == slot.c.id,
        part.c.state.not_in(_FINISHED),
        resent,
        tuple_(*_order(part)) < tuple_(*_order(parts)),
    )
    return apart(earlier)


def _has_just_arrived(since: datetime, now: datetime) -> ColumnElement[bool]:
    """The condition: another part of the slot arrived after ``since``.

    One that arrived after ``now`` was timed by a wrong clock, and does not count.
    """
    part = parts.alias("arrived")
    its = (part.c.slot_id == parts.c.slot_id, part.c.sent_at > since, part.c.sent_at <= now)
    return apart(select(part.c.id).where(*its))


def _order(table: FromClause) -> tuple[ColumnElement[Any], ...]:
    return table.c.for_all, table.c.due_at, table.c.slot_id, table.c.position


def _one_a_chat(found: Iterable[tuple[int, int]]) -> Iterable[int]:
    """The first part of each chat."""
    first: dict[int, int] = {}
    for chat, part in found:
        first.setdefault(chat, part)
    return first.values()


def outgoing(ids: Sequence[int]) -> Select[Any]:
    """Query for the rows that ``outgoing_of`` takes, in the order of sending."""
    return (
        select(
            parts,
            slots.c.chat,
            slots.c.thread,
            slots.c.at,
            chats.c.kind,
            chats.c.language,
            chats.c.refusals,
            chats.c.refused_since,
            bodies.c.text,
        )
        .join(slots, slots.c.id == parts.c.slot_id)
        .join(bodies, bodies.c.id == parts.c.body_id)
        .join(chats, (chats.c.id == slots.c.chat) & (chats.c.thread == slots.c.thread))
        .where(parts.c.id.in_(ids))
        .order_by(*_order(parts))
    )


def outgoing_of(row: Row[Any]) -> Outgoing:
    """A claimed part as a value; silent if it may have arrived before."""
    return Outgoing(
        id=PartId(row.id),
        chat=row.chat,
        thread=row.thread,
        kind=row.kind,
        message=Message(row.text, _keyboard_of(row.keyboard), row.silent or row.was_uncertain),
        attempts=row.attempts + 1,
        language=row.language,
        late_from=row.due_at if row.position == 0 and is_hour(row.at) else None,
        refusals=row.refusals,
        refused_since=row.refused_since,
    )


def trouble_of(row: Row[Any]) -> Trouble:
    """A failed or uncertain part as a value."""
    return Trouble(
        id=PartId(row.id),
        slot=Slot(row.chat, row.thread, row.local_date, row.at, row.due_at),
        state=row.state,
        attempts=row.attempts,
        error=row.error or "",
    )


def _keyboard_of(rows: Iterable[Iterable[Sequence[Any]]]) -> Keyboard:
    return tuple(tuple(Button(*button) for button in row) for row in rows)
