"""Who may configure which chat, and who may subscribe at all."""

import hashlib
import hmac
from datetime import datetime
from typing import Literal

from digest.model.chats import Chat, ChatKind

Access = Literal["open", "invite", "list"]

ADMINISTRATORS = ("creator", "administrator")  # Telegram Bot API, ChatMember.status
INVITATION_PREFIX = "i_"
INVITATION_DAYS = 7
_ABOVE_CHATS = 2**62  # ids have at most 52 bits (Telegram Bot API, Chat.id)


def may_configure(
    kind: ChatKind, *, chat: int, sender_chat: int | None, status: str | None
) -> bool:
    """Whether somebody may change the settings of a chat.

    ``sender_chat`` is the chat in whose name the message was sent: an anonymous administrator writes as the
    group itself, a channel's post in its discussion group as another chat. ``status`` is ChatMember.status;
    None if Telegram was not asked or there is no such member.
    """
    if kind == "private":
        return True
    if sender_chat is not None:
        return sender_chat == chat
    return status in ADMINISTRATORS


def may_manage(chat: Chat, *, user: int, may_configure: bool) -> bool:
    """Whether a person may manage a channel or group in private: they set it up and still administer it."""
    return chat.owner == user and may_configure


def may_subscribe(mode: Access, *, is_owner: bool, is_known: bool, is_invited: bool) -> bool:
    """Whether a new subscription may be made.

    ``is_known`` says that the person has a subscription already (in mode "list" the operator
    imports them), ``is_invited`` that they came with a valid invitation.
    """
    if mode == "open" or is_owner or is_known:
        return True
    return mode == "invite" and is_invited


def invitation(secret: bytes, *, now: datetime) -> str:
    """A signed start parameter that lets anybody subscribe for the next seven days."""
    return _signed(secret, _day(now) + INVITATION_DAYS)


def is_invitation(words: str, secret: bytes, *, now: datetime) -> bool:
    """Whether ``words`` are an invitation that was signed with ``secret`` and has not expired."""
    today = _day(now)
    days = range(today, today + INVITATION_DAYS + 1)
    return any(hmac.compare_digest(words.encode(), _signed(secret, day).encode()) for day in days)


def alias(secret: bytes, chat: int) -> int:
    """A pseudonym for a chat: always the same number, no chat's id, meaningless without the secret."""
    signature = hmac.new(secret, f"alias of {chat}".encode(), hashlib.sha256).digest()
    return _ABOVE_CHATS | int.from_bytes(signature[:7], "big")


def _signed(secret: bytes, day: int) -> str:
    signature = hmac.new(secret, f"invitation until {day}".encode(), hashlib.sha256)
    return INVITATION_PREFIX + signature.hexdigest()[:32]


def _day(now: datetime) -> int:
    return now.toordinal()
