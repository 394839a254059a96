"""Answers what people write and send, and follows what a chat reports about itself."""

from collections import deque
from dataclasses import replace

import structlog
from telegram import Document as SentDocument
from telegram import Location, Message
from telegram.error import TelegramError

from ..commands.link import claimed
from ..commands.membership import moved, renamed, reopened
from ..commands.refusing import refusal
from ..commands.router import guarded, route
from ..commands.timezone import by_point
from ..commands.upload import MOST_BYTES, upload
from ..commands.words import addressed, words
from ..talk.app import App
from ..talk.request import Document, Request
from ..talk.subscriptions import spoken_to
from .clerk import Clerk, destination, note
from .edits import Written
from .menu import set_menu_of
from .messenger import Bot, thread_of
from .replies import carry_out
from .updates import hidden_link, sender_chat, spoken, typed

log = structlog.get_logger(__name__)

_ALBUMS = 100  # remembered: the pictures of one arrive within seconds


class Messages:
    """Where messages come in."""

    def __init__(self, app: App, clerk: Clerk) -> None:
        self._app = app
        self._clerk = clerk
        self._grown: set[int] = set()  # supergroups that have been groups
        self._albums: deque[str] = deque(maxlen=_ALBUMS)  # whose first picture was answered
        self._written = Written()

    async def answer(self, message: Message, bot: Bot) -> None:
        """Answer what somebody wrote or sent, if it is meant for the bot."""
        is_private = message.chat.type == message.chat.PRIVATE
        if await self._is_of_the_chat(message):
            return
        document = None if message.animation else message.document
        if is_private and message.text:
            self._written.note(message)
        if message.text or (is_private and message.caption and not document):
            await self._text(message, message.text or message.caption or "", bot)
        elif is_private and document:
            await self._file(message, document, bot)
        elif is_private and message.location:
            await self._point(message, message.location, bot)
        elif is_private and message.effective_attachment and self._is_first_of_album(message):
            request = await self._typed(message, "")
            await carry_out(bot, destination(request), refusal(request, "refuse.not-text"))

    async def answer_anew(self, message: Message, bot: Bot) -> None:
        """Answer a message that was reworded in private as if it had just been written."""
        is_private = message.chat.type == message.chat.PRIVATE
        if is_private and message.text and self._written.is_changed(message):
            self._written.note(message)
            await self._text(message, message.text, bot)

    def was_group(self, chat: int) -> bool:
        """Whether a supergroup was a group until now; it is asked once."""
        is_grown = chat in self._grown
        self._grown.discard(chat)
        return is_grown

    def _is_first_of_album(self, message: Message) -> bool:
        """Whether no picture that was sent together with this one has been answered."""
        album = message.media_group_id
        if album is None:
            return True
        is_first = album not in self._albums
        if is_first:
            self._albums.append(album)
        return is_first

    async def _is_of_the_chat(self, message: Message) -> bool:
        """Whether it is no person's: the chat has moved or been renamed, or a topic was reopened."""
        here, now = message.chat.id, self._app.clock.now()
        if new := message.migrate_to_chat_id:
            self._grown.add(new)
            await moved(here, new, self._app, now=now)
        elif old := message.migrate_from_chat_id:  # the other half, should the first be lost
            await moved(old, here, self._app, now=now)
        elif title := message.new_chat_title:
            await renamed(here, title, self._app, now=now)
        elif message.forum_topic_reopened:
            await reopened(here, thread_of(message), self._app, now=now)
        else:
            return False
        return True

    async def _text(self, message: Message, text: str, bot: Bot) -> None:
        said = spoken(text, bot.username)
        if said is None or not (said.command or message.chat.type == message.chat.PRIVATE):
            return
        request = await self._typed(message, said.words)
        if not said.command and (link := hidden_link(message)):
            request = replace(request, words=link)
        if said.command:
            await self._command(said.command, request, bot, sender_chat(message))
        else:
            request = await addressed(request, self._app)
            request = await self._clerk.entitled("words", request, bot)
            await self._clerk.hand_out(request, await guarded(words, request, self._app), bot)

    async def _command(
        self, command: str, request: Request, bot: Bot, sender_chat: int | None
    ) -> None:
        is_start = command == "start" and request.kind == "private"
        if is_start:
            request = await claimed(request, self._app)
        request = await self._clerk.entitled(command, request, bot, sender_chat=sender_chat)
        reply = await route(command, request, self._app)
        note(request, command, reply.refused)
        await self._clerk.hand_out(request, reply, bot)
        if is_start and request.is_owner:
            await set_menu_of(bot, request.chat)

    async def _point(self, message: Message, sent: Location, bot: Bot) -> None:
        """Where somebody is, or a place whose pin they sent."""
        request = await self._typed(message, "")
        request = replace(request, point=(sent.latitude, sent.longitude))
        request = await addressed(request, self._app)
        request = await self._clerk.entitled("timezone", request, bot)
        await self._clerk.hand_out(request, await guarded(by_point, request, self._app), bot)

    async def _typed(self, message: Message, words: str) -> Request:
        return await spoken_to(typed(message, words, now=self._app.clock.now()), self._app)

    async def _file(self, message: Message, sent: SentDocument, bot: Bot) -> None:
        """A file that was sent, if the sender has subscribed and its stated size is small."""
        request = await self._typed(message, message.caption or "")
        request = await self._clerk.entitled("upload", request, bot)
        is_large = (sent.file_size or 0) > MOST_BYTES
        if await self._app.chats.get(request.chat) is None:
            reply = refusal(request, "refuse.start")
        elif not is_large and (document := await _fetched(sent, bot)) is None:
            reply = refusal(request, "file.not-fetched")
        else:
            request = request if is_large else replace(request, document=document)
            reply = await guarded(upload, request, self._app)
        await carry_out(bot, destination(request), reply)


async def _fetched(sent: SentDocument, bot: Bot) -> Document | None:
    """The file that somebody sent; None if Telegram does not hand it out."""
    try:
        held = await bot.get_file(sent.file_id)
        content = await held.download_as_bytearray()
    except TelegramError as error:
        log.warning("file not fetched", size=sent.file_size, reason=error.message)
        return None
    return Document(sent.file_name or "", bytes(content))
