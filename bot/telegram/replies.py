"""Carries out a Reply: sends, edits in place, closes, acknowledges. What is too late is dropped."""

from collections import OrderedDict
from dataclasses import dataclass
from io import BytesIO

import structlog
from telegram import CallbackQuery, InputFile
from telegram import Message as TelegramMessage
from telegram.constants import ParseMode
from telegram.error import BadRequest, TelegramError

from digest.model.chats import ChatKind
from digest.model.messages import Message

from ..talk.request import Photo, Reply
from .messenger import NO_PREVIEW, Bot, MethodUnknown, markup, post, thread_for

log = structlog.get_logger(__name__)

_REMEMBERED = 10_000  # messages, about a megabyte
_NOTICE = 200  # characters; Telegram Bot API, answerCallbackQuery
_UNCHANGED = "message is not modified"
_TOO_OLD = ("query is too old", "query id is invalid")
_NOT_EDITABLE = ("message to edit not found", "message can't be edited", "message_id_invalid")
_NO_PHOTOS = ("rights to send photos",)
_NOT_DELETABLE = ("message can't be deleted", "message to delete not found")


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a reply goes: a chat, its topic, and the message whose button was pressed."""

    chat: int
    kind: ChatKind
    thread: int = 0
    message_id: int | None = None


class LastMessages:
    """What the last messages look like, so that no edit is sent that changes nothing.

    Nothing depends on it: if a message is forgotten, or from before a restart, Telegram is asked and
    refuses.
    """

    def __init__(self) -> None:
        self._marks: OrderedDict[tuple[int, int], int] = OrderedDict()

    def stands(self, chat: int, message_id: int, message: Message) -> bool:
        """Whether the message already looks like this."""
        return self._marks.get((chat, message_id)) == _mark(message)

    def note(self, chat: int, message_id: int, message: Message) -> None:
        """Remember what the message looks like now."""
        self._marks[chat, message_id] = _mark(message)
        self._marks.move_to_end((chat, message_id))
        if len(self._marks) > _REMEMBERED:
            self._marks.popitem(last=False)

    def forget(self, chat: int, message_id: int) -> None:
        """Forget what the message looks like."""
        self._marks.pop((chat, message_id), None)


def _mark(message: Message) -> int:
    return hash((message.html, message.keyboard))


async def carry_out(
    bot: Bot, to: Destination, reply: Reply, last: LastMessages | None = None
) -> tuple[int, ...]:
    """Do all that a reply asks for except the notice. Returns the numbers of the messages sent."""
    told = [await _pass_on(bot, chat, message) for chat, message in reply.elsewhere]
    messages, last = reply.messages, last or LastMessages()
    if reply.untold is not None and not any(told):
        messages = (reply.untold, *messages[1:])
    if reply.closes and to.message_id is not None:
        last.forget(to.chat, to.message_id)
        await _close(bot, to, to.message_id)
    if reply.edits and messages and to.message_id is not None:
        if not last.stands(to.chat, to.message_id, messages[0]):
            last.forget(to.chat, to.message_id)
            at = await _edit(bot, to, to.message_id, messages[0])
            last.note(to.chat, at, messages[0])
        messages = messages[1:]
    numbers = []
    for message in messages:
        sent = await _send(bot, to, message)
        last.note(to.chat, sent.message_id, message)
        numbers.append(sent.message_id)
    if reply.document is not None:
        file = InputFile(BytesIO(reply.document.content), reply.document.name)
        await bot.send_document(to.chat, file, message_thread_id=thread_for(to.thread))
    if reply.photo is not None:
        await _show(bot, to, reply.photo)
    return tuple(numbers)


async def _pass_on(bot: Bot, chat: int, message: Message) -> bool:
    """Send a message to another chat. Returns whether it arrived; a failure hinders nothing else."""
    try:
        await _send(bot, Destination(chat, "private"), message)
    except TelegramError as error:
        log.warning("message not passed on", chat=chat, reason=error.message)
        return False
    return True


async def acknowledge(query: CallbackQuery, notice: str = "", *, alert: bool = False) -> None:
    """Stop the button's waiting sign, with a notice if there is one. What it asks for is done anyway."""
    try:
        await query.answer(notice[:_NOTICE] or None, show_alert=alert)
    except TelegramError as error:
        if isinstance(error, BadRequest) and is_too_late(error):
            log.info("button answered too late", reason=error.message)
        else:
            log.warning("button not acknowledged", reason=error.message)


def is_too_late(error: BadRequest) -> bool:
    """Whether Telegram no longer waits for the answer to a press or an inline query."""
    return _says(error, *_TOO_OLD)


async def _send(bot: Bot, to: Destination, message: Message) -> TelegramMessage:
    return await post(bot, message, chat=to.chat, thread=to.thread, kind=to.kind)


async def _show(bot: Bot, to: Destination, photo: Photo) -> None:
    """Send the picture with its caption, or the caption alone if pictures cannot be sent."""
    try:
        await bot.send_photo(
            to.chat,
            InputFile(BytesIO(photo.content), photo.name),
            caption=photo.caption,
            parse_mode=ParseMode.HTML,
            message_thread_id=thread_for(to.thread),
            reply_markup=markup(photo.keyboard, to.kind),
        )
    except BadRequest as error:
        if not (_is_unknown(error) or _says(error, *_NO_PHOTOS)):
            raise
        log.info("picture not sent", chat=to.chat, reason=error.message)
        await _send(bot, to, Message(photo.caption, photo.keyboard))


async def _edit(bot: Bot, to: Destination, message_id: int, message: Message) -> int:
    """Replace the old message, or send a new one if it can no longer be edited. Returns its number."""
    try:
        await bot.edit_message_text(
            message.html,
            chat_id=to.chat,
            message_id=message_id,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=markup(message.keyboard, to.kind),
        )
    except BadRequest as error:
        if _is_unknown(error) or _says(error, *_NOT_EDITABLE):
            return (await _send(bot, to, message)).message_id
        if not _says(error, _UNCHANGED):
            raise
    return message_id


async def _close(bot: Bot, to: Destination, message_id: int) -> None:
    """Remove the message; one older than 48 hours stays, but loses its buttons."""
    try:
        await bot.delete_message(to.chat, message_id)
    except BadRequest as error:
        if not (_is_unknown(error) or _says(error, *_NOT_DELETABLE)):
            raise
        await _disarm(bot, to, message_id)


async def _disarm(bot: Bot, to: Destination, message_id: int) -> None:
    try:
        await bot.edit_message_reply_markup(to.chat, message_id, reply_markup=None)
    except BadRequest as error:
        if not (_is_unknown(error) or _says(error, _UNCHANGED, *_NOT_EDITABLE)):
            raise


def _is_unknown(error: BadRequest) -> bool:
    """Whether the server does not know the method that was called."""
    return isinstance(error, MethodUnknown)


def _says(error: BadRequest, *phrases: str) -> bool:
    text = error.message.casefold()
    return any(phrase in text for phrase in phrases)
