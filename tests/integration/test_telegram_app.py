"""The whole Telegram side against a strict server: people write and press, and read the answers."""

from collections.abc import AsyncIterator

import pytest

from bot.telegram_app import Running, running
from tests.bot_world import BotWorld
from tests.telegram_server import InProcessRequest, Person, TelegramServer
from tests.telegram_server.state import Chat, Message


@pytest.fixture
def world() -> BotWorld:
    return BotWorld()


@pytest.fixture
def server() -> TelegramServer:
    return TelegramServer()


@pytest.fixture
async def telegram(world: BotWorld, server: TelegramServer) -> AsyncIterator[Running]:
    doors = InProcessRequest(server), InProcessRequest(server)
    async with running(
        lambda username: world.app,
        token=server.token,
        request=doors[0],
        get_updates_request=doors[1],
    ) as up:
        yield up
    assert not server.refused, server.refused


@pytest.fixture
def ada(server: TelegramServer, telegram: Running) -> Person:
    return server.user(7, "Ada")


async def said(server: TelegramServer, where: Person | Chat, thread: int | None = None) -> Message:
    await server.settled()
    return server.sent(where, thread)[-1]


async def test_four_taps_set_a_reader_up(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    await ada.send("/start")
    await ada.press(await said(server, ada), "Sanctions")
    await ada.press(await said(server, ada), "Next ›")
    await ada.press(await said(server, ada), "07:30")
    await ada.press(await said(server, ada), "Geneva")
    assert "It is 14:02 for you, right?" in (await said(server, ada)).text
    await ada.press(await said(server, ada), "Yes, that is right")
    assert "Next digest Wed 07:30 (Europe/Zurich)" in (await said(server, ada)).text
    assert (await world.chat(7)).wish.topics == {"sanctions"}
