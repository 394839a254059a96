"""/deletemydata, /unlink in a group: asks, then really deletes."""

from digest.model import Chat

from .. import keyboards
from ..app import App
from ..callback import arguments
from ..request import Reply, Request, say
from ..subscriptions import subscription
from ..texts import texts


async def deletemydata(request: Request, app: App) -> Reply:
    """The question; once it is answered, every row about the chat is gone."""
    chat = await subscription(request, app)
    t = texts(chat.language)
    channels = await app.chats.owned_by(chat.id) if chat.kind == "private" else ()
    if arguments(request.data) == ("yes",):
        return await _delete(chat, channels, app)
    key = "delete.ask" if chat.kind == "private" else "delete.ask-chat"
    question = t(key, title=chat.title)
    if channels:
        names = ", ".join(channel.title or str(channel.id) for channel in channels)
        question = t("delete.ask-channels", question=question, names=names)
    return say(question, keyboards.confirm_deletion(chat, t), edits=bool(request.data))


async def _delete(chat: Chat, channels: tuple[Chat, ...], app: App) -> Reply:
    for channel in channels:
        await app.chats.delete(channel.id)
    await app.chats.delete(chat.id)
    key = "delete.done" if chat.kind == "private" else "delete.done-chat"
    return say(texts(chat.language)(key), edits=True)
