"""Makes Telegram's answers readable for the library, whichever server they come from.

The library requires each field that the newest Bot API has. If one is missing, it reads none of the updates
that came together, and fetches them again, at once and for ever. So an update that cannot be read is passed
on as an empty one, and fields of a member's standing that an older server does not know are added.
"""

from collections.abc import Mapping
from inspect import signature
from typing import Any

import structlog
from telegram import (
    Bot,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberBanned,
    ChatMemberOwner,
    ChatMemberRestricted,
    Update,
)
from telegram.error import NetworkError

log = structlog.get_logger(__name__)

Json = dict[str, Any]

# As the library says it; the last of a date beyond all calendars.
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, OverflowError)
_STANDINGS: Mapping[str, type[ChatMember]] = {
    ChatMember.OWNER: ChatMemberOwner,
    ChatMember.ADMINISTRATOR: ChatMemberAdministrator,
    ChatMember.RESTRICTED: ChatMemberRestricted,
    ChatMember.BANNED: ChatMemberBanned,
}
_BESIDE_RIGHTS = ("is_member", "is_anonymous", "until_date")
_ABOUT_MEMBERS = ("my_chat_member", "chat_member")
_LEFT_OUT = {"callback_query": {"chat_instance": ""}, "inline_query": {"offset": ""}}


def updates(answer: object, bot: Bot) -> list[Json]:
    """Updates that can be read, each with its number. Raises NetworkError if a number is missing."""
    if not isinstance(answer, list) or not all(_is_numbered(one) for one in answer):
        raise NetworkError("an answer without updates")
    return [_readable(one, bot) for one in answer]


def update(data: Json) -> Json:
    """An update with the fields that the library requires."""
    whole = dict(data)
    for kind, left_out in _LEFT_OUT.items():
        if isinstance(data.get(kind), dict):
            whole[kind] = left_out | data[kind]
    for kind in _ABOUT_MEMBERS:
        if isinstance(change := data.get(kind), dict):
            whole[kind] = change | {
                name: member(change[name])
                for name in ("old_chat_member", "new_chat_member")
                if name in change
            }
    return whole


def member(data: Any) -> Any:
    """A member's standing; a right that the server does not mention is not given."""
    kind = _STANDINGS.get(data.get("status", "")) if isinstance(data, dict) else None
    if kind is None:
        return data
    asked = {
        name: name == "is_member"  # one who is restricted, and of whom nobody says that they left
        for name in signature(kind).parameters
        if name.startswith("can_") or name in _BESIDE_RIGHTS
    }
    return asked | data


def _is_numbered(one: object) -> bool:
    return isinstance(one, dict) and isinstance(one.get("update_id"), int)


def _readable(data: Json, bot: Bot) -> Json:
    whole = update(data)
    try:
        Update.de_json(whole, bot)
    except UNREADABLE as error:
        log.warning("update not understood", update=data["update_id"], reason=repr(error))
        return {"update_id": data["update_id"]}
    return whole
