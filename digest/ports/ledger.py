"""The ledger: every digest and its parts, from the queue to what became of them."""

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
        """Queue slots. Returns how many.

        Slot, parts, shown history and cursor are stored together or not at all. A slot that exists already
        is left out, so that two workers never queue one digest twice: the chat's next hour moves on, its
        cursor and history do not. If a chat has changed its version, its slot is left out and nothing
        changes: the chat comes due again.
        """

    async def mail(self, mailings: Sequence[Mailing]) -> int:
        """As ``enqueue``, each for many chats. No chat may be in two of them."""

    async def claim(
        self, now: datetime, *, limit: int, rested: timedelta = timedelta(0)
    ) -> tuple[Outgoing, ...]:
        """Parts that may be sent now, oldest first, at most one per chat. Each is marked ``sending``.

        Digests go before messages to all. Left out are slots of which a part arrived less than ``rested``
        ago.
        Raises ClaimUnanswered where it is not known whether they were marked.
        """

    async def arrived(self, results: Mapping[PartId, Sent], *, now: datetime) -> None:
        """Record in one transaction that the parts arrived."""

    async def postpone(
        self,
        part: PartId,
        until: datetime,
        error: str,
        *,
        counts: bool,
        alone: bool = False,
        attempt: int | None = None,
    ) -> None:
        """Let the part, and all others of its chat, wait until then. ``counts``: it was a failed attempt.

        ``alone``: parts of the chat's other threads do not wait. Nothing changes where that ``attempt`` is
        over: a sender that stood still takes nothing from the one that took its place.
        """

    async def refused(
        self,
        part: PartId,
        until: datetime,
        error: str,
        *,
        now: datetime,
        alone: bool = False,
        attempt: int | None = None,
    ) -> None:
        """As ``postpone``, and count a passing refusal for its chat, the first one at ``now``.

        They are counted until ``warn`` says that a message arrived.
        """

    async def hold(self, until: datetime) -> None:
        """Let nothing be claimed before then, neither what waits nor what is queued meanwhile.

        It outlives the program. A hold that ends earlier than the present one changes nothing, and one that
        would end more than a day ahead is ignored.
        """

    async def split(self, part: PartId, texts: Sequence[str]) -> None:
        """Put several parts in the place of a claimed one, in order; the last gets its keyboard."""

    async def flawed(self, part: PartId, flaw: str) -> None:
        """Record what was wrong with the part, for the count of our own faults."""

    async def catch_up(self, before: datetime) -> int:
        """Drop parts of digests due before ``before`` that have a newer one. Returns how many parts."""

    async def fail(self, part: PartId, error: str) -> None:
        """Give the part up for good; later parts of its slot go on."""

    async def uncertain(self, part: PartId, error: str, *, resend_at: datetime | None) -> None:
        """Record that the answer was lost; with ``resend_at`` the part is sent once more, without a sound."""

    async def recover(
        self, *, now: datetime, resend_at: datetime | None, refused: Collection[PartId] = ()
    ) -> int:
        """Make parts that were left in ``sending`` uncertain. Returns how many.

        Those known to be ``refused`` wait again and are not counted. To be called only while nothing is
        being sent: at start, and before each flush.
        """

    async def alerts(
        self, chats: Sequence[Chat], since: date
    ) -> Mapping[tuple[int, int], Mapping[date, int]]:
        """How many alerts were queued by local day since ``since``, by (chat id, thread)."""


class Records(Protocol):
    """What was sent and what failed, for readers who ask and for the operator."""

    async def last(self, chat: int, thread: int) -> tuple[Slot, str] | None:
        """The newest digest of a chat: its slot and JSON. Alerts and broadcasts do not count."""

    async def of_message(self, chat: int, message: int) -> tuple[Slot, str] | None:
        """The slot and JSON of the digest or alert that a message of the chat brought, whole or in part.

        None if the message brought none, or is not known to have arrived.
        """

    async def date_back(self, now: datetime, *, beyond: datetime) -> int:
        """How many slots were due later than ``beyond``, by a clock that was ahead: they were due now.

        Their hours are free again for the digests of those days.
        """

    async def prune(self, before: datetime) -> int:
        """Remove slots due before ``before`` with their parts. Returns how many slots.

        The newest digest of each subscription stays, and every slot that is not finished.
        """

    async def totals(self) -> Mapping[str, int]:
        """How many parts there are by state; under ``uncertain_ever`` those whose answer was ever lost."""

    async def flaws(self) -> Mapping[str, int]:
        """How many parts had which flaw; flaws that none had are missing."""

    async def lost(self) -> tuple[Trouble, ...]:
        """Uncertain parts that are not sent again and that nobody was asked about yet, by id."""

    async def asked(self, part: PartId) -> None:
        """Record that an owner was asked about the part."""

    async def settle(self, part: PartId, *, again: bool) -> bool:
        """Decide on an uncertain part: send it again, or leave it. Returns whether there was one."""

    async def broadcast(self, message: Message, *, mark: str, now: datetime) -> int:
        """Queue a message for every active chat that is not resting, but no channel. Returns how many.

        A chat gets it once, in its first thread; one that has a message of that ``mark`` already is left
        out. It is no digest: ``last`` does not return it, and no cursor moves.
        """

    async def troubles(self, *, limit: int, offset: int = 0) -> tuple[Trouble, ...]:
        """Failed and uncertain parts, latest due first."""

    async def retry(self, part: PartId) -> bool:
        """Let a failed part of an active chat wait again with its attempts. Returns whether there was one."""

    async def hasten(self, chat: int, thread: int) -> None:
        """Let what waits there because the chat refused it be tried now."""

    async def waiting_since(self) -> datetime | None:
        """When the longest waiting part of an active chat was due; None if nothing waits."""

    async def backlog(self) -> int:
        """How many parts of active chats are still to be sent."""


class Ledger(Outbox, Records, Protocol):
    """Every digest and its parts: queued, claimed, sent, uncertain; and what is asked about them."""
