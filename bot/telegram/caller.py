"""The library's caller of Telegram's methods, changed where it does what we do not want.

It takes a smaller server's answer to an unknown method for a refused token, and fetches updates without a
pause when it cannot read them or when the server does not wait for news.
"""

import asyncio
import re
from typing import Any

import structlog
from telegram import Update
from telegram.error import BadRequest, InvalidToken, NetworkError, TelegramError, TimedOut
from telegram.ext import ExtBot

from ..talk.markup import harmless
from . import answers
from .messenger import MethodUnknown
from .pace import Lane

log = structlog.get_logger(__name__)

_NOT_FOUND = ("Not Found", "Invalid server response (404)")  # in Telegram's words, and on a page
_ALL_SERVERS_KNOW = ("getMe", "getUpdates", "sendMessage")  # a 404 of these is about the token
_MAY_COME_TWICE = ("get", "edit", "answer", "delete", "set")
HASTY = 0.1  # seconds in which a server that waits for news does not say that there are none


class TokenRefused(TelegramError):
    """The token is not accepted any more."""


class Caller(ExtBot[Lane]):
    """Calls Telegram's methods."""

    async def get_updates(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:
        """At a stop the library asks once more without waiting, to confirm what has come in.

        If that fails, it would log a traceback, although updates are known by their numbers anyway.
        """
        try:
            return await self._fetched(*args, **kwargs)
        except TelegramError as error:
            if kwargs.get("timeout"):
                raise
            log.info("updates not confirmed", reason=error.message)
            return ()

    async def _fetched(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:
        """On InvalidToken the library stops fetching for good and only logs it.

        A server that does not wait for news would be asked a thousand times a second.
        """
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            found = await super().get_updates(*args, **kwargs)
            if not found and kwargs.get("timeout") and loop.time() - began < HASTY:
                await asyncio.sleep(HASTY)
            return found
        except InvalidToken:
            raise TokenRefused("Telegram does not accept the token") from None
        except answers.UNREADABLE as error:  # the library would ask again without a pause
            raise NetworkError(f"an answer without updates: {error!r}") from None

    async def delete_webhook(self, *args: Any, **kwargs: Any) -> bool:
        """Delete nothing: the library calls this before it polls, whoever owns the webhook."""
        return True

    async def _do_post(self, endpoint: str, data: dict[str, Any], **how: Any) -> Any:
        """The answer, readable for the library; it takes any 404 for a refused token."""
        try:
            answer = await self._insistent(endpoint, data, **how)
        except TelegramError as error:
            if error.message.startswith(_NOT_FOUND) and endpoint not in _ALL_SERVERS_KNOW:
                raise MethodUnknown(f"the server does not know {endpoint}") from None
            raise
        if endpoint == "getUpdates":
            return answers.updates(answer, self)
        return answers.member(answer) if endpoint == "getChatMember" else answer

    async def _insistent(self, endpoint: str, data: dict[str, Any], **how: Any) -> Any:
        """Repeat a call that broke on its way, if it may be done twice: an edit, but not a message."""
        try:
            return await self._discreet(endpoint, data, **how)
        except NetworkError as error:
            may_come_twice = endpoint.startswith(_MAY_COME_TWICE) and endpoint != "getUpdates"
            if not may_come_twice or isinstance(error, BadRequest | TimedOut):
                raise
            log.info("called once more", method=endpoint, reason=error.message)
        return await self._discreet(endpoint, data, **how)

    async def _discreet(self, endpoint: str, data: dict[str, Any], **how: Any) -> Any:
        """Make the call without giving the token away, if a server repeats the address it was called at.

        Half surrogates and the like are removed from its words: no database can store them.
        """
        try:
            return await super()._do_post(endpoint, data, **how)
        except TelegramError as error:
            token = re.escape(self.token)  # of a refusal the library leaves no capital
            said = harmless(error.message)
            error.message = re.sub(token, "<token>", said, flags=re.IGNORECASE)
            raise
