"""Sends to a chat, and says what each of Telegram's errors means for a delivery.

Codes alone do not tell: a 403 with a text in capitals arrives as 400, and only the kind of a broken call
says whether it may have been delivered. Telegram Bot API, sendMessage.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import TypeGuard

import structlog
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram import Message as TelegramMessage
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import ExtBot

from digest.errors import (
    BadMessage,
    BotRefused,
    ChatGone,
    ChatMoved,
    ChatRefuses,
    DeliveryError,
    Flaw,
    NotSent,
    RetryLater,
    Uncertain,
)
from digest.model.chats import ChatKind
from digest.model.delivery import Outgoing, Sent
from digest.model.messages import Keyboard, Message

from . import answers
from .pace import BROADCAST, Lane, StillPaused, retry_after
from .request import BEYOND

log = structlog.get_logger(__name__)

Bot = ExtBot[Lane]

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
UNNAMED_WAIT = timedelta(seconds=30)  # a 429 that does not say how long

_FROZEN = ("frozen", "misdirected request", "does not accept the token")
_GONE = ("user_is_blocked", "user_deactivated", "input_user_deactivated")  # a 403 in upper case
_REFUSES = (
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_restricted",
    "chat_send_plain_forbidden",
    "chat_admin_required",
    "chat not found",
)
_REFUSES_IN_TOPIC = ("message thread not found", "topic_closed", "topic_deleted")
_FLAWS: tuple[tuple[str, Flaw], ...] = (
    ("message is too long", "long"),
    ("message_too_long", "long"),
    ("text is empty", "empty"),
    ("text must be non-empty", "empty"),
    ("button_", "buttons"),
    ("reply_markup", "buttons"),
    ("inline keyboard", "buttons"),
)
_FOREIGN = ("invalid server response", "could not decode")  # what came is no JSON
_DELETED = "sent message was immediately deleted"  # it was sent
_NEVER_CONNECTED = ("ConnectError", "ConnectTimeout", "PoolTimeout")


class MethodUnknown(BadRequest):
    """The server does not know a method that we can do without, as smaller servers than Telegram's may."""


class TelegramMessenger:
    """Sends one part of a digest."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, outgoing: Outgoing) -> Sent:
        """What Telegram answered. Raises a DeliveryError that says what to do next."""
        try:
            answer = await post(
                self._bot,
                outgoing.message,
                chat=outgoing.chat,
                thread=outgoing.thread,
                kind=outgoing.kind,
                lane=BROADCAST,
            )
        except TelegramError as error:
            if _DELETED in error.message:
                return _unseen(outgoing, error.message)
            raise delivery_error(error) from error
        except answers.UNREADABLE as error:
            return _unseen(outgoing, f"an answer without its message: {error!r}")
        if not _says_where(answer):
            return _unseen(outgoing, f"an answer that is no message: {answer!r}")
        return Sent(answer.message_id, answer.chat.id, thread_of(answer))


async def post(
    bot: Bot, message: Message, *, chat: int, thread: int, kind: ChatKind, lane: Lane | None = None
) -> TelegramMessage:
    """Send a message whose links have no preview. Raises TelegramError."""
    return await bot.send_message(
        chat,
        message.html,
        parse_mode=ParseMode.HTML,
        link_preview_options=NO_PREVIEW,
        message_thread_id=thread_for(thread),
        disable_notification=message.silent,
        reply_markup=markup(message.keyboard, kind),
        rate_limit_args=lane,
    )


def markup(keyboard: Keyboard, kind: ChatKind) -> InlineKeyboardMarkup | None:
    """A keyboard as Telegram takes it; in a channel only buttons that open an address."""
    rows = [
        [
            InlineKeyboardButton(button.label, url=button.url, callback_data=button.data)
            for button in row
            if button.url or kind != "channel"
        ]
        for row in keyboard
    ]
    kept = [row for row in rows if row]
    return InlineKeyboardMarkup(kept) if kept else None


def thread_for(thread: int) -> int | None:
    """The thread to name in a call; none for the General topic (1) and chats without topics."""
    return thread if thread > 1 else None


def thread_of(message: TelegramMessage) -> int:
    """The forum topic of a message; 0 in the General topic, and for a mere thread of replies."""
    thread = message.message_thread_id if message.is_topic_message else None
    return thread if thread and thread > 1 else 0


def delivery_error(error: TelegramError) -> DeliveryError:
    """What a failed call means for the message."""
    text = error.message.casefold()
    match error:
        case RetryAfter():
            asked = not isinstance(error, StillPaused)
            return RetryLater(error.message, after=retry_after(error), asked=asked)
        case ChatMigrated():
            return ChatMoved(error.message, new_id=error.new_chat_id)
        case InvalidToken():
            return BotRefused("Telegram does not accept the token")
        case _ if _has(text, _FROZEN):
            return BotRefused(error.message)
        case Forbidden() | BadRequest():
            return _refusal(error, text)
        case NetworkError():
            return _broken(error, text)
    return Uncertain(error.message, foreign=_has(text, _FOREIGN))


def _refusal(error: TelegramError, text: str) -> DeliveryError:
    if _has(text, _REFUSES + _REFUSES_IN_TOPIC):
        return ChatRefuses(error.message, in_topic=_has(text, _REFUSES_IN_TOPIC))
    if isinstance(error, Forbidden) or _has(text, _GONE):
        return ChatGone(error.message)
    flaw: Flaw = next((flaw for phrase, flaw in _FLAWS if phrase in text), "markup")
    return BadMessage(error.message, flaw=flaw)


def _broken(error: TelegramError, text: str) -> DeliveryError:
    if "too many requests" in text:
        return RetryLater(error.message, after=UNNAMED_WAIT, named=False)
    if _has(text, ("pool timeout", "httpx.connecterror")) or _never_connected(error):
        return NotSent(error.message)
    return Uncertain(error.message, foreign=_has(text, _FOREIGN))


def _never_connected(error: BaseException) -> bool:
    """Whether a cause says so; by name, since another HTTP library may be underneath."""
    return any(type(cause).__name__ in _NEVER_CONNECTED for cause in _causes(error))


def _causes(error: BaseException) -> Iterator[BaseException]:
    cause = error.__cause__
    while cause is not None:
        yield cause
        cause = cause.__cause__


def _has(text: str, phrases: tuple[str, ...]) -> bool:
    return any(phrase in text for phrase in phrases)


def _says_where(answer: object) -> TypeGuard[TelegramMessage]:
    """Whether it is a message with numbers that can be stored.

    The library accepts anything as a number, and a message without its chat.
    """
    if not isinstance(answer, TelegramMessage) or not answer.chat:
        return False
    numbers = (answer.message_id, answer.chat.id, answer.message_thread_id or 0)
    return all(type(one) is int and abs(one) < BEYOND for one in numbers)


def _unseen(outgoing: Outgoing, reason: str) -> Sent:
    log.warning("sent, but not seen", chat=outgoing.chat, reason=reason)
    return Sent(None, outgoing.chat, outgoing.thread)
