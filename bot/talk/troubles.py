"""Telling those who can help, once, that nothing arrives in a chat."""

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

_REASONS = (  # Telegram's words, and what they mean
    ("topic_closed", "closed"),
    ("topic_deleted", "deleted"),
    ("message thread not found", "deleted"),
    ("message thread ignored", "deleted"),
)


class Troubles:
    """Tells who manages a chat in private; where nobody is known, the group in its General topic."""

    def __init__(self, *, chats: ChatStore, messenger: Messenger) -> None:
        self._chats = chats
        self._messenger = messenger

    async def __call__(self, part: Outgoing, reason: str) -> None:
        """Tell it, unless it has been told since the last message arrived."""
        if await self._chats.is_warned(part.chat, part.thread):
            return
        chat = await self._chats.get(part.chat, part.thread)
        if chat is None or chat.kind == "private":
            return
        if await self._told(chat, explained(chat, reason), part):
            await self._chats.warn(part.chat, part.thread, warned=True)

    async def _told(self, chat: Chat, message: Message, about: Outgoing) -> bool:
        """Whether somebody was."""
        if chat.owner is not None and await self._tell(chat.owner, "private", message, about):
            return True
        return bool(about.thread) and await self._tell(about.chat, chat.kind, message, about)

    async def _tell(self, chat: int, kind: ChatKind, message: Message, about: Outgoing) -> bool:
        """Whether it was said."""
        try:
            await self._messenger.send(unqueued(chat, message, kind))
        except BotRefused:
            raise
        except DeliveryError as error:
            log.warning("trouble not told", chat=chat, about=about.chat, reason=str(error))
            return False
        return True


class Missed:
    """Has who manages a channel told that an edition did not appear, and why."""

    def __init__(self, *, chats: ChatStore, untold: AlarmStore) -> None:
        self._chats = chats
        self._untold = untold

    async def __call__(self, to: Sequence[Addressee], health: Health) -> None:
        """Keep it to be told by whichever process reaches Telegram."""
        for one in to:
            chat = await self._chats.get(one.chat, one.thread)
            if chat is not None and chat.owner is not None:
                counts = {"failing": health.failing, "all": health.sources}
                said = texts_of(chat)("channel.missed", title=chat.title, **counts)
                await self._untold.put(Untold(chat.owner, f"{MISSED} {chat.id}", said))


def explained(chat: Chat, reason: str) -> Message:
    """Why nothing arrives, and what to do."""
    t = texts_of(chat)
    words = reason.casefold()
    if chat.kind == "channel" and "forbidden" in words:
        return Message(t("channel.removed", title=chat.title))
    key = next((key for phrase, key in _REASONS if phrase in words), "rights")
    return Message(t("group.refused", title=_named(chat), reason=t.label(f"refused-by.{key}")))


def _named(chat: Chat) -> str:
    """The chat's name, which opens the topic where it is about one: a forum may have several."""
    if not chat.thread:
        return chat.title
    return Html(f'<a href="{topic_link(chat)}">{escape(chat.title)}</a>')
