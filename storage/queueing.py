"""Queue a batch of digests: a handful of statements whatever its size.

A statement takes all its rows in one parameter, as JSON that the database takes apart. With a row of
parameters for each, making them ready held up all else for longer than the database took to store them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Subquery,
    Table,
    Text,
    and_,
    cast,
    func,
    insert,
    literal,
    literal_column,
    select,
    tuple_,
    type_coerce,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model import Keyboard, Queued

from .engine import compact
from .tables import INSERT, bodies, chats, parts, shown_sentences, shown_stories, slots

_Key = tuple[int, int]  # chat and thread
_When = tuple[date, str, datetime, datetime, datetime | None]
_Rows = Collection[Sequence[object]]

_WHOSE = (chats.c.id, chats.c.thread)


async def queue(connection: AsyncConnection, queued: Sequence[Queued]) -> int:
    """How many were new; one whose slot exists only moves its chat's next hour on."""
    occasions = defaultdict(list)
    for one in await _current(connection, queued):
        occasions[_when(one)].append(one)
    return sum([await _queue(connection, when, some) for when, some in occasions.items()])


def _when(queued: Queued) -> _When:
    slot = queued.slot
    return slot.local_date, slot.at, slot.due_at, queued.covered_until, queued.next_due_at


def _key(queued: Queued) -> _Key:
    return queued.slot.chat, queued.slot.thread


async def _current(connection: AsyncConnection, queued: Sequence[Queued]) -> list[Queued]:
    """Those whose chat is as it was read; the first of each chat and thread."""
    asked = _unpacked(connection, {_key(one) for one in queued}, *_WHOSE)
    query = select(*_WHOSE, chats.c.version).where(tuple_(*_WHOSE).in_(select(asked)))
    rows = await connection.execute(query.with_for_update())
    versions = {(chat, thread): version for chat, thread, version in rows}
    return [one for one in queued if versions.pop(_key(one), None) == one.chat_version]


async def _queue(connection: AsyncConnection, when: _When, queued: Sequence[Queued]) -> int:
    """Those of one local hour, whose cursors move alike."""
    day, at, _, covered_until, next_due_at = when
    asked = _unpacked(connection, [_key(one) for one in queued], *_WHOSE)
    same = (slots.c.chat == asked.c.id, slots.c.thread == asked.c.thread)
    known = select(slots.c.chat, slots.c.thread).join(asked, and_(*same))
    rows = await connection.execute(known.where(slots.c.local_date == day, slots.c.at == at))
    had = {(chat, thread) for chat, thread in rows}
    new = [one for one in queued if _key(one) not in had]
    cursor = {"next_due_at": next_due_at, "version": chats.c.version + 1}
    if had:
        again = tuple_(*_WHOSE).in_(select(_unpacked(connection, had, *_WHOSE)))
        await connection.execute(update(chats).where(again).values(cursor))
    if new:
        await _store(connection, when, new)
        these = _unpacked(connection, [_key(one) for one in new], *_WHOSE)
        here = update(chats).where(tuple_(*_WHOSE).in_(select(these)))
        await connection.execute(here.values(**cursor, covered_until=covered_until))
    return len(new)


async def _store(connection: AsyncConnection, when: _When, new: Sequence[Queued]) -> None:
    day, at, due_at, covered_until, _ = when
    editions = [(one.digest, one.shown_stories, one.shown_sentences) for one in new]
    distinct = list(dict.fromkeys(editions))
    numbers = await _store_each(connection, [digest for digest, _, _ in distinct])
    body = dict(zip(distinct, numbers, strict=True))
    texts = await store_texts(connection, (m.html for one in new for m in one.messages))

    whose = [(*_key(one), body[made]) for one, made in zip(new, editions, strict=True)]
    rows = _unpacked(connection, whose, slots.c.chat, slots.c.thread, slots.c.body_id)
    chosen = {**rows.c, **_literals(slots, {"local_date": day, "at": at, "due_at": due_at})}
    query = select(*chosen.values())
    await connection.execute(insert(slots).from_select(list(chosen), query))

    if messages := list(_parts(connection, new, texts)):
        columns = [parts.c[name] for name in _PART]
        rows = _unpacked(connection, messages, *_WHOSE, *columns)
        mine = (slots.c.chat == rows.c.id, slots.c.thread == rows.c.thread)
        waiting = {"state": "waiting", "attempts": 0, "was_uncertain": False, "for_all": False}
        chosen = {
            "slot_id": slots.c.id,
            **{name: rows.c[name] for name in _PART},
            **_literals(parts, {**waiting, "due_at": due_at}),
        }
        query = select(*chosen.values()).where(*mine, slots.c.local_date == day, slots.c.at == at)
        await connection.execute(insert(parts).from_select(list(chosen), query))

    told = [(body[key], story) for key in body for story in key[1]]
    said = [(body[key], sentence) for key in body for sentence in key[2]]
    await _remember(connection, shown_stories.c.story_id, told, {"local_date": day})
    await _remember(connection, shown_sentences.c.sentence, said, {"shown_at": covered_until})


async def store_texts(connection: AsyncConnection, texts: Iterable[str]) -> Mapping[str, int]:
    """Ids of the texts, each of which is stored once."""
    distinct = list(dict.fromkeys(texts))
    return dict(zip(distinct, await _store_each(connection, distinct), strict=True))


async def _store_each(connection: AsyncConnection, texts: Sequence[str]) -> Sequence[int]:
    """Ids of the texts, in order; equal ones are stored as often as they come."""
    rows = _unpacked(connection, [(text,) for text in texts], bodies.c.text)
    new = insert(bodies).from_select(["text"], select(rows)).returning(bodies.c.text, bodies.c.id)
    ids = defaultdict(list)
    for text, number in await connection.execute(new):
        ids[text].append(number)
    return [ids[text].pop() for text in texts]


# of a part, by its chat: where it belongs in the slot, and what it is
_PART = ("position", "body_id", "keyboard", "silent", "not_before")


def _parts(
    connection: AsyncConnection, new: Iterable[Queued], texts: Mapping[str, int]
) -> Iterator[Sequence[object]]:
    """Chat and thread, then the columns of _PART as the database writes them."""
    layouts: dict[int, list[Sequence[object]]] = {}  # thousands share one tuple of messages
    for one in new:
        if id(one.messages) not in layouts:
            layouts[id(one.messages)] = [
                (place, texts[m.html], compact(keyboard_rows(m.keyboard)), m.silent)
                for place, m in enumerate(one.messages)
            ]
        key, not_before = _key(one), _instant(connection, one.not_before)
        for part in layouts[id(one.messages)]:
            yield (*key, *part, not_before)


def _instant(connection: AsyncConnection, at: datetime | None) -> str | None:
    """As SQLite stores it; a server reads the zone from it."""
    zone = "" if connection.dialect.name == "sqlite" else "+00:00"
    return None if at is None else f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}{zone}"


async def _remember(
    connection: AsyncConnection, what: Column[Any], rows: _Rows, when: Mapping[str, object]
) -> None:
    """Store what was shown, by the bodies of the new slots; what was shown before keeps its first day."""
    if not rows:
        return
    table = what.table
    shown = _unpacked(connection, rows, slots.c.body_id, what)
    chosen = {
        "chat": slots.c.chat,
        "thread": slots.c.thread,
        what.name: shown.c[what.name],
        **_literals(table, when),
    }
    query = select(*chosen.values()).where(slots.c.body_id == shown.c.body_id)
    new = INSERT[connection.dialect.name](table).from_select(list(chosen), query)
    await connection.execute(new.on_conflict_do_nothing())


def _literals(table: Table, values: Mapping[str, object]) -> Mapping[str, ColumnElement[Any]]:
    return {name: literal(value, table.c[name].type) for name, value in values.items()}


def _unpacked(connection: AsyncConnection, rows: _Rows, *columns: Column[Any]) -> Subquery:
    """Rows as a table with columns of these names and types."""
    given = literal(compact(list(rows)), Text())
    if connection.dialect.name == "sqlite":
        each = func.json_each(given).table_valued("value")
        found: list[ColumnElement[Any]] = [
            type_coerce(func.json_extract(each.c.value, f"$[{place}]"), column.type)
            for place, column in enumerate(columns)
        ]
    else:
        each = func.json_array_elements(cast(given, JSON)).table_valued("value")
        found = [
            cast(each.c.value.op("->>")(literal_column(str(place))), column.type)
            for place, column in enumerate(columns)
        ]
    named = zip(found, columns, strict=True)
    return select(*(value.label(column.name) for value, column in named)).subquery()


def keyboard_rows(keyboard: Keyboard) -> list[list[tuple[str, str | None, str | None]]]:
    """A keyboard as it is stored."""
    return [[(b.label, b.data, b.url) for b in row] for row in keyboard]
