"""/deletemydata and /unlink: ask for confirmation, then delete the rows for good."""

from digest.model.chats import Chat

from ..talk import keyboards
from ..talk.access import alias
from ..talk.app import App
from ..talk.callback import arguments
from ..talk.request import Reply, Request, say
from ..talk.subscriptions import NotSubscribed, subscription
from ..talk.texts import texts_of
from ..talk.typed import echoed


async def deletemydata(request: Request, app: App) -> Reply:
    """The question; after a "yes" every row about the chat is deleted, and about channels managed from it.

    The count of recent letters stays, under an alias: else deleting would lift the limit of three a day.
    """
    if request.target is not None:
        return await unlink(request, app)
    chat, channels = await _held(request, app)
    if arguments(request.data) == ("yes",):
        await app.people.forget(chat.id, alias=alias(app.secret, chat.id), now=request.now)
        for one in (*channels, chat):
            await app.chats.delete(one.id)
        return _done(chat)
    return _question(chat, request, channels, action="deletemydata")


async def unlink(request: Request, app: App) -> Reply:
    """The question; after a "yes" this subscription is deleted, other forum topics keep theirs."""
    chat = await subscription(request, app)
    if arguments(request.data) == ("yes",):
        await app.chats.delete(chat.id, chat.thread)
        return _done(chat, others=bool(await app.chats.of(chat.id)))
    action = "deletemydata" if request.target is not None else "unlink"  # /unlink is for groups
    others = len(await app.chats.of(chat.id)) > 1
    return _question(chat, request, (), action=action, others=others)


async def _held(request: Request, app: App) -> tuple[Chat, tuple[Chat, ...]]:
    """The chat, and the channels that the person manages and still administers.

    Groups go on without the person, and so do channels that they administer no more. Without a digest of
    their own the chat is an empty one. Raises NotSubscribed if they manage nothing either.
    """
    managed = await app.chats.owned_by(request.user) if request.kind == "private" else ()
    own = [one for one in managed if one.kind == "channel"]
    channels = tuple([one for one in own if await app.administers(one.id, request.user)])
    try:
        return await subscription(request, app), channels
    except NotSubscribed:
        if not managed:
            raise
        return Chat(id=request.chat, language=managed[0].language), channels


def _question(
    chat: Chat, request: Request, channels: tuple[Chat, ...], *, action: str, others: bool = False
) -> Reply:
    t = texts_of(chat)
    question = t(_question_key(chat, request, others=others), title=echoed(chat.title))
    if channels:
        names = ", ".join(echoed(channel.title) or str(channel.id) for channel in channels)
        question = t("delete.ask-channels", question=question, names=names)
    return say(question, keyboards.confirm_deletion(chat, t, action), edits=bool(request.data))


def _question_key(chat: Chat, request: Request, *, others: bool) -> str:
    """The text key of the question; it warns if the digest belongs to another forum topic than this one."""
    if chat.kind == "private":
        return "delete.ask"
    if not request.is_from_afar and request.thread != chat.thread:
        return "delete.ask-elsewhere"
    return "delete.ask-topic" if others and not request.is_from_afar else "delete.ask-chat"


def _done(chat: Chat, *, others: bool = False) -> Reply:
    key = "delete.done" if chat.kind == "private" else "delete.done-chat"
    key = "delete.done-topic" if others else key
    return say(texts_of(chat)(key), edits=True)
