"""How a digest reaches those it is for: what is queued, to whom, and how far it has come."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple, NewType

from .articles import StoryId
from .chats import Chat, ChatKind
from .digests import Digest
from .messages import Message

PartId = NewType("PartId", int)
TroubleState = Literal["failed", "uncertain"]

LONGEST_WAIT = timedelta(days=1)  # of a message; whoever is asked for more, asks again then
# What lies further ahead is no wait: a clock reckoned it that has been put right since. Those of two machines
# differ by less than an hour.
NO_WAIT = LONGEST_WAIT + timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Slot:
    """One digest of one chat and thread for one local date and hour: the key of delivery."""

    chat: int
    thread: int
    local_date: date
    at: str  # HH:MM; of what is no digest one of the kinds below, a blank and its number or mark
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
    kept: Digest  # without the sentences for which they had no room


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One part of one slot, claimed to be sent."""

    id: PartId
    chat: int
    thread: int
    kind: ChatKind
    message: Message
    attempts: int  # including this one
    language: str = "en"  # of the chat
    late_from: datetime | None = None  # the hour of a digest, on its first part
    refusals: int = 0  # of its chat so far, that may pass
    refused_since: datetime | None = None  # the first of them


@dataclass(frozen=True, slots=True)
class Sent:
    """What Telegram answered to a sent message."""

    message_id: int | None
    chat: int
    thread: int


@dataclass(frozen=True, slots=True)
class Untold:
    """An alarm that somebody is still to be told in private; one of each kind waits."""

    chat: int
    kind: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One part that did not arrive, or of which nobody knows."""

    id: PartId
    slot: Slot
    state: TroubleState
    attempts: int
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """All that becomes true together when one slot's digest is composed."""

    slot: Slot
    messages: tuple[Message, ...]  # none: an empty digest, recorded all the same
    digest: str  # JSON of the digest, for /why and the export
    shown_stories: tuple[StoryId, ...]
    shown_sentences: tuple[str, ...]
    covered_until: datetime
    next_due_at: datetime | None
    chat_version: int
    not_before: datetime | None = None  # of a crowded hour: this chat's turn in it


Position = tuple[datetime, int, int]  # in the order of waiting: next_due_at, chat, thread


class Addressee(NamedTuple):
    """Who gets a digest, as of one version of the subscription."""

    chat: int
    thread: int
    version: int
    not_before: datetime | None = None  # as in Queued


@dataclass(frozen=True, slots=True)
class Alike:
    """Subscriptions that are due, and differ in nothing that a digest depends on."""

    chat: Chat  # the first of them; what they need not share is left as it is in a new one
    to: tuple[Addressee, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """As Queued, for all who get the same digest at the same hour."""

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
