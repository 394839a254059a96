"""Tell those who can help, once, that no messages arrive in a chat or that a channel missed an edition."""

from collections.abc import Sequence

import structlog

from digest.errors import BotRefused, DeliveryError
from digest.model.chats import Chat, ChatKind
from digest.model.delivery import Addressee, Outgoing, Untold
from digest.model.digests import Health
from digest.model.messages import Message
from digest.ports import AlarmStore, ChatStore, Messenger

from .alarms import MISSED, unqueued
from .forum import topic_link
from .markup import escape
from .texts import Html, texts_of

log = structlog.get_logger(__name__)

_REASONS = (  # what Telegram's answer contains, and the key of our text
    ("topic_closed", "closed"),
    ("topic_deleted", "deleted"),
    ("message thread not found", "deleted"),
    ("message thread ignored", "deleted"),
)


class Troubles:
    """Tells whoever manages the chat, in private; if that fails, a forum in its General topic."""

    def __init__(self, *, chats: ChatStore, messenger: Messenger) -> None:
        self._chats = chats
        self._messenger = messenger

    async def __call__(self, part: Outgoing, reason: str) -> None:
        """Tell it, unless it has been told since the last message arrived. Private chats are not told."""
        if await self._chats.is_warned(part.chat, part.thread):
            return
        chat = await self._chats.get(part.chat, part.thread)
        if chat is None or chat.kind == "private":
            return
        if await self._tell_somebody(chat, explained(chat, reason), part):
            await self._chats.warn(part.chat, part.thread, warned=True)

    async def _tell_somebody(self, chat: Chat, message: Message, about: Outgoing) -> bool:
        """Whether anybody was told."""
        if chat.owner is not None and await self._send(chat.owner, "private", message, about):
            return True
        return bool(about.thread) and await self._send(about.chat, chat.kind, message, about)

    async def _send(self, chat: int, kind: ChatKind, message: Message, about: Outgoing) -> bool:
        """Whether the message was sent."""
        try:
            await self._messenger.send(unqueued(chat, message, kind))
        except BotRefused:
            raise
        except DeliveryError as error:
            log.warning("trouble not told", chat=chat, about=about.chat, reason=str(error))
            return False
        return True


class Missed:
    """Stores a message for whoever manages a channel: an edition did not appear, and why."""

    def __init__(self, *, chats: ChatStore, untold: AlarmStore) -> None:
        self._chats = chats
        self._untold = untold

    async def __call__(self, to: Sequence[Addressee], health: Health) -> None:
        """Store it as an alarm, which the process that speaks to Telegram sends."""
        for one in to:
            chat = await self._chats.get(one.chat, one.thread)
            if chat is not None and chat.owner is not None:
                counts = {"failing": health.failing, "all": health.sources}
                said = texts_of(chat)("channel.missed", title=chat.title, **counts)
                await self._untold.put(Untold(chat.owner, f"{MISSED} {chat.id}", said))


def explained(chat: Chat, reason: str) -> Message:
    """The message that says why nothing arrives, and what to do."""
    t = texts_of(chat)
    words = reason.casefold()
    if chat.kind == "channel" and "forbidden" in words:
        return Message(t("channel.removed", title=chat.title))
    key = next((key for phrase, key in _REASONS if phrase in words), "rights")
    return Message(t("group.refused", title=_title_of(chat), reason=t.label(f"refused-by.{key}")))


def _title_of(chat: Chat) -> str:
    """The chat's title; for a forum topic with a link to it, since a forum may have several subscriptions."""
    if not chat.thread:
        return chat.title
    return Html(f'<a href="{topic_link(chat)}">{escape(chat.title)}</a>')
