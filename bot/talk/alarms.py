"""Alarms: private messages to the owners about what they should know at once.

An alarm that cannot be sent now is sent at a later tick. It is stored, so it survives a restart: it is sent
once, and twice only if the process died while sending it.
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

Lasting = Literal["unread", "unmade"]  # alarms with an end, which is told as well
Alarm = outcome.Alarm | Literal["conflict", "webhook"] | Lasting

# The kind of an alarm, followed by the id of a channel: for whoever manages that channel, owner or not.
MISSED = "edition"
QUIET = timedelta(hours=6)  # within which the same alarm is not raised again
_REASON = 300  # characters
# Questions to the owners at once, before digests are sent on. A chat takes one message a second, and an hour
# without answers from Telegram leaves some 14,000 messages of unknown fate: four hours of questions.
QUESTIONS_AT_ONCE = 5
_NEVER = datetime.max.replace(tzinfo=UTC)


class Alarms:
    """Tells the owners: in the log at once, in their private chats as soon as Telegram can be reached."""

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
        # Questions that are still to be sent to these owners; another owner has got them.
        self._questions: list[tuple[int, Message]] = []

    async def __call__(self, alarm: Alarm, reason: str, not_before: datetime | None = None) -> None:
        """Raise an alarm, unless it was raised within the last six hours; nobody hears it ``not_before``.

        Raises StoreError if it cannot be stored; in that case the next one is not held back.
        """
        now = self._clock.now()
        if alarm in self._raised and abs(now - self._raised[alarm]) < QUIET:
            return
        self._raised[alarm] = now
        log.error("alarm", alarm=alarm, reason=reason)
        try:
            await self._store(alarm, reason, not_before)
        except StoreError:
            del self._raised[alarm]
            raise
        await self.tell()

    async def begin(self, alarm: Lasting, reason: str) -> None:
        """Raise an alarm that lasts, unless it is on already; ``end`` sends the message that it is over.

        That message is stored now, so that it is known after a restart who was told of the alarm.
        """
        if await self._untold.is_kept(_end_of(alarm)):
            return
        await self(alarm, reason)
        for owner in sorted(self._owners):
            t = await self._texts(owner)
            over = Untold(owner, _end_of(alarm), t(f"alarm.{_end_of(alarm)}"))
            await self._untold.put(over, _NEVER)

    async def end(self, alarm: Lasting) -> None:
        """Tell those who were told of a lasting alarm that it is over, even if that was before a restart."""
        was_raised = self._raised.pop(alarm, None) is not None
        if await self._untold.free(_end_of(alarm), self._clock.now()) or was_raised:
            log.warning("alarm over", alarm=alarm)
            await self.tell()

    async def _store(self, alarm: Alarm, reason: str, not_before: datetime | None) -> None:
        for owner in sorted(self._owners):
            t = await self._texts(owner)
            words = [t("alarm.title"), t(f"alarm.{alarm}"), reason[:_REASON]]
            await self._untold.put(Untold(owner, alarm, joined(words)), not_before)

    async def ask(self, one: Trouble) -> bool:
        """Ask the owners whether to send a message of unknown fate again. Returns whether that is settled.

        False if no owner was reached, and one may be reached later. True if one was asked, or none ever can
        be; owners who could not be reached now are then asked at a later tick.
        """
        asked = {who: question(one, await self._texts(who)) for who in sorted(self._owners)}
        fates = {owner: await self._send(owner, words) for owner, words in asked.items()}
        later = [owner for owner, fate in fates.items() if fate == "later"]
        if later and "said" not in fates.values():
            return False
        self._questions += [(owner, asked[owner]) for owner in later]
        return True

    async def tell(self) -> None:
        """Send the waiting alarms, whichever process raised them; those that cannot be sent wait on."""
        unasked, self._questions = self._questions, []
        try:
            while unasked:
                if await self._send(*unasked[0]) == "later":
                    self._questions.append(unasked[0])
                del unasked[0]
        finally:  # a refused token comes in between, and the others are still to be asked
            self._questions += unasked
        for alarm in await self._untold.take(self._clock.now()):
            is_meant = alarm.chat in self._owners or alarm.kind.startswith(MISSED)
            if is_meant and await self._send(alarm.chat, Message(alarm.html)) == "later":
                await self._untold.put(alarm)
            else:
                await self._untold.told(alarm)

    async def _send(self, owner: int, message: Message) -> Literal["said", "later", "never"]:
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
    """The policy "ask": ask the owners about messages whose answer was lost, each once, at most five now."""
    for one in (await ledger.lost())[:QUESTIONS_AT_ONCE]:
        if not await alarms.ask(one):
            return
        await ledger.asked(one.id)


def question(one: Trouble, t: Texts) -> Message:
    """The question whether a message of unknown fate is to be sent again, with a button for each answer."""
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


def _end_of(alarm: Lasting) -> str:
    """The kind of the message that the alarm is over; it sorts after the alarm, so it is sent after it."""
    return f"{alarm}-over"


def unqueued(chat: int, message: Message, kind: ChatKind = "private") -> Outgoing:
    """A message outside the ledger: it is sent once, and nothing records what became of it."""
    return Outgoing(id=PartId(0), chat=chat, thread=0, kind=kind, message=message, attempts=1)
