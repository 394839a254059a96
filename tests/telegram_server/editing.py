"""Methods on messages that are there, and answers to presses and inline queries."""

from typing import TYPE_CHECKING, TypeVar

from .access import bot_in, check_present, check_writable, find_chat, find_message
from .checks import ALERT_UNITS, check_inline_results, read_keyboard, read_text
from .entities import Json, units
from .errors import bad_request
from .state import Chat, Message

if TYPE_CHECKING:
    from .people import InlineQuery, Press
    from .server import TelegramServer

DELETABLE_SECONDS = 48 * 3600
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
_Query = TypeVar("_Query", "Press", "InlineQuery")
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


def edit_message_text(server: "TelegramServer", params: Json) -> Json:
    message = _editable(server, params)
    if message.media:
        raise bad_request("there is no text in the message to edit")
    words = read_text(params)
    keyboard = read_keyboard(params.get("reply_markup"))
    if (*words, keyboard) == (message.text, message.entities, message.keyboard):
        raise bad_request(SAME)
    message.text, message.entities = words
    message.source = params["text"]
    return _edited(server, message, keyboard)


def edit_message_caption(server: "TelegramServer", params: Json) -> Json:
    message = _editable(server, params)
    if not message.media:
        raise bad_request("there is no caption in the message to edit")
    words = read_text(params, caption=True)
    keyboard = read_keyboard(params.get("reply_markup"))
    if (*words, keyboard) == (message.text, message.entities, message.keyboard):
        raise bad_request(SAME)
    message.text, message.entities = words
    return _edited(server, message, keyboard)


def edit_message_reply_markup(server: "TelegramServer", params: Json) -> Json:
    message = _editable(server, params)
    keyboard = read_keyboard(params.get("reply_markup"))
    if keyboard == message.keyboard:
        raise bad_request(SAME)
    return _edited(server, message, keyboard)


def _editable(server: "TelegramServer", params: Json) -> Message:
    if "chat_id" not in params or "message_id" not in params:
        raise bad_request(
            "MESSAGE_ID_INVALID" if "inline_message_id" in params else "chat not found"
        )
    chat = find_chat(server.world, params["chat_id"])
    check_present(server.world, chat)
    message = find_message(chat, params["message_id"], to="edit")
    if chat.kind == "private":
        check_writable(server.world, chat)
    if not _is_own(server, message) or message.service or message.origin:
        raise bad_request("message can't be edited")
    return message


def _is_own(server: "TelegramServer", message: Message) -> bool:
    """Whether the bot wrote it, or may edit what stands in the channel."""
    in_channel = message.chat.kind == "channel"
    return message.by_bot or (in_channel and _may(server, message.chat, "can_edit_messages"))


def _may(server: "TelegramServer", chat: Chat, right: str) -> bool:
    return bot_in(server.world, chat).may(right)


def _edited(
    server: "TelegramServer", message: Message, keyboard: tuple[tuple[Json, ...], ...]
) -> Json:
    message.keyboard = keyboard
    message.edited_at = int(server.now())
    return message.as_json()


def delete_message(server: "TelegramServer", params: Json) -> bool:
    chat = find_chat(server.world, params["chat_id"])
    check_present(server.world, chat)
    message = find_message(chat, params["message_id"], to="delete")
    old = server.now() - message.date > DELETABLE_SECONDS
    if not _may_delete(server, chat, message) or (old and chat.kind == "private"):
        raise bad_request("message can't be deleted for everyone")
    message.is_deleted = True
    return True


def _may_delete(server: "TelegramServer", chat: Chat, message: Message) -> bool:
    if chat.kind == "private" or _may(server, chat, "can_delete_messages"):
        return True
    return message.by_bot and (chat.kind != "channel" or _may(server, chat, "can_post_messages"))


def pin_chat_message(server: "TelegramServer", params: Json) -> bool:
    chat = find_chat(server.world, params["chat_id"])
    check_writable(server.world, chat)
    message = find_message(chat, params["message_id"], to="pin")
    right = "can_edit_messages" if chat.kind == "channel" else "can_pin_messages"
    if chat.kind != "private" and not _may(server, chat, right):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    message.is_pinned = True
    return True


def unpin_chat_message(server: "TelegramServer", params: Json) -> bool:
    chat = find_chat(server.world, params["chat_id"])
    check_writable(server.world, chat)
    if "message_id" in params:
        find_message(chat, params["message_id"], to="unpin").is_pinned = False
        return True
    pinned = [message for message in chat.visible() if message.is_pinned]
    for message in pinned[-1:]:
        message.is_pinned = False
    return True


def answer_callback_query(server: "TelegramServer", params: Json) -> bool:
    query = _waiting(server, server.presses.get(params["callback_query_id"]))
    text = params.get("text") or ""
    if units(text) > ALERT_UNITS:
        raise bad_request("MESSAGE_TOO_LONG")
    if params.get("url"):
        raise bad_request("URL_INVALID")
    query.text, query.is_alert = text, bool(params.get("show_alert"))
    query.is_answered = True
    return True


def answer_inline_query(server: "TelegramServer", params: Json) -> bool:
    query = _waiting(server, server.inline_queries.get(params["inline_query_id"]))
    check_inline_results(params["results"])
    query.results = tuple(params["results"])
    query.is_answered = True
    return True


def _waiting(server: "TelegramServer", query: _Query | None) -> _Query:
    """The query, if Telegram still waits for its answer."""
    late = query is not None and server.now() - query.at > server.query_seconds
    if query is None or query.is_answered or late:
        raise bad_request(TOO_OLD)
    return query


EDITING = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}
