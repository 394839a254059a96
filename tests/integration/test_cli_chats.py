"""``attache chats``: subscriptions out of one database and into another."""

import asyncio
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.run import wiring
from digest.model.chats import Chat, Schedule, Wish
from tests.command_line import Attache, Result

pytestmark = pytest.mark.usefixtures("loggers_as_before")

THEN = datetime(2026, 8, 25, 5, 30, tzinfo=UTC)
LONG_AGO = THEN - timedelta(days=4000)


def store(*chats: Chat) -> None:
    async def work() -> None:
        async with wiring.open_stores(os.environ["ATTACHE_DATABASE_URL"]) as stores:
            for chat in chats:
                await stores.chats.save(chat)

    asyncio.run(work())


def stored() -> tuple[Chat, ...]:
    async def work() -> tuple[Chat, ...]:
        async with wiring.open_stores(os.environ["ATTACHE_DATABASE_URL"]) as stores:
            return await stores.chats.all()

    return asyncio.run(work())


def daily(id_: int, **more: object) -> Chat:
    chat = {"id": id_, "active": True, "schedule": Schedule("UTC", ("07:30",))} | more
    return Chat(**chat)  # type: ignore[arg-type]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_subscriptions_move_to_another_database(attache: Attache) -> None:
    wish = Wish(topics=frozenset({"trade"}), follow=frozenset({"TR"}))
    store(daily(7, wish=wish, saved=("s:1",), covered_until=THEN), Chat(id=8), daily(9))
    exported = attache("chats", "export").out
    Path("chats.jsonl").write_text(exported, encoding="utf-8")
    Path("attache.db").unlink()

    done = attache("chats", "import", "chats.jsonl")

    assert done == Result(0, "3 subscriptions imported\n", "")
    assert attache("chats", "export").out == exported
    ada, bob, cleo = stored()
    assert ada.next_due_at is not None
    assert ada.next_due_at == cleo.next_due_at
    assert bob.next_due_at is None


def test_a_wrong_line_is_named_and_hurts_no_other(attache: Attache) -> None:
    lines = ['{"id": 1}', "", "nonsense", '{"id": 2, "zone": "Mars"}', '{"id": 3}']
    Path("chats.jsonl").write_text("\ufeff" + "\r\n".join(lines), encoding="utf-8")

    done = attache("chats", "import", "chats.jsonl")

    assert (done.code, done.out) == (1, "2 subscriptions imported\n")
    assert done.err.splitlines() == [
        "line 3 skipped: it is no JSON",
        "line 4 skipped: zone 'Mars' is no IANA time zone",
    ]
    assert [chat.id for chat in stored()] == [1, 3]


def test_a_back_up_sets_no_cursor_back_and_loses_no_hour(attache: Attache) -> None:
    channel = {"kind": "channel", "owner": 7, "covered_until": THEN}
    store(daily(-100, next_due_at=LONG_AGO, **channel), daily(7, next_due_at=LONG_AGO))
    given = [
        {"id": -100, "kind": "channel", "title": "given", "active": True}
        | {"at": ["07:30"], "covered_until": LONG_AGO.isoformat()},
        {"id": 7, "active": True, "at": ["18:00"]},
    ]
    Path("chats.jsonl").write_text("\n".join(map(json.dumps, given)), encoding="utf-8")

    assert attache("chats", "import", "chats.jsonl").code == 0

    channel_now, ada = stored()
    assert (channel_now.title, channel_now.owner) == ("given", 7)
    assert (channel_now.covered_until, channel_now.next_due_at) == (THEN, LONG_AGO)
    assert ada.next_due_at is not None
    assert ada.next_due_at > THEN


def test_the_last_line_of_a_chat_counts(attache: Attache) -> None:
    lines = ['{"id": 1, "title": "old"}', '{"id": 1, "title": "new"}']
    Path("chats.jsonl").write_text("\n".join(lines), encoding="utf-8")

    attache("chats", "import", "chats.jsonl")

    assert [chat.title for chat in stored()] == ["new"]


def test_a_file_that_is_not_there_fails(attache: Attache) -> None:
    done = attache("chats", "import", "none.jsonl")

    assert done.code == 1
    assert "none.jsonl cannot be read: No such file" in done.err
