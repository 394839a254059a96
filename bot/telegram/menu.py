"""The menu of commands that Telegram shows, by kind of chat and language."""

import structlog
from telegram import (
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from ..commands.scopes import Scope, menu
from ..talk.texts import FALLBACK, available, texts
from .messenger import Bot

log = structlog.get_logger(__name__)

_SCOPES: tuple[tuple[Scope, BotCommandScope], ...] = (
    ("private", BotCommandScopeAllPrivateChats()),
    ("members", BotCommandScopeAllGroupChats()),
    ("administrators", BotCommandScopeAllChatAdministrators()),
)


async def set_menu(bot: Bot) -> None:
    """Set the menu of commands, for each kind of chat and each language.

    A bot whose menu cannot be set works without it; each start tries again.
    """
    try:
        for language in available():
            for scope, where in _SCOPES:
                await _offer(bot, scope, where, language)
    except TelegramError as error:
        log.warning("menu not set", reason=error.message)


async def set_menu_of(bot: Bot, owner: int) -> None:
    """Set the menu of one owner in each language; if it cannot be set, the owner goes without."""
    try:
        for language in available():
            await _offer(bot, "owners", BotCommandScopeChat(owner), language)
    except TelegramError as error:
        log.info("owner has no menu", owner=owner, reason=error.message)


async def _offer(bot: Bot, scope: Scope, where: BotCommandScope, language: str) -> None:
    t = texts(language, shared=scope in ("members", "administrators"))
    offered = [BotCommand(name, t.label(f"command.{name}")) for name in menu(scope)]
    code = None if language == FALLBACK else language
    await bot.set_my_commands(offered, scope=where, language_code=code)
