"""What the bot keeps of its dialogues, beside the subscriptions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol

from ..model.chats import LetterId, Standing
from ..model.delivery import Untold

ClaimOutcome = Literal["ours", "handled", "elsewhere"]


class UpdateStore(Protocol):
    """Which of Telegram's updates have been handled: it sends one again after a crash."""

    async def is_known(self, update: int) -> bool:
        """Whether it was handled."""

    async def claim(self, update: int, *, now: datetime) -> ClaimOutcome:
        """ "ours" to handle; "handled" before; or "elsewhere", claimed or renewed within half a minute.

        What is claimed, neither renewed since nor ``handled``, was in the hands of a bot that died: it
        is given again.
        """

    async def renew(self, update: int, *, now: datetime) -> None:
        """Record that a claimed update is still in hand: an answer may take minutes."""

    async def handled(self, update: int, *, now: datetime) -> None:
        """Record it; those of more than two days ago are forgotten, Telegram keeps them for one."""


class OfferStore(Protocol):
    """What a chat was offered by buttons and may still take up; it survives a restart."""

    async def put(self, chat: int, kind: str, content: str, *, now: datetime) -> int:
        """The number of the offer, good for a day; the chat's oldest beyond twenty are dropped."""

    async def get(self, chat: int, kind: str, number: int, *, now: datetime) -> str | None:
        """What was offered to this chat under that number; None where it is another's or too old."""

    async def amend(self, chat: int, kind: str, number: int, content: str) -> None:
        """Have an offer hold something else as long as it holds; nothing where it is gone or another's."""

    async def newest(self, chat: int, kind: str, *, now: datetime) -> str | None:
        """The last of its kind that this chat was offered; None where there is none or it is too old."""

    async def every(self, chat: int, kind: str, *, now: datetime) -> tuple[str, ...]:
        """All of their kind that this chat was offered and may still take up, the last one first."""


class AlarmStore(Protocol):
    """What those who run the bot, or manage a channel, are still to be told; it survives a restart."""

    async def put(self, alarm: Untold, not_before: datetime | None = None) -> None:
        """Keep what is to be told, and ``not_before``, in place of one of its kind that still waits.

        ``ChatStore.delete`` removes those of its chat.
        """

    async def take(self, now: datetime) -> tuple[Untold, ...]:
        """What is to be told, by chat and kind; for five minutes nobody else gets it, unless put back.

        What is neither ``told`` nor put back was in the hands of a process that died: it is given again.
        """

    async def told(self, alarm: Untold) -> None:
        """Forget it, but not what came in its place meanwhile."""

    async def is_kept(self, kind: str) -> bool:
        """Whether somebody is to be told something of that kind, now or later."""

    async def free(self, kind: str, now: datetime) -> bool:
        """Whether something of that kind was kept for later; it is to be told now."""


class PeopleStore(Protocol):
    """What readers wrote to the operators, and who is turned away."""

    async def write(self, chat: int, words: str, *, alias: int, now: datetime) -> LetterId | None:
        """The letter as stored; None where the chat, or its ``alias``, has written three within a day.

        ``ChatStore.delete`` removes those of its chat.
        """

    async def forget(self, chat: int, *, alias: int, now: datetime) -> None:
        """Erase a chat's letters; that some were written of late is kept as the ``alias``'s, wordless."""

    async def forget_old(self, now: datetime) -> None:
        """Erase letters older than 90 days, and of an alias that it wrote some 23 hours ago."""

    async def pass_on(self, letter: LetterId, chat: int) -> str | None:
        """The words of a chat's letter, the first time they are asked for; None afterwards."""

    async def withdraw(self, letter: LetterId, chat: int) -> bool:
        """Whether a chat's letter was there, and was not passed on yet; it is gone then."""

    async def ban(self, who: int, *, now: datetime) -> bool:
        """Whether a person or chat is turned away from now on, and was not before."""

    async def unban(self, who: int) -> bool:
        """Whether a person or chat was turned away until now."""

    async def standing(self, who: Sequence[int]) -> Standing:
        """Whether one of a person and a chat is turned away, and has been told so."""

    async def told(self, who: Sequence[int]) -> None:
        """Remember that they know that they are turned away."""
