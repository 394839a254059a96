"""The store of subscriptions: who reads, what they want, and what they were shown."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from ..model.chats import Chat, Subscriptions
from ..model.delivery import Alike, Position
from ..model.digests import Shown


class ChatStore(Protocol):
    """Who wants which digest, and when."""

    async def get(self, chat: int, thread: int = 0) -> Chat | None:
        """One subscription; None if there is none."""

    async def of(self, chat: int) -> tuple[Chat, ...]:
        """Every subscription of one chat, by thread."""

    async def owned_by(self, user: int) -> tuple[Chat, ...]:
        """Channels and groups that this person manages in private, by id and thread."""

    async def save(self, chat: Chat) -> Chat:
        """Store the chat, and return it with its version raised by one.

        Raises Conflict if ``chat.version`` is not the stored one (0 for a new chat).
        """

    async def restore(self, chats: Sequence[Chat]) -> None:
        """Store the subscriptions as given, over any that exist: for bringing back a back-up."""

    async def delete(self, chat: int, thread: int | None = None) -> None:
        """Remove everything about the chat, or about one thread of it: subscriptions, digests, history.

        Without a thread its own sources and articles go too, and the channels and groups that it manages go
        on without an owner.
        """

    async def move(self, old: int, new: int) -> None:
        """Give all that belongs to ``old`` to ``new``, when a group has become a supergroup. Idempotent.

        If ``new`` has a subscription of the same thread already, its settings stay, unless only that of
        ``old`` is active. What either has saved and was shown is kept.
        """

    async def move_topic(self, chat: int, old: int, new: int) -> Chat:
        """Make the subscription of one forum topic that of another, with its digests and all it was shown.

        Raises Conflict if it is gone, or if the other topic has one.
        """

    async def pause(
        self, chat: int, reason: str, thread: int | None = None, *, now: datetime | None = None
    ) -> None:
        """Stop sending to the chat, or to one thread of it: settings stay, queued parts are dropped.

        A subscription that is not active keeps its own reason, such as the step of a set-up. ``now`` starts
        the time after which ``purge`` deletes it; without ``now`` it stays.
        """

    async def purge(self, before: datetime) -> int:
        """Delete subscriptions that were paused before ``before`` and never came back. Returns how many.

        One that a digest covers later than ``before`` stays: the clock of its pause was behind.
        """

    async def crowd(self, at: datetime) -> int:
        """How many active subscriptions are due at exactly this instant."""

    async def alerting(self, now: datetime) -> tuple[Chat, ...]:
        """Active chats that want alerts and are not resting, without channels; by id and thread."""

    async def planned(
        self, now: datetime, *, beyond: datetime, covered: datetime
    ) -> tuple[Chat, ...]:
        """Active chats that are not resting and whose ``next_due_at`` is later than ``beyond``.

        And those that digests cover beyond ``covered``.
        """

    async def is_warned(self, chat: int, thread: int) -> bool:
        """Whether somebody was told of trouble in the chat, and no message has arrived since.

        A pause removes the mark.
        """

    async def warn(self, chat: int, thread: int, *, warned: bool) -> None:
        """Mark that somebody was told of trouble, or that a message arrived: then no refusal counts.

        The version is not raised, since no setting changes.
        """

    async def due(
        self, now: datetime, *, limit: int, after: Position | None = None
    ) -> tuple[Alike, ...]:
        """Active chats whose ``next_due_at`` has come, equal ones together, longest waiting first.

        Chats are equal if they get the same digest, so they must have been shown the same too. A chat whose
        ``paused_until`` is still to come is not due. At most ``limit`` chats behind the position ``after``;
        addressees come by id and thread.
        """

    async def shown(self, chats: Sequence[Chat]) -> Mapping[tuple[int, int], Shown]:
        """What earlier digests have shown, by (chat id, thread); without chats that were shown nothing."""

    async def all(self) -> tuple[Chat, ...]:
        """Every subscription, by id and thread."""


class Census(Protocol):
    """How many read, without reading who they are."""

    async def subscriptions(self) -> Subscriptions:
        """The number of all subscriptions."""

    async def hearing(self, now: datetime) -> int:
        """How many chats a broadcast reaches."""
