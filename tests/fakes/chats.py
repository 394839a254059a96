"""The subscriptions and what they were shown, in memory."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TypeVar

from digest.errors import Conflict
from digest.model.chats import Chat, Subscriptions
from digest.model.delivery import Addressee, Alike, Position
from digest.model.digests import Shown

from .tables import ChatKey, Tables, thread_of

K = TypeVar("K")
V = TypeVar("V", date, datetime)


class FakeChatStore:
    """The subscriptions in memory."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def get(self, chat: int, thread: int = 0) -> Chat | None:
        return self._tables.chats.get((chat, thread))

    async def of(self, chat: int) -> tuple[Chat, ...]:
        return tuple(one for one in self._every() if one.id == chat)

    async def owned_by(self, user: int) -> tuple[Chat, ...]:
        return tuple(one for one in self._every() if one.owner == user)

    async def all(self) -> tuple[Chat, ...]:
        return tuple(self._every())

    async def save(self, chat: Chat) -> Chat:
        stored = self._tables.chats.get((chat.id, chat.thread))
        if chat.version != (stored.version if stored else 0):
            raise Conflict(f"chat {chat.id} was changed meanwhile; open its settings again")
        return self._change(chat)

    async def restore(self, chats: Sequence[Chat]) -> None:
        for chat in chats:
            stored = self._tables.chats.get((chat.id, chat.thread))
            self._change(replace(chat, version=stored.version if stored else 0))

    async def delete(self, chat: int, thread: int | None = None) -> None:
        for one in await self.of(chat):
            if thread in (None, one.thread):
                self._drop((one.id, one.thread))
        for one in await self.owned_by(chat):
            if thread is None:
                self._change(replace(one, owner=None))
        if thread is None:
            self._tables.forget(chat)
            letters = self._tables.letters
            self._tables.letters = {n: one for n, one in letters.items() if one.chat != chat}
            alarms = self._tables.alarms
            self._tables.alarms = {key: one for key, one in alarms.items() if key[0] != chat}

    async def move(self, old: int, new: int) -> None:
        if old == new:
            return
        for one in await self.of(old):
            held = self._tables.chats.get((new, one.thread))
            kind = "supergroup" if one.kind == "group" else one.kind
            self._change(_united(one, held) if held else replace(one, id=new, kind=kind))
            self._hand_over((old, one.thread), (new, one.thread))
            self._drop((old, one.thread))

    async def move_topic(self, chat: int, old: int, new: int) -> Chat:
        left, here, tables = (chat, old), (chat, new), self._tables
        if left not in tables.chats or here in tables.chats:
            raise Conflict(f"the digest of topic {old} of {chat} cannot move to {new}")
        moved = self._change(replace(tables.chats[left], thread=new))
        for stored in tables.slots:
            if thread_of(stored.slot) == left:
                stored.slot = replace(stored.slot, thread=new)
        for kept in (tables.gone, tables.refusals, tables.shown_stories, tables.shown_sentences):
            if left in kept:
                kept[here] = kept.pop(left)  # type: ignore[index,assignment]
        tables.warned ^= {left, here} if left in tables.warned else set()
        self._drop(left)
        return moved

    async def pause(
        self, chat: int, reason: str, thread: int | None = None, *, now: datetime | None = None
    ) -> None:
        for one in await self.of(chat):
            if thread in (None, one.thread):
                if one.active and now is not None:
                    self._tables.gone[one.id, one.thread] = now
                why = reason if one.active else one.pause_reason
                self._change(replace(one, active=False, pause_reason=why))
                self._tables.warned.discard((one.id, one.thread))
                self._tables.refusals.pop((one.id, one.thread), None)
                for part in self._tables.parts.values():
                    if part.unfinished and thread_of(part.slot.slot) == (one.id, one.thread):
                        part.state = "dropped"

    async def purge(self, before: datetime) -> int:
        found = [
            (one.id, one.thread)
            for one in self._every()
            if (since := self._tables.gone.get((one.id, one.thread))) and since < before
            if one.covered_until is None or one.covered_until < before
        ]
        for chat, thread in found:
            await self.delete(chat, thread)
            if not await self.of(chat):
                await self.delete(chat)
        return len(found)

    async def crowd(self, at: datetime) -> int:
        return sum(one.active and one.next_due_at == at for one in self._every())

    async def alerting(self, now: datetime) -> tuple[Chat, ...]:
        return tuple(
            one
            for one in self._every()
            if one.active and one.alerts and one.kind != "channel"
            if one.paused_until is None or one.paused_until <= now
        )

    async def planned(
        self, now: datetime, *, beyond: datetime, covered: datetime
    ) -> tuple[Chat, ...]:
        return tuple(
            one
            for one in self._every()
            if one.active
            if (one.next_due_at or now) > beyond or (one.covered_until or now) > covered
            if one.paused_until is None or one.paused_until <= now
        )

    async def is_warned(self, chat: int, thread: int) -> bool:
        return (chat, thread) in self._tables.warned

    async def warn(self, chat: int, thread: int, *, warned: bool) -> None:
        key, tables = (chat, thread), self._tables
        if not warned:
            tables.refusals.pop(key, None)
            tables.warned.discard(key)
        elif key in tables.chats:
            tables.warned.add(key)

    async def due(
        self, now: datetime, *, limit: int, after: Position | None = None
    ) -> tuple[Alike, ...]:
        come = [
            (one.next_due_at, one.id, one.thread, one)
            for one in self._every()
            if one.active and one.next_due_at is not None and one.next_due_at <= now
            if one.paused_until is None or one.paused_until <= now
            if after is None or (one.next_due_at, one.id, one.thread) > after
        ]
        alike: dict[object, list[Chat]] = defaultdict(list)
        for *_, one in sorted(come, key=lambda due: due[:3])[:limit]:
            shared, shown = _shared(one), self._shown((one.id, one.thread))
            alike[shared, frozenset(shown.stories.items()), shown.sentences].append(one)
        return tuple(map(_alike, alike.values()))

    async def shown(self, chats: Sequence[Chat]) -> Mapping[ChatKey, Shown]:
        histories = ((key, self._shown(key)) for key in {(chat.id, chat.thread) for chat in chats})
        return {key: shown for key, shown in histories if shown != Shown()}

    def _shown(self, key: ChatKey) -> Shown:
        told = self._tables.shown_stories.get(key, {})
        return Shown(dict(told), frozenset(self._tables.shown_sentences.get(key, ())))

    def _every(self) -> list[Chat]:
        return [chat for _, chat in sorted(self._tables.chats.items())]

    def _change(self, chat: Chat) -> Chat:
        changed = replace(chat, version=chat.version + 1)
        if chat.active:
            self._tables.gone.pop((chat.id, chat.thread), None)
        self._tables.chats[chat.id, chat.thread] = changed
        return changed

    def _drop(self, key: ChatKey) -> None:
        tables = self._tables
        tables.chats.pop(key)
        tables.gone.pop(key, None)
        tables.warned.discard(key)
        tables.shown_stories.pop(key, None)
        tables.shown_sentences.pop(key, None)
        tables.slots = [stored for stored in tables.slots if thread_of(stored.slot) != key]
        tables.parts = {i: p for i, p in tables.parts.items() if thread_of(p.slot.slot) != key}

    def _hand_over(self, old: ChatKey, new: ChatKey) -> None:
        had = {
            (s.slot.local_date, s.slot.at) for s in self._tables.slots if thread_of(s.slot) == new
        }
        for stored in self._tables.slots:
            slot = stored.slot
            if thread_of(slot) == old and (slot.local_date, slot.at) not in had:
                stored.slot = replace(slot, chat=new[0])
        _merge(self._tables.shown_stories, old, new, min)
        _merge(self._tables.shown_sentences, old, new, max)


def _shared(chat: Chat) -> Chat:
    """What a digest depends on."""
    return replace(chat, id=0, thread=0, title="", saved=(), alerts=False, owner=None, version=0)


def _alike(chats: Sequence[Chat]) -> Alike:
    first, *_ = sorted(chats, key=lambda chat: (chat.id, chat.thread))
    shared = replace(_shared(first), id=first.id, thread=first.thread, version=first.version)
    return Alike(shared, tuple(sorted(Addressee(c.id, c.thread, c.version) for c in chats)))


def _united(left: Chat, held: Chat) -> Chat:
    """Two subscriptions of one thread as one, when a group became a supergroup that is known."""
    kept = left if left.active and not held.active else held
    saved = (*(one for one in left.saved if one not in held.saved), *held.saved)
    owner = kept.owner or left.owner
    return replace(kept, id=held.id, kind=held.kind, saved=saved, owner=owner, version=held.version)


def _merge(
    history: dict[ChatKey, dict[K, V]], old: ChatKey, new: ChatKey, of: Callable[[V, V], V]
) -> None:
    seen = history.pop(old, {})
    if seen:
        had = history.setdefault(new, {})
        had |= {what: of(when, had.get(what, when)) for what, when in seen.items()}


class FakeCensus:
    """The counts of what is in memory."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def subscriptions(self) -> Subscriptions:
        every = self._tables.chats.values()
        return Subscriptions(Counter(one.kind for one in every), sum(one.active for one in every))

    async def hearing(self, now: datetime) -> int:
        return len({one.id for one in self._tables.chats.values() if hears(one, now)})


def hears(chat: Chat, now: datetime) -> bool:
    """Whether a broadcast reaches it."""
    rests = chat.paused_until is not None and chat.paused_until > now
    return chat.active and chat.kind != "channel" and not rests
