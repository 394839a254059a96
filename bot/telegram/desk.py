"""Where updates come in, and the edge that catches what nobody expected."""

import asyncio
from collections import OrderedDict
from dataclasses import replace
from typing import Any

from telegram import ChatMemberUpdated, InlineQuery, Update
from telegram.ext import CallbackContext

from ..commands.last_digest import leads_in_digest
from ..commands.membership import membership
from ..pages.inline import NONE_KNOWN, suggestions
from ..talk.app import App
from ..talk.texts import FALLBACK
from .apologies import apologise, language, tell
from .clerk import Clerk
from .inline import Newest, show
from .messages import Messages
from .messenger import Bot
from .presses import Presses
from .replies import Destination, acknowledge, carry_out
from .rights import Rights
from .updates import membership as membership_of
from .updates import spoken

REMEMBERED = 10_000  # update ids; Telegram repeats the last 100 at most
GROWING = 0.02  # seconds; a group that becomes a supergroup joins it right before it says so

Context = CallbackContext[Bot, Any, Any, Any]


class Desk:
    """Where updates come in."""

    def __init__(self, app: App, rights: Rights) -> None:
        self._app = app
        self._seen: OrderedDict[int, None] = OrderedDict()
        clerk = Clerk(app, rights)
        self._messages, self._presses = Messages(app, clerk), Presses(app, clerk)
        self._newest = Newest(self._inline)

    async def handle(self, update: Update, context: Context) -> None:
        """Answer an update, once. After a crash Telegram sends those again that were not confirmed."""
        if self._was_seen(update.update_id) or await self._app.updates.is_known(update.update_id):
            return
        try:
            await self._answer(update, context.bot)
        finally:
            if update.callback_query is not None:
                self._presses.done(update.callback_query)
            await self._app.updates.handled(update.update_id, now=self._app.clock.now())

    def soothe(self, update: object) -> None:
        """Stop the waiting sign of a press whose turn has not come yet."""
        if isinstance(update, Update) and update.callback_query is not None:
            self._presses.soothe(update.callback_query)

    async def apologise(self, update: object, context: Context) -> None:
        """Log what nobody expected and tell the person, as ``apologies`` says."""
        await apologise(self._app, update, context.error, context.bot)

    async def _answer(self, update: Update, bot: Bot) -> None:
        if not _grows(update) and await self._turned_away(update, bot):
            return
        if update.callback_query is not None:
            await self._presses.answer(update.callback_query, bot)
        elif update.my_chat_member is not None:
            await self._membership(update.my_chat_member, bot)
        elif update.message is not None:
            await self._messages.answer(update.message, bot)
        elif update.edited_message is not None:
            await self._messages.answer_anew(update.edited_message, bot)
        elif update.inline_query is not None:
            await self._newest(update.inline_query)

    async def _turned_away(self, update: Update, bot: Bot) -> bool:
        """Whether the person or the chat is banned; they are told once, when they ask for something."""
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
        if not event.was_present and self._messages.was_group(event.chat):
            return  # it was greeted then
        kind = event.kind if chat == event.chat else "private"
        await carry_out(bot, Destination(chat, kind), reply)

    def _was_seen(self, update_id: int) -> bool:
        if update_id in self._seen:
            return True
        self._seen[update_id] = None
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return False


def _grows(update: Update) -> bool:
    """Whether it announces that a group became a supergroup: a ban goes along."""
    message = update.message
    return bool(message and (message.migrate_to_chat_id or message.migrate_from_chat_id))


def _asks(update: Update, bot: Bot) -> bool:
    """Whether an update is a press, or words meant for us."""
    message = update.message
    if message is None:
        return update.callback_query is not None
    said = spoken(message.text, bot.username) if message.text else None
    return said is not None and (bool(said.command) or message.chat.type == message.chat.PRIVATE)
