"""Queue a batch of digests: a handful of statements whatever its size."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Table, bindparam, insert, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model import Keyboard, Queued, Slot

from .placing import batches
from .tables import INSERT, bodies, chats, parts, shown_sentences, shown_stories, slots

Key = tuple[int, int, object, str]  # of a slot: chat, thread, local date, hour

_THREAD = (chats.c.id == bindparam("chat_id")) & (chats.c.thread == bindparam("chat_thread"))
_ON = {"next_due_at": bindparam("next_due"), "version": chats.c.version + 1}
QUEUED = update(chats).where(_THREAD).values(covered_until=bindparam("covered"), **_ON)
AGAIN = update(chats).where(_THREAD).values(**_ON)


async def queue(connection: AsyncConnection, queued: Sequence[Queued]) -> int:
    """How many were new; one whose slot exists only moves its chat's next hour on."""
    current = await _current(connection, queued)
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
    for batch in batches((one.slot.chat, one.slot.thread) for one in queued):
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
    for batch in batches(_key(one.slot) for one in queued):
        rows = await connection.execute(select(*key, slots.c.id).where(tuple_(*key).in_(batch)))
        numbers.update({(chat, thread, day, at): id_ for chat, thread, day, at, id_ in rows})
    return numbers


async def _store(connection: AsyncConnection, queued: Sequence[Queued]) -> None:
    texts = await store_texts(connection, (text for one in queued for text in _texts(one)))
    # One INSERT of many rows says its ids in no order on SQLite, so they are looked up by their keys.
    rows = [_slot_columns(one, texts[one.digest]) for one in queued]
    await connection.execute(insert(slots), rows)
    numbers = await _numbers(connection, queued)
    numbered = [(numbers[_key(one.slot)], one) for one in queued]
    messages = [row for slot, one in numbered for row in _part_columns(slot, one, texts)]
    if messages:
        await connection.execute(insert(parts), messages)
    await _remember(connection, shown_stories, [row for one in queued for row in _told(one)])
    await _remember(connection, shown_sentences, [row for one in queued for row in _said(one)])
    cursors = [{**_cursor(one), "covered": one.covered_until} for one in queued]
    await connection.execute(QUEUED, cursors)


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
    if rows:
        new = INSERT[connection.dialect.name](table).on_conflict_do_nothing()
        await connection.execute(new, rows)


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
