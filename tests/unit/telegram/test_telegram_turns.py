"""Whose turn it is, and that nobody takes the places of all others."""

import asyncio
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs
from telegram import CallbackQuery, Chat, Message, Update, User
from telegram.ext import ApplicationBuilder

from bot.telegram.turns import WAITING, Turns

NOW = datetime(2026, 8, 25, 12, 2, tzinfo=UTC)
ADA, BOB = 7, 8


def written(by: int, text: str = "/add https://slow.example", kind: str = Chat.PRIVATE) -> Update:
    chat = Chat(by, kind)
    return Update(1, message=Message(1, NOW, chat, from_user=User(by, "x", False), text=text))


def pressed(by: int) -> Update:
    message = Message(1, NOW, Chat(by, Chat.PRIVATE))
    return Update(1, callback_query=CallbackQuery("1", User(by, "x", False), "x", message=message))


class Work:
    """What is done for each update: it begins, and ends when the gate is open."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self.gate = asyncio.Event()
        self.begun: list[str] = []

    def given(self, update: Update, name: str) -> asyncio.Task[None]:
        return asyncio.create_task(self._turns.process_update(update, self._do(name)))

    async def _do(self, name: str) -> None:
        self.begun.append(name)
        await self.gate.wait()


async def a_while() -> None:
    for _ in range(9):
        await asyncio.sleep(0)


async def test_updates_of_a_chat_follow_one_another_and_leave_room_for_others() -> None:
    work = Work(Turns(2))
    tasks = [work.given(written(ADA), f"ada {number}") for number in range(3)]
    tasks.append(work.given(written(BOB), "bob"))
    tasks.append(work.given(Update(1), "nobody"))
    await a_while()
    assert work.begun == ["ada 0", "bob"]
    work.gate.set()
    await asyncio.gather(*tasks)
    assert sorted(work.begun) == ["ada 0", "ada 1", "ada 2", "bob", "nobody"]
    assert [name for name in work.begun if "ada" in name] == ["ada 0", "ada 1", "ada 2"]


async def test_what_a_chat_asks_beyond_its_room_is_dropped_and_counted() -> None:
    turns = Turns()
    work = Work(turns)
    updates = [written(ADA), pressed(ADA), *(written(ADA) for _ in range(WAITING))]
    with capture_logs() as logged:
        tasks = [work.given(update, "ada") for update in updates]
        await a_while()
    assert turns.dropped == 2
    assert [(line["chat"], line["in_all"]) for line in logged] == [(ADA, 1), (ADA, 2)]
    work.gate.set()
    await asyncio.gather(*tasks)
    assert len(work.begun) == WAITING
    await work.given(written(ADA), "later")
    assert work.begun[-1] == "later"


@pytest.mark.parametrize("update", [written(-5, "grain", Chat.GROUP), Update(1), "no update"])
async def test_what_asks_for_nothing_is_never_dropped(update: Update) -> None:
    turns = Turns()
    work = Work(turns)
    held = [work.given(written(-5, "/digest", Chat.GROUP), "asked") for _ in range(WAITING)]
    held.append(work.given(update, "told"))
    await a_while()
    work.gate.set()
    await asyncio.gather(*held)
    assert (len(work.begun), turns.dropped) == (WAITING + 1, 0)


def test_the_library_lets_all_go_side_by_side() -> None:
    application = ApplicationBuilder().token("1:a").concurrent_updates(Turns()).build()
    assert application.concurrent_updates > 1
