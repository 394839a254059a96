"""The bot at Telegram's edge, started against a server in this process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from bot.telegram.app import Running, make_bot, running
from tests.bot_world import BotWorld, Hurry
from tests.telegram_server import InProcessRequest, TelegramServer


@asynccontextmanager
async def started(world: BotWorld, server: TelegramServer) -> AsyncIterator[Running]:
    """The bot from its start to its stop."""
    doors = InProcessRequest(server), InProcessRequest(server)
    async with running(
        lambda username: replace(world.app, bot_username=username),
        make_bot(
            token=server.token, request=doors[0], get_updates_request=doors[1], pace=Hurry().pace
        ),
    ) as up:
        yield up
