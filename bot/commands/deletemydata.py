"""/deletemydata, /unlink in a group: asks, then really deletes."""

from digest.model import Chat

from .. import keyboards
from ..app import App
from ..callback import arguments
from ..request import Reply, Request, say
from ..subscriptions import NotSubscribed, subscription
from ..texts import texts


async def deletemydata(request: Request, app: App) -> Reply:
    """The question; once it is answered, every row about the chat is gone, and of channels managed here."""
    chat, channels = await _held(request, app)
    if arguments(request.data) == ("yes",):
        return await _delete(chat, channels, app)
    t = texts(chat.language)
    is_own = request.kind == "private" and request.target is None
    question = t("delete.ask") if is_own else t("delete.ask-chat", title=chat.title)
    if channels:
        names = ", ".join(channel.title or str(channel.id) for channel in channels)
        question = t("delete.ask-channels", question=question, names=names)
    return say(question, keyboards.confirm_deletion(chat, t), edits=bool(request.data))


async def _held(request: Request, app: App) -> tuple[Chat, tuple[Chat, ...]]:
    """The chat, and the channels that a person manages; who only manages channels has data too."""
    is_own = request.kind == "private" and request.target is None
    channels = await app.chats.owned_by(request.user) if is_own else ()
    try:
        return await subscription(request, app), channels
    except NotSubscribed:
        if not channels:
            raise
        return Chat(id=request.chat, language=channels[0].language), channels


async def _delete(chat: Chat, channels: tuple[Chat, ...], app: App) -> Reply:
    for one in (*channels, chat):
        await app.chats.delete(one.id)
    key = "delete.done" if chat.kind == "private" else "delete.done-chat"
    return say(texts(chat.language)(key), edits=True)
