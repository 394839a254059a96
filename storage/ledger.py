"""Every digest and its parts: what is queued, claimed, sent, uncertain.

One process sends (see ``lock``), so a part found in ``sending`` at start was left there by a crash, and
needs no lease. ``attempts`` counts what is finished; the one under way is the next.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Row,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncEngine

from digest import ports
from digest.model import (
    Button,
    Chat,
    Keyboard,
    Mailing,
    Message,
    Outgoing,
    PartId,
    Queued,
    Sent,
    Slot,
    Trouble,
)

from .chats import still_to_send, unused_texts
from .engine import reading, writing
from .placing import batches
from .queueing import keyboard_rows, mail, mailings_of, store_texts
from .tables import INSERT, SENDING, UNFINISHED, bodies, chats, holds, parts, slots

BROADCAST = "broadcast"  # what the hour of a message to all begins with
ALERT = "alert"  # what the hour of an alert begins with
_SLOT = ("chat", "thread", "local_date", "at", "due_at")

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
            return await mail(connection, mailings)

    async def claim(self, now: datetime, *, limit: int) -> tuple[Outgoing, ...]:
        """Parts that may be sent now, oldest first, at most one per chat, each marked ``sending``.

        Digests go before messages to all.
        """
        async with writing(self._engine, alone="claim") as connection:
            found = await connection.execute(_claimable(now, limit))
            ids = list(_one_a_chat((chat, part) for part, chat in found))[:limit]
            if not ids:
                return ()
            marked = update(parts).where(parts.c.id.in_(ids))
            await connection.execute(marked.values(state="sending", not_before=null()))
            return tuple(map(outgoing_of, await connection.execute(_outgoing(ids))))

    async def sent(self, part: PartId, result: Sent, *, now: datetime) -> None:
        """Record that the part arrived."""
        await self.arrived({part: result}, now=now)

    async def arrived(self, results: Mapping[PartId, Sent], *, now: datetime) -> None:
        """Record that the parts arrived, in one transaction."""
        rows = [
            {"part": part, "message": result.message_id, "now": now}
            for part, result in results.items()
        ]
        async with writing(self._engine) as connection:
            await connection.execute(_ARRIVED, rows)

    async def postpone(self, part: PartId, until: datetime, error: str, *, counts: bool) -> None:
        """Let the part, and all others of its chat, wait until then; ``counts`` adds to its attempts.

        Parts of a chat that was paused meanwhile are dropped instead.
        """
        state = case((_active(), "waiting"), else_="dropped")
        later = update(parts).where(
            parts.c.id != part,
            *still_to_send(),
            parts.c.state != "sending",
            or_(parts.c.not_before.is_(None), parts.c.not_before < until),
            parts.c.slot_id.in_(_slots_of_its_chat(part)),
        )
        async with writing(self._engine) as connection:
            await connection.execute(
                _unsent(part).values(
                    state=state,
                    not_before=until,
                    error=error,
                    attempts=parts.c.attempts + int(counts),
                )
            )
            await connection.execute(later.values(not_before=until))

    async def refused(self, part: PartId, until: datetime, error: str, *, now: datetime) -> None:
        """As ``postpone``, and count for its chat a refusal that may pass, the first at ``now``."""
        await self.postpone(part, until, error, counts=True)
        its = select(slots.c.chat, slots.c.thread).join(parts, parts.c.slot_id == slots.c.id)
        counted = update(chats).where(
            tuple_(chats.c.id, chats.c.thread).in_(its.where(parts.c.id == part))
        )
        first = func.coalesce(chats.c.refused_since, now)
        async with writing(self._engine) as connection:
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
            _is_digest(newer),
        )
        old = select(slots.c.id).where(slots.c.due_at < before, _is_digest(slots), followed)
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
        await self._finish(part, error=error, **_lost(resend_at))

    async def recover(self, *, now: datetime, resend_at: datetime | None) -> int:
        """How many parts a crash left in ``sending``; each becomes uncertain. Called once, at start."""
        error = f"the program stopped while it was being sent, noticed at {now:%Y-%m-%d %H:%M} UTC"
        left = update(parts).where(*still_to_send(), parts.c.state == "sending")
        async with writing(self._engine) as connection:
            done = await connection.execute(
                left.values(error=error, attempts=parts.c.attempts + 1, **_lost(resend_at))
            )
            return done.rowcount

    async def last(self, chat: int, thread: int) -> tuple[Slot, str] | None:
        """The newest slot of a chat and the JSON of its digest; no alert and no broadcast is one."""
        query = (
            select(slots, bodies.c.text)
            .join(bodies, bodies.c.id == slots.c.body_id)
            .where(slots.c.chat == chat, slots.c.thread == thread, _is_digest(slots))
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

        The newest of each subscription stays, and every one that is not finished.
        """
        later, open_part = slots.alias("later"), (parts.c.slot_id == slots.c.id, *still_to_send())
        followed = exists().where(
            later.c.chat == slots.c.chat,
            later.c.thread == slots.c.thread,
            tuple_(later.c.due_at, later.c.id) > tuple_(slots.c.due_at, slots.c.id),
            _is_digest(later),
        )
        old = delete(slots).where(slots.c.due_at < before, followed, ~exists().where(*open_part))
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
        """Uncertain parts that nobody was asked about yet and that are not sent again; each once."""
        columns = parts.c
        unasked = (columns.state == "uncertain", columns.not_before.is_(None), ~columns.asked)
        query = (
            select(parts, *(slots.c[name] for name in _SLOT))
            .join(slots, slots.c.id == columns.slot_id)
            .where(*unasked)
            .order_by(columns.id)
        )
        async with writing(self._engine) as connection:
            found = tuple(map(_trouble_of, await connection.execute(query)))
            await connection.execute(update(parts).where(*unasked).values(asked=True))
        return found

    async def settle(self, part: PartId, *, again: bool) -> bool:
        """Whether an uncertain part that is not sent again was decided: once more, or left as it is."""
        columns = parts.c
        open_ = (columns.id == part, columns.state == "uncertain", columns.not_before.is_(None))
        decided = update(parts).where(*open_)
        if again:
            decided = decided.where(_active())
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
            await connection.execute(_slots_for_all(at, now, texts["{}"]))
            added = await connection.execute(_parts_for_all(at, message, texts[message.html]))
            return added.rowcount

    async def troubles(self, *, limit: int, offset: int = 0) -> tuple[Trouble, ...]:
        """Failed and uncertain parts, the latest due first."""
        query = (
            select(parts, *(slots.c[name] for name in _SLOT))
            .join(slots, slots.c.id == parts.c.slot_id)
            .where(parts.c.state.in_(("failed", "uncertain")))
            .order_by(slots.c.due_at.desc(), parts.c.id.desc())
            .limit(limit)
            .offset(offset)
        )
        async with reading(self._engine) as connection:
            return tuple(map(_trouble_of, await connection.execute(query)))

    async def retry(self, part: PartId) -> bool:
        """Whether a failed part of an active chat waits again; its attempts are not forgotten."""
        failed = update(parts).where(parts.c.id == part, parts.c.state == "failed", _active())
        async with writing(self._engine) as connection:
            again = await connection.execute(failed.values(state="waiting", not_before=null()))
            return again.rowcount > 0

    async def waiting_since(self) -> datetime | None:
        """When the longest waiting part of an active chat was due; None where nothing waits."""
        async with reading(self._engine) as connection:
            oldest: datetime | None = await connection.scalar(_waiting(func.min(parts.c.due_at)))
            return oldest

    async def backlog(self) -> int:
        """How many parts of active chats are still to be sent."""
        async with reading(self._engine) as connection:
            return await connection.scalar(_waiting(func.count())) or 0

    async def _finish(self, part: PartId, **values: Any) -> None:
        async with writing(self._engine) as connection:
            await connection.execute(_unsent(part).values(attempts=parts.c.attempts + 1, **values))


# --- claiming -------------------------------------------------------------------------------


def _claimable(now: datetime, limit: int) -> Select[Any]:
    """Parts to send and their chats, oldest first: of each thread the first unfinished one, if it may go.

    None of a chat that has a message under way. Rows that another process claims are skipped.
    The index is read from its front, and only until there are enough: 25,000 that wait cost nothing.
    """
    ready = or_(parts.c.not_before.is_(None), parts.c.not_before <= now)
    held = exists().where(holds.c.until > now)
    sending = select(slots.c.chat).join(parts, parts.c.slot_id == slots.c.id).where(SENDING)
    return (
        _of_active_chats(select(parts.c.id, slots.c.chat))
        .where(ready, slots.c.chat.not_in(sending), ~_has_an_earlier_one(), ~held)
        .order_by(*_turn(parts))
        .limit(2 * limit)  # a chat with many threads has several here, and gets one
        .with_for_update(of=parts, skip_locked=True)
    )


def _waiting(what: Any) -> Select[Any]:
    return _of_active_chats(select(what).select_from(parts))


def _of_active_chats(query: Select[Any]) -> Select[Any]:
    # Plus nothing: SQLite shall go from the few unfinished parts to their slots, not from all slots ever.
    return (
        query.join(slots, slots.c.id == parts.c.slot_id + 0)
        .join(chats, (chats.c.id == slots.c.chat) & (chats.c.thread == slots.c.thread))
        .where(*still_to_send(), chats.c.active)
    )


def _has_an_earlier_one() -> ColumnElement[bool]:
    """Whether the part's thread has an unfinished one that goes before it."""
    part, slot = parts.alias("earlier"), slots.alias("its")
    resent = (part.c.state != "uncertain") | part.c.not_before.is_not(None)
    return exists().where(
        slot.c.chat == slots.c.chat,
        slot.c.thread == slots.c.thread,
        part.c.slot_id == slot.c.id,
        UNFINISHED,
        resent,
        tuple_(*_turn(part)) < tuple_(*_turn(parts)),
    )


def _turn(table: FromClause) -> tuple[ColumnElement[Any], ...]:
    return table.c.for_all, table.c.due_at, table.c.slot_id, table.c.position


def _one_a_chat(found: Iterable[tuple[int, int]]) -> Iterable[int]:
    """The first part of each chat."""
    first: dict[int, int] = {}
    for chat, part in found:
        first.setdefault(chat, part)
    return first.values()


def _outgoing(ids: Sequence[int]) -> Select[Any]:
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
        late_from=row.due_at if row.position == 0 and " " not in row.at else None,
        refusals=row.refusals,
        refused_since=row.refused_since,
    )


def _trouble_of(row: Row[Any]) -> Trouble:
    return Trouble(
        id=PartId(row.id),
        slot=Slot(row.chat, row.thread, row.local_date, row.at, row.due_at),
        state=row.state,
        attempts=row.attempts,
        error=row.error or "",
    )


def _keyboard_of(rows: Iterable[Iterable[Sequence[Any]]]) -> Keyboard:
    return tuple(tuple(Button(*button) for button in row) for row in rows)


# --- a message to all -----------------------------------------------------------------------


def _is_digest(table: FromClause) -> ColumnElement[bool]:
    return and_(~_is_for_all(table), table.c.at.not_like(f"{ALERT} %"))


def _is_for_all(table: FromClause) -> ColumnElement[bool]:
    at: ColumnElement[str] = table.c.at
    return at.like(f"{BROADCAST} %")


def _slots_for_all(at: str, now: datetime, body: int) -> Any:
    columns, kinds = slots.c, chats.c.kind != "channel"
    rests = and_(chats.c.paused_until.is_not(None), chats.c.paused_until > now)
    has_it = exists().where(columns.chat == chats.c.id, columns.at == at)
    values = (literal(now.date()), literal(at), literal(now, columns.due_at.type), literal(body))
    everybody = (
        select(chats.c.id, func.min(chats.c.thread), *values)
        .where(chats.c.active, kinds, ~rests, ~has_it)
        .group_by(chats.c.id)
    )
    return insert(slots).from_select([*_SLOT, "body_id"], everybody)


def _parts_for_all(at: str, message: Message, body: int) -> Any:
    """Of the slots that have none yet: those of this call."""
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


# --- what became of a part ------------------------------------------------------------------


def _unsent(part: PartId) -> Any:
    """What has arrived stays so, whatever is said of it later."""
    return update(parts).where(parts.c.id == part, parts.c.state != "sent")


_ARRIVED = (
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


def _lost(resend_at: datetime | None) -> Mapping[str, Any]:
    """Uncertain, to be sent again at ``resend_at``; the second time, or to a paused chat, never."""
    at = literal(resend_at, parts.c.not_before.type)
    again = case((~parts.c.was_uncertain & _active(), at), else_=null())
    return {"state": "uncertain", "not_before": again, "was_uncertain": True}


def _active() -> ColumnElement[bool]:
    """Whether the part's chat is active."""
    return exists().where(
        slots.c.id == parts.c.slot_id,
        chats.c.id == slots.c.chat,
        chats.c.thread == slots.c.thread,
        chats.c.active,
    )


def _slots_of_its_chat(part: PartId) -> Select[Any]:
    its = select(slots.c.chat).join(parts, parts.c.slot_id == slots.c.id).where(parts.c.id == part)
    return select(slots.c.id).where(slots.c.chat == its.scalar_subquery())


if TYPE_CHECKING:
    _ledger: type[ports.Ledger] = SqlLedger
