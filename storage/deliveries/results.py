"""Conditions and statements on what became of a part, and whether it is still to be sent."""

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
    """The conditions: a part is unfinished. An uncertain one counts only if it is to be sent again."""
    resent = (parts.c.state != "uncertain") | parts.c.not_before.is_not(None)
    return UNFINISHED, resent


def unsent(part: PartId) -> Update:
    """UPDATE of a part, without values yet; a part that has arrived does not change."""
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
    """The values of an uncertain part: sent again at ``resend_at``, but once only, and to no paused chat."""
    at = literal(resend_at, parts.c.not_before.type)
    again = case((~parts.c.was_uncertain & is_active(), at), else_=null())
    return {"state": "uncertain", "not_before": again, "was_uncertain": True}


def is_active() -> ColumnElement[bool]:
    """The condition: the part's chat is active."""
    return exists().where(
        slots.c.id == parts.c.slot_id,
        chats.c.id == slots.c.chat,
        chats.c.thread == slots.c.thread,
        chats.c.active,
    )


def apart(found: Select[Any]) -> ColumnElement[bool]:
    """The condition: a query for one part finds a row. It is evaluated for each part by itself.

    PostgreSQL turns an EXISTS without an offset into a join, and may then scan all parts or slots.
    """
    return exists(found.offset(0))


def slots_of_its_chat(part: PartId) -> Select[Any]:
    """The ids of all slots of the part's chat, in all its threads."""
    its = select(slots.c.chat).join(parts, parts.c.slot_id == slots.c.id).where(parts.c.id == part)
    return select(slots.c.id).where(slots.c.chat == its.scalar_subquery())
