"""The ledger of deliveries."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from ..model.chats import Chat
from ..model.delivery import Mailing, Outgoing, PartId, Queued, Sent, Slot, Trouble
from ..model.messages import Message


class Outbox(Protocol):
    """What is to be sent, and what became of each part.

    A part is ``waiting`` -> ``sending`` (claimed, committed before the call) -> ``sent`` | ``waiting``
    | ``uncertain`` | ``failed`` | ``dropped``. A later part of a slot is never claimed before the
    earlier ones are done.
    """

    async def enqueue(self, queued: Sequence[Queued]) -> int:
        """How many slots were queued; slot, parts, shown history and cursor at once, each or nothing.

        A slot that exists already is left out, so that two workers never queue one digest twice; its
        chat's next hour moves on, and neither cursor nor history does. One whose chat has changed its
        version is left out and leaves all as it is: the chat comes due again.
        """

    async def mail(self, mailings: Sequence[Mailing]) -> int:
        """As ``enqueue``, each for many chats, none of which is in two."""

    async def claim(
        self, now: datetime, *, limit: int, rested: timedelta = timedelta(0)
    ) -> tuple[Outgoing, ...]:
        """Parts that may be sent now, oldest first, at most one per chat, each marked ``sending``.

        Digests go before messages to all. None of a slot of which a part arrived less than ``rested`` ago.
        """

    async def arrived(self, results: Mapping[PartId, Sent], *, now: datetime) -> None:
        """Record that the parts arrived, in one transaction."""

    async def postpone(
        self, part: PartId, until: datetime, error: str, *, counts: bool, alone: bool = False
    ) -> None:
        """Let the part, and all others of its chat, wait until then; ``counts`` adds to its attempts.

        ``alone``: those of the chat's other threads do not wait.
        """

    async def refused(
        self, part: PartId, until: datetime, error: str, *, now: datetime, alone: bool = False
    ) -> None:
        """As ``postpone``, and count for its chat a refusal that may pass, the first at ``now``.

        They are counted until ``warn`` says that a message arrived.
        """

    async def hold(self, until: datetime) -> None:
        """Let nothing be claimed before then, neither what waits nor what is queued meanwhile.

        It outlives the program; a hold that ends earlier than the one before changes nothing. No wait is
        longer than a day: one whose end lies further ahead is none.
        """

    async def split(self, part: PartId, texts: Sequence[str]) -> None:
        """Put several parts in the place of a claimed one, in order; the last has its keyboard."""

    async def flawed(self, part: PartId, flaw: str) -> None:
        """Record what was wrong with the part, for the count of our own faults."""

    async def catch_up(self, before: datetime) -> int:
        """How many parts were dropped: of digests due before then that a newer one has followed."""

    async def fail(self, part: PartId, error: str) -> None:
        """Give the part up for good; later parts of its slot go on."""

    async def uncertain(self, part: PartId, error: str, *, resend_at: datetime | None) -> None:
        """Record that the answer was lost; with ``resend_at`` the part is sent once more, silently."""

    async def recover(
        self, *, now: datetime, resend_at: datetime | None, refused: Collection[PartId] = ()
    ) -> int:
        """How many parts were left in ``sending``; each becomes uncertain.

        But those known to be ``refused``, which wait again and are not counted. To be called only while
        nothing is being sent: at start, and before each flush.
        """

    async def alerts(
        self, chats: Sequence[Chat], since: date
    ) -> Mapping[tuple[int, int], Mapping[date, int]]:
        """How many alerts were queued by local day from ``since`` on, by (chat id, thread)."""


class Records(Protocol):
    """What was sent and what failed, for readers who ask and for the operator."""

    async def last(self, chat: int, thread: int) -> tuple[Slot, str] | None:
        """The newest slot of a chat and the JSON of its digest; no alert and no broadcast is one."""

    async def of_message(self, chat: int, message: int) -> tuple[Slot, str] | None:
        """The slot and JSON of the digest or alert that a message of the chat brought, whole or in part.

        None where the message brought none, or is not known to have arrived.
        """

    async def prune(self, before: datetime) -> int:
        """How many slots due before ``before`` were removed, with their parts.

        The newest digest of each subscription stays, and every slot that is not finished.
        """

    async def totals(self) -> Mapping[str, int]:
        """Parts by state, and under ``uncertain_ever`` those whose answer was ever lost."""

    async def flaws(self) -> Mapping[str, int]:
        """Parts that had something wrong, by what; those without are missing."""

    async def lost(self) -> tuple[Trouble, ...]:
        """Uncertain parts that nobody was asked about yet and that are not sent again, by id."""

    async def asked(self, part: PartId) -> None:
        """Record that an owner was asked about it."""

    async def settle(self, part: PartId, *, again: bool) -> bool:
        """Whether an uncertain part that is not sent again was decided: once more, or left as it is."""

    async def broadcast(self, message: Message, *, mark: str, now: datetime) -> int:
        """How many chats the message was queued for: every active one but channels and those that rest.

        A chat gets it once, in its first thread; one that has a message of that ``mark`` is left out.
        It is no digest: ``last`` does not give it, and no cursor moves.
        """

    async def troubles(self, *, limit: int, offset: int = 0) -> tuple[Trouble, ...]:
        """Failed and uncertain parts, the latest due first."""

    async def retry(self, part: PartId) -> bool:
        """Whether a failed part of an active chat waits again; its attempts are not forgotten."""

    async def hasten(self, chat: int, thread: int) -> None:
        """Let what waits there since the chat refused it be tried now."""

    async def waiting_since(self) -> datetime | None:
        """When the longest waiting part of an active chat was due; None where nothing waits."""

    async def backlog(self) -> int:
        """How many parts of active chats are still to be sent."""


class Ledger(Outbox, Records, Protocol):
    """Every digest and its parts: what is queued, claimed, sent, uncertain, and what is told of it."""
