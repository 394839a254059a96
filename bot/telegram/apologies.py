"""What a person hears when something went wrong, in their language, wherever it can be said at all."""

import structlog
from telegram import Message, Update, User
from telegram.error import TelegramError, TimedOut

from digest.errors import BadMessage, ChatRefuses, DeliveryError, NotSent, StoreError, Uncertain

from ..talk.app import App
from ..talk.request import say
from ..talk.subscriptions import language_of
from ..talk.texts import FALLBACK, Html, texts
from .messenger import Bot, delivery_error, thread_of
from .replies import Destination, acknowledge, carry_out
from .request import Broken
from .updates import chat_of, kind_of

log = structlog.get_logger(__name__)


async def apologise(app: App, update: object, error: Exception | None, bot: Bot) -> None:
    """Log what nobody expected with its traceback, and tell the person in plain words."""
    if isinstance(error, TelegramError):
        await _undelivered(app, update, error, bot)
        return
    log.error("update failed", chat=chat_of(update), exc_info=error)
    if isinstance(update, Update):
        await tell(app, update, "refuse.trouble", bot)


async def _undelivered(app: App, update: object, error: TelegramError, bot: Bot) -> None:
    """Tell the person, if possible, that Telegram did not take our answer."""
    meaning = delivery_error(error)
    log.warning("answer not delivered", chat=chat_of(update), reason=str(meaning))
    if not isinstance(update, Update):
        return
    if isinstance(meaning, ChatRefuses):
        await _tell_in_private(app, update, bot)
    elif _did_not_arrive(error, meaning) and (message := _written(update)) is not None:
        t = texts(await _language_of(app, update))
        await _write(message, t("refuse.trouble"), bot)


async def tell(app: App, update: Update, key: str, bot: Bot) -> None:
    """Say a text to whoever pressed or wrote, where they did."""
    t = texts(await _language_of(app, update))
    if update.callback_query is not None:
        await acknowledge(update.callback_query, t.label(key), alert=True)
    elif update.message is not None:
        await _write(update.message, t(key), bot)


async def _write(message: Message, html: Html, bot: Bot) -> None:
    to = Destination(message.chat.id, kind_of(message.chat), thread_of(message))
    try:
        await carry_out(bot, to, say(html))
    except TelegramError as error:
        log.warning("apology not delivered", chat=message.chat.id, reason=error.message)


async def _tell_in_private(app: App, update: Update, bot: Bot) -> None:
    """Tell the person in private who wrote, pressed or added the bot where it may not write."""
    person, chat = update.effective_user, update.effective_chat
    if person is None or person.is_bot or chat is None or chat.type == chat.PRIVATE:
        return
    t = texts(await language(app, person, person.id))
    try:
        told = say(t("refuse.no-right", title=chat.title or ""))
        await carry_out(bot, Destination(person.id, "private"), told)
    except TelegramError as error:
        log.warning("person not reached", user=person.id, reason=error.message)


async def _language_of(app: App, update: Update) -> str:
    """The language in which an update is answered."""
    message = update.effective_message
    thread = thread_of(message) if isinstance(message, Message) else 0
    return await language(app, update.effective_user, chat_of(update) or 0, thread)


async def language(app: App, person: User | None, chat: int, thread: int = 0) -> str:
    """The language of a person in a chat; if the database fails, that of their Telegram."""
    own = (person.language_code if person else None) or FALLBACK
    user = person.id if person else chat
    try:
        return await language_of(app, chat, user, thread=thread, otherwise=own)
    except StoreError:
        return own


def _did_not_arrive(error: TelegramError, meaning: DeliveryError) -> bool:
    """Whether our answer reached nobody, for certain or nearly so."""
    may_be_there = isinstance(error, TimedOut | Broken) and not isinstance(meaning, NotSent)
    return isinstance(meaning, BadMessage | NotSent | Uncertain) and not may_be_there


def _written(update: Update) -> Message | None:
    """The message that somebody wrote, or in private the one whose button they pressed."""
    message = update.effective_message
    if not isinstance(message, Message):
        return None
    is_heard = update.message is not None or message.chat.type == message.chat.PRIVATE
    return message if is_heard else None
