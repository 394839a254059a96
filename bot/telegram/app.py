"""The Telegram side of the bot: updates in, replies out, and the edge that catches what nobody expected.

async with running(make_app, make_bot(token=token)) as telegram:
    await telegram.messenger.send(part)
"""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import structlog
from telegram import Update
from telegram.error import InvalidToken, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    ExtBot,
    TypeHandler,
    Updater,
)
from telegram.request import BaseRequest

from digest.errors import BotRefused, InputError, NotSent, Uncertain

from ..talk.app import App
from .answers import UNREADABLE
from .caller import Caller
from .desk import Desk
from .menu import set_menu, set_menu_of
from .messenger import Bot, TelegramMessenger, delivery_error
from .pace import Pace
from .request import AiohttpRequest
from .rights import Rights
from .turns import Turns

log = structlog.get_logger(__name__)

TELEGRAM = "https://api.telegram.org/bot"
ALLOWED_UPDATES = [
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
    Update.INLINE_QUERY,
]
OURS = "?by=attache"  # at the end of the address of each webhook that we set
CONNECTIONS = 128  # to Telegram; 1,000 messages a second where paid, each a tenth of one long

Telegram = Application[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True, slots=True)
class Running:
    """The bot while it is up."""

    application: Telegram
    messenger: TelegramMessenger
    username: str


@asynccontextmanager
async def running(
    make_app: Callable[[str], App],
    bot: Bot,
    *,
    not_fetched: Callable[[TelegramError], None] | None = None,
    polls: bool = True,
) -> AsyncIterator[Running]:
    """The bot while the block runs; ``make_app`` is called with its user name.

    Updates being handled are finished at the end. It ``polls``, or is given updates otherwise.
    ``not_fetched`` is called for each failed fetch of updates. Raises BotRefused if Telegram does not
    accept the token, another DeliveryError if it does not answer, and InputError if the bot polls but
    another program's webhook is set; that one stays.
    """
    await _introduce(bot)
    async with _closed(bot):
        if polls:
            await _end_webhook(bot)
        app = make_app(bot.username)
        application = assemble(app, bot)
        updater = application.updater if polls else None
        async with application, _at_work(application, updater, not_fetched or _not_fetched):
            # Who wrote meanwhile is answered first: the menus are some thirty calls.
            await _set_menus(bot, app)
            yield Running(application, TelegramMessenger(bot), bot.username)


@asynccontextmanager
async def _closed(bot: Bot) -> AsyncIterator[None]:
    """Leave no connection open, even if the application that would close it was never made."""
    try:
        yield
    finally:
        await bot.shutdown()  # a second time it does nothing


@asynccontextmanager
async def _at_work(
    application: Telegram, updater: Updater | None, not_fetched: Callable[[TelegramError], None]
) -> AsyncIterator[None]:
    """Handle updates, fetched by ``updater`` if there is one; those in hand are finished at the end."""
    await application.start()
    if updater is not None:
        await updater.start_polling(allowed_updates=ALLOWED_UPDATES, error_callback=not_fetched)
    try:
        yield
    finally:
        try:
            if updater is not None:
                await updater.stop()
        finally:
            await application.stop()


async def _set_menus(bot: Bot, app: App) -> None:
    await set_menu(bot)
    for owner in app.owners:
        if await app.chats.get(owner) is not None:  # else there is no chat to have a menu yet
            await set_menu_of(bot, owner)


@asynccontextmanager
async def calling(bot: Bot) -> AsyncIterator[tuple[TelegramMessenger, str]]:
    """A messenger and the bot's user name, for a process that takes no updates. Raises as ``running``."""
    await _introduce(bot)
    try:
        yield TelegramMessenger(bot), bot.username
    finally:
        await bot.shutdown()


def make_bot(
    *,
    token: str,
    base_url: str = TELEGRAM,
    request: BaseRequest | None = None,
    get_updates_request: BaseRequest | None = None,
    pace: Pace | None = None,
) -> Bot:
    """The caller of Telegram's methods, kept within its limits."""
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # else the library warns at each RetryAfter
    return Caller(
        token,
        base_url=base_url,
        base_file_url=files_of(base_url),
        request=request or AiohttpRequest(connections=CONNECTIONS),
        get_updates_request=get_updates_request or AiohttpRequest(connections=1),
        rate_limiter=pace or Pace(),
    )


def files_of(base_url: str) -> str:
    """Where the server that takes calls at ``base_url`` ("https://.../bot") serves files."""
    return f"{base_url.removesuffix('bot')}file/bot"


def assemble(app: App, bot: Bot) -> Telegram:
    """The Application around a bot, neither initialised nor started."""
    rights = Rights(app.clock)
    app = replace(app, administers=partial(rights.administers, bot))
    desk = Desk(app, rights)
    application: Telegram = (
        ApplicationBuilder()
        .bot(bot)
        .job_queue(None)
        .concurrent_updates(Turns(soothe=desk.soothe))
        .build()
    )
    application.add_handler(TypeHandler(Update, desk.handle))
    application.add_error_handler(desk.apologise)
    return application


async def _introduce(bot: Bot) -> None:
    """Ask Telegram who we are; the library's own refusal would print the token."""
    try:
        await bot.initialize()
    except InvalidToken:
        await bot.request.shutdown()  # the library leaves its connection open
        raise BotRefused("Telegram does not accept the token") from None
    except TelegramError as error:
        await bot.request.shutdown()
        meaning = delivery_error(error)
        if isinstance(meaning, NotSent | Uncertain):
            raise NotSent(f"{_address(bot)} does not answer: {error.message}") from error
        raise meaning from error
    except UNREADABLE as error:
        await bot.request.shutdown()
        raise NotSent(f"{_address(bot)} does not say which bot this is") from error


def _address(bot: Bot) -> str:
    return bot.base_url.replace(bot.token, "")


async def _end_webhook(bot: Bot) -> None:
    """Delete a webhook of ours; that of another program is not touched.

    If Telegram does not tell, we poll: if there is a webhook, polling is refused, and that is reported.
    """
    try:
        address = (await bot.get_webhook_info()).url
    except TelegramError as error:
        meaning = delivery_error(error)
        if isinstance(meaning, BotRefused):
            raise meaning from error
        log.warning("webhook not known", reason=error.message)
        return
    if address.endswith(OURS):
        try:
            await ExtBot.delete_webhook(bot)
        except TelegramError as error:
            raise delivery_error(error) from error
        log.info("webhook ended", was=address)
    elif address:
        raise InputError(
            "the updates of this bot go to a webhook; stop the program behind it and call"
            " deleteWebhook, or take another bot"
        )


def _not_fetched(error: TelegramError) -> None:
    """Log one line for each try; the library would log a traceback each, for hours."""
    log.warning("updates not fetched", reason=error.message)
