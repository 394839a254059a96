"""The ledger of deliveries, in memory."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from digest.model.chats import Chat
from digest.model.delivery import NO_WAIT, Mailing, Outgoing, PartId, Queued, Sent, Slot, Trouble
from digest.model.messages import Message

from .chats import hears
from .tables import ChatKey, Part, StoredSlot, Tables, thread_of

STATES = ("waiting", "sending", "sent", "uncertain", "failed", "dropped")


def _each(mailing: Mailing) -> Iterable[Queued]:
    for to in mailing.to:
        yield Queued(
            slot=Slot(to.chat, to.thread, mailing.local_date, mailing.at, mailing.due_at),
            messages=mailing.messages,
            digest=mailing.digest,
            shown_stories=mailing.shown_stories,
            shown_sentences=mailing.shown_sentences,
            covered_until=mailing.covered_until,
            next_due_at=mailing.next_due_at,
            chat_version=to.version,
            not_before=to.not_before,
        )


class FakeLedger:
    """The ledger in memory."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def enqueue(self, queued: Sequence[Queued]) -> int:
        return sum([self._enqueue(one) for one in queued])

    async def mail(self, mailings: Sequence[Mailing]) -> int:
        return sum([self._enqueue(one) for mailing in mailings for one in _each(mailing)])

    async def claim(
        self, now: datetime, *, limit: int, rested: timedelta = timedelta(0)
    ) -> tuple[Outgoing, ...]:
        if _lies_ahead(self._tables.held_until, now):
            return ()
        first = [part for part in self._first() if not _lies_ahead(part.not_before, now)]
        first.sort(key=_turn)
        turn: dict[int, Part] = {}
        for part in first:
            if not rested or not self._has_just_arrived(part.slot, now - rested, now):
                turn.setdefault(part.slot.slot.chat, part)
        return tuple(self._claim(part) for part in list(turn.values())[:limit])

    async def arrived(self, results: Mapping[PartId, Sent], *, now: datetime) -> None:
        for part, result in results.items():
            self._finish(part, state="sent", message_id=result.message_id, sent_at=now, error=None)

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
        own = self._tables.parts.get(part)
        if own is None or attempt not in (None, own.attempts + 1):
            return
        if own.state != "sent":
            own.state = "waiting" if self._tables.active(own) else "dropped"
            own.not_before, own.error = until, error
            own.attempts += int(counts)
        for other in self._tables.parts.values():
            same_chat = other.slot.slot.chat == own.slot.slot.chat
            if same_chat and not alone and other.unfinished and other.state != "sending":
                other.not_before = max(other.not_before or until, until)

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
        await self.postpone(part, until, error, counts=True, alone=alone, attempt=attempt)
        own = self._tables.parts.get(part)
        if own is not None:
            count, since = self._tables.refusals.get(thread_of(own.slot.slot), (0, now))
            self._tables.refusals[thread_of(own.slot.slot)] = (count + 1, min(since, now))

    async def date_back(self, now: datetime, *, beyond: datetime) -> int:
        ahead = [one for one in self._tables.slots if one.slot.due_at > beyond]
        for one in ahead:
            one.slot = replace(one.slot, at=f"{one.slot.at} {one.id}", due_at=now)
        return len(ahead)

    async def hold(self, until: datetime) -> None:
        held = self._tables.held_until or until
        self._tables.held_until = until if held > until + NO_WAIT else max(held, until)

    async def split(self, part: PartId, texts: Sequence[str]) -> None:
        own = self._tables.parts.get(part)
        if own is None or own.state != "sending":
            return
        keyboard, last = own.message.keyboard, len(texts) - 1
        for at, html in enumerate(texts):
            message = replace(own.message, html=html, keyboard=keyboard if at == last else ())
            if at == 0:
                own.message, own.state = message, "waiting"
                continue
            id_, place = PartId(next(self._tables.numbers)), own.position + at / (last + 1)
            new = replace(own, id=id_, message=message, state="waiting", position=place, flaw=None)
            self._tables.parts[id_] = new

    async def flawed(self, part: PartId, flaw: str) -> None:
        if part in self._tables.parts:
            self._tables.parts[part].flaw = flaw

    async def catch_up(self, before: datetime) -> int:
        newest: dict[ChatKey, datetime] = {}
        for one in filter(_is_digest, self._tables.slots):
            key = thread_of(one.slot)
            newest[key] = max(newest.get(key, one.slot.due_at), one.slot.due_at)
        old = [
            part
            for part in self._tables.parts.values()
            if part.unfinished and part.state != "sending" and _is_digest(part.slot)
            if part.slot.slot.due_at < min(before, newest[thread_of(part.slot.slot)])
        ]
        for part in old:
            part.state = "uncertain" if part.state == "uncertain" else "dropped"
            part.not_before = None
        return len(old)

    async def flaws(self) -> Mapping[str, int]:
        return Counter(part.flaw for part in self._tables.parts.values() if part.flaw)

    async def lost(self) -> tuple[Trouble, ...]:
        found = [
            part
            for part in self._tables.parts.values()
            if part.state == "uncertain" and part.not_before is None and not part.asked
        ]
        return tuple(map(_trouble, sorted(found, key=lambda part: part.id)))

    async def asked(self, part: PartId) -> None:
        if part in self._tables.parts:
            self._tables.parts[part].asked = True

    async def settle(self, part: PartId, *, again: bool) -> bool:
        own = self._tables.parts.get(part)
        is_open = own is not None and own.state == "uncertain" and own.not_before is None
        if own is None or not is_open or (again and not self._tables.active(own)):
            return False
        own.state = "waiting" if again else "dropped"
        return True

    async def fail(self, part: PartId, error: str) -> None:
        self._finish(part, state="failed", error=error)

    async def uncertain(self, part: PartId, error: str, *, resend_at: datetime | None) -> None:
        own = self._tables.parts.get(part)
        if own is not None:
            again = not own.was_uncertain and self._tables.active(own)
            self._finish(
                part,
                state="uncertain",
                error=error,
                not_before=resend_at if again else None,
                was_uncertain=True,
            )

    async def recover(
        self, *, now: datetime, resend_at: datetime | None, refused: Collection[PartId] = ()
    ) -> int:
        for part in self._tables.parts.values():
            if part.state == "sending" and part.id in refused:
                part.state = "waiting" if self._tables.active(part) else "dropped"
        left = [part for part in self._tables.parts.values() if part.state == "sending"]
        for part in left:
            await self.uncertain(part.id, f"stopped while sending, {now}", resend_at=resend_at)
        return len(left)

    async def last(self, chat: int, thread: int) -> tuple[Slot, str] | None:
        digests = [one for one in self._tables.slots if _is_digest(one)]
        stored = [one for one in digests if thread_of(one.slot) == (chat, thread)]
        newest = max(stored, key=lambda one: (one.slot.due_at, one.id), default=None)
        return None if newest is None else (newest.slot, newest.digest)

    async def of_message(self, chat: int, message: int) -> tuple[Slot, str] | None:
        its = [part.slot for part in self._tables.parts.values() if part.message_id == message]
        found = [
            one for one in its if one.slot.chat == chat and not one.slot.at.startswith("broadcast ")
        ]
        newest = max(found, key=lambda one: (one.slot.due_at, one.id), default=None)
        return None if newest is None else (newest.slot, newest.digest)

    async def prune(self, before: datetime) -> int:
        tables = self._tables
        open_slots = {part.slot.id for part in tables.parts.values() if part.unfinished}
        newest: dict[ChatKey, StoredSlot] = {}
        for one in sorted(tables.slots, key=lambda one: (one.slot.due_at, one.id)):
            if _is_digest(one):
                newest[thread_of(one.slot)] = one
        kept = open_slots | {one.id for one in newest.values()}
        gone = {s.id for s in tables.slots if s.slot.due_at < before and s.id not in kept}
        tables.slots = [one for one in tables.slots if one.id not in gone]
        tables.parts = {i: part for i, part in tables.parts.items() if part.slot.id not in gone}
        return len(gone)

    async def alerts(
        self, chats: Sequence[Chat], since: date
    ) -> Mapping[ChatKey, Mapping[date, int]]:
        wanted = {(chat.id, chat.thread) for chat in chats}
        found: dict[ChatKey, Counter[date]] = defaultdict(Counter)
        for stored in self._tables.slots:
            slot = stored.slot
            if (
                thread_of(slot) in wanted
                and slot.at.startswith("alert ")
                and slot.local_date >= since
            ):
                found[thread_of(slot)][slot.local_date] += 1
        return found

    async def totals(self) -> Mapping[str, int]:
        parts = self._tables.parts.values()
        states = Counter(part.state for part in parts)
        ever = sum(part.was_uncertain for part in parts)
        return {**{state: states[state] for state in STATES}, "uncertain_ever": ever}

    async def broadcast(self, message: Message, *, mark: str, now: datetime) -> int:
        at, tables = f"broadcast {mark}", self._tables
        had = {stored.slot.chat for stored in tables.slots if stored.slot.at == at}
        first: dict[int, Chat] = {}
        for _, chat in sorted(tables.chats.items()):
            if hears(chat, now) and chat.id not in had:
                first.setdefault(chat.id, chat)
        for chat in first.values():
            slot = Slot(chat.id, chat.thread, now.date(), at, now)
            stored = StoredSlot(next(tables.numbers), slot, "{}")
            tables.slots.append(stored)
            part = Part(PartId(next(tables.numbers)), stored, message)
            tables.parts[part.id] = part
        return len(first)

    async def troubles(self, *, limit: int, offset: int = 0) -> tuple[Trouble, ...]:
        bad = [p for p in self._tables.parts.values() if p.state in ("failed", "uncertain")]
        bad.sort(key=_age, reverse=True)
        return tuple(map(_trouble, bad[offset : offset + limit]))

    async def retry(self, part: PartId) -> bool:
        own = self._tables.parts.get(part)
        if own is None or own.state != "failed" or not self._tables.active(own):
            return False
        own.state, own.not_before = "waiting", None
        return True

    async def hasten(self, chat: int, thread: int) -> None:
        waiting = [p for p in self._tables.parts.values() if p.state == "waiting"]
        refusing = {key for key in self._tables.refusals if key[0] == chat}
        tried = [p for p in waiting if p.error and thread_of(p.slot.slot) in refusing]
        ends = {part.not_before for part in tried}
        for part in waiting:
            if thread_of(part.slot.slot) == (chat, thread) and part.not_before in ends:
                part.not_before = None

    async def waiting_since(self) -> datetime | None:
        return min((part.slot.slot.due_at for part in self._waiting()), default=None)

    async def backlog(self) -> int:
        return len(self._waiting())

    def _waiting(self) -> list[Part]:
        parts = self._tables.parts.values()
        return [part for part in parts if part.unfinished and self._tables.active(part)]

    def _enqueue(self, queued: Queued) -> bool:
        key = thread_of(queued.slot)
        chat = self._tables.chats.get(key)
        if chat is None or chat.version != queued.chat_version:
            return False
        chat = replace(chat, next_due_at=queued.next_due_at, version=chat.version + 1)
        self._tables.chats[key] = chat
        if any(_key(stored.slot) == _key(queued.slot) for stored in self._tables.slots):
            return False
        self._tables.chats[key] = replace(chat, covered_until=queued.covered_until)
        self._store(queued)
        self._remember(queued)
        return True

    def _store(self, queued: Queued) -> None:
        stored = StoredSlot(next(self._tables.numbers), queued.slot, queued.digest)
        self._tables.slots.append(stored)
        for at, message in enumerate(queued.messages):
            part = Part(PartId(next(self._tables.numbers)), stored, message, position=at)
            part.not_before = queued.not_before
            self._tables.parts[part.id] = part

    def _remember(self, queued: Queued) -> None:
        key = thread_of(queued.slot)
        told = self._tables.shown_stories.setdefault(key, {})
        said = self._tables.shown_sentences.setdefault(key, {})
        day, at = queued.slot.local_date, queued.covered_until
        told |= {story: min(day, told.get(story, day)) for story in queued.shown_stories}
        said |= {text: max(at, said.get(text, at)) for text in queued.shown_sentences}

    def _first(self) -> list[Part]:
        """The first unfinished part of each thread, of chats that have none under way."""
        unfinished = [
            part
            for part in sorted(self._tables.parts.values(), key=_turn)
            if part.unfinished and self._tables.active(part)
        ]
        busy = {part.slot.slot.chat for part in unfinished if part.state == "sending"}
        first: dict[ChatKey, Part] = {}
        for part in unfinished:
            first.setdefault(thread_of(part.slot.slot), part)
        return [part for part in first.values() if part.slot.slot.chat not in busy]

    def _has_just_arrived(self, slot: StoredSlot, since: datetime, now: datetime) -> bool:
        sent_at = [p.sent_at for p in self._tables.parts.values() if p.slot is slot and p.sent_at]
        return any(since < at <= now for at in sent_at)

    def _claim(self, part: Part) -> Outgoing:
        part.state, part.not_before = "sending", None
        slot = part.slot.slot
        refusals, since = self._tables.refusals.get(thread_of(slot), (0, None))
        return Outgoing(
            id=part.id,
            chat=slot.chat,
            thread=slot.thread,
            kind=self._tables.chats[thread_of(slot)].kind,
            message=replace(part.message, silent=part.message.silent or part.was_uncertain),
            attempts=part.attempts + 1,
            language=self._tables.chats[thread_of(slot)].language,
            late_from=slot.due_at if part.position == 0 and " " not in slot.at else None,
            refusals=refusals,
            refused_since=since,
        )

    def _finish(self, part: PartId, **values: object) -> None:
        own = self._tables.parts.get(part)
        if own is not None and own.state != "sent":
            own.attempts += 1
            for name, value in values.items():
                setattr(own, name, value)


def _lies_ahead(until: datetime | None, now: datetime) -> bool:
    return until is not None and now < until <= now + NO_WAIT


def _is_digest(stored: StoredSlot) -> bool:
    return not stored.slot.at.startswith(("broadcast ", "alert "))


def _key(slot: Slot) -> tuple[int, int, date, str]:
    return slot.chat, slot.thread, slot.local_date, slot.at


def _turn(part: Part) -> tuple[bool, datetime, int, float]:
    """Digests before messages to all, then by age."""
    return part.slot.slot.at.startswith("broadcast "), *_age(part)


def _age(part: Part) -> tuple[datetime, int, float]:
    return part.slot.slot.due_at, part.slot.id, part.position


def _trouble(part: Part) -> Trouble:
    return Trouble(
        id=part.id,
        slot=part.slot.slot,
        state="uncertain" if part.state == "uncertain" else "failed",
        attempts=part.attempts,
        error=part.error or "",
    )
