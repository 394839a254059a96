"""?start=g_<token>: a link from a group to its settings in a private chat, for one use in 15 minutes. Pure.

The token names the subscription and is signed together with its version. Using it changes the subscription,
and so the version: it cannot be used again, and nothing has to be stored.
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

_PAYLOAD = struct.Struct(">qII")  # chat, thread, expiry as a Unix timestamp
_SIGNATURE_SIZE = 16  # bytes


def group_link(secret: bytes, chat: Chat, *, now: datetime) -> str:
    """A start parameter of 45 characters that lets an administrator manage the chat in private."""
    payload = _PAYLOAD.pack(chat.id, chat.thread, int((now + GOOD_FOR).timestamp()))
    token = base64.urlsafe_b64encode(payload + _signature(secret, payload, chat.version))
    return PREFIX + token.decode().rstrip("=")


def group_named(words: str) -> tuple[int, int] | None:
    """The chat and thread in a start parameter; None if it is malformed. The signature is not checked."""
    token = _decoded(words)
    return None if token is None else _PAYLOAD.unpack_from(token)[:2]


def is_group_link(words: str, secret: bytes, chat: Chat, *, now: datetime) -> bool:
    """Whether ``words`` are a link to this chat, signed by us, neither used nor expired."""
    token = _decoded(words)
    if token is None:
        return False
    payload, signature = token[: _PAYLOAD.size], token[_PAYLOAD.size :]
    *place, end = _PAYLOAD.unpack(payload)
    is_ours = hmac.compare_digest(signature, _signature(secret, payload, chat.version))
    return is_ours and place == [chat.id, chat.thread] and now.timestamp() < end


def _decoded(words: str) -> bytes | None:
    """The decoded token of a start parameter; None if it is malformed."""
    try:
        token = base64.urlsafe_b64decode(words.removeprefix(PREFIX).encode("ascii") + b"=")
    except (ValueError, binascii.Error):
        return None
    is_whole = words.startswith(PREFIX) and len(token) == _PAYLOAD.size + _SIGNATURE_SIZE
    return token if is_whole else None


def _signature(secret: bytes, payload: bytes, version: int) -> bytes:
    message = b"group link " + payload + b" %d" % version
    return hmac.new(secret, message, hashlib.sha256).digest()[:_SIGNATURE_SIZE]
