"""What was sent and what failed, for readers who ask and for the operator."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    cast,
    delete,
    exists,
    func,
    literal,
    null,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncEngine

from digest import ports
from digest.model.delivery import (
    BROADCAST,
    PartId,
    Slot,
    Trouble,
)
from digest.model.messages import Message

from ..database.batching import batches
from ..database.engine import reading, writing
from ..tables import UNFINISHED, bodies, chats, parts, slots
from .broadcasting import SLOT, is_digest, is_for_all, parts_for_all, slots_for_all
from .claiming import longest_waiting, to_be_sent, trouble_of
from .results import is_active, still_to_send
from .texts import store_texts, unused_texts

# Slots removed in one transaction, during which nobody else can write to a SQLite file. In a single one
# 20,000 took 0.25 s, and 540,000, after the retention was shortened, 9 s (2026-12-01).
_PRUNED_AT_ONCE = 2_000
_PAUSE = 0.1  # seconds between two of them: a waiting writer tries SQLite's lock that often
STATES = ("waiting", "sending", "sent", "uncertain", "failed", "dropped")


class SqlRecords:
    """The records of deliveries in a SQL database."""

    def __init__(self, *, engine: AsyncEngine) -> None:
        self._engine = engine

    async def last(self, chat: int, thread: int) -> tuple[Slot, str] | None:
        """The newest digest of a chat: its slot and JSON. Alerts and broadcasts do not count."""
        return await self._newest(slots.c.chat == chat, slots.c.thread == thread, is_digest(slots))

    async def of_message(self, chat: int, message: int) -> tuple[Slot, str] | None:
        """The slot and JSON of the digest or alert that a message of the chat brought, whole or in part.

        None if the message brought none, or is not known to have arrived.
        """
        its = (parts.c.slot_id == slots.c.id, parts.c.message_id == message)
        return await self._newest(slots.c.chat == chat, exists().where(*its), ~is_for_all(slots))

    async def _newest(self, *those: ColumnElement[bool]) -> tuple[Slot, str] | None:
        query = (
            select(slots, bodies.c.text)
            .join(bodies, bodies.c.id == slots.c.body_id)
            .where(*those)
            .order_by(slots.c.due_at.desc(), slots.c.id.desc())
            .limit(1)
        )
        async with reading(self._engine) as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            return None
        return Slot(row.chat, row.thread, row.local_date, row.at, row.due_at), row.text

    async def date_back(self, now: datetime, *, beyond: datetime) -> int:
        """Make slots that are due later than ``beyond`` due now, and free their hours. Returns how many."""
        ahead = slots.c.due_at > beyond
        its = select(slots.c.id).where(ahead)
        apart = slots.c.at + literal(" ") + cast(slots.c.id, String)
        async with writing(self._engine) as connection:
            await connection.execute(
                update(parts).where(parts.c.slot_id.in_(its)).values(due_at=now)
            )
            moved = update(slots).where(ahead).values(due_at=now, at=apart)
            return (await connection.execute(moved)).rowcount

    async def prune(self, before: datetime) -> int:
        """Remove slots due before ``before`` with their parts. Returns how many slots.

        The newest digest of each subscription stays, and every slot that is not finished.
        """
        old = _can_be_pruned(before)
        async with reading(self._engine) as connection:
            found = (await connection.scalars(select(slots.c.id).where(*old))).all()
        removed = 0
        for some in batches(found, _PRUNED_AT_ONCE):
            await asyncio.sleep(_PAUSE if removed else 0)
            async with writing(self._engine) as connection:
                still_old = (slots.c.id.in_(some), *old)  # one may have been retried meanwhile
                gone = delete(slots).where(*still_old)
                removed += (await connection.execute(gone)).rowcount
        async with writing(self._engine) as connection:
            await connection.execute(unused_texts())
        return removed

    async def totals(self) -> Mapping[str, int]:
        """How many parts there are by state; under ``uncertain_ever`` those whose answer was ever lost."""
        by_state = select(parts.c.state, func.count()).group_by(parts.c.state)
        ever = select(func.count()).where(parts.c.was_uncertain)
        async with reading(self._engine) as connection:
            counted = {state: count for state, count in await connection.execute(by_state)}
            lost = await connection.scalar(ever)
        return {**dict.fromkeys(STATES, 0), **counted, "uncertain_ever": lost or 0}

    async def flaws(self) -> Mapping[str, int]:
        """How many parts had which flaw; flaws that none had are missing."""
        flaw = parts.c.flaw
        by_flaw = select(flaw, func.count()).where(flaw.is_not(None)).group_by(flaw)
        async with reading(self._engine) as connection:
            return {what: count for what, count in await connection.execute(by_flaw)}

    async def lost(self) -> tuple[Trouble, ...]:
        """Uncertain parts that are not sent again and that nobody was asked about yet, by id."""
        columns = parts.c
        query = (
            select(parts, *(slots.c[name] for name in SLOT))
            .join(slots, slots.c.id == columns.slot_id)
            .where(UNFINISHED, columns.state == "uncertain", columns.not_before.is_(None))
            .where(~columns.asked)
            .order_by(columns.id + 0)  # without "+ 0" SQLite would scan all parts in order of id
        )
        async with reading(self._engine) as connection:
            return tuple(map(trouble_of, await connection.execute(query)))

    async def asked(self, part: PartId) -> None:
        """Record that an owner was asked about the part."""
        async with writing(self._engine) as connection:
            await connection.execute(update(parts).where(parts.c.id == part).values(asked=True))

    async def settle(self, part: PartId, *, again: bool) -> bool:
        """Decide on an uncertain part: send it again, or leave it. Returns whether there was one."""
        columns = parts.c
        open_ = (columns.id == part, columns.state == "uncertain", columns.not_before.is_(None))
        decided = update(parts).where(*open_)
        if again:
            decided = decided.where(is_active())
        state = "waiting" if again else "dropped"
        async with writing(self._engine) as connection:
            return (await connection.execute(decided.values(state=state))).rowcount > 0

    async def broadcast(self, message: Message, *, mark: str, now: datetime) -> int:
        """Queue a message for every active chat that is not resting, but no channel. Returns how many.

        A chat gets it once, in its first thread; one that has a message of that ``mark`` already is left out.
        """
        at = f"{BROADCAST} {mark}"
        async with writing(self._engine) as connection:
            texts = await store_texts(connection, ("{}", message.html))
            await connection.execute(slots_for_all(at, now, texts["{}"]))
            added = await connection.execute(parts_for_all(at, message, texts[message.html]))
            return added.rowcount

    async def troubles(self, *, limit: int, offset: int = 0) -> tuple[Trouble, ...]:
        """Failed and uncertain parts, latest due first."""
        query = (
            select(parts, *(slots.c[name] for name in SLOT))
            .join(slots, slots.c.id == parts.c.slot_id)
            .where(parts.c.state.in_(("failed", "uncertain")))
            .order_by(slots.c.due_at.desc(), parts.c.id.desc())
            .limit(limit)
            .offset(offset)
        )
        async with reading(self._engine) as connection:
            return tuple(map(trouble_of, await connection.execute(query)))

    async def retry(self, part: PartId) -> bool:
        """Let a failed part of an active chat wait again with its attempts. Returns whether there was one."""
        failed = update(parts).where(parts.c.id == part, parts.c.state == "failed", is_active())
        async with writing(self._engine) as connection:
            again = await connection.execute(failed.values(state="waiting", not_before=null()))
            return again.rowcount > 0

    async def hasten(self, chat: int, thread: int) -> None:
        """Retry at once what waits in the thread because the chat refused it, there or in another thread.

        A refusal of the whole chat lets all its threads wait until one instant, that of the refused part.
        What waits until another has its turn in a crowded hour, or was told to wait.
        """
        its = select(slots.c.id).where(slots.c.chat == chat, slots.c.thread == thread)
        waits = (parts.c.state == "waiting", parts.c.not_before.in_(_ends_of_refusals(chat)))
        there = update(parts).where(parts.c.slot_id.in_(its), *waits)
        async with writing(self._engine) as connection:
            await connection.execute(there.values(not_before=null()))

    async def waiting_since(self) -> datetime | None:
        """When the longest waiting part of an active chat was due; None if nothing waits."""
        async with reading(self._engine) as connection:
            query = longest_waiting(connection.dialect.name)
            oldest: datetime | None = await connection.scalar(query)
            return oldest

    async def backlog(self) -> int:
        """How many parts of active chats are still to be sent."""
        async with reading(self._engine) as connection:
            return await connection.scalar(to_be_sent(connection.dialect.name)) or 0


def _ends_of_refusals(chat: int) -> Select[Any]:
    """Until when parts wait that were tried in vain in those threads of the chat that refuse now."""
    part = parts.alias("refused")
    its = (chats.c.id == slots.c.chat) & (chats.c.thread == slots.c.thread)
    return (
        select(part.c.not_before)
        .join(slots, slots.c.id == part.c.slot_id)
        .join(chats, its)
        .where(chats.c.id == chat, chats.c.refusals > 0)
        .where(part.c.state == "waiting", part.c.error.is_not(None))
    )


def _can_be_pruned(before: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions: a slot is finished, was due before then, and is not the newest digest of its thread."""
    later, open_part = slots.alias("later"), (parts.c.slot_id == slots.c.id, *still_to_send())
    followed = exists().where(
        later.c.chat == slots.c.chat,
        later.c.thread == slots.c.thread,
        tuple_(later.c.due_at, later.c.id) > tuple_(slots.c.due_at, slots.c.id),
        is_digest(later),
    )
    is_past = or_(~is_digest(slots), followed)
    return slots.c.due_at < before, is_past, ~exists().where(*open_part)


if TYPE_CHECKING:
    _records: type[ports.Records] = SqlRecords
