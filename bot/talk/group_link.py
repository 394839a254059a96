"""?start=g_<token>: the way from a group to its settings in a private chat; for one use, 15 minutes long.

The token names the subscription and is signed together with its version. Whoever uses it changes the
subscription, so it cannot be used again, and nothing of it has to be kept.
"""

import base64
import binascii
import hashlib
import hmac
import struct
from datetime import datetime, timedelta

from digest.model.chats import Chat

PREFIX = "g_"
GOOD_FOR = timedelta(minutes=15)

_NAMED = struct.Struct(">qII")  # chat, thread, the second in which it ends
_SIGNATURE = 16  # bytes


def group_link(secret: bytes, chat: Chat, *, now: datetime) -> str:
    """A start parameter of 45 characters by which an administrator may manage the chat in private."""
    named = _NAMED.pack(chat.id, chat.thread, int((now + GOOD_FOR).timestamp()))
    token = base64.urlsafe_b64encode(named + _signed(secret, named, chat.version))
    return PREFIX + token.decode().rstrip("=")


def group_named(words: str) -> tuple[int, int] | None:
    """The chat and thread that a start parameter names; nothing is proved by it."""
    token = _bytes(words)
    return None if token is None else _NAMED.unpack_from(token)[:2]


def is_group_link(words: str, secret: bytes, chat: Chat, *, now: datetime) -> bool:
    """Whether ``words`` is a link to this chat of ours that is still good."""
    token = _bytes(words)
    if token is None:
        return False
    named, signature = token[: _NAMED.size], token[_NAMED.size :]
    *place, end = _NAMED.unpack(named)
    is_ours = hmac.compare_digest(signature, _signed(secret, named, chat.version))
    return is_ours and place == [chat.id, chat.thread] and now.timestamp() < end


def _bytes(words: str) -> bytes | None:
    """What a parameter carries; None where it has not the form of one."""
    try:
        token = base64.urlsafe_b64decode(words.removeprefix(PREFIX).encode("ascii") + b"=")
    except (ValueError, binascii.Error):
        return None
    is_whole = words.startswith(PREFIX) and len(token) == _NAMED.size + _SIGNATURE
    return token if is_whole else None


def _signed(secret: bytes, named: bytes, version: int) -> bytes:
    message = b"group link " + named + b" %d" % version
    return hmac.new(secret, message, hashlib.sha256).digest()[:_SIGNATURE]
