"""Words that a button asks for: the next message in private has them, also for a channel or group.

A command that is typed there is about the person's own digest.
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

ASK = "words"  # what the button says behind its command

_KIND = "words"  # of the offer
_QUESTIONS = {"follow": "follow.ask", "mute": "mute.ask"}  # by the command that takes the words
_GOOD_FOR = timedelta(minutes=15)  # who writes later has something else in mind


@dataclass(frozen=True, slots=True)
class Asked:
    """What the next message is for."""

    action: str  # the command that takes it
    chat: int
    thread: int


def can_ask(chat: Chat, *, from_afar: bool) -> bool:
    """Whether the page of a chat stands in private: in a group the bot hears commands alone."""
    return chat.kind in ("private", "channel") or from_afar


def heading(chat: Chat, *, from_afar: bool) -> tuple[str, ...]:
    """Whose page it is, where it stands in private among those of one's own digest."""
    is_own = chat.kind == "private" or not can_ask(chat, from_afar=from_afar)
    return () if is_own else (labels.managed(chat),)


async def ask(action: str, chat: Chat, request: Request, app: App) -> Reply:
    """The question, in place of the page."""
    until = request.now + _GOOD_FOR
    content = f"{action} {chat.id} {chat.thread} {until.isoformat()}"
    await app.offers.put(request.chat, _KIND, content, now=request.now)
    t = texts_of(chat)
    question = t(_QUESTIONS[action], title=chat.title or chat.id)
    keyboard = ((press(chat, t.label("button.back"), action),),)
    return Reply(messages=(Message(question, keyboard),), edits=True)


async def asked(request: Request, app: App) -> Asked | None:
    """What was asked for in this chat; nothing where an address or a location came instead."""
    if address(request.words) or request.point is not None:
        return None
    return await _open(request, app)


async def over(request: Request, app: App) -> None:
    """Ask no longer: the next message came, whatever it is, or the page was gone back to."""
    if await _open(request, app):
        await app.offers.put(request.chat, _KIND, "", now=request.now)


async def passed_over(request: Request, app: App) -> None:
    """Ask no longer where a command is typed instead; a button leaves the question open."""
    if request.kind == "private" and not request.data:
        await over(request, app)


async def _open(request: Request, app: App) -> Asked | None:
    """The question that waits for its answer."""
    content = await app.offers.newest(request.chat, _KIND, now=request.now)
    if not content:
        return None
    action, chat, thread, until = content.split()
    if request.now >= datetime.fromisoformat(until):
        return None
    return Asked(action, int(chat), int(thread))


def about(it: Asked, request: Request) -> Request:
    """The request, about the chat for which it was asked."""
    if it.chat == request.chat:
        return request
    return replace(request, target=it.chat, target_thread=it.thread)
