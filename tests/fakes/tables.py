"""The tables that the fakes of the stores share."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import count

from digest.model.articles import Article, ArticleId, StoryId
from digest.model.chats import Chat
from digest.model.delivery import PartId, Slot, Untold
from digest.model.messages import Message
from digest.model.sources import Source, SourceId

UNFINISHED = ("waiting", "sending", "uncertain")
ChatKey = tuple[int, int]  # chat id and thread


@dataclass
class Story:
    """One story's life."""

    started_at: datetime
    last_at: datetime


@dataclass
class Revision:
    """One stored revision and when it was seen."""

    article: Article
    revised_at: datetime


@dataclass
class Part:
    """One message of one slot, and how far it has come."""

    id: PartId
    slot: "StoredSlot"
    message: Message
    state: str = "waiting"
    attempts: int = 0
    not_before: datetime | None = None
    message_id: int | None = None
    sent_at: datetime | None = None
    error: str | None = None
    was_uncertain: bool = False
    flaw: str | None = None
    asked: bool = False
    position: float = 0  # of one that was split its pieces stand between it and the next

    @property
    def unfinished(self) -> bool:
        """Whether it is still to be sent, or being sent."""
        given_up = self.state == "uncertain" and self.not_before is None
        return self.state in UNFINISHED and not given_up


@dataclass
class StoredSlot:
    """One slot and the JSON of its digest."""

    id: int
    slot: Slot
    digest: str


@dataclass
class Offer:
    """What a chat was offered."""

    chat: int
    kind: str
    content: str
    expires_at: datetime


@dataclass
class Letter:
    """What a reader wrote."""

    chat: int
    words: str
    written_at: datetime
    passed_on: bool = False


@dataclass
class Tables:
    """What the stores share."""

    sources: dict[SourceId, Source] = field(default_factory=dict)
    revisions: dict[ArticleId, Revision] = field(default_factory=dict)
    stories: dict[StoryId, Story] = field(default_factory=dict)
    part_of: dict[StoryId, StoryId] = field(default_factory=dict)
    chats: dict[ChatKey, Chat] = field(default_factory=dict)
    slots: list[StoredSlot] = field(default_factory=list)
    parts: dict[PartId, Part] = field(default_factory=dict)
    shown_stories: dict[ChatKey, dict[StoryId, date]] = field(default_factory=dict)
    shown_sentences: dict[ChatKey, dict[str, datetime]] = field(default_factory=dict)
    offers: dict[int, "Offer"] = field(default_factory=dict)
    warned: set[ChatKey] = field(default_factory=set)
    alarms: dict[tuple[int, str], tuple[Untold, datetime | None]] = field(default_factory=dict)
    letters: dict[int, Letter] = field(default_factory=dict)
    banned: dict[int, bool] = field(default_factory=dict)  # whether it knows
    refusals: dict[ChatKey, tuple[int, datetime]] = field(default_factory=dict)
    gone: dict[ChatKey, datetime] = field(default_factory=dict)
    updates: dict[int, tuple[datetime, bool]] = field(default_factory=dict)  # whether it is done
    moved: list[str] = field(default_factory=list)
    waiting: set[ArticleId] = field(default_factory=set)
    placing: asyncio.Lock = field(default_factory=asyncio.Lock)
    held_until: datetime | None = None
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def newest(self) -> dict[str, Revision]:
        """The newest revision under each key, by id."""
        return {stored.article.key: stored for stored in self.revisions.values()}

    def drop(self, is_gone: Callable[[Article], bool]) -> None:
        """Remove articles, and stories that nothing tells any more."""
        gone = {key for key, stored in self.revisions.items() if is_gone(stored.article)}
        for key in gone:
            del self.revisions[key]
        for stored in self.revisions.values():
            if stored.article.duplicate_of in gone:
                stored.article = replace(stored.article, duplicate_of=None)
        told = {stored.article.story for stored in self.revisions.values()}
        self.part_of = {old: whole for old, whole in self.part_of.items() if whole in told}
        told |= set(self.part_of)
        self.stories = {story: life for story, life in self.stories.items() if story in told}

    def forget(self, reader: int) -> None:
        """Remove what a reader brought, and what they were offered."""
        self.drop(lambda article: article.owner == reader)
        self.sources = {key: one for key, one in self.sources.items() if one.owner != reader}
        self.offers = {key: one for key, one in self.offers.items() if one.chat != reader}

    def drop_orphans(self) -> None:
        """Remove what belongs to readers that are no longer there."""
        here = {chat for chat, _ in self.chats} | {None}
        self.drop(lambda article: article.owner not in here)
        self.sources = {key: one for key, one in self.sources.items() if one.owner in here}

    def active(self, part: Part) -> bool:
        """Whether the part's chat is active."""
        return self.chats[thread_of(part.slot.slot)].active


def thread_of(slot: Slot) -> ChatKey:
    return slot.chat, slot.thread
