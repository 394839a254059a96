"""Queue a batch of digests in a handful of statements, whatever its size.

A statement takes all its rows in one parameter, as JSON that the database unpacks. With parameters for each
row, preparing them blocked the event loop for longer than the database took to store them. The JSON is
written in a thread for the same reason.
"""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Select,
    Subquery,
    exists,
    insert,
    select,
    true,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model.delivery import Addressee, Mailing, Queued
from digest.model.messages import Keyboard

from ..database.engine import compact
from ..database.unpacking import has_one_of, literals, unpacked
from ..readers.alike import PRINTS, print_of
from ..readers.showing import Key, remember
from ..tables import INSERT, WHOSE, chats, parts, slots
from .texts import store_each

# Local date, hour, due_at, covered_until and next_due_at of slots.
_When = tuple[date, str, datetime, datetime, datetime | None]
_Part = tuple[int, int, int, str | None]  # chat, thread, body, not_before
_Shape = tuple[int, Keyboard, bool]  # position, keyboard, silent: what parts of many chats share


async def mail(connection: AsyncConnection, mailings: Sequence[Mailing]) -> int:
    """Queue the mailings. Returns how many slots were new; for others only the chat's next hour moves on."""
    occasions = defaultdict(list)
    for one in mailings:
        occasions[_when(one)].append(one)
    return sum([await _queue_hour(connection, when, some) for when, some in occasions.items()])


def mailings_of(queued: Iterable[Queued]) -> list[Mailing]:
    """Equal digests of one hour as one mailing; only the first digest for each chat and thread counts."""
    first: dict[Key, Queued] = {}
    for one in queued:
        first.setdefault((one.slot.chat, one.slot.thread), one)
    to = defaultdict(list)
    for one in first.values():
        slot = one.slot
        shared = replace(one, slot=replace(slot, chat=0, thread=0), chat_version=0, not_before=None)
        to[shared].append(Addressee(slot.chat, slot.thread, one.chat_version, one.not_before))
    return [_mailing(shared, tuple(some)) for shared, some in to.items()]


def _mailing(queued: Queued, to: tuple[Addressee, ...]) -> Mailing:
    return Mailing(
        local_date=queued.slot.local_date,
        at=queued.slot.at,
        due_at=queued.slot.due_at,
        messages=queued.messages,
        digest=queued.digest,
        shown_stories=queued.shown_stories,
        shown_sentences=queued.shown_sentences,
        covered_until=queued.covered_until,
        next_due_at=queued.next_due_at,
        to=to,
    )


def _when(mailing: Mailing) -> _When:
    when = (mailing.local_date, mailing.at, mailing.due_at)
    return (*when, mailing.covered_until, mailing.next_due_at)


async def _queue_hour(connection: AsyncConnection, when: _When, mailings: Sequence[Mailing]) -> int:
    """Queue mailings of one local hour, whose cursors move to the same time. Returns how many slots were new.

    The new slots are found by the ids of their bodies, which are new as well.
    """
    digests = _by_digest(mailings)
    texts = list(dict.fromkeys(m.html for one in mailings for m in one.messages))
    numbers = await store_each(connection, [*(one.digest for one in digests), *texts])
    bodies_of = dict(zip(numbers, digests, strict=False))
    text_ids = dict(zip(texts, numbers[len(digests) :], strict=True))
    dialect = connection.dialect.name
    rows, alike = await asyncio.to_thread(_json_rows, bodies_of, mailings, text_ids, dialect)
    asked = unpacked(connection, rows, *WHOSE, chats.c.version, slots.c.body_id)
    stored = await _store_slots(connection, when, asked)
    if stored:
        await _store_parts(connection, when, bodies_of, alike)
        await _move_cursors(connection, when, bodies_of)
        await remember(connection, bodies_of, day=when[0], covered_until=when[3])
    if stored < sum(len(one.to) for one in mailings):
        await _skip_existing(connection, when, asked)
    return stored


def _by_digest(mailings: Iterable[Mailing]) -> list[Mailing]:
    """One mailing for each digest, with all who get it, in whatever language and timezone."""
    to: defaultdict[Mailing, list[Addressee]] = defaultdict(list)
    for one in mailings:
        to[replace(one, messages=(), to=())] += one.to
    return [replace(one, to=tuple(some)) for one, some in to.items()]


def _json_rows(
    bodies_of: Mapping[int, Mailing],
    mailings: Sequence[Mailing],
    texts: Mapping[str, int],
    dialect: str,
) -> tuple[str, Mapping[_Shape, str]]:
    """The rows of slots, sorted by chat as in tables and indexes, and those of parts; both as JSON."""
    asked = sorted((*to[:3], body) for body, one in bodies_of.items() for to in one.to)
    return compact(asked), _part_rows(mailings, texts, dialect)


async def _store_slots(connection: AsyncConnection, when: _When, asked: Subquery) -> int:
    """Insert the slots of chats whose version is still as it was read. Returns how many were new."""
    day, at, due_at, _, _ = when
    rows = {
        "chat": asked.c.id,
        "thread": asked.c.thread,
        "body_id": asked.c.body_id,
        **literals(slots, {"local_date": day, "at": at, "due_at": due_at}),
    }
    as_read = (asked.c[name] == chats.c[name] for name in ("id", "thread", "version"))
    query = select(*rows.values()).where(*as_read).with_for_update(of=chats)
    new = INSERT[connection.dialect.name](slots).from_select(list(rows), query)
    had = new.on_conflict_do_nothing(index_elements=["chat", "thread", "local_date", "at"])
    return (await connection.execute(had)).rowcount


async def _move_cursors(
    connection: AsyncConnection, when: _When, mailings: Mapping[int, Mailing]
) -> None:
    """Move the cursors of the chats that have a new slot, and add what they see to their ``history``."""
    day, _, _, covered_until, next_due_at = when
    prints = [
        (body, print_of(day, covered_until, one.shown_stories, one.shown_sentences))
        for body, one in mailings.items()
    ]
    added = unpacked(connection, compact(prints), slots.c.body_id, chats.c.history)
    its = (chats.c.id == slots.c.chat, chats.c.thread == slots.c.thread)
    here = update(chats).where(*its, *has_one_of(slots.c.body_id, mailings, added.c.body_id))
    await connection.execute(
        here.values(
            next_due_at=next_due_at,
            covered_until=covered_until,
            version=chats.c.version + 1,
            history=(chats.c.history + added.c.history).op("&")(PRINTS),
        )
    )


async def _skip_existing(connection: AsyncConnection, when: _When, asked: Subquery) -> None:
    """Move on the next hour of chats that had the slot before: their versions are still as they were read."""
    day, at, _, _, next_due_at = when
    as_read = select(asked.c.id, asked.c.thread, asked.c.version)
    had = exists().where(
        slots.c.chat == chats.c.id,
        slots.c.thread == chats.c.thread,
        slots.c.local_date == day,
        slots.c.at == at,
    )
    here = update(chats).where(tuple_(*WHOSE, chats.c.version).in_(as_read), had)
    await connection.execute(here.values(next_due_at=next_due_at, version=chats.c.version + 1))


async def _store_parts(
    connection: AsyncConnection,
    when: _When,
    bodies_of: Mapping[int, Mailing],
    alike: Mapping[_Shape, str],
) -> None:
    """Insert the parts of the new slots, joined in the database.

    To read the ids of 5,000 slots and send them back took longer than to store them.
    """
    for (place, keyboard, is_silent), rows in alike.items():
        own = unpacked(connection, rows, slots.c.chat, slots.c.thread, *_OWN_COLUMNS)
        shared = {"position": place, "silent": is_silent, "due_at": when[2]}
        shared["keyboard"] = keyboard_rows(keyboard)
        chosen = {
            **{column.name: own.c[column.name] for column in _OWN_COLUMNS},
            **literals(parts, {**_NEW_PART, **shared}),
        }
        query = _with_slot(connection, select(*chosen.values()), own, when, bodies_of)
        await connection.execute(insert(parts).from_select([*chosen, "slot_id"], query))


def _with_slot(
    connection: AsyncConnection,
    query: Select[Any],
    own: Subquery,
    when: _When,
    numbers: Collection[int],
) -> Select[Any]:
    """The query with the id of each row's slot; rows without a new slot are left out."""
    day, at, *_ = when
    its = (
        slots.c.chat == own.c.chat,
        slots.c.thread == own.c.thread,
        slots.c.local_date == day,
        slots.c.at == at,
        # "+ 0": if PostgreSQL has statistics of earlier slots of this hour, it expects none with new bodies,
        # and would scan all of them for each row.
        (slots.c.body_id + 0).between(min(numbers), max(numbers)),
    )
    if connection.dialect.name == "sqlite":
        return query.add_columns(slots.c.id).where(*its)
    # LATERAL uses the index for each row: in a join PostgreSQL, without statistics of the new rows, compared
    # all with all.
    slot = select(slots.c.id).where(*its).limit(1).lateral()
    return query.add_columns(slot.c.id).join_from(own, slot, true())


_OWN_COLUMNS = (parts.c.body_id, parts.c.not_before)
_NEW_PART = {"state": "waiting", "attempts": 0, "was_uncertain": False, "for_all": False}


def _part_rows(
    mailings: Iterable[Mailing], texts: Mapping[str, int], dialect: str
) -> Mapping[_Shape, str]:
    """The rows of parts (chat, thread, body, not_before) as JSON, by what they share."""
    rows: defaultdict[_Shape, list[_Part]] = defaultdict(list)
    for one in mailings:
        to = [(*to[:2], _instant(to.not_before, dialect)) for to in one.to]
        for place, m in enumerate(one.messages):
            text = texts[m.html]
            rows[place, m.keyboard, m.silent] += [
                (chat, thread, text, at) for chat, thread, at in to
            ]
    return {shape: compact(some) for shape, some in rows.items()}


@lru_cache(maxsize=4096)
def _instant(at: datetime | None, dialect: str) -> str | None:
    """A time as text, as SQLite stores it; for a server with its offset from UTC."""
    zone = "" if dialect == "sqlite" else "+00:00"
    return None if at is None else f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}{zone}"


def keyboard_rows(keyboard: Keyboard) -> list[list[tuple[str, str | None, str | None]]]:
    """A keyboard as it is stored in JSON: rows of (label, data, url)."""
    return [[(b.label, b.data, b.url) for b in row] for row in keyboard]
