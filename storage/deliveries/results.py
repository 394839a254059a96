"""What became of a part, and whether it is still to be sent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Update,
    bindparam,
    case,
    exists,
    literal,
    null,
    select,
    update,
)

from digest.model.delivery import PartId

from ..tables import UNFINISHED, chats, parts, slots


def still_to_send() -> tuple[ColumnElement[bool], ...]:
    """Whether a part is unfinished: an uncertain one is only with a time to send it again."""
    resent = (parts.c.state != "uncertain") | parts.c.not_before.is_not(None)
    return UNFINISHED, resent


def unsent(part: PartId) -> Update:
    """The statement that changes a part, to be given values; none that has arrived, which stays so."""
    return update(parts).where(parts.c.id == part, parts.c.state != "sent")


ARRIVED = (
    update(parts)
    .where(parts.c.id == bindparam("part"), parts.c.state != "sent")
    .values(
        state="sent",
        message_id=bindparam("message"),
        sent_at=bindparam("now"),
        error=null(),
        attempts=parts.c.attempts + 1,
    )
)


def lost(resend_at: datetime | None) -> Mapping[str, Any]:
    """Uncertain, to be sent again at ``resend_at``; the second time, or to a paused chat, never."""
    at = literal(resend_at, parts.c.not_before.type)
    again = case((~parts.c.was_uncertain & is_active(), at), else_=null())
    return {"state": "uncertain", "not_before": again, "was_uncertain": True}


def is_active() -> ColumnElement[bool]:
    """Whether the part's chat is active."""
    return exists().where(
        slots.c.id == parts.c.slot_id,
        chats.c.id == slots.c.chat,
        chats.c.thread == slots.c.thread,
        chats.c.active,
    )


def apart(found: Select[Any]) -> ColumnElement[bool]:
    """Whether a query for one part finds anything, asked of each part by itself.

    Of an EXISTS without an offset PostgreSQL makes a join, and may go through all parts or slots ever.
    """
    return exists(found.offset(0))


def slots_of_its_chat(part: PartId) -> Select[Any]:
    """The slots of all threads of the part's chat."""
    its = select(slots.c.chat).join(parts, parts.c.slot_id == slots.c.id).where(parts.c.id == part)
    return select(slots.c.id).where(slots.c.chat == its.scalar_subquery())
