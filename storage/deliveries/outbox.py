"""What is to be sent, and what became of each part.

One process sends (see ``lock``), so a part found in ``sending`` at start was left there by a crash: no lease
is needed. ``attempts`` counts the finished attempts, without the one under way.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    case,
    insert,
    null,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from digest import ports
from digest.errors import ClaimUnanswered, StoreError
from digest.model.chats import Chat
from digest.model.delivery import (
    ALERT,
    NO_WAIT,
    Mailing,
    Outgoing,
    PartId,
    Queued,
    Sent,
)

from ..database.batching import batches
from ..database.engine import reading, writing
from ..database.planner import count_unless_known
from ..tables import INSERT, WHOSE, chats, holds, parts, slots
from .broadcasting import is_digest
from .claiming import next_parts, outgoing, outgoing_of
from .queueing import mail, mailings_of
from .results import ARRIVED, apart, is_active, lost, slots_of_its_chat, still_to_send, unsent
from .texts import store_texts

# Digests in one call from which on statistics are updated. Of 25,000, PostgreSQL found the next 20 in 0.25 to
# 0.4 s without statistics, in 0.03 s with them.
_MANY = 1_000


class SqlOutbox:
    """The outbox in a SQL database."""

    def __init__(self, *, engine: AsyncEngine) -> None:
        self._engine = engine

    async def enqueue(self, queued: Sequence[Queued]) -> int:
        """Queue slots. Returns how many were new.

        Left out are chats that are gone or have another version, and the second of two digests for one chat
        and thread. If a slot exists already, only its chat's ``next_due_at`` moves on, or the chat would be
        due for ever. Each slot raises the version of its chat.
        """
        return await self.mail(mailings_of(queued))

    async def mail(self, mailings: Sequence[Mailing]) -> int:
        """As ``enqueue``, each for many chats. No chat may be in two of them."""
        async with writing(self._engine) as connection:
            stored = await mail(connection, mailings)
        if stored >= _MANY:
            async with writing(self._engine) as connection:
                await count_unless_known(connection, stored, "slot", "part")
        return stored

    async def claim(
        self, now: datetime, *, limit: int, rested: timedelta = timedelta(0)
    ) -> tuple[Outgoing, ...]:
        """Parts that may be sent now, oldest first, at most one per chat. Each is marked ``sending``.

        Digests go before messages to all. Raises ClaimUnanswered, with the ids of the parts, if it is not
        known whether they were marked.
        """
        ids: list[int] = []
        try:
            async with writing(self._engine, alone="claim") as connection:
                ids += await next_parts(connection, now, limit, rested)
                if not ids:
                    return ()
                marked = update(parts).where(parts.c.id.in_(ids))
                await connection.execute(marked.values(state="sending", not_before=null()))
                return tuple(map(outgoing_of, await connection.execute(outgoing(ids))))
        except StoreError as error:
            if not ids:
                raise
            raise ClaimUnanswered(str(error), parts=ids) from error

    async def arrived(self, results: Mapping[PartId, Sent], *, now: datetime) -> None:
        """Record in one transaction that the parts arrived."""
        rows = [
            {"part": part, "message": result.message_id, "now": now}
            for part, result in results.items()
        ]
        async with writing(self._engine) as connection:
            await connection.execute(ARRIVED, rows)

    async def postpone(
        self,
        part: PartId,
        until: datetime,
        error: str,
        *,
        counts: bool,
        alone: bool = False,
        attempt: int | None = None,
    ) -> None:
        """Let the part, and all others of its chat, wait until then. ``counts``: it was a failed attempt.

        Parts of a chat that was paused meanwhile are dropped instead.
        """
        async with writing(self._engine) as connection:
            await _postpone(
                connection, part, until, error, counts=counts, alone=alone, attempt=attempt
            )

    async def refused(
        self,
        part: PartId,
        until: datetime,
        error: str,
        *,
        now: datetime,
        alone: bool = False,
        attempt: int | None = None,
    ) -> None:
        """As ``postpone``, and count a passing refusal for its chat, the first one at ``now``."""
        its = select(slots.c.chat, slots.c.thread).join(parts, parts.c.slot_id == slots.c.id)
        counted = update(chats).where(tuple_(*WHOSE).in_(its.where(parts.c.id == part)))
        since = chats.c.refused_since
        first = case((since <= now, since), else_=now)
        async with writing(self._engine) as connection:
            await _postpone(
                connection, part, until, error, counts=True, alone=alone, attempt=attempt
            )
            await connection.execute(
                counted.values(refusals=chats.c.refusals + 1, refused_since=first)
            )

    async def hold(self, until: datetime) -> None:
        """Let nothing be claimed before then, neither what waits nor what is queued meanwhile."""
        new = INSERT[self._engine.dialect.name](holds).values(id=1, until=until)
        longer = or_(holds.c.until < until, holds.c.until > until + NO_WAIT)
        kept = new.on_conflict_do_update(
            index_elements=["id"], set_={"until": new.excluded.until}, where=longer
        )
        async with writing(self._engine) as connection:
            await connection.execute(kept)

    async def split(self, part: PartId, texts: Sequence[str]) -> None:
        """Replace a claimed part by several, one for each text, in order; the last gets its keyboard."""
        more, columns = len(texts) - 1, parts.c
        async with writing(self._engine) as connection:
            claimed = select(parts).where(columns.id == part, columns.state == "sending")
            row = (await connection.execute(claimed)).one_or_none()
            if row is None:
                return
            # Through negative positions, since SQLite checks that positions are unique after each row.
            later = (columns.slot_id == row.slot_id) & (columns.position > row.position)
            moved = update(parts).where(later).values(position=-columns.position - more)
            await connection.execute(moved)
            back = (columns.slot_id == row.slot_id) & (columns.position < 0)
            await connection.execute(update(parts).where(back).values(position=-columns.position))
            numbers = await store_texts(connection, texts)
            first = {"body_id": numbers[texts[0]], "state": "waiting"}
            first["keyboard"] = [] if more else row.keyboard
            await connection.execute(update(parts).where(columns.id == part).values(**first))
            for at, html in enumerate(texts[1:], 1):
                own = {"body_id": numbers[html], "position": row.position + at, "flaw": None}
                new = {**row._mapping, **first, **own}
                new["keyboard"] = row.keyboard if at == more else []
                del new["id"]
                await connection.execute(insert(parts).values(new))

    async def flawed(self, part: PartId, flaw: str) -> None:
        """Record what was wrong with the part, for the count of our own faults."""
        async with writing(self._engine) as connection:
            await connection.execute(update(parts).where(parts.c.id == part).values(flaw=flaw))

    async def catch_up(self, before: datetime) -> int:
        """Drop parts of digests due before ``before`` whose thread has a newer digest. Returns how many."""
        is_lost = parts.c.state == "uncertain"  # stays uncertain, but is not sent again
        waits = (*still_to_send(), parts.c.state != "sending")
        old = (~parts.c.for_all, parts.c.due_at < before, _has_newer_digest())
        dropped = update(parts).where(*waits, *old)
        state = case((is_lost, "uncertain"), else_="dropped")
        async with writing(self._engine) as connection:
            return (
                await connection.execute(dropped.values(state=state, not_before=null()))
            ).rowcount

    async def fail(self, part: PartId, error: str) -> None:
        """Give the part up for good; later parts of its slot go on."""
        await self._finish(part, state="failed", error=error)

    async def uncertain(self, part: PartId, error: str, *, resend_at: datetime | None) -> None:
        """Record that the answer was lost; with ``resend_at`` the part is sent once more, without a sound."""
        await self._finish(part, error=error, **lost(resend_at))

    async def recover(
        self, *, now: datetime, resend_at: datetime | None, refused: Collection[PartId] = ()
    ) -> int:
        """Make parts that a crash left in ``sending`` uncertain. Returns how many.

        Those known to be ``refused`` wait again and are not counted. To be called only while nothing is
        being sent: at start, and before each flush.
        """
        error = f"the program stopped while it was being sent, noticed at {now:%Y-%m-%d %H:%M} UTC"
        left = update(parts).where(*still_to_send(), parts.c.state == "sending")
        again = left.where(parts.c.id.in_(refused))
        async with writing(self._engine) as connection:
            if refused:
                await connection.execute(again.values(state=_unless_paused()))
            done = await connection.execute(
                left.values(error=error, attempts=parts.c.attempts + 1, **lost(resend_at))
            )
            return done.rowcount

    async def alerts(
        self, chats: Sequence[Chat], since: date
    ) -> Mapping[tuple[int, int], Mapping[date, int]]:
        """How many alerts were queued by local day since ``since``, by (chat id, thread)."""
        found: dict[tuple[int, int], Counter[date]] = defaultdict(Counter)
        place, columns = tuple_(slots.c.chat, slots.c.thread), slots.c
        query = select(columns.chat, columns.thread, columns.local_date).where(
            columns.local_date >= since, columns.at.like(f"{ALERT} %")
        )
        async with reading(self._engine) as connection:
            for batch in batches((chat.id, chat.thread) for chat in chats):
                for row in await connection.execute(query.where(place.in_(batch))):
                    found[row.chat, row.thread][row.local_date] += 1
        return found

    async def _finish(self, part: PartId, **values: Any) -> None:
        async with writing(self._engine) as connection:
            await connection.execute(unsent(part).values(attempts=parts.c.attempts + 1, **values))


def _has_newer_digest() -> ColumnElement[bool]:
    """The condition: the part belongs to a digest, and its thread has a newer one.

    Evaluated for each part by itself: in a join PostgreSQL scanned 600,000 slots each time while 5,000 parts
    waited, 65 ms instead of 1 (2026-12-01).
    """
    newer = slots.alias("newer")
    follows = select(newer.c.id).where(
        slots.c.id == parts.c.slot_id,
        is_digest(slots),
        newer.c.chat == slots.c.chat,
        newer.c.thread == slots.c.thread,
        newer.c.due_at > slots.c.due_at,
        is_digest(newer),
    )
    return apart(follows)


def _unless_paused() -> ColumnElement[str]:
    return case((is_active(), "waiting"), else_="dropped")


async def _postpone(
    connection: AsyncConnection,
    part: PartId,
    until: datetime,
    error: str,
    *,
    counts: bool,
    alone: bool,
    attempt: int | None,
) -> None:
    state = _unless_paused()
    attempts = parts.c.attempts + int(counts)
    values = {"state": state, "not_before": until, "error": error, "attempts": attempts}
    later = update(parts).where(
        parts.c.id != part,
        *still_to_send(),
        parts.c.state != "sending",
        or_(parts.c.not_before.is_(None), parts.c.not_before < until),
        parts.c.slot_id.in_(slots_of_its_chat(part)),
    )
    own = unsent(part).values(**values)
    if attempt is not None:
        own = own.where(parts.c.attempts == attempt - 1)
    is_ours = (await connection.execute(own)).rowcount or attempt is None
    if is_ours and not alone:  # later parts of its own thread wait for it anyway
        await connection.execute(later.values(not_before=until))


if TYPE_CHECKING:
    _outbox: type[ports.Outbox] = SqlOutbox
