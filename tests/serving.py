"""The running bot in the test's own process."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

from bot.pages import picture
from bot.run.serve import serve
from bot.settings import Settings
from tests.patience import PATIENCE


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[asyncio.Task[None]]:
    """The bot while it runs; in the end it is asked to stop, and does. Raises what it ended with."""
    _loaded()
    running = asyncio.create_task(serve(settings))
    try:
        yield running
    finally:
        if not running.done():
            os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(running, PATIENCE)


@cache
def _loaded() -> None:
    """What the bot loads in a thread, which would still be at it when a short test is over.

    pytest goes through the loggers of all libraries then, and a library that comes meanwhile is an error.
    """
    picture.draw_the_first()
