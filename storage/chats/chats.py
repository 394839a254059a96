"""Who wants which digest, and when.

Every change of a subscription raises its version, whoever makes it: the chat's own settings (``save``),
a pause, a move, and a queued digest that moves the cursor on. So ``save`` may write the whole row: it
raises Conflict when anything at all has changed since the chat was read; read it again and repeat.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Table,
    case,
    delete,
    exists,
    func,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from digest import ports
from digest.errors import Conflict
from digest.model.chats import Chat
from digest.model.delivery import Alike, Position
from digest.model.digests import Shown

from ..database.engine import STORIES, reading, writing
from ..database.erasing import empty_log
from ..database.planner import count
from ..deliveries.results import still_to_send
from ..deliveries.texts import unused_texts
from ..news.owning import forget
from ..readers.alike import alike, due
from ..readers.chat_rows import SUBSCRIPTION, chat_columns, chat_of
from ..readers.chat_writing import CHANGED, upsert, write_chat
from ..readers.showing import Key, forget_unseen, hand_over, showings_of, shown_to
from ..tables import WHOSE, alarms, chats, letters, parts, slots
from .uniting import unite

_A_TURN = 100  # chats read before others have their turn
_GONE_AT_ONCE = 200  # subscriptions removed in one transaction, in which nobody else writes

_NO_REFUSALS = {"refusals": 0, "refused_since": None}


class SqlChatStore:
    """The subscriptions in a SQL database."""

    def __init__(self, *, engine: AsyncEngine) -> None:
        self._engine = engine

    async def get(self, chat: int, thread: int = 0) -> Chat | None:
        """One subscription; None if there is none."""
        found = await self._select(chats.c.id == chat, chats.c.thread == thread)
        return next(iter(found), None)

    async def of(self, chat: int) -> tuple[Chat, ...]:
        """Every subscription of one chat, by thread."""
        return await self._select(chats.c.id == chat)

    async def owned_by(self, user: int) -> tuple[Chat, ...]:
        """Channels and groups that this person manages in private, by id and thread."""
        return await self._select(chats.c.owner == user)

    async def all(self) -> tuple[Chat, ...]:
        """Every subscription, by id and thread."""
        return await self._select()

    async def due(
        self, now: datetime, *, limit: int, after: Position | None = None
    ) -> tuple[Alike, ...]:
        """Active chats whose ``next_due_at`` has come and no pause lasts, longest waiting first."""
        query = due(self._engine.dialect.name, now, limit, after)
        async with reading(self._engine) as connection:
            rows = (await connection.execute(query)).all()
        return await asyncio.to_thread(alike, rows)

    async def save(self, chat: Chat) -> Chat:
        """Store the chat, and return it with its version raised by one.

        Raises Conflict when ``chat.version`` is not the stored one (0 for a new chat).
        """
        saved = replace(chat, version=chat.version + 1)
        async with writing(self._engine, alone="chats") as connection:
            if not await write_chat(connection, saved, chat.version):
                raise Conflict(f"chat {chat.id} was changed meanwhile; open its settings again")
        return saved

    async def restore(self, chats: Sequence[Chat]) -> None:
        """Store the subscriptions as they are given, over any that are there, in one statement."""
        if not chats:
            return
        async with writing(self._engine) as connection:
            rows = [{**chat_columns(chat), "version": 1} for chat in chats]
            await connection.execute(upsert(connection.dialect.name), rows)
            await count(connection, "chat")

    async def delete(self, chat: int, thread: int | None = None) -> None:
        """Remove every row that speaks of the chat, or of one thread of it.

        Digests and history go with the subscription, by the foreign keys; without a thread a
        reader's own sources and articles go too, and the channels and groups that the chat manages
        go on without an owner. Nor does the database's file hold any of it afterwards.
        """
        here = select(*WHOSE).where(*_subscriptions(chats, "id", chat, thread))
        async with writing(self._engine, alone=STORIES) as connection:
            await _remove(connection, map(_key, await connection.execute(here)))
            if thread is None:
                await _forget_reader(connection, chat)
        await empty_log(self._engine)

    async def move(self, old: int, new: int) -> None:
        """Give all that belongs to ``old`` to ``new``; where both exist, they become one.

        What is new's stays then, but for an active old one that finds an inactive new one.
        """
        if old == new:
            return
        async with writing(self._engine, alone="chats") as connection:
            await unite(connection, old, new)
            await hand_over(connection, old, new)
            await connection.execute(delete(chats).where(chats.c.id == old))

    async def move_topic(self, chat: int, old: int, new: int) -> Chat:
        """The subscription of one forum topic as another's; what is its own follows by foreign keys."""
        taken = chats.alias("taken")
        there = exists().where(taken.c.id == chat, taken.c.thread == new)
        moved = update(chats).where(chats.c.id == chat, chats.c.thread == old, ~there)
        here = SUBSCRIPTION.where(chats.c.id == chat, chats.c.thread == new)
        async with writing(self._engine, alone="chats") as connection:
            if not (await connection.execute(moved.values(thread=new, **CHANGED))).rowcount:
                raise Conflict(f"the digest of topic {old} of {chat} cannot move to {new}")
            return chat_of((await connection.execute(here)).one())

    async def pause(
        self, chat: int, reason: str, thread: int | None = None, *, now: datetime | None = None
    ) -> None:
        """Stop sending to the chat, or to one thread of it: settings stay, queued parts are dropped."""
        stopped = update(chats).where(*_subscriptions(chats, "id", chat, thread))
        queued = select(slots.c.id).where(*_subscriptions(slots, "chat", chat, thread))
        dropped = update(parts).where(*still_to_send(), parts.c.slot_id.in_(queued))
        paused = {
            "active": False,
            "pause_reason": case((chats.c.active, reason), else_=chats.c.pause_reason),
            "gone_at": case((chats.c.active, now), else_=chats.c.gone_at),
            "warned": False,
        }
        async with writing(self._engine) as connection:
            await connection.execute(stopped.values(**paused, **_NO_REFUSALS, **CHANGED))
            await connection.execute(dropped.values(state="dropped"))

    async def purge(self, before: datetime) -> int:
        """Delete subscriptions that were paused before ``before`` and never came back. Returns how many.

        Nor had they a digest since. With the last of a chat goes all that was its own, as by ``delete``.
        """
        total = 0
        while some := await self._purge_some(before):
            total += some
        if total:
            await empty_log(self._engine)
        return total

    async def _purge_some(self, before: datetime) -> int:
        """Delete some of them, and what nobody else needs any more. Returns how many.

        Each is locked from the look on: one that comes back meanwhile would lose everything. One that is
        being changed is left for the next time.
        """
        # Who had a digest later than that was told to be gone by a clock that was behind.
        digest = chats.c.covered_until
        since = (chats.c.gone_at < before, digest.is_(None) | (digest < before))
        gone = select(*WHOSE).where(~chats.c.active, *since).limit(_GONE_AT_ONCE)
        gone = gone.with_for_update(skip_locked=True)
        async with writing(self._engine, alone=STORIES) as connection:
            found = [_key(row) for row in await connection.execute(gone)]
            if not found:
                return 0
            await _remove(connection, found)
            ids = {chat for chat, _ in found}
            left = set(await connection.scalars(select(chats.c.id).where(chats.c.id.in_(ids))))
            for reader in sorted(ids - left):
                await _forget_reader(connection, reader)
        return len(found)

    async def crowd(self, at: datetime) -> int:
        """How many active subscriptions are due at exactly this instant."""
        due = select(func.count()).where(chats.c.active, chats.c.next_due_at == at)
        async with reading(self._engine) as connection:
            return await connection.scalar(due) or 0

    async def alerting(self, now: datetime) -> tuple[Chat, ...]:
        """Active chats that want alerts and are not resting, without channels; by id and thread."""
        goes_on = chats.c.paused_until.is_(None) | (chats.c.paused_until <= now)
        return await self._select(
            chats.c.active, chats.c.alerts, chats.c.kind != "channel", goes_on
        )

    async def planned(
        self, now: datetime, *, beyond: datetime, covered: datetime
    ) -> tuple[Chat, ...]:
        """Active chats that are not resting: due later than ``beyond``, or covered beyond ``covered``."""
        goes_on = chats.c.paused_until.is_(None) | (chats.c.paused_until <= now)
        later = (chats.c.next_due_at > beyond) | (chats.c.covered_until > covered)
        return await self._select(chats.c.active, later, goes_on)

    async def is_warned(self, chat: int, thread: int) -> bool:
        """Whether somebody was told of trouble in the chat, and no message has arrived since."""
        query = select(chats.c.warned).where(*_subscriptions(chats, "id", chat, thread))
        async with reading(self._engine) as connection:
            return bool(await connection.scalar(query))

    async def warn(self, chat: int, thread: int, *, warned: bool) -> None:
        """Mark that somebody was told of trouble, or that a message arrived: then no refusal counts."""
        here = update(chats).where(*_subscriptions(chats, "id", chat, thread))
        forgiven = {} if warned else _NO_REFUSALS
        async with writing(self._engine) as connection:
            await connection.execute(here.values(warned=warned, **forgiven))

    async def shown(self, chats: Sequence[Chat]) -> Mapping[tuple[int, int], Shown]:
        """What earlier digests have shown, by (chat id, thread); without chats that were shown nothing."""
        async with reading(self._engine) as connection:
            return await shown_to(connection, ((chat.id, chat.thread) for chat in chats))

    async def _select(self, *conditions: ColumnElement[bool]) -> tuple[Chat, ...]:
        return await self._read(SUBSCRIPTION.where(*conditions).order_by(*WHOSE))

    async def _read(self, query: Select[Any]) -> tuple[Chat, ...]:
        found: list[Chat] = []
        async with reading(self._engine) as connection:
            for rows in (await connection.execute(query)).partitions(_A_TURN):
                found += map(chat_of, rows)
                await asyncio.sleep(0)
        return tuple(found)


async def _remove(connection: AsyncConnection, keys: Iterable[Key]) -> None:
    """Remove subscriptions with their digests, and what was shown or sent to no remaining one."""
    gone = list(keys)
    told = await showings_of(connection, gone)
    await connection.execute(delete(chats).where(tuple_(*WHOSE).in_(gone)))
    await forget_unseen(connection, told)
    await connection.execute(unused_texts())


def _key(row: Any) -> Key:
    return row.id, row.thread


async def _forget_reader(connection: AsyncConnection, chat: int) -> None:
    """Remove all that was the chat's own, and its place as owner of other chats."""
    disowned = update(chats).where(chats.c.owner == chat).values(owner=None, **CHANGED)
    await connection.execute(disowned)
    for table in (letters, alarms):
        await connection.execute(delete(table).where(table.c.chat == chat))
    await forget(connection, chat)


def _subscriptions(
    table: Table, column: str, chat: int, thread: int | None
) -> tuple[ColumnElement[bool], ...]:
    """The rows of one thread of the chat, or of all."""
    here = table.c[column] == chat
    return (here,) if thread is None else (here, table.c.thread == thread)


if TYPE_CHECKING:
    _chats: type[ports.ChatStore] = SqlChatStore
