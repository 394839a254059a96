"""Every digest and its parts: what is queued, claimed, sent, uncertain.

One process sends (see ``lock``), so a part found in ``sending`` at start was left there by a crash, and
needs no lease. ``attempts`` counts what is finished; the one under way is the next.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    case,
    delete,
    exists,
    func,
    insert,
    null,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from digest import ports
from digest.model.chats import Chat
from digest.model.delivery import (
    ALERT,
    BROADCAST,
    Mailing,
    Outgoing,
    PartId,
    Queued,
    Sent,
    Slot,
    Trouble,
)
from digest.model.messages import Message

from .batching import batches
from .broadcasting import SLOT, is_digest, parts_for_all, slots_for_all
from .claiming import claimable, one_a_chat, outgoing, outgoing_of, trouble_of, waiting
from .engine import reading, writing
from .planner import count_unless_known
from .queueing import mail, mailings_of
from .results import ARRIVED, is_active, lost, slots_of_its_chat, still_to_send, unsent
from .tables import INSERT, UNFINISHED, WHOSE, bodies, chats, holds, parts, slots
from .texts import store_texts, unused_texts

# Digests at once. Of 25,000 a server without numbers looked for the next 20 in 0.25 to 0.4 s, with in 0.03.
_MANY = 1_000

STATES = ("waiting", "sending", "sent", "uncertain", "failed", "dropped")


class SqlLedger:
    """The ledger in a SQL database."""

    def __init__(self, *, engine: AsyncEngine) -> None:
        self._engine = engine

    async def enqueue(self, queued: Sequence[Queued]) -> int:
        """How many slots were queued; slot, parts, shown history and cursor at once, each or nothing.

        Left out: a chat that is gone or has changed its version, and of two digests for one chat and
        thread the second. A slot that exists already only gets its chat's ``next_due_at`` moved on, so
        that it does not come due for ever. Each raises the chat's version.
        """
        return await self.mail(mailings_of(queued))

    async def mail(self, mailings: Sequence[Mailing]) -> int:
        """As ``enqueue``, each for many chats, none of which is in two."""
        async with writing(self._engine) as connection:
            stored = await mail(connection, mailings)
        if stored >= _MANY:
            async with writing(self._engine) as connection:
                await count_unless_known(connection, stored, "slot", "part")
        return stored

    async def claim(
        self, now: datetime, *, limit: int, rested: timedelta = timedelta(0)
    ) -> tuple[Outgoing, ...]:
        """Parts that may be sent now, oldest first, at most one per chat, each marked ``sending``.

        Digests go before messages to all.
        """
        async with writing(self._engine, alone="claim") as connection:
            found = await connection.execute(claimable(now, limit, rested))
            ids = list(one_a_chat((chat, part) for part, chat in found))[:limit]
            if not ids:
                return ()
            marked = update(parts).where(parts.c.id.in_(ids))
            await connection.execute(marked.values(state="sending", not_before=null()))
            return tuple(map(outgoing_of, await connection.execute(outgoing(ids))))

    async def arrived(self, results: Mapping[PartId, Sent], *, now: datetime) -> None:
        """Record that the parts arrived, in one transaction."""
        rows = [
            {"part": part, "message": result.message_id, "now": now}
            for part, result in results.items()
        ]
        async with writing(self._engine) as connection:
            await connection.execute(ARRIVED, rows)

    async def postpone(
        self, part: PartId, until: datetime, error: str, *, counts: bool, alone: bool = False
    ) -> None:
        """Let the part, and all others of its chat, wait until then; ``counts`` adds to its attempts.

        Parts of a chat that was paused meanwhile are dropped instead.
        """
        async with writing(self._engine) as connection:
            await _postpone(connection, part, until, error, counts=counts, alone=alone)

    async def refused(
        self, part: PartId, until: datetime, error: str, *, now: datetime, alone: bool = False
    ) -> None:
        """As ``postpone``, and count for its chat a refusal that may pass, the first at ``now``."""
        its = select(slots.c.chat, slots.c.thread).join(parts, parts.c.slot_id == slots.c.id)
        counted = update(chats).where(tuple_(*WHOSE).in_(its.where(parts.c.id == part)))
        first = func.coalesce(chats.c.refused_since, now)
        async with writing(self._engine) as connection:
            await _postpone(connection, part, until, error, counts=True, alone=alone)
            await connection.execute(
                counted.values(refusals=chats.c.refusals + 1, refused_since=first)
            )

    async def hold(self, until: datetime) -> None:
        """Let nothing be claimed before then, neither what waits nor what is queued meanwhile."""
        new = INSERT[self._engine.dialect.name](holds).values(id=1, until=until)
        longer = holds.c.until < new.excluded.until
        kept = new.on_conflict_do_update(
            index_elements=["id"], set_={"until": new.excluded.until}, where=longer
        )
        async with writing(self._engine) as connection:
            await connection.execute(kept)

    async def split(self, part: PartId, texts: Sequence[str]) -> None:
        """Put several parts in the place of a claimed one, in order; the last has its keyboard."""
        more, columns = len(texts) - 1, parts.c
        async with writing(self._engine) as connection:
            claimed = select(parts).where(columns.id == part, columns.state == "sending")
            row = (await connection.execute(claimed)).one_or_none()
            if row is None:
                return
            # By way of negative numbers: SQLite holds places unique at each row it moves.
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
        """How many parts were dropped: of digests due before then that a newer one has followed."""
        newer = slots.alias("newer")
        followed = exists().where(
            newer.c.chat == slots.c.chat,
            newer.c.thread == slots.c.thread,
            newer.c.due_at > slots.c.due_at,
            is_digest(newer),
        )
        old = select(slots.c.id).where(slots.c.due_at < before, is_digest(slots), followed)
        is_lost = parts.c.state == "uncertain"  # stays so, and is not sent again
        waits = [*still_to_send(), parts.c.state != "sending"]
        unfinished = select(parts.c.slot_id).where(*waits)
        dropped = update(parts).where(
            *waits, parts.c.slot_id.in_(old.where(slots.c.id.in_(unfinished)))
        )
        state = case((is_lost, "uncertain"), else_="dropped")
        async with writing(self._engine) as connection:
            return (
                await connection.execute(dropped.values(state=state, not_before=null()))
            ).rowcount

    async def fail(self, part: PartId, error: str) -> None:
        """Give the part up for good; later parts of its slot go on."""
        await self._finish(part, state="failed", error=error)

    async def uncertain(self, part: PartId, error: str, *, resend_at: datetime | None) -> None:
        """Record that the answer was lost; with ``resend_at`` the part is sent once more, silently."""
        await self._finish(part, error=error, **lost(resend_at))

    async def recover(self, *, now: datetime, resend_at: datetime | None) -> int:
        """How many parts a crash left in ``sending``; each becomes uncertain.

        To be called only while nothing is being sent: at start, and before each flush.
        """
        error = f"the program stopped while it was being sent, noticed at {now:%Y-%m-%d %H:%M} UTC"
        left = update(parts).where(*still_to_send(), parts.c.state == "sending")
        async with writing(self._engine) as connection:
            done = await connection.execute(
                left.values(error=error, attempts=parts.c.attempts + 1, **lost(resend_at))
            )
            return done.rowcount

    async def last(self, chat: int, thread: int) -> tuple[Slot, str] | None:
        """The newest slot of a chat and the JSON of its digest; no alert and no broadcast is one."""
        query = (
            select(slots, bodies.c.text)
            .join(bodies, bodies.c.id == slots.c.body_id)
            .where(slots.c.chat == chat, slots.c.thread == thread, is_digest(slots))
            .order_by(slots.c.due_at.desc(), slots.c.id.desc())
            .limit(1)
        )
        async with reading(self._engine) as connection:
            row = (await connection.execute(query)).one_or_none()
        if row is None:
            return None
        return Slot(row.chat, row.thread, row.local_date, row.at, row.due_at), row.text

    async def prune(self, before: datetime) -> int:
        """How many slots due before ``before`` were removed, with their parts.

        The newest digest of each subscription stays, and every slot that is not finished.
        """
        later, open_part = slots.alias("later"), (parts.c.slot_id == slots.c.id, *still_to_send())
        followed = exists().where(
            later.c.chat == slots.c.chat,
            later.c.thread == slots.c.thread,
            tuple_(later.c.due_at, later.c.id) > tuple_(slots.c.due_at, slots.c.id),
            is_digest(later),
        )
        may_go = or_(~is_digest(slots), followed)
        old = delete(slots).where(slots.c.due_at < before, may_go, ~exists().where(*open_part))
        async with writing(self._engine) as connection:
            removed = (await connection.execute(old)).rowcount
            await connection.execute(unused_texts())
            return removed

    async def alerts(
        self, chats: Sequence[Chat], since: date
    ) -> Mapping[tuple[int, int], Mapping[date, int]]:
        """How many alerts were queued by local day from ``since`` on, by (chat id, thread)."""
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

    async def totals(self) -> Mapping[str, int]:
        """Parts by state, each state named; under ``uncertain_ever`` those whose answer was ever lost."""
        by_state = select(parts.c.state, func.count()).group_by(parts.c.state)
        ever = select(func.count()).where(parts.c.was_uncertain)
        async with reading(self._engine) as connection:
            counted = {state: count for state, count in await connection.execute(by_state)}
            lost = await connection.scalar(ever)
        return {**dict.fromkeys(STATES, 0), **counted, "uncertain_ever": lost or 0}

    async def flaws(self) -> Mapping[str, int]:
        """Parts that had something wrong, by what; those without are missing."""
        flaw = parts.c.flaw
        by_flaw = select(flaw, func.count()).where(flaw.is_not(None)).group_by(flaw)
        async with reading(self._engine) as connection:
            return {what: count for what, count in await connection.execute(by_flaw)}

    async def lost(self) -> tuple[Trouble, ...]:
        """Uncertain parts that nobody was asked about yet and that are not sent again, by id."""
        columns = parts.c
        query = (
            select(parts, *(slots.c[name] for name in SLOT))
            .join(slots, slots.c.id == columns.slot_id)
            .where(UNFINISHED, columns.state == "uncertain", columns.not_before.is_(None))
            .where(~columns.asked)
            .order_by(columns.id + 0)  # by the id itself SQLite would go through all parts ever
        )
        async with reading(self._engine) as connection:
            return tuple(map(trouble_of, await connection.execute(query)))

    async def asked(self, part: PartId) -> None:
        """Record that an owner was asked about it."""
        async with writing(self._engine) as connection:
            await connection.execute(update(parts).where(parts.c.id == part).values(asked=True))

    async def settle(self, part: PartId, *, again: bool) -> bool:
        """Whether an uncertain part that is not sent again was decided: once more, or left as it is."""
        columns = parts.c
        open_ = (columns.id == part, columns.state == "uncertain", columns.not_before.is_(None))
        decided = update(parts).where(*open_)
        if again:
            decided = decided.where(is_active())
        state = "waiting" if again else "dropped"
        async with writing(self._engine) as connection:
            return (await connection.execute(decided.values(state=state))).rowcount > 0

    async def broadcast(self, message: Message, *, mark: str, now: datetime) -> int:
        """How many active chats, but channels and those that rest, the message was queued for.

        A chat gets it once, in its first thread; one that has a message of that ``mark`` is left out.
        """
        at = f"{BROADCAST} {mark}"
        async with writing(self._engine) as connection:
            texts = await store_texts(connection, ("{}", message.html))
            await connection.execute(slots_for_all(at, now, texts["{}"]))
            added = await connection.execute(parts_for_all(at, message, texts[message.html]))
            return added.rowcount

    async def troubles(self, *, limit: int, offset: int = 0) -> tuple[Trouble, ...]:
        """Failed and uncertain parts, the latest due first."""
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
        """Whether a failed part of an active chat waits again; its attempts are not forgotten."""
        failed = update(parts).where(parts.c.id == part, parts.c.state == "failed", is_active())
        async with writing(self._engine) as connection:
            again = await connection.execute(failed.values(state="waiting", not_before=null()))
            return again.rowcount > 0

    async def hasten(self, chat: int, thread: int) -> None:
        """Let what waits there since the chat refused it be tried now."""
        refuses = exists().where(chats.c.id == chat, chats.c.refusals > 0)
        its = select(slots.c.id).where(slots.c.chat == chat, slots.c.thread == thread)
        waits = (parts.c.state == "waiting", parts.c.not_before.is_not(None))
        there = update(parts).where(parts.c.slot_id.in_(its), *waits, refuses)
        async with writing(self._engine) as connection:
            await connection.execute(there.values(not_before=null()))

    async def waiting_since(self) -> datetime | None:
        """When the longest waiting part of an active chat was due; None where nothing waits."""
        async with reading(self._engine) as connection:
            oldest: datetime | None = await connection.scalar(waiting(func.min(parts.c.due_at)))
            return oldest

    async def backlog(self) -> int:
        """How many parts of active chats are still to be sent."""
        async with reading(self._engine) as connection:
            return await connection.scalar(waiting(func.count())) or 0

    async def _finish(self, part: PartId, **values: Any) -> None:
        async with writing(self._engine) as connection:
            await connection.execute(unsent(part).values(attempts=parts.c.attempts + 1, **values))


async def _postpone(
    connection: AsyncConnection,
    part: PartId,
    until: datetime,
    error: str,
    *,
    counts: bool,
    alone: bool,
) -> None:
    state = case((is_active(), "waiting"), else_="dropped")
    attempts = parts.c.attempts + int(counts)
    values = {"state": state, "not_before": until, "error": error, "attempts": attempts}
    later = update(parts).where(
        parts.c.id != part,
        *still_to_send(),
        parts.c.state != "sending",
        or_(parts.c.not_before.is_(None), parts.c.not_before < until),
        parts.c.slot_id.in_(slots_of_its_chat(part)),
    )
    await connection.execute(unsent(part).values(**values))
    if not alone:  # those of its own thread wait behind it anyhow
        await connection.execute(later.values(not_before=until))


if TYPE_CHECKING:
    _ledger: type[ports.Ledger] = SqlLedger
