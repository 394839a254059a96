"""No query that is asked again and again goes through the table of all messages."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from tests.postgres import connect, is_here, postgres

from .every import MINUTE, NOW, SqlStores, Stores, a_chat, queue, sqlite_file


async def _asked(stores: Stores) -> Sequence[tuple[str, Sequence[object]]]:
    """The statements of what is asked again and again, with their values."""
    said: list[tuple[str, Sequence[object]]] = []

    def note(
        _connection: object, _cursor: object, words: str, given: Sequence[object], *_: object
    ) -> None:
        said.append((words, given))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        await stores.ledger.recover(now=NOW, resend_at=None)
        await stores.ledger.catch_up(NOW)
        await stores.ledger.claim(NOW, limit=5, rested=MINUTE)
        await stores.ledger.lost()
        await stores.ledger.waiting_since()
        await stores.ledger.backlog()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return said


async def test_what_is_asked_again_and_again_goes_through_no_table_of_all_messages(
    tmp_path: Path,
) -> None:
    async with sqlite_file(tmp_path) as stores:
        await queue(stores, await stores.chats.save(a_chat()), "text")
        said = await _asked(stores)
    with closing(sqlite3.connect(tmp_path / "attache.db")) as database:
        plans = [database.execute(f"EXPLAIN QUERY PLAN {words}", given) for words, given in said]
        steps = [step for plan in plans for *_, step in plan]
    assert len(steps) > len(said)
    assert not [step for step in steps if step in ("SCAN part", "SCAN slot")]
    assert [step for step in steps if "SEARCH its" in step and "local_date>" in step]


# 1,500 chats, each with 30 digests that are kept: the last waits, or is being sent.
KEPT = """
    INSERT INTO chat SELECT (jsonb_populate_record(chat, jsonb_build_object('id', n))).*
        FROM chat, generate_series(100, 1599) AS n;
    INSERT INTO slot SELECT (jsonb_populate_record(slot, jsonb_build_object('chat', chat.id,
        'id', chat.id * 100 + n, 'local_date', local_date - n, 'due_at', due_at - n * interval '1 day'))).*
        FROM slot, chat, generate_series(0, 29) AS n WHERE chat.id >= 100;
    INSERT INTO part SELECT (jsonb_populate_record(part, jsonb_build_object('id', slot.id,
        'slot_id', slot.id, 'due_at', slot.due_at, 'state', CASE WHEN slot.id % 100 > 0 THEN 'sent'
        WHEN slot.chat % 20 = 0 THEN 'sending' ELSE 'waiting' END))).*
        FROM part, slot WHERE slot.chat >= 100;
"""


@pytest.mark.skipif(not is_here(), reason="no PostgreSQL")
async def test_nor_does_a_server_that_has_counted_how_many_wait() -> None:
    async with postgres().database() as url:
        stores = SqlStores(url)
        await queue(stores, await stores.chats.save(a_chat()), "text")
        connection = await connect(url)
        await connection.execute(KEPT)
        await connection.execute("ANALYZE")
        said = await _asked(stores)
        plans = [await connection.fetch(f"EXPLAIN {words}", *given) for words, given in said]
        await connection.close()
        await stores.engine.dispose()
    steps = [step for plan in plans for (step,) in plan]
    assert not [step for step in steps if "Seq Scan on part" in step or "Seq Scan on slot" in step]
