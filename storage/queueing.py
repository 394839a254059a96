"""Queue a batch of digests: a handful of statements whatever its size."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import (
    ColumnElement,
    Executable,
    Table,
    bindparam,
    insert,
    literal,
    select,
    tuple_,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model import Keyboard, Queued, Slot

from .placing import batches
from .tables import INSERT, bodies, chats, parts, shown_sentences, shown_stories, slots

Key = tuple[int, int, object, str]  # of a slot: chat, thread, local date, hour

_THREAD = (chats.c.id == bindparam("chat_id")) & (chats.c.thread == bindparam("chat_thread"))
_ON = {"next_due_at": bindparam("next_due"), "version": chats.c.version + 1}
CROWD = (
    8  # digests alike that are stored together; the statements for it cost as much as so many rows
)
HANDFUL = 500  # rows prepared at once

QUEUED = update(chats).where(_THREAD).values(covered_until=bindparam("covered"), **_ON)
AGAIN = update(chats).where(_THREAD).values(**_ON)


async def queue(connection: AsyncConnection, queued: Sequence[Queued]) -> int:
    """How many were new; one whose slot exists only moves its chat's next hour on."""
    current = await _current(connection, queued)
    alike = defaultdict(list)
    for one in current:
        alike[_likeness(one)].append(one)
    crowds = [crowd for crowd in alike.values() if len(crowd) >= CROWD]
    rest = [one for crowd in alike.values() if len(crowd) < CROWD for one in crowd]
    return sum([await queue_crowd(connection, crowd) for crowd in crowds]) + await _queue_each(
        connection, rest
    )


def _likeness(queued: Queued) -> tuple[object, ...]:
    """All that is stored of a digest, but whose it is."""
    slot = queued.slot
    when = (slot.thread, slot.local_date, slot.at, slot.due_at)
    cursor = (queued.covered_until, queued.next_due_at)
    return (
        when,
        cursor,
        queued.digest,
        queued.messages,
        queued.shown_stories,
        queued.shown_sentences,
    )


async def _queue_each(connection: AsyncConnection, current: Sequence[Queued]) -> int:
    had = await _numbers(connection, current)
    new = [one for one in current if _key(one.slot) not in had]
    again = [one for one in current if _key(one.slot) in had]
    if new:
        await _store(connection, new)
    if again:
        await connection.execute(AGAIN, [_cursor(one) for one in again])
    return len(new)


async def _current(connection: AsyncConnection, queued: Sequence[Queued]) -> list[Queued]:
    """Those whose chat is as it was read; the first of each chat and thread."""
    versions: dict[tuple[int, int], int] = {}
    here = tuple_(chats.c.id, chats.c.thread)
    for batch in batches(((one.slot.chat, one.slot.thread) for one in queued), HANDFUL):
        query = select(chats.c.id, chats.c.thread, chats.c.version).where(here.in_(batch))
        for chat, thread, version in await connection.execute(query.with_for_update()):
            versions[chat, thread] = version
    return [
        one
        for one in queued
        if versions.pop((one.slot.chat, one.slot.thread), None) == one.chat_version
    ]


async def _numbers(connection: AsyncConnection, queued: Sequence[Queued]) -> Mapping[Key, int]:
    """Ids of those slots that exist."""
    key = (slots.c.chat, slots.c.thread, slots.c.local_date, slots.c.at)
    numbers: dict[Key, int] = {}
    for batch in batches((_key(one.slot) for one in queued), HANDFUL):
        rows = await connection.execute(select(*key, slots.c.id).where(tuple_(*key).in_(batch)))
        numbers.update({(chat, thread, day, at): id_ for chat, thread, day, at, id_ in rows})
    return numbers


async def _store(connection: AsyncConnection, queued: Sequence[Queued]) -> None:
    texts = await store_texts(connection, (text for one in queued for text in _texts(one)))
    # One INSERT of many rows says its ids in no order on SQLite, so they are looked up by their keys.
    rows = [_slot_columns(one, texts[one.digest]) for one in queued]
    await _by_handfuls(connection, insert(slots), rows)
    numbers = await _numbers(connection, queued)
    numbered = [(numbers[_key(one.slot)], one) for one in queued]
    messages = [row for slot, one in numbered for row in _part_columns(slot, one, texts)]
    await _by_handfuls(connection, insert(parts), messages)
    await _remember(connection, shown_stories, [row for one in queued for row in _told(one)])
    await _remember(connection, shown_sentences, [row for one in queued for row in _said(one)])
    cursors = [{**_cursor(one), "covered": one.covered_until} for one in queued]
    await _by_handfuls(connection, QUEUED, cursors)


def _texts(queued: Queued) -> Iterator[str]:
    yield queued.digest
    for message in queued.messages:
        yield message.html


async def store_texts(connection: AsyncConnection, texts: Iterable[str]) -> Mapping[str, int]:
    """Ids of the texts, each of which is stored once."""
    distinct = list(dict.fromkeys(texts))
    new = insert(bodies).returning(bodies.c.id, sort_by_parameter_order=True)
    ids = await connection.scalars(new, [{"text": text} for text in distinct])
    return dict(zip(distinct, ids, strict=True))


async def _remember(
    connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, object]]
) -> None:
    """Store what was shown; what was shown before keeps its first day."""
    new = INSERT[connection.dialect.name](table).on_conflict_do_nothing()
    await _by_handfuls(connection, new, rows)


async def _by_handfuls(
    connection: AsyncConnection, statement: Executable, rows: Sequence[Mapping[str, object]]
) -> None:
    """Run a statement over rows, and let others have their turn: 1,000 rows take 10 ms to prepare."""
    for start in range(0, len(rows), HANDFUL):
        await connection.execute(statement, rows[start : start + HANDFUL])


# --- many who get the same ------------------------------------------------------------------


async def queue_crowd(connection: AsyncConnection, crowd: Sequence[Queued]) -> int:
    """How many were new of digests that are alike: statements by the kind of row, not by the chat."""
    one, slot = crowd[0], crowd[0].slot
    these = (
        slots.c.thread == slot.thread,
        slots.c.local_date == slot.local_date,
        slots.c.at == slot.at,
    )
    ids = [queued.slot.chat for queued in crowd]
    had = set(await connection.scalars(select(slots.c.chat).where(*these, slots.c.chat.in_(ids))))
    new = [id_ for id_ in ids if id_ not in had]
    cursor = {"next_due_at": one.next_due_at, "version": chats.c.version + 1}
    if had:
        again = chats.c.id.in_(had) & (chats.c.thread == slot.thread)
        await connection.execute(update(chats).where(again).values(cursor))
    if new:
        here = chats.c.id.in_(new) & (chats.c.thread == slot.thread)
        texts = await store_texts(connection, _texts(one))
        await connection.execute(_slots_from_chats(one, texts[one.digest], here))
        await _follow(connection, one, texts, slots.c.body_id == texts[one.digest], *these)
        moved = {**cursor, "covered_until": one.covered_until}
        await connection.execute(update(chats).where(here).values(moved))
    return len(new)


def _slots_from_chats(one: Queued, body: int, here: ColumnElement[bool]) -> Executable:
    columns = _slot_columns(one, body)
    given = {name: columns[name] for name in columns if name not in ("chat", "thread")}
    values = (literal(value, slots.c[name].type) for name, value in given.items())
    rows = select(chats.c.id, chats.c.thread, *values).where(here)
    return insert(slots).from_select(["chat", "thread", *given], rows)


async def _follow(
    connection: AsyncConnection, one: Queued, texts: Mapping[str, int], *these: ColumnElement[bool]
) -> None:
    """Give the new slots their parts, and their chats the history."""
    for row in _part_columns(0, one, texts):
        given = {name: value for name, value in row.items() if name != "slot_id"}
        values = (literal(value, parts.c[name].type) for name, value in given.items())
        rows = select(slots.c.id, *values).where(*these)
        await connection.execute(insert(parts).from_select(["slot_id", *given], rows))
    for table, what in ((shown_stories, _told(one)), (shown_sentences, _said(one))):
        for row in what:
            given = {name: value for name, value in row.items() if name not in ("chat", "thread")}
            values = (literal(value, table.c[name].type) for name, value in given.items())
            rows = select(slots.c.chat, slots.c.thread, *values).where(*these)
            new = INSERT[connection.dialect.name](table)
            again = new.from_select(["chat", "thread", *given], rows).on_conflict_do_nothing()
            await connection.execute(again)


def _key(slot: Slot) -> Key:
    return slot.chat, slot.thread, slot.local_date, slot.at


def _cursor(queued: Queued) -> Mapping[str, object]:
    return {
        "chat_id": queued.slot.chat,
        "chat_thread": queued.slot.thread,
        "next_due": queued.next_due_at,
    }


def _slot_columns(queued: Queued, body: int) -> Mapping[str, object]:
    slot = queued.slot
    return {
        "chat": slot.chat,
        "thread": slot.thread,
        "local_date": slot.local_date,
        "at": slot.at,
        "due_at": slot.due_at,
        "body_id": body,
    }


def _part_columns(
    slot: int, queued: Queued, texts: Mapping[str, int]
) -> Iterable[Mapping[str, object]]:
    for position, message in enumerate(queued.messages):
        yield {
            "slot_id": slot,
            "position": position,
            "body_id": texts[message.html],
            "keyboard": keyboard_rows(message.keyboard),
            "silent": message.silent,
            "not_before": queued.not_before,
            "state": "waiting",
            "attempts": 0,
            "was_uncertain": False,
            "due_at": queued.slot.due_at,
            "for_all": False,
        }


def keyboard_rows(keyboard: Keyboard) -> list[list[tuple[str, str | None, str | None]]]:
    """A keyboard as it is stored."""
    return [[(b.label, b.data, b.url) for b in row] for row in keyboard]


def _told(queued: Queued) -> Iterable[Mapping[str, object]]:
    slot = queued.slot
    for story in queued.shown_stories:
        yield {
            "chat": slot.chat,
            "thread": slot.thread,
            "story_id": story,
            "local_date": slot.local_date,
        }


def _said(queued: Queued) -> Iterable[Mapping[str, object]]:
    slot = queued.slot
    for sentence in queued.shown_sentences:
        yield {
            "chat": slot.chat,
            "thread": slot.thread,
            "sentence": sentence,
            "shown_at": queued.covered_until,
        }
