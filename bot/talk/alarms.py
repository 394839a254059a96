"""Telling the owners what they should know at once; what cannot be said now is said at a later tick.

An alarm outlives the process: it is told once, and twice only where that died while telling it.
"""

from datetime import UTC, datetime, timedelta
from typing import Literal

import structlog

from digest.deliver import outcome
from digest.errors import BotRefused, DeliveryError, NotSent, RetryLater, StoreError
from digest.model.chats import ChatKind
from digest.model.delivery import Outgoing, PartId, Trouble, Untold
from digest.model.messages import Button, Message
from digest.ports import AlarmStore, ChatStore, Clock, Messenger, Records

from . import callback
from .texts import Texts, joined, texts

log = structlog.get_logger(__name__)

Lasting = Literal["unread", "unmade"]  # such an alarm has an end, which is told as well
Alarm = outcome.Alarm | Literal["conflict", "webhook"] | Lasting

# With the number of a channel: told to who manages that, whether an owner or not.
MISSED = "edition"
QUIET = timedelta(hours=6)  # so long the same alarm is not raised again
_REASON = 300  # characters
# Messages that owners are asked about before digests go on. A chat takes one a second, and where no answer of
# Telegram's arrives for an hour some 14,000 are lost: four hours of questions.
QUESTIONS_AT_ONCE = 5
_NOT_YET = datetime.max.replace(tzinfo=UTC)


class Alarms:
    """The way to those who run the bot: the log at once, their private chats as soon as it goes."""

    def __init__(
        self,
        *,
        owners: frozenset[int],
        untold: AlarmStore,
        chats: ChatStore,
        messenger: Messenger,
        clock: Clock,
    ) -> None:
        self._owners = owners
        self._untold = untold
        self._chats = chats
        self._messenger = messenger
        self._clock = clock
        self._raised: dict[Alarm, datetime] = {}
        self._unasked: list[tuple[int, Message]] = []  # of questions that another owner has

    async def __call__(self, alarm: Alarm, reason: str, not_before: datetime | None = None) -> None:
        """Raise an alarm, unless it was raised within the last hours; nobody is told ``not_before``.

        Raises StoreError where it cannot be kept; the next one is not held back then.
        """
        now = self._clock.now()
        if alarm in self._raised and abs(now - self._raised[alarm]) < QUIET:
            return
        self._raised[alarm] = now
        log.error("alarm", alarm=alarm, reason=reason)
        try:
            await self._keep(alarm, reason, not_before)
        except StoreError:
            del self._raised[alarm]
            raise
        await self.tell()

    async def begin(self, alarm: Lasting, reason: str) -> None:
        """Raise an alarm that lasts, once; the word that it is over lies ready until ``end``."""
        if await self._untold.is_kept(_over(alarm)):
            return
        await self(alarm, reason)
        for owner in sorted(self._owners):
            t = await self._texts(owner)
            over = Untold(owner, _over(alarm), t(f"alarm.{_over(alarm)}"))
            await self._untold.put(over, _NOT_YET)

    async def end(self, alarm: Lasting) -> None:
        """Tell the end of an alarm to whom it was told, also where that was before a restart."""
        was_raised = self._raised.pop(alarm, None) is not None
        if await self._untold.free(_over(alarm), self._clock.now()) or was_raised:
            log.warning("alarm over", alarm=alarm)
            await self.tell()

    async def _keep(self, alarm: Alarm, reason: str, not_before: datetime | None) -> None:
        for owner in sorted(self._owners):
            t = await self._texts(owner)
            words = [t("alarm.title"), t(f"alarm.{alarm}"), reason[:_REASON]]
            await self._untold.put(Untold(owner, alarm, joined(words)), not_before)

    async def ask(self, one: Trouble) -> bool:
        """Whether an owner was asked if a message of unknown fate is sent again, or none ever can be."""
        asked = {who: question(one, await self._texts(who)) for who in sorted(self._owners)}
        fates = {owner: await self._say(owner, words) for owner, words in asked.items()}
        later = [owner for owner, fate in fates.items() if fate == "later"]
        if later and "said" not in fates.values():
            return False
        self._unasked += [(owner, asked[owner]) for owner in later]
        return True

    async def tell(self) -> None:
        """Say what is still unsaid, by whichever process; where Telegram is not reached, it stays so."""
        unasked, self._unasked = self._unasked, []
        for owner, message in unasked:
            if await self._say(owner, message) == "later":
                self._unasked.append((owner, message))
        for alarm in await self._untold.take(self._clock.now()):
            is_meant = alarm.chat in self._owners or alarm.kind.startswith(MISSED)
            if is_meant and await self._say(alarm.chat, Message(alarm.html)) == "later":
                await self._untold.put(alarm)
            else:
                await self._untold.told(alarm)

    async def _say(self, owner: int, message: Message) -> Literal["said", "later", "never"]:
        try:
            await self._messenger.send(unqueued(owner, message))
        except BotRefused:
            raise
        except (NotSent, RetryLater):
            return "later"
        except DeliveryError as error:
            log.warning("owner not told", owner=owner, reason=str(error))
            return "never"
        return "said"

    async def _texts(self, owner: int) -> Texts:
        chat = await self._chats.get(owner)
        return texts(chat.language if chat else "en")


async def ask_about_lost(ledger: Records, alarms: Alarms) -> None:
    """The policy "ask": an owner is asked once about each message whose answer was lost, a few now."""
    for one in (await ledger.lost())[:QUESTIONS_AT_ONCE]:
        if not await alarms.ask(one):
            return
        await ledger.asked(one.id)


def question(one: Trouble, t: Texts) -> Message:
    """Whether a message of unknown fate is sent again."""
    words = t(
        "lost.ask",
        id=one.id,
        chat=one.slot.chat,
        day=t.day(one.slot.local_date),
        at=one.slot.at,
        reason=one.error[:_REASON],
    )
    again = Button(t.label("button.send-again"), data=callback.pack("retry", one.id))
    leave = Button(t.label("button.leave-it"), data=callback.pack("retry", one.id, "leave"))
    return Message(words, ((again, leave),))


def _over(alarm: Lasting) -> str:
    """The kind of the word that it is over; by name it comes after the alarm."""
    return f"{alarm}-over"


def unqueued(chat: int, message: Message, kind: ChatKind = "private") -> Outgoing:
    """A message that is no part of the ledger: what is lost of it is lost."""
    return Outgoing(id=PartId(0), chat=chat, thread=0, kind=kind, message=message, attempts=1)
