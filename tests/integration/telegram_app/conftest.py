"""What the tests here share."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.talk.app import App
from bot.telegram.app import Running, make_bot, running
from tests.bot_world import BotWorld, Hurry
from tests.telegram_server import (
    InProcessRequest,
    Person,
    TelegramServer,
)


@pytest.fixture
def world() -> BotWorld:
    return BotWorld()


@pytest.fixture
def server() -> TelegramServer:
    return TelegramServer()


@pytest.fixture
def app(world: BotWorld) -> App:
    return world.app


@pytest.fixture
async def telegram(app: App, server: TelegramServer) -> AsyncIterator[Running]:
    doors = InProcessRequest(server), InProcessRequest(server)
    async with running(
        lambda username: replace(app, bot_username=username),
        make_bot(
            token=server.token, request=doors[0], get_updates_request=doors[1], pace=Hurry().pace
        ),
    ) as up:
        yield up


@pytest.fixture
def ada(server: TelegramServer, telegram: Running) -> Person:
    return server.user(7, "Ada")


@pytest.fixture
def bob(server: TelegramServer, telegram: Running) -> Person:
    return server.user(8, "Bob")
