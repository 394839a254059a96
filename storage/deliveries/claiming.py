"""Which parts may be sent now, and what sending needs of them."""

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
_A_DAY = timedelta(days=1)  # by which a local date may be behind that of UTC


async def next_parts(
    connection: AsyncConnection, now: datetime, limit: int, rested: timedelta
) -> list[int]:
    """The parts whose turn it is, at most one a chat."""
    since = await connection.scalar(_oldest())
    if since is None:
        return []
    query = _claimable(now, limit, rested, since=since, dialect=connection.dialect.name)
    found = await connection.execute(query)
    return list(_one_a_chat((chat, part) for part, chat in found))[:limit]


def _oldest() -> Select[Any]:
    """When the first of the parts that are still to be sent was due; null where none is."""
    firsts = union_all(select(_first_due(false())), select(_first_due(true()))).subquery()
    return select(func.min(firsts.c.due_at))


def _first_due(for_all: ColumnElement[bool]) -> ColumnElement[datetime]:
    """When the first of them was, of digests or of messages to all: at the front of the index of each."""
    these = (parts.c.for_all == for_all, *still_to_send())
    first = select(parts.c.due_at).where(*these).order_by(parts.c.due_at).limit(1)
    return first.scalar_subquery().label("due_at")


def _claimable(
    now: datetime, limit: int, rested: timedelta, *, since: datetime, dialect: str
) -> Select[Any]:
    """Parts to send and their chats, oldest first: of each thread the first unfinished one, if it may go.

    None of a chat that has a message under way. Rows that another process claims are skipped.
    The index is read from its front, and only until there are enough: 25,000 that wait cost nothing.
    Before ``since``, when the ``_oldest`` was due, all is finished and not looked at: with 270 digests kept a
    chat the next 80 took 40 ms instead of 8 (2026-12-01).
    """
    waits = parts.c.not_before
    ready = or_(waits.is_(None), waits <= now, waits > now + NO_WAIT)
    calm = (~_has_just_arrived(now - rested, now),) if rested else ()
    held = exists().where(holds.c.until > now, holds.c.until <= now + NO_WAIT)
    slot = _its_slot(dialect)
    is_next = (slot.c.chat.not_in(_busy()), ~_has_an_earlier_one(slot, since))
    return (
        _of_active_chats(slot, parts.c.id, slot.c.chat)
        .where(ready, *is_next, ~held, *calm)
        .order_by(*_turn(parts))
        .limit(2 * limit)  # a chat with many threads has several here, and gets one
        .with_for_update(of=parts, skip_locked=True)
    )


def to_be_sent(dialect: str) -> Select[Any]:
    """How many parts of active chats are still to be sent."""
    return _of_active_chats(_its_slot(dialect), func.count())


def longest_waiting(dialect: str) -> Select[Any]:
    """When the first of them was due; null where there is none."""
    firsts = union_all(*(select(_first_of(kind, dialect)) for kind in (false(), true()))).subquery()
    return select(func.min(firsts.c.due_at))


def _first_of(for_all: ColumnElement[bool], dialect: str) -> ColumnElement[datetime]:
    these = _of_active_chats(_its_slot(dialect), parts.c.due_at)
    first = these.where(parts.c.for_all == for_all).order_by(parts.c.due_at).limit(1)
    return first.scalar_subquery().label("due_at")


def _its_slot(dialect: str) -> FromClause:
    """The slot of a part, looked up for each by itself: few are unfinished, of all slots ever.

    Of 600,000 PostgreSQL went through all at each claim once 150 parts were under way, as where paid: 168 ms
    instead of 5, and for how many wait, 20,000, in 130 ms instead of 40 (2026-12-01).
    """
    if dialect == "sqlite":
        return slots
    columns = (slots.c.id, slots.c.chat, slots.c.thread)
    return select(*columns).where(slots.c.id == parts.c.slot_id).offset(0).lateral("its_slot")


def _of_active_chats(slot: FromClause, *what: Any) -> Select[Any]:
    # Plus nothing: SQLite shall go from the few unfinished parts to their slots, not from all slots ever.
    its = slot.c.id == parts.c.slot_id + 0 if slot is slots else true()
    return (
        select(*what)
        .select_from(parts)
        .join(slot, its)
        .join(chats, (chats.c.id == slot.c.chat) & (chats.c.thread == slot.c.thread))
        .where(*still_to_send(), chats.c.active)
    )


def _busy() -> Select[Any]:
    """The chats with a message under way, found once.

    Where the server is not told so, it reckons with finding them anew for each part.
    """
    sending = select(slots.c.chat).join(parts, parts.c.slot_id == slots.c.id).where(SENDING)
    found = sending.cte("busy").prefix_with("MATERIALIZED", dialect="postgresql")
    return select(found.c.chat)


def _has_an_earlier_one(own: FromClause, since: datetime) -> ColumnElement[bool]:
    """Whether the part's thread has an unfinished one that goes before it, due at ``since`` or later.

    Kept apart, and not by the index of unfinished ones: PostgreSQL would look through all who wait for each
    part, once it takes them for few.
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
        tuple_(*_turn(part)) < tuple_(*_turn(parts)),
    )
    return apart(earlier)


def _has_just_arrived(since: datetime, now: datetime) -> ColumnElement[bool]:
    """Whether another part of the slot arrived after that; one of a time to come did by another clock."""
    part = parts.alias("arrived")
    its = (part.c.slot_id == parts.c.slot_id, part.c.sent_at > since, part.c.sent_at <= now)
    return apart(select(part.c.id).where(*its))


def _turn(table: FromClause) -> tuple[ColumnElement[Any], ...]:
    return table.c.for_all, table.c.due_at, table.c.slot_id, table.c.position


def _one_a_chat(found: Iterable[tuple[int, int]]) -> Iterable[int]:
    """The first part of each chat."""
    first: dict[int, int] = {}
    for chat, part in found:
        first.setdefault(chat, part)
    return first.values()


def outgoing(ids: Sequence[int]) -> Select[Any]:
    """Rows for ``outgoing_of``."""
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
        .order_by(*_turn(parts))
    )


def outgoing_of(row: Row[Any]) -> Outgoing:
    """The value of a claimed part; one that may be there already makes no sound."""
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
    """The value of a failed or uncertain part."""
    return Trouble(
        id=PartId(row.id),
        slot=Slot(row.chat, row.thread, row.local_date, row.at, row.due_at),
        state=row.state,
        attempts=row.attempts,
        error=row.error or "",
    )


def _keyboard_of(rows: Iterable[Iterable[Sequence[Any]]]) -> Keyboard:
    return tuple(tuple(Button(*button) for button in row) for row in rows)
