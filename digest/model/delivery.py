"""How a digest reaches its chats: what is queued, for whom, and how far it has come."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple, NewType

from .articles import StoryId
from .chats import Chat, ChatKind
from .digests import Digest
from .messages import Message

PartId = NewType("PartId", int)
TroubleState = Literal["failed", "uncertain"]

LONGEST_WAIT = timedelta(days=1)  # of a message; if Telegram asks for more, it is asked again then
# A wait that ends later was set by a clock that was wrong and has been put right. The clocks of two machines
# differ by less than an hour.
NO_WAIT = LONGEST_WAIT + timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Slot:
    """One digest of one chat and topic for one local date and hour: the key that prevents a second one."""

    chat: int
    thread: int
    local_date: date
    at: str  # HH:MM; for messages that are no digest, a kind below, a space, and a number or mark
    due_at: datetime


ALERT = "alert"  # with its number of the day
BROADCAST = "broadcast"  # a message that the operator sends to all


def is_hour(at: str) -> bool:
    """Whether a slot's ``at`` is the hour of a digest."""
    return " " not in at


@dataclass(frozen=True, slots=True)
class Layout:
    """A digest as the messages of one chat."""

    messages: tuple[Message, ...]
    kept: Digest  # the digest without the sentences for which there was no room


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One part of one slot, claimed for sending."""

    id: PartId
    chat: int
    thread: int
    kind: ChatKind
    message: Message
    attempts: int  # including this one
    language: str = "en"  # of the chat
    late_from: datetime | None = None  # the hour of a digest, on its first part
    refusals: int = 0  # how many passing refusals of its chat have been counted
    refused_since: datetime | None = None  # the first of them


@dataclass(frozen=True, slots=True)
class Sent:
    """What Telegram answered to a sent message."""

    message_id: int | None
    chat: int
    thread: int


@dataclass(frozen=True, slots=True)
class Untold:
    """An alarm that somebody is still to be told in private; at most one of each kind waits for a person."""

    chat: int
    kind: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One part that did not arrive, or may not have."""

    id: PartId
    slot: Slot
    state: TroubleState
    attempts: int
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """All that becomes true at once when the digest of one slot is queued."""

    slot: Slot
    messages: tuple[Message, ...]  # none: an empty digest, recorded all the same
    digest: str  # JSON of the digest, for /why and the export
    shown_stories: tuple[StoryId, ...]
    shown_sentences: tuple[str, ...]
    covered_until: datetime
    next_due_at: datetime | None
    chat_version: int
    not_before: datetime | None = None  # the chat's turn in a crowded hour


Position = tuple[datetime, int, int]  # in the order of waiting: next_due_at, chat, thread


class Addressee(NamedTuple):
    """Who gets a digest, as of one version of the subscription."""

    chat: int
    thread: int
    version: int
    not_before: datetime | None = None  # as in Queued


@dataclass(frozen=True, slots=True)
class Alike:
    """Subscriptions that are due and agree in everything that a digest depends on."""

    chat: Chat  # the first of them, with defaults for all that they need not share
    to: tuple[Addressee, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """As Queued, but for all who get the same digest at the same hour."""

    local_date: date
    at: str
    due_at: datetime
    messages: tuple[Message, ...]
    digest: str
    shown_stories: tuple[StoryId, ...]
    shown_sentences: tuple[str, ...]
    covered_until: datetime
    next_due_at: datetime | None
    to: tuple[Addressee, ...]
