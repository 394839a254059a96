"""Commands in a forum topic that has no digest, in a group whose digest goes to another topic.

/setup there offers to move the digest here or to set up one more. Other commands are about the group's
digest, and their reply says so.
"""

from dataclasses import replace

from digest.errors import Conflict
from digest.model.chats import Chat
from digest.model.messages import Message

from ..talk import labels
from ..talk.app import App
from ..talk.buttons import one_button, press, rows
from ..talk.callback import is_number
from ..talk.changes import step_of
from ..talk.forum import topic_link
from ..talk.request import NOTHING, Reply, Request, say
from ..talk.texts import Html, joined, texts_of
from .confirmation import next_digest
from .scopes import needs_rights

_MOST = 8  # digests that are offered; a group has two or three
_ASKING = frozenset(
    {"setup", "unlink", "deletemydata"}
)  # commands that name the other topic themselves
OWN, MOVE = "own", "move"  # callback arguments of /start


async def choice(request: Request, app: App) -> Reply | None:
    """The question of /setup: move a digest here, or set up one for this topic.

    None if this topic has one already, or no digest of the group is set up.
    """
    there = await app.chats.of(request.chat) if request.kind == "supergroup" else ()
    others = [one for one in there if step_of(one) is None][:_MOST]
    if not others or any(one.thread == request.thread for one in there):
        return None
    chat = others[0]
    t = texts_of(chat)
    moving = [press(one, _label(one), "start", MOVE, one.thread) for one in others]
    own = press(chat, t.label("button.own-digest"), "start", OWN)
    return Reply(messages=(Message(t("setup.elsewhere"), rows((*moving, own), 1)),))


async def moved(thread: str, request: Request, app: App) -> Reply:
    """Move the digest of topic ``thread`` to this one, and send at once what could not be sent there."""
    if not is_number(thread):
        return NOTHING
    try:
        chat = await app.chats.move_topic(request.chat, int(thread), request.thread)
    except Conflict:  # it has moved, or one was set up here meanwhile
        known = await _moved_already(int(thread), request, app)
        if known is None:
            return NOTHING
        chat = known
    await app.ledger.hasten(chat.id, chat.thread)
    t = texts_of(chat)
    coming = await next_digest(chat, app, now=request.now)
    lines = joined([t("setup.moved"), coming])
    return say(lines, one_button(chat, t.label("button.settings"), "settings"), edits=True)


async def named(name: str, reply: Reply, request: Request, app: App) -> Reply:
    """The reply of a command; a first line links the topic whose digest it is about, if another."""
    is_asked = name in _ASKING or (name == "start" and not request.data)
    if is_asked or not reply.messages or not needs_rights(name, request.kind):
        return reply
    chat = await _digest_elsewhere(request, app)
    if chat is None:
        return reply
    first, *rest = reply.messages
    above = texts_of(chat)("setup.about-another", link=topic_link(chat))
    html = joined([above, Html(), Html(first.html)])
    return replace(reply, messages=(replace(first, html=html), *rest))


async def _digest_elsewhere(request: Request, app: App) -> Chat | None:
    """The only digest of the group, if it goes to another topic than the request's; else None."""
    there = await app.chats.of(request.chat)
    return there[0] if len(there) == 1 and there[0].thread != request.thread else None


async def _moved_already(thread: int, request: Request, app: App) -> Chat | None:
    """The digest of this topic if the other one has none any more: the button was pressed twice."""
    if await app.chats.get(request.chat, thread):
        return None
    return await app.chats.get(request.chat, request.thread)


def _label(chat: Chat) -> str:
    t = texts_of(chat)
    return t.label("button.move", value=f"{labels.rhythm(chat, t)} · {labels.chosen(chat, t)}")
