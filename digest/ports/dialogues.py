"""The stores of what the bot keeps of its dialogues, beside the subscriptions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, Protocol

from ..model.chats import LetterId, Standing
from ..model.delivery import Untold

ClaimOutcome = Literal["ours", "handled", "elsewhere"]


class UpdateStore(Protocol):
    """Which of Telegram's updates have been handled: after a crash it sends one again."""

    async def is_known(self, update: int) -> bool:
        """Whether the update was handled."""

    async def claim(self, update: int, *, now: datetime) -> ClaimOutcome:
        """ "ours": to be handled here. "handled": before. "elsewhere": another process has it.

        A claim holds for half a minute unless it is renewed. One that is neither renewed nor ``handled``
        was in the hands of a bot that died, and is given again.
        """

    async def renew(self, update: int, *, now: datetime) -> None:
        """Extend the claim on an update that is still being handled: an answer may take minutes."""

    async def handled(self, update: int, *, now: datetime) -> None:
        """Record that it was handled. Records older than two days go; Telegram keeps updates for one."""


class OfferStore(Protocol):
    """What a chat was offered by buttons and may still take up. It survives a restart."""

    async def put(self, chat: int, kind: str, content: str, *, now: datetime) -> int:
        """Keep an offer; its number. It is good for a day, and only the latest twenty of a chat are kept."""

    async def get(self, chat: int, kind: str, number: int, *, now: datetime) -> str | None:
        """What this chat was offered under that number; None if that is another chat's or too old."""

    async def amend(self, chat: int, kind: str, number: int, content: str) -> None:
        """Change what an offer holds; nothing happens if it is gone or another chat's."""

    async def newest(self, chat: int, kind: str, *, now: datetime) -> str | None:
        """The latest offer of its kind to this chat; None if there is none or it is too old."""

    async def every(self, chat: int, kind: str, *, now: datetime) -> tuple[str, ...]:
        """All valid offers of their kind to this chat, latest first."""


class AlarmStore(Protocol):
    """What owners, or those who manage a channel, are still to be told. It survives a restart."""

    async def put(self, alarm: Untold, not_before: datetime | None = None) -> None:
        """Keep an alarm until it can be told; it replaces a waiting one of its kind.

        It is not told before ``not_before``. ``ChatStore.delete`` removes those of its chat.
        """

    async def take(self, now: datetime) -> tuple[Untold, ...]:
        """The alarms to be told now, by chat and kind; for five minutes nobody else gets them.

        One that is neither ``told`` nor put back by then was in the hands of a process that died, and is
        given again.
        """

    async def told(self, alarm: Untold) -> None:
        """Forget the alarm, but not one that has come in its place meanwhile."""

    async def is_kept(self, kind: str) -> bool:
        """Whether an alarm of that kind waits, to be told now or later."""

    async def free(self, kind: str, now: datetime) -> bool:
        """Whether an alarm of that kind was kept for later; it is to be told now."""


class PeopleStore(Protocol):
    """What readers wrote to the operators, and who is turned away."""

    async def write(self, chat: int, words: str, *, alias: int, now: datetime) -> LetterId | None:
        """Store a letter; its number, or None if the chat or its ``alias`` has written three within a day.

        ``ChatStore.delete`` removes those of its chat.
        """

    async def forget(self, chat: int, *, alias: int, now: datetime) -> None:
        """Erase a chat's letters. The ``alias`` keeps the count of recent ones, without words."""

    async def forget_old(self, now: datetime, *, today: datetime) -> None:
        """Erase letters older than 90 days by ``today``, and the counts of an alias after some 23 hours."""

    async def pass_on(self, letter: LetterId, chat: int) -> str | None:
        """The words of a chat's letter the first time they are asked for; None afterwards."""

    async def withdraw(self, letter: LetterId, chat: int) -> bool:
        """Delete a chat's letter that was not passed on yet. Returns whether there was one."""

    async def ban(self, who: int, *, now: datetime) -> bool:
        """Turn a person or chat away from now on. Returns whether they were not turned away before."""

    async def unban(self, who: int) -> bool:
        """Let a person or chat in again. Returns whether they were turned away."""

    async def standing(self, who: Sequence[int]) -> Standing:
        """Whether one of a person and a chat is turned away, and whether they have been told."""

    async def told(self, who: Sequence[int]) -> None:
        """Remember that they have been told that they are turned away."""
