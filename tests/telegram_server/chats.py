"""Methods that ask about chats and their members, and about the bot itself."""

import json
from typing import TYPE_CHECKING

from .access import check_present, check_writable, find_chat
from .checks import check_commands
from .entities import Json, units
from .errors import bad_request
from .schema import Upload
from .state import Chat, Member, User

if TYPE_CHECKING:
    from .server import TelegramServer

DOWNLOAD_BYTES = 20 * 1024 * 1024
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
PROFILE_UNITS = {"name": 64, "description": 512, "short_description": 120}
SCOPES_OF = {  # what a person sees, the narrowest first; docs: Determining list of commands
    "private": ("chat", "all_private_chats", "default"),
    "member": ("chat_member", "chat", "all_group_chats", "default"),
    "administrator": (
        "chat_member",
        "chat_administrators",
        "chat",
        "all_chat_administrators",
        "all_group_chats",
        "default",
    ),
}


def get_me(server: "TelegramServer", params: Json) -> Json:
    flags = {
        "can_join_groups": True,
        "can_read_all_group_messages": not server.has_privacy,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }
    return {**server.world.bot.as_json(), **flags}


def get_chat(server: "TelegramServer", params: Json) -> Json:
    chat = find_chat(server.world, params["chat_id"])
    check_present(server.world, chat)
    pinned = [message for message in chat.visible() if message.is_pinned]
    shown: Json = {
        **chat.as_json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys((*GIFTS, "gifts_from_channels"), False),
    }
    if chat.kind in ("group", "supergroup"):
        shown["permissions"] = {name: True for name in sorted(chat.permissions)}
    if pinned:
        shown["pinned_message"] = pinned[-1].as_json()
    return shown


def get_chat_member(server: "TelegramServer", params: Json) -> Json:
    chat = find_chat(server.world, params["chat_id"])
    check_present(server.world, chat)
    user = _user(server, params["user_id"])
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if chat.kind == "channel" and not chat.member(server.world.bot).is_administrator:
        raise bad_request("member list is inaccessible")
    if chat.kind == "private":
        return Member(user).as_json("private")
    return chat.member(user).as_json(chat.kind)


def _user(server: "TelegramServer", user_id: int) -> User | None:
    bot = server.world.bot
    return bot if user_id == bot.id else server.world.users.get(user_id)


def get_chat_administrators(server: "TelegramServer", params: Json) -> list[Json]:
    chat = find_chat(server.world, params["chat_id"])
    check_present(server.world, chat)
    if chat.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    shown = (
        member
        for member in chat.members.values()
        if member.is_administrator and (not member.user.is_bot or member.user is server.world.bot)
    )
    return [member.as_json(chat.kind) for member in shown]


def get_chat_member_count(server: "TelegramServer", params: Json) -> int:
    chat = find_chat(server.world, params["chat_id"])
    check_present(server.world, chat)
    if chat.kind == "private":
        return 2
    return sum(1 for member in chat.members.values() if member.is_present)


def leave_chat(server: "TelegramServer", params: Json) -> bool:
    chat = find_chat(server.world, params["chat_id"])
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    check_present(server.world, chat)
    server.set_bot_member(chat, Member(server.world.bot, "left"), by=server.world.bot)
    return True


def set_my_commands(server: "TelegramServer", params: Json) -> bool:
    check_commands(params["commands"])
    server.commands[_menu(server, params)] = tuple(params["commands"])
    return True


def get_my_commands(server: "TelegramServer", params: Json) -> list[Json]:
    return list(server.commands.get(_menu(server, params), ()))


def delete_my_commands(server: "TelegramServer", params: Json) -> bool:
    server.commands.pop(_menu(server, params), None)
    return True


def _menu(server: "TelegramServer", params: Json) -> tuple[str, str]:
    scope = params.get("scope") or {"type": "default"}
    if "chat_id" in scope:
        check_writable(server.world, find_chat(server.world, scope["chat_id"]))
    language = params.get("language_code") or ""
    if language and not (len(language) == 2 and language.isalpha() and language.islower()):
        raise bad_request("LANGUAGE_CODE_INVALID")
    return scope_key(scope), language


def scope_key(scope: Json) -> str:
    """One spelling for one scope."""
    return json.dumps(scope, sort_keys=True)


def shown_commands(server: "TelegramServer", user: User, chat: Chat) -> tuple[Json, ...]:
    """The menu that a person sees in a chat, by Telegram's order of scopes and languages."""
    kind = "private"
    if chat.kind != "private":
        kind = "administrator" if chat.member(user).is_administrator else "member"
    for scope in SCOPES_OF[kind]:
        full: Json = {"type": scope}
        if scope in ("chat", "chat_administrators", "chat_member"):
            full["chat_id"] = chat.id
        if scope == "chat_member":
            full["user_id"] = user.id
        for language in (user.language_code or "", ""):
            if menu := server.commands.get((scope_key(full), language)):
                return menu
    return ()


def _set_profile(name: str, server: "TelegramServer", params: Json) -> bool:
    text = params.get(name) or ""
    if units(text) > PROFILE_UNITS[name]:
        raise bad_request(f"bot {name.replace('_', ' ')} is too long")
    server.profile[(name, params.get("language_code") or "")] = text
    return True


def _get_profile(name: str, server: "TelegramServer", params: Json) -> Json:
    language = params.get("language_code") or ""
    usual = server.profile.get((name, ""), server.world.bot.first_name if name == "name" else "")
    return {name: server.profile.get((name, language), usual)}


def get_file(server: "TelegramServer", params: Json) -> Json:
    file_id = params["file_id"]
    file = server.world.files.get(file_id)
    if file is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if len(file.data) > DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {
        "file_id": file_id,
        "file_unique_id": f"unique-{file_id}",
        "file_size": len(file.data),
        "file_path": f"documents/{file_id}/{file.name}",
    }


def find_download(server: "TelegramServer", path: str) -> Upload | None:
    """The file behind a file_path."""
    parts = path.split("/")
    return server.world.files.get(parts[1]) if len(parts) == 3 else None


CHATS = {
    "getMe": get_me,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": lambda server, params: _set_profile("name", server, params),
    "getMyName": lambda server, params: _get_profile("name", server, params),
    "setMyDescription": lambda server, params: _set_profile("description", server, params),
    "getMyDescription": lambda server, params: _get_profile("description", server, params),
    "setMyShortDescription": lambda server, params: _set_profile(
        "short_description", server, params
    ),
    "getMyShortDescription": lambda server, params: _get_profile(
        "short_description", server, params
    ),
    "getFile": get_file,
}
