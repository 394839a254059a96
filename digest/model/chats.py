"""Who reads: chats, what each of them wants and when, and who is turned away."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NewType

LetterId = NewType("LetterId", int)
ChatKind = Literal["private", "group", "supergroup", "channel"]
Standing = Literal["welcome", "banned", "told"]  # told: banned, and was told so


@dataclass(frozen=True, slots=True)
class Wish:
    """What a chat wants to read; an empty set restricts nothing."""

    topics: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    muted: frozenset[str] = frozenset()  # whole words, and stories as "s:12"
    read: frozenset[str] = frozenset()  # languages of articles
    # Wanted whatever the topics: "TR", "IR-US" (sorted), "s:12".
    follow: frozenset[str] = frozenset()
    minutes: int = 3  # reading budget: 1, 3 or 5


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a chat's digests are due, by its own wall clock."""

    zone: str = "UTC"  # IANA
    at: tuple[str, ...] = ()  # HH:MM, ascending; if empty, nothing is sent
    weekdays: frozenset[int] = frozenset(range(7))  # Monday is 0
    quiet: tuple[str, str] | None = None  # HH:MM to HH:MM, may cross midnight
    place: str = ""  # the name that was chosen; empty if it is the zone's own city


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """One subscription: a chat, or one forum topic of a group."""

    id: int
    thread: int = 0  # message_thread_id; 0 where the chat has no topics
    kind: ChatKind = "private"
    title: str = ""
    wish: Wish = field(default_factory=Wish)
    schedule: Schedule = field(default_factory=Schedule)
    language: str = "en"  # of the interface
    saved: tuple[str, ...] = ()  # "s:12" a story, "a:45" an article; newest last
    alerts: bool = False  # whether a story may be sent at once, a few times a day
    sound: bool = False  # whether a channel's posts make a sound
    active: bool = False
    pause_reason: str | None = None
    paused_until: datetime | None = None  # an active chat is not due before it
    owner: int | None = None  # who manages a channel or group in private
    # The cursor: articles first seen before it have been in a digest.
    covered_until: datetime | None = None
    next_due_at: datetime | None = None
    version: int = 0  # grows with each change; guards against lost updates


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """How many subscriptions there are by kind of chat, and how many of all are active."""

    kinds: Mapping[str, int]
    active: int
