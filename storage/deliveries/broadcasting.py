"""Messages to all chats: they are stored as slots and parts, though they are no digests."""

from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Insert,
    and_,
    exists,
    func,
    insert,
    literal,
    select,
)

from digest.model.delivery import ALERT, BROADCAST
from digest.model.messages import Message

from ..tables import chats, parts, slots
from .queueing import keyboard_rows

SLOT = ("chat", "thread", "local_date", "at", "due_at")


def is_digest(table: FromClause) -> ColumnElement[bool]:
    """The condition: a slot is a digest, neither an alert nor a message to all."""
    return and_(~is_for_all(table), table.c.at.not_like(f"{ALERT} %"))


def is_for_all(table: FromClause) -> ColumnElement[bool]:
    """The condition: a slot is a message to all."""
    at: ColumnElement[str] = table.c.at
    return at.like(f"{BROADCAST} %")


def hears(now: datetime) -> ColumnElement[bool]:
    """The condition: a subscription gets messages to all. It is active, not resting, and no channel."""
    rests = and_(chats.c.paused_until.is_not(None), chats.c.paused_until > now)
    return and_(chats.c.active, chats.c.kind != "channel", ~rests)


def slots_for_all(at: str, now: datetime, body: int) -> Insert:
    """INSERT of a slot in the first thread of each chat that gets messages to all and has no slot ``at``."""
    columns = slots.c
    has_it = exists().where(columns.chat == chats.c.id, columns.at == at)
    values = (literal(now.date()), literal(at), literal(now, columns.due_at.type), literal(body))
    everybody = (
        select(chats.c.id, func.min(chats.c.thread), *values)
        .where(hears(now), ~has_it)
        .group_by(chats.c.id)
    )
    return insert(slots).from_select([*SLOT, "body_id"], everybody)


def parts_for_all(at: str, message: Message, body: int) -> Insert:
    """INSERT of a part for each slot ``at`` that has none: those of ``slots_for_all``."""
    given = {
        "position": 0,
        "body_id": body,
        "for_all": True,
        "keyboard": keyboard_rows(message.keyboard),
        "silent": message.silent,
        "state": "waiting",
        "attempts": 0,
        "was_uncertain": False,
    }
    values = (literal(value, parts.c[name].type) for name, value in given.items())
    has_part = exists().where(parts.c.slot_id == slots.c.id)
    rows = select(slots.c.id, slots.c.due_at, *values).where(slots.c.at == at, ~has_part)
    return insert(parts).from_select(["slot_id", "due_at", *given], rows)
