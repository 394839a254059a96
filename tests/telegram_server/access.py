"""Where the bot may write, and as what. Raises Refusal in Telegram's words."""

from .entities import Json
from .errors import Refusal, bad_request, forbidden
from .state import GENERAL_TOPIC, Chat, Member, Message, World


def find_chat(world: World, chat_id: int | str) -> Chat:
    """The chat of a request; a migrated group is refused with its new id."""
    chat = world.chat(chat_id)
    if chat is None or (chat.person and not _has_met(world, chat)):
        raise bad_request("chat not found")
    if chat.migrated_to is not None:
        new = {"migrate_to_chat_id": chat.migrated_to}
        raise Refusal(400, "group chat was upgraded to a supergroup chat", new)
    return chat


def _has_met(world: World, chat: Chat) -> bool:
    return chat.id in world.users


def bot_in(world: World, chat: Chat) -> Member:
    """What the bot is in a chat."""
    return chat.member(world.bot)


def check_present(world: World, chat: Chat) -> None:
    """Refuse where the bot is not in the group or channel."""
    if chat.kind == "private":
        return
    if chat.is_gone:
        raise forbidden(f"the {chat.kind} chat was deleted")
    status = bot_in(world, chat).status
    if status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.kind} chat")
    if status == "left":
        raise forbidden(f"bot is not a member of the {chat.kind} chat")


def check_writable(world: World, chat: Chat, *, right: str = "can_send_messages") -> None:
    """Refuse where the bot may not send; ``right`` is what a restricted member needs."""
    if chat.kind == "private":
        _check_private(chat)
        return
    check_present(world, chat)
    me = bot_in(world, chat)
    if chat.kind == "channel":
        if not me.may("can_post_messages"):
            raise bad_request("need administrator rights in the channel chat")
        return
    granted = me.rights if me.status == "restricted" else chat.permissions
    if not me.is_administrator and right not in granted:
        what = {"can_send_documents": "documents", "can_send_photos": "photos"}
        raise bad_request(
            f"not enough rights to send {what.get(right, 'text messages')} to the chat"
        )


def _check_private(chat: Chat) -> None:
    person = chat.person
    if person and person.is_deactivated:
        raise forbidden("user is deactivated")
    if person and person.is_bot:
        raise forbidden("bot can't send messages to bots")
    if chat.is_blocked:
        raise forbidden("bot was blocked by the user")
    if not chat.is_started:
        raise forbidden("bot can't initiate conversation with a user")


def check_thread(world: World, chat: Chat, thread: int | None) -> int | None:
    """The topic to write in, None outside of topics.

    The General topic takes no id: 1 is refused, as Telegram does.
    """
    if thread is None:
        general = chat.topics.get(GENERAL_TOPIC)
        if general and general.is_closed and not _may_manage_topics(world, chat):
            raise bad_request("TOPIC_CLOSED")
        return None
    topic = chat.topics.get(thread)
    if thread == GENERAL_TOPIC or topic is None or topic.is_deleted:
        raise bad_request("message thread not found")
    if topic.is_closed and not _may_manage_topics(world, chat):
        raise bad_request("TOPIC_CLOSED")
    return thread


def _may_manage_topics(world: World, chat: Chat) -> bool:
    return bot_in(world, chat).may("can_manage_topics")


def find_message(chat: Chat, message_id: object, *, to: str) -> Message:
    """A message that is still there; ``to`` completes "message to ... not found"."""
    message = chat.messages.get(message_id) if isinstance(message_id, int) else None
    if message is None or message.is_deleted:
        raise bad_request(f"message to {to} not found")
    return message


def find_reply(chat: Chat, params: Json) -> Message | None:
    """The message that a request answers to."""
    asked = params.get("reply_parameters") or {}
    number = asked.get("message_id", params.get("reply_to_message_id"))
    if number is None:
        return None
    message = chat.messages.get(number)
    if message and not message.is_deleted:
        return message
    if asked.get("allow_sending_without_reply") or params.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")
