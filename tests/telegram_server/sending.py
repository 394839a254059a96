"""Methods that put a message into a chat."""

import struct
from typing import TYPE_CHECKING

from .access import check_thread, check_writable, find_chat, find_message, find_reply
from .checks import Text, read_keyboard, read_text
from .entities import Json
from .errors import Refusal, bad_request
from .schema import Upload
from .state import Chat, Message

if TYPE_CHECKING:
    from .server import TelegramServer

UPLOAD_BYTES = 50 * 1024 * 1024
PHOTO_BYTES = 10 * 1024 * 1024
PHOTO_SIDES = 10_000  # width and height together; Telegram Bot API, sendPhoto
PHOTO_RATIO = 20
PNG = b"\x89PNG\r\n\x1a\n"
FROM_THE_WEB = b"from the web"
ACTIONS = (
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
)


def send_message(server: "TelegramServer", params: Json) -> Json:
    chat = find_chat(server.world, params["chat_id"])
    words = read_text(params)
    message = _place(server, chat, params, words, right="can_send_messages")
    message.source = params["text"]
    message.has_preview = not (params.get("link_preview_options") or {}).get("is_disabled", False)
    return message.as_json()


def send_document(server: "TelegramServer", params: Json) -> Json:
    chat = find_chat(server.world, params["chat_id"])
    file_id, file = _file(server, params["document"], UPLOAD_BYTES)
    media = {
        "document": {
            "file_id": file_id,
            "file_unique_id": f"unique-{file_id}",
            "file_name": file.name,
            "mime_type": file.mime,
            "file_size": len(file.data),
        }
    }
    return _send_media(server, chat, params, media, "can_send_documents")


def send_photo(server: "TelegramServer", params: Json) -> Json:
    chat = find_chat(server.world, params["chat_id"])
    file_id, file = _file(server, params["photo"], PHOTO_BYTES)
    width, height = _measured(file.data)
    size = {"width": width, "height": height, "file_size": len(file.data)}
    media = {"photo": [{"file_id": file_id, "file_unique_id": f"unique-{file_id}", **size}]}
    return _send_media(server, chat, params, media, "can_send_photos")


def _measured(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG; what is no picture, or out of bounds, is refused as by Telegram."""
    if data == FROM_THE_WEB:
        return 800, 600
    if not data.startswith(PNG) or len(data) < 24:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = struct.unpack(">II", data[16:24])
    longer, shorter = max(width, height), min(width, height)
    if not shorter or width + height > PHOTO_SIDES or longer > PHOTO_RATIO * shorter:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def copy_message(server: "TelegramServer", params: Json) -> Json:
    source = find_message(
        find_chat(server.world, params["from_chat_id"]), params["message_id"], to="copy"
    )
    if source.service:
        raise bad_request("message can't be copied")
    words = (source.text, source.entities)
    if "caption" in params and source.media:
        words = read_text(params, caption=True)
    chat = find_chat(server.world, params["chat_id"])
    message = _place(server, chat, params, words, right="can_send_messages")
    message.media, message.source = source.media, source.source
    return {"message_id": message.id}


def forward_message(server: "TelegramServer", params: Json) -> Json:
    source = find_message(
        find_chat(server.world, params["from_chat_id"]), params["message_id"], to="forward"
    )
    if source.service:
        raise bad_request("message can't be forwarded")
    chat = find_chat(server.world, params["chat_id"])
    message = _place(
        server, chat, params, (source.text, source.entities), right="can_send_messages"
    )
    message.media, message.source = source.media, source.source
    message.origin = _origin(source)
    return message.as_json()


def _origin(source: Message) -> Json:
    if source.chat.kind == "channel":
        shown = {"chat": source.chat.as_json(), "message_id": source.id}
        return {"type": "channel", "date": source.date, **shown}
    if source.sender_chat or not source.sender:
        shown = {"sender_chat": (source.sender_chat or source.chat).as_json()}
        return {"type": "chat", "date": source.date, **shown}
    return {"type": "user", "date": source.date, "sender_user": source.sender.as_json()}


def send_chat_action(server: "TelegramServer", params: Json) -> bool:
    chat = find_chat(server.world, params["chat_id"])
    if params["action"] not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    check_writable(server.world, chat)
    thread = params.get("message_thread_id")
    if thread is not None:
        check_thread(server.world, chat, thread)
    return True


def _send_media(
    server: "TelegramServer", chat: Chat, params: Json, media: Json, right: str
) -> Json:
    words = read_text(params, caption=True)
    message = _place(server, chat, params, words, right=right)
    message.media, message.source = media, params.get("caption") or ""
    return message.as_json()


def _file(server: "TelegramServer", given: object, limit: int) -> tuple[str, Upload]:
    """The file of a request: uploaded now, or named by file_id or address."""
    if isinstance(given, Upload):
        if not given.data:
            raise bad_request("file must be non-empty")
        if len(given.data) > limit:
            raise Refusal(413)
        return server.world.keep(given), given
    name = str(given)
    if name in server.world.files:
        return name, server.world.files[name]
    if name.startswith(("http://", "https://")):
        file = Upload(name.rsplit("/", 1)[-1], FROM_THE_WEB)
        return server.world.keep(file), file
    raise bad_request("wrong file identifier/HTTP URL specified")


def _place(
    server: "TelegramServer", chat: Chat, params: Json, words: Text, *, right: str
) -> Message:
    """Check the place and put the message there."""
    check_writable(server.world, chat, right=right)
    thread = check_thread(server.world, chat, params.get("message_thread_id"))
    reply = find_reply(chat, params)
    markup = params.get("reply_markup")
    keyboard = read_keyboard(markup)
    if markup and "inline_keyboard" not in markup and chat.kind == "channel":
        raise bad_request("inline keyboard expected")
    server.count_sending(chat, paid=bool(params.get("allow_paid_broadcast")))
    message = server.post(chat, server.world.bot, words, thread=thread, reply_to=reply)
    message.keyboard = keyboard
    message.reply_markup = None if keyboard else markup
    message.is_silent = bool(params.get("disable_notification"))
    if reply and thread is None and chat.is_forum:
        message.thread_id = reply.thread_id
    return message


SENDING = {
    "sendMessage": send_message,
    "sendDocument": send_document,
    "sendPhoto": send_photo,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
    "sendChatAction": send_chat_action,
}
