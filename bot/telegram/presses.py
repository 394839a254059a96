"""Answers presses of buttons. Each is acknowledged within a second, however long its answer takes."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

import structlog
from telegram import CallbackQuery

from ..commands.router import route
from ..talk import callback
from ..talk.app import App
from ..talk.markup import escape
from ..talk.request import Reply, Request, say
from ..talk.subscriptions import spoken_to
from ..talk.texts import texts
from .apologies import language
from .clerk import Clerk, note
from .messenger import Bot
from .replies import acknowledge
from .turns import PROMPT
from .updates import pressed

log = structlog.get_logger(__name__)


class Presses:
    """Where presses come in."""

    def __init__(self, app: App, clerk: Clerk) -> None:
        self._app = app
        self._clerk = clerk
        self._soothed: dict[str, asyncio.Task[None]] = {}  # acknowledged before their turn

    def soothe(self, query: CallbackQuery) -> None:
        """Acknowledge a press whose turn has not come yet."""
        self._soothed[query.id] = asyncio.create_task(acknowledge(query))

    def done(self, query: CallbackQuery) -> None:
        """Forget a press, answered or not."""
        self._soothed.pop(query.id, None)

    async def answer(self, query: CallbackQuery, bot: Bot) -> None:
        """Answer a press, which is acknowledged at once or together with its result."""
        button = callback.unpack(query.data or "")
        request = pressed(query, button, now=self._app.clock.now()) if button else None
        if button is None or request is None or await self._is_astray(query, request):
            chat = query.message.chat.id if query.message else None
            log.info("refused", chat=chat, user=query.from_user.id, reason="no button of ours")
            person, where = query.from_user, chat or query.from_user.id
            stale = texts(await language(self._app, person, where)).label("refuse.old-button")
            await acknowledge(query, stale, alert=True)
            return
        soothed = self._soothed.get(query.id)
        answer = self._pressed(button.action, request, bot)
        if soothed is None:
            reply = await _prompt(query, answer)
        else:
            await soothed
            reply = _belated(await answer, query)
        note(request, button.action, reply.refused)
        message_id = query.message.message_id if query.message else None
        await self._clerk.hand_out(request, reply, bot, message_id)

    async def _is_astray(self, query: CallbackQuery, request: Request) -> bool:
        """Whether it is unknown which of several topics the button is in: its message is too old."""
        is_readable = query.message is not None and query.message.is_accessible
        if request.kind != "supergroup" or is_readable:
            return False
        return len(await self._app.chats.of(request.chat)) > 1

    async def _pressed(self, action: str, request: Request, bot: Bot) -> Reply:
        request = await spoken_to(request, self._app)
        request = await self._clerk.entitled(action, request, bot)
        return await route(action, request, self._app)


async def _prompt(query: CallbackQuery, answer: Coroutine[Any, Any, Reply]) -> Reply:
    """The reply to a press, which is acknowledged within a second however long the reply takes."""
    work = asyncio.create_task(answer)
    try:
        done, _ = await asyncio.wait({work}, timeout=PROMPT)
        if not done:
            await acknowledge(query)
        reply = await work
        if not done:
            return _belated(reply, query)
        await acknowledge(query, reply.notice, alert=reply.alert)
        return reply
    finally:
        work.cancel()


def _belated(reply: Reply, query: CallbackQuery) -> Reply:
    """Send what came too late for a notice as a message, but not in a group."""
    is_private = query.message is not None and query.message.chat.type == query.message.chat.PRIVATE
    if not is_private or not reply.notice or reply.messages:
        return reply
    return replace(reply, messages=say(escape(reply.notice)).messages)
