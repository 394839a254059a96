"""The open question of a private chat: a button asked for words, and the next message is the answer.

It may be asked for a channel or group that is managed from there, since a command typed in private is about
the person's own digest. It is stored as an offer and expires after 15 minutes.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digest.model.chats import Chat
from digest.model.messages import Message

from ..talk import labels
from ..talk.app import App
from ..talk.buttons import press
from ..talk.request import Reply, Request
from ..talk.texts import texts_of
from ..talk.typed import address

ASK = "words"  # callback argument of the button that asks

_KIND = "words"  # of the offer
_QUESTIONS = {"follow": "follow.ask", "mute": "mute.ask"}  # by the command that takes the words
_GOOD_FOR = timedelta(minutes=15)  # later messages mean something else


@dataclass(frozen=True, slots=True)
class Asked:
    """An open question: what the next message is for."""

    action: str  # the command that takes the words
    chat: int
    thread: int


def can_ask(chat: Chat, *, from_afar: bool) -> bool:
    """Whether the page of a chat is shown in private: in a group the bot gets nothing but commands."""
    return chat.kind in ("private", "channel") or from_afar


def heading(chat: Chat, *, from_afar: bool) -> tuple[str, ...]:
    """A line that names the managed channel or group; () for one's own digest, and in the group itself."""
    is_own = chat.kind == "private" or not can_ask(chat, from_afar=from_afar)
    return () if is_own else (labels.managed(chat),)


async def ask(action: str, chat: Chat, request: Request, app: App) -> Reply:
    """Open the question, and show it in place of the page."""
    until = request.now + _GOOD_FOR
    content = f"{action} {chat.id} {chat.thread} {until.isoformat()}"
    await app.offers.put(request.chat, _KIND, content, now=request.now)
    t = texts_of(chat)
    question = t(_QUESTIONS[action], title=chat.title or chat.id)
    keyboard = ((press(chat, t.label("button.back"), action),),)
    return Reply(messages=(Message(question, keyboard),), edits=True)


async def asked(request: Request, app: App) -> Asked | None:
    """The open question that a message answers; None without one, and for an address or location."""
    if address(request.words) or request.point is not None:
        return None
    return await _open(request, app)


async def over(request: Request, app: App) -> None:
    """Close the question: the next message came, whatever it says, or the page was shown again."""
    if await _open(request, app):
        await app.offers.put(request.chat, _KIND, "", now=request.now)


async def passed_over(request: Request, app: App) -> None:
    """Close the question where a command is typed in private; a pressed button leaves it open."""
    if request.kind == "private" and not request.data:
        await over(request, app)


async def _open(request: Request, app: App) -> Asked | None:
    """The question that is open and has not expired; else None."""
    content = await app.offers.newest(request.chat, _KIND, now=request.now)
    if not content:
        return None
    action, chat, thread, until = content.split()
    if request.now >= datetime.fromisoformat(until):
        return None
    return Asked(action, int(chat), int(thread))


def about(it: Asked, request: Request) -> Request:
    """The request, aimed at the chat for which the question was asked."""
    if it.chat == request.chat:
        return request
    return replace(request, target=it.chat, target_thread=it.thread)
