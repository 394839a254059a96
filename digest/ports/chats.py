"""Who reads, what they want, and what they were shown."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from ..model.chats import Chat, Subscriptions
from ..model.delivery import Alike, Position
from ..model.digests import Shown


class ChatStore(Protocol):
    """Who wants which digest, and when."""

    async def get(self, chat: int, thread: int = 0) -> Chat | None:
        """One subscription."""

    async def of(self, chat: int) -> tuple[Chat, ...]:
        """Every subscription of one chat, by thread."""

    async def owned_by(self, user: int) -> tuple[Chat, ...]:
        """Channels and groups that this person manages in private, by id and thread."""

    async def save(self, chat: Chat) -> Chat:
        """The chat as stored, its version one higher.

        Raises Conflict when ``chat.version`` is not the stored one (0 for a new chat).
        """

    async def restore(self, chats: Sequence[Chat]) -> None:
        """Store the subscriptions as they are given, over any that are there: a back-up brought back."""

    async def delete(self, chat: int, thread: int | None = None) -> None:
        """Remove every row that speaks of the chat, or of one thread of it: subscriptions, digests, history.

        Without a thread its own sources and articles go too, and the channels and groups that the
        chat manages go on without an owner.
        """

    async def move(self, old: int, new: int) -> None:
        """Give all that belongs to ``old`` to ``new`` (a group became a supergroup); idempotent.

        Where ``new`` has a subscription of the same thread already, its settings stay, unless it is
        not active and ``old``'s is; what either has saved and was shown is kept.
        """

    async def move_topic(self, chat: int, old: int, new: int) -> Chat:
        """The subscription of one forum topic as that of another, with its digests and all it was shown.

        Raises Conflict where it is gone, or the other topic has one.
        """

    async def pause(
        self, chat: int, reason: str, thread: int | None = None, *, now: datetime | None = None
    ) -> None:
        """Stop pushing to the chat (or one thread of it): settings stay, queued parts are dropped.

        What is not active keeps its own reason, as the step of a set-up.
        ``now`` begins the time after which ``purge`` takes it; without it stays.
        """

    async def purge(self, before: datetime) -> int:
        """How many subscriptions were deleted that were paused before then, and never came back."""

    async def crowd(self, at: datetime) -> int:
        """How many active subscriptions are due at this very instant."""

    async def alerting(self, now: datetime) -> tuple[Chat, ...]:
        """Active chats that want alerts, channels left out, while no pause lasts; by id and thread."""

    async def planned(self, now: datetime, *, beyond: datetime) -> tuple[Chat, ...]:
        """Active chats whose ``next_due_at`` is later than ``beyond``, while no pause lasts."""

    async def is_warned(self, chat: int, thread: int) -> bool:
        """Whether somebody was told of a trouble, and no message has arrived since.

        A pause takes the mark away.
        """

    async def warn(self, chat: int, thread: int, *, warned: bool) -> None:
        """Mark that somebody was told of a trouble, or that a message arrived: then no refusal counts.

        No version is raised, since no setting changes.
        """

    async def due(
        self, now: datetime, *, limit: int, after: Position | None = None
    ) -> tuple[Alike, ...]:
        """Active chats whose ``next_due_at`` has come, those alike together; longest waiting first.

        One whose ``paused_until`` is still to come is not due. ``limit`` counts chats, those
        behind ``after``. Alike are who was shown the same, too; addressees come by id and thread.
        """

    async def shown(self, chats: Sequence[Chat]) -> Mapping[tuple[int, int], Shown]:
        """What earlier digests have shown, by (chat id, thread); missing where nothing was."""

    async def all(self) -> tuple[Chat, ...]:
        """Every subscription, by id and thread."""


class Census(Protocol):
    """How many read, without reading who they are."""

    async def subscriptions(self) -> Subscriptions:
        """All there are."""

    async def hearing(self, now: datetime) -> int:
        """How many chats a broadcast reaches."""
