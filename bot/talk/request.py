"""Requests and replies: what goes into a command and what comes out, without Telegram.

A command is ``async def topics(request: Request, app: App) -> Reply``: ``bot.telegram`` turns an
update into a Request and carries the Reply out.
"""

from dataclasses import dataclass
from datetime import datetime

from digest.model.chats import ChatKind
from digest.model.messages import Keyboard, Message


@dataclass(frozen=True, slots=True)
class Document:
    """A file that comes in or goes out."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What somebody asked for, where, and with what right."""

    chat: int
    kind: ChatKind
    user: int
    now: datetime
    thread: int = 0  # of a forum topic; 0 elsewhere and in the General topic
    title: str = ""  # of the group or channel
    words: str = ""  # what follows the command, or the whole text where there is none
    language: str = "en"  # of the chat, else of the person
    name: str = ""  # of the person, as Telegram shows it; never stored
    may_configure: bool = False  # asked from Telegram where the chat is a group or channel
    is_owner: bool = False  # one of ATTACHE_OWNERS
    data: str = ""  # callback data of a pressed button, from the action on
    shown: str = ""  # the text of the message whose button was pressed, if Telegram still has it
    document: Document | None = None  # the file that came with it
    point: tuple[float, float] | None = None  # a location that was sent: degrees north and east
    target: int | None = None  # the channel or group that is managed from this private chat
    target_thread: int = 0  # the forum topic of that group
    replied: int | None = None  # the id of the message that this one replies to
    anonymous: bool = False  # sent in the name of a chat, so the person is unknown

    @property
    def is_from_afar(self) -> bool:
        """Whether it is about another chat than the one it came from."""
        return self.target is not None


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that goes out, with a caption in HTML that says the same to those who cannot see it."""

    name: str
    content: bytes  # PNG
    caption: str  # at most 1024 UTF-16 units once parsed
    keyboard: Keyboard = ()


@dataclass(frozen=True, slots=True)
class Remembered:
    """Where a digest made on request is stored: the number of an offer to a chat or forum topic."""

    chat: int
    thread: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What is answered; an empty one answers nothing (a button press is still acknowledged)."""

    messages: tuple[Message, ...] = ()
    edits: bool = False  # the first message replaces the one whose button was pressed
    notice: str = ""  # shown over the chat after a button press, at most 200 characters
    alert: bool = False  # the notice waits for an OK
    closes: bool = False  # the message whose button was pressed goes away
    document: Document | None = None
    digest: Remembered | None = None  # the digest that the messages show
    refused: str = ""  # why nothing was done, for one line in the log
    photo: Photo | None = None
    elsewhere: tuple[tuple[int, Message], ...] = ()  # (private chat, message), each tried once
    untold: Message | None = None  # replaces the first message if ``elsewhere`` reached nobody


def say(html: str, keyboard: Keyboard = (), *, edits: bool = False) -> Reply:
    """A reply of one message."""
    return Reply(messages=(Message(html, keyboard),), edits=edits)


NOTHING = Reply()
