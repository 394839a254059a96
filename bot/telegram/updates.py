"""What an update says: a command, a pressed button, a change of membership. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime

from telegram import (
    CallbackQuery,
    Chat,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Message,
    MessageEntity,
    Update,
    User,
)

from digest.model.chats import ChatKind

from ..commands.membership import Membership
from ..talk.callback import Callback
from ..talk.markup import harmless
from ..talk.request import Request
from ..talk.typed import address
from .messenger import thread_of

_KINDS: dict[str, ChatKind] = {
    Chat.PRIVATE: "private",
    Chat.GROUP: "group",
    Chat.SUPERGROUP: "supergroup",
    Chat.CHANNEL: "channel",
}
_COMMAND = re.compile(r"/(\w{1,32})(?:@(\w+))?(?:\s+(.*))?", re.DOTALL)
# A keyboard for Chinese or Japanese writes "／digest" and "０７：３０".
_NARROW = {0x3000: " "} | {wide: chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)}
_IN_TELEGRAM = re.compile(r"https?://(?:t|telegram)\.(?:me|dog|org)/", re.IGNORECASE)
_PRESENT = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text as a command and its words; without a command if it is none."""

    command: str
    words: str


def chat_of(update: object) -> int | None:
    """The chat that an update belongs to, within which updates must follow one another."""
    if not isinstance(update, Update) or update.effective_chat is None:
        return None
    return update.effective_chat.id


def may_ask(update: object) -> bool:
    """Whether somebody may want an answer: a press, a command, or anything written in private."""
    if not isinstance(update, Update):
        return False
    message = update.message or update.edited_message
    if message is None:
        return update.callback_query is not None
    return message.chat.type == Chat.PRIVATE or (message.text or "").startswith(("/", "／"))


def kind_of(chat: Chat) -> ChatKind:
    """The kind of a chat, in our words."""
    return _KINDS[chat.type]


def spoken(text: str, bot_username: str) -> Spoken | None:
    """What a text asks for; None if it is a command for another bot."""
    text = text.translate(_NARROW)
    found = _COMMAND.fullmatch(text)
    if found is None:
        return Spoken("", text.strip())
    name, addressee, words = found.groups(default="")
    if addressee and addressee.casefold() != bot_username.casefold():
        return None
    return Spoken(name.lower(), words.strip())


def typed(message: Message, words: str, *, now: datetime) -> Request:
    """A typed command or text; rights are added later if they are needed."""
    user = message.from_user
    return Request(
        chat=message.chat.id,
        kind=kind_of(message.chat),
        user=user.id if user else 0,
        now=now,
        thread=thread_of(message),
        title=message.chat.title or "",
        words=harmless(words),
        language=_language(user),
        anonymous=message.sender_chat is not None,
        replied=message.reply_to_message.message_id if message.reply_to_message else None,
        name=_name(user),
    )


def pressed(query: CallbackQuery, button: Callback, *, now: datetime) -> Request | None:
    """A pressed button; None if the chat of its message is not known any more."""
    if query.message is None:
        return None
    chat = query.message.chat
    message = query.message if isinstance(query.message, Message) else None
    return Request(
        chat=chat.id,
        kind=kind_of(chat),
        user=query.from_user.id,
        now=now,
        thread=thread_of(message) if message else 0,
        title=chat.title or "",
        language=_language(query.from_user),
        name=_name(query.from_user),
        data=button.data,
        shown=(message.text or "") if message else "",
        target=button.target,
        target_thread=button.thread,
    )


def hidden_link(message: Message) -> str | None:
    """The first web address behind words of a message that shows none; None if it leads into Telegram."""
    entities = message.entities or message.caption_entities
    if address(message.text or message.caption or ""):
        return None
    links = (one.url for one in entities if one.type == MessageEntity.TEXT_LINK and one.url)
    return next((url for url in links if address(url) and not _IN_TELEGRAM.match(url)), None)


def sender_chat(message: Message) -> int | None:
    """The chat in whose name a message is written, if that is no person."""
    return message.sender_chat.id if message.sender_chat else None


def membership(change: ChatMemberUpdated, *, now: datetime) -> Membership:
    """A change of the bot's own standing."""
    kind, new = kind_of(change.chat), change.new_chat_member
    return Membership(
        chat=change.chat.id,
        kind=kind,
        user=change.from_user.id,
        now=now,
        title=change.chat.title or "",
        language=_language(change.from_user),
        was_present=_is_present(kind, change.old_chat_member),
        is_present=_is_present(kind, new),
        may_post=_may_post(kind, new),
    )


def _is_present(kind: ChatKind, member: ChatMember) -> bool:
    if isinstance(member, ChatMemberRestricted):
        return member.is_member
    return member.status in (_PRESENT if kind != "channel" else (ChatMember.ADMINISTRATOR,))


def _may_post(kind: ChatKind, member: ChatMember) -> bool:
    if kind == "channel":
        return isinstance(member, ChatMemberAdministrator) and bool(member.can_post_messages)
    return not isinstance(member, ChatMemberRestricted) or member.can_send_messages


def _name(user: User | None) -> str:
    """As "Ada Lovelace (@ada)"."""
    if user is None:
        return ""
    return f"{user.full_name} (@{user.username})" if user.username else user.full_name


def _language(user: User | None) -> str:
    return (user.language_code if user else None) or "en"
