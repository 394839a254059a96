"""Telling the owners what they should know at once; what cannot be said now is said at a later tick."""

from datetime import datetime, timedelta
from typing import Literal

import structlog

from digest import outcome
from digest.errors import BotRefused, DeliveryError, NotSent, RetryLater
from digest.model import Button, Message, Outgoing, PartId, Trouble
from digest.ports import ChatStore, Clock, Messenger, Records

from . import callback
from .texts import Texts, joined, texts

log = structlog.get_logger(__name__)

Alarm = outcome.Alarm | Literal["conflict", "webhook"]

QUIET = timedelta(hours=6)  # so long the same alarm is not raised again
_REASON = 300  # characters


class Alarms:
    """The way to those who run the bot: the log at once, their private chats as soon as it goes."""

    def __init__(
        self, *, owners: frozenset[int], chats: ChatStore, messenger: Messenger, clock: Clock
    ) -> None:
        self._owners = owners
        self._chats = chats
        self._messenger = messenger
        self._clock = clock
        self._raised: dict[Alarm, datetime] = {}
        self._untold: list[tuple[int, Message]] = []

    async def __call__(self, alarm: Alarm, reason: str) -> None:
        """Raise an alarm, unless it was raised within the last hours."""
        now = self._clock.now()
        if alarm in self._raised and now - self._raised[alarm] < QUIET:
            return
        self._raised[alarm] = now
        log.error("alarm", alarm=alarm, reason=reason)
        for owner in sorted(self._owners):
            t = await self._texts(owner)
            words = [t("alarm.title"), t(f"alarm.{alarm}"), reason[:_REASON]]
            self._untold.append((owner, Message(joined(words))))
        if alarm != "storm":  # in which nothing may be sent
            await self.tell()

    async def ask(self, one: Trouble) -> bool:
        """Whether an owner was asked if a message of unknown fate is sent again, or none ever can be."""
        asked = {who: question(one, await self._texts(who)) for who in sorted(self._owners)}
        fates = {owner: await self._say(owner, words) for owner, words in asked.items()}
        later = [owner for owner, fate in fates.items() if fate == "later"]
        if later and "said" not in fates.values():
            return False
        self._untold += [(owner, asked[owner]) for owner in later]
        return True

    async def tell(self) -> None:
        """Say what is still unsaid; where Telegram is not reached or asks to wait, it stays so."""
        untold, self._untold = self._untold, []
        for owner, message in untold:
            if await self._say(owner, message) == "later":
                self._untold.append((owner, message))

    async def _say(self, owner: int, message: Message) -> Literal["said", "later", "never"]:
        try:
            await self._messenger.send(_to(owner, message))
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
    """The policy "ask": an owner is asked about each message whose answer was lost, once."""
    for one in await ledger.lost():
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


def _to(owner: int, message: Message) -> Outgoing:
    return Outgoing(
        id=PartId(0),  # no part of the ledger: what is lost of it is lost
        chat=owner,
        thread=0,
        kind="private",
        message=message,
        attempts=1,
    )
