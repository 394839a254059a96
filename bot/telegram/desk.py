"""Where updates come in, and the edge that catches what nobody expected."""

import asyncio
from collections import OrderedDict
from collections.abc import Coroutine
from dataclasses import replace
from typing import Any

import structlog
from telegram import (
    CallbackQuery,
    ChatMemberUpdated,
    InlineQuery,
    Message,
    Update,
)
from telegram import Document as SentDocument
from telegram.error import TelegramError
from telegram.ext import (
    CallbackContext,
)

from ..commands.last_digest import arrived_in, leads_in_digest
from ..commands.link import claimed
from ..commands.membership import membership, moved, renamed, reopened
from ..commands.refusing import refusal
from ..commands.router import guarded, route
from ..commands.scopes import needs_rights
from ..commands.upload import MOST_BYTES, upload
from ..commands.words import addressed, words
from ..pages.inline import NONE_KNOWN, suggestions
from ..talk import callback
from ..talk.access import may_configure
from ..talk.app import App
from ..talk.markup import escape
from ..talk.request import Document, Reply, Request, say
from ..talk.subscriptions import spoken_to
from ..talk.texts import FALLBACK, texts
from .apologies import apologise, language, tell
from .inline import Newest, show
from .menu import set_menu_of
from .messenger import Bot, thread_of
from .replies import Destination, LastMessages, acknowledge, carry_out
from .rights import Rights
from .turns import PROMPT
from .updates import membership as membership_of
from .updates import pressed, sender_chat, spoken, typed

log = structlog.get_logger(__name__)

REMEMBERED = 10_000  # update ids; Telegram repeats the last 100 at most
GROWING = 0.02  # seconds; a group that becomes a supergroup joins it right before it says so

Context = CallbackContext[Bot, Any, Any, Any]


class Desk:
    """Where updates come in."""

    def __init__(self, app: App, rights: Rights) -> None:
        self._app = app
        self._rights = rights
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._last = LastMessages()
        self._newest = Newest(self._inline)
        self._grown: set[int] = set()  # supergroups that have been groups
        self._soothed: dict[str, asyncio.Task[None]] = {}  # presses acknowledged before their turn

    async def handle(self, update: Update, context: Context) -> None:
        """Answer an update, once; after a crash Telegram sends those again that it does not know read."""
        if self._was_seen(update.update_id) or await self._app.updates.is_known(update.update_id):
            return
        try:
            await self._answer(update, context.bot)
        finally:
            if update.callback_query is not None:
                self._soothed.pop(update.callback_query.id, None)
            await self._app.updates.handled(update.update_id, now=self._app.clock.now())

    async def _answer(self, update: Update, bot: Bot) -> None:
        if not _grows(update) and await self._turned_away(update, bot):
            return
        if update.callback_query is not None:
            await self._press(update.callback_query, bot)
        elif update.my_chat_member is not None:
            await self._membership(update.my_chat_member, bot)
        elif update.message is not None:
            await self._message(update.message, bot)
        elif update.inline_query is not None:
            await self._newest(update.inline_query)

    async def _turned_away(self, update: Update, bot: Bot) -> bool:
        """Whether the person or the chat is banned; they hear of it once, when they ask for something."""
        who = [one.id for one in (update.effective_user, update.effective_chat) if one]
        standing = await self._app.people.standing(who)
        if standing == "welcome" or self._app.owners.intersection(who):
            return False
        if standing == "banned" and _asks(update, bot):
            await self._app.people.told(who)
            await tell(self._app, update, "refuse.banned", bot)
        elif update.callback_query is not None:
            await acknowledge(update.callback_query)
        return True

    def soothe(self, update: object) -> None:
        """Stop the waiting sign of a press whose turn has not come yet."""
        query = update.callback_query if isinstance(update, Update) else None
        if query is not None:
            self._soothed[query.id] = asyncio.create_task(acknowledge(query))

    async def apologise(self, update: object, context: Context) -> None:
        """Called with whatever nobody expected; ``apologies`` says what becomes of it."""
        await apologise(self._app, update, context.error, context.bot)

    async def _message(self, message: Message, bot: Bot) -> None:
        is_private = message.chat.type == message.chat.PRIVATE
        if await self._is_of_the_chat(message):
            return
        if message.text:
            await self._text(message, message.text, bot)
        elif is_private and message.document:
            await self._file(message, message.document, bot)
        elif is_private and message.effective_attachment:
            request = await self._typed(message, "")
            await carry_out(bot, _destination(request), refusal(request, "refuse.not-text"))

    async def _is_of_the_chat(self, message: Message) -> bool:
        """Whether nobody wrote it: it tells that the chat has moved, is renamed or a topic reopened."""
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
        if said.command:
            if said.command == "start" and request.kind == "private":
                request = await claimed(request, self._app)
            request = await self._with_rights(
                said.command, request, bot, sender_chat=sender_chat(message)
            )
            reply = await route(said.command, request, self._app)
            _note(request, said.command, reply.refused)
            await self._carry_out(request, reply, bot)
            if said.command == "start" and request.is_owner and request.kind == "private":
                await set_menu_of(bot, request.chat)
        else:
            request = await addressed(request, self._app)
            request = await self._with_rights("words", request, bot)
            await self._carry_out(request, await guarded(words, request, self._app), bot)

    async def _carry_out(
        self, request: Request, reply: Reply, bot: Bot, pressed_in: int | None = None
    ) -> None:
        to = replace(_destination(request), message_id=pressed_in)
        sent = await carry_out(bot, to, reply, self._last)
        if reply.digest is not None:
            await arrived_in(sent, request, reply.digest, self._app)

    async def _typed(self, message: Message, words: str) -> Request:
        return await spoken_to(typed(message, words, now=self._app.clock.now()), self._app)

    async def _file(self, message: Message, sent: SentDocument, bot: Bot) -> None:
        """A file is fetched only for who has subscribed, and only where its size is said to be small."""
        request = await self._typed(message, message.caption or "")
        request = await self._with_rights("upload", request, bot)
        is_large = (sent.file_size or 0) > MOST_BYTES
        if await self._app.chats.get(request.chat) is None:
            reply = refusal(request, "refuse.start")
        elif not is_large and (document := await _fetched(sent, bot)) is None:
            reply = refusal(request, "file.not-fetched")
        else:
            request = request if is_large else replace(request, document=document)
            reply = await guarded(upload, request, self._app)
        await carry_out(bot, _destination(request), reply)

    async def _press(self, query: CallbackQuery, bot: Bot) -> None:
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
        _note(request, button.action, reply.refused)
        message_id = query.message.message_id if query.message else None
        await self._carry_out(request, reply, bot, message_id)

    async def _is_astray(self, query: CallbackQuery, request: Request) -> bool:
        """Whether nobody knows which topic of several the button stood in: its message is too old."""
        is_readable = query.message is not None and query.message.is_accessible
        if request.kind != "supergroup" or is_readable:
            return False
        return len(await self._app.chats.of(request.chat)) > 1

    async def _pressed(self, action: str, request: Request, bot: Bot) -> Reply:
        request = await spoken_to(request, self._app)
        request = await self._with_rights(action, request, bot)
        return await route(action, request, self._app)

    async def _inline(self, query: InlineQuery) -> None:
        own = await self._app.chats.get(query.from_user.id)
        found = await suggestions(
            query.query,
            self._app.articles,
            now=self._app.clock.now(),
            language=own.language if own else query.from_user.language_code or FALLBACK,
            zone=own.schedule.zone if own else "UTC",
            username=self._app.bot_username,
            known=await leads_in_digest(own, self._app) if own else NONE_KNOWN,
        )
        await show(query, found)

    async def _membership(self, change: ChatMemberUpdated, bot: Bot) -> None:
        event = membership_of(change, now=self._app.clock.now())
        event = replace(event, language=await language(self._app, change.from_user, event.user))
        if event.kind == "supergroup":
            await asyncio.sleep(GROWING)
        chat, reply = await membership(event, self._app)
        if event.chat in self._grown and not event.was_present:
            self._grown.discard(event.chat)
            return  # it was greeted when it was a group
        kind = event.kind if chat == event.chat else "private"
        await carry_out(bot, Destination(chat, kind), reply)

    async def _with_rights(
        self, name: str, request: Request, bot: Bot, sender_chat: int | None = None
    ) -> Request:
        """The request with what the person may do; Telegram is asked only where that matters."""
        chat, kind = request.chat, request.kind
        if request.target is not None:
            chat, kind = request.target, "channel"  # or a group: its rights are asked alike
        status = None
        may_ask = sender_chat is None and needs_rights(name, request.kind, request.target)
        if may_ask and await self._may_be_managed(request):
            status = await self._rights.status(bot, chat, request.user)
        may = may_configure(kind, chat=chat, sender_chat=sender_chat, status=status)
        return replace(request, may_configure=may, is_owner=request.user in self._app.owners)

    async def _may_be_managed(self, request: Request) -> bool:
        """Whether it is worth a question: of forged data Telegram is asked nothing."""
        if request.target is None or not request.data:
            return True
        managed = await self._app.chats.get(request.target, request.target_thread)
        return managed is not None and managed.owner == request.user

    def _was_seen(self, update_id: int) -> bool:
        if update_id in self._seen:
            return True
        self._seen[update_id] = None
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return False


async def _fetched(sent: SentDocument, bot: Bot) -> Document | None:
    """The file that somebody sent; None where Telegram does not hand it out."""
    try:
        held = await bot.get_file(sent.file_id)
        content = await held.download_as_bytearray()
    except TelegramError as error:
        log.warning("file not fetched", size=sent.file_size, reason=error.message)
        return None
    return Document(sent.file_name or "", bytes(content))


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
    """What came too late for a notice over the chat is written in it; a group is not bothered with that."""
    is_private = query.message is not None and query.message.chat.type == query.message.chat.PRIVATE
    if not is_private or not reply.notice or reply.messages:
        return reply
    return replace(reply, messages=say(escape(reply.notice)).messages)


def _grows(update: Update) -> bool:
    """Whether a group says that it becomes a supergroup, or this that it was one: a ban goes along."""
    message = update.message
    return bool(message and (message.migrate_to_chat_id or message.migrate_from_chat_id))


def _asks(update: Update, bot: Bot) -> bool:
    """Whether an update is a press, or words that are meant for us."""
    message = update.message
    if message is None:
        return update.callback_query is not None
    said = spoken(message.text, bot.username) if message.text else None
    return said is not None and (bool(said.command) or message.chat.type == message.chat.PRIVATE)


def _note(request: Request, action: str, reason: str) -> None:
    """One line for what was refused: forged, not allowed, or not to be had here."""
    if reason:
        log.info("refused", chat=request.chat, user=request.user, action=action, reason=reason)


def _destination(request: Request) -> Destination:
    return Destination(request.chat, request.kind, request.thread)
