"""Updates that Telegram posts to us: it is told the address, and each update is handled by one bot.

Telegram posts an update again, to whichever bot the address leads to, until one answers 200. We answer that
when the update is handled, so a bot that dies meanwhile loses none.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import structlog
from telegram import Update
from telegram.error import TelegramError

from digest.errors import StoreError
from digest.ports import Clock, UpdateStore

from . import answers
from .app import ALLOWED_UPDATES, OURS, Telegram
from .messenger import delivery_error
from .turns import turns_of

log = structlog.get_logger(__name__)

Receive = Callable[[bytes], Awaitable[int]]

CONNECTIONS = 100  # that Telegram may open at once, the most it takes
RENEW_EVERY = 10.0  # seconds; a bot that is not heard of for 30 has died
OK, UNREADABLE, UNDER_WAY, FULL = 200, 400, 503, 503


async def set_webhook(telegram: Telegram, url: str, secret: str) -> None:
    """Tell Telegram where updates go. Raises DeliveryError where it does not take the address."""
    try:
        await telegram.bot.set_webhook(
            f"{url}{OURS}",
            secret_token=secret,
            allowed_updates=ALLOWED_UPDATES,
            max_connections=CONNECTIONS,
        )
    except TelegramError as error:
        raise delivery_error(error) from error


def receiving(
    telegram: Telegram, *, updates: UpdateStore, clock: Clock, renew_every: float = RENEW_EVERY
) -> Receive:
    """Handles the body of a request; the status to answer with."""
    turns = turns_of(telegram)

    async def receive(body: bytes) -> int:
        update = _update(body, telegram)
        if update is None:
            return UNREADABLE
        with turns.room(update) as has_room:  # before it is claimed: another bot may have some
            return await handled(update) if has_room else FULL

    async def handled(update: Update) -> int:
        claim = await updates.claim(update.update_id, now=clock.now())
        if claim == "ours":
            async with _in_hand(update.update_id, updates, clock, renew_every):
                await turns.in_turn(update, telegram.process_update(update))
        return UNDER_WAY if claim == "elsewhere" else OK

    return receive


@asynccontextmanager
async def _in_hand(
    update: int, updates: UpdateStore, clock: Clock, every: float
) -> AsyncIterator[None]:
    """No other bot is given the update: /add may fetch for minutes, and others of its chat wait for that."""

    async def renew() -> None:
        while True:
            await asyncio.sleep(every)
            try:
                await updates.renew(update, now=clock.now())
            except StoreError as error:
                log.warning("update not renewed", update=update, reason=str(error))

    renewing = asyncio.create_task(renew())
    try:
        yield
    finally:
        renewing.cancel()


def _update(body: bytes, telegram: Telegram) -> Update | None:
    try:
        return Update.de_json(answers.update(json.loads(body)), telegram.bot)
    except answers.UNREADABLE as error:  # no update of Telegram's
        log.warning("update not understood", reason=type(error).__name__)
        return None
