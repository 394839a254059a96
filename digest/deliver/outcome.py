"""What becomes of one part: it is sent, and whatever Telegram answered is recorded."""

import html
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal, Protocol

from ..errors import (
    BadMessage,
    BotRefused,
    ChatGone,
    ChatMoved,
    ChatRefuses,
    DeliveryError,
    NotSent,
    RetryLater,
    StoreError,
    Uncertain,
)
from ..model.delivery import LONGEST_WAIT, Outgoing, PartId, Sent
from ..model.messages import Message
from ..ports import ChatStore, Clock, Messenger, Outbox
from .breaker import Breaker, Suspect
from .pieces import halves, untagged

Alarm = Literal["incident", "storm", "wait", "foreign", "unseen", "astray"]

RESEND_AFTER = timedelta(minutes=15)  # of a part whose answer was lost
# From the claim of a part to its turn, unless the program stood still: frozen, or its machine asleep. Another
# sender that has taken its place sends again after RESEND_AFTER what this one had in hand.
STANDSTILL = timedelta(minutes=5)
SUSPECTED = timedelta(minutes=10)  # the longest that a chat to be paused waits for the verdict
LONG_WAIT = timedelta(minutes=10)  # if Telegram asks for a longer wait, the operator is told
IGNORED = "message thread ignored: the message stands in the General topic"
_SOFT_WAIT = timedelta(hours=1)  # until the next try when rights are missing or a topic is closed
_SOFT_STRIKES = 3  # such answers after which the chat is paused,
_SOFT_PERIOD = timedelta(hours=24)  # if the first is at least so long ago
_RETRY = timedelta(seconds=5)  # until the next try when no connection was made; doubles each time
_RETRY_MOST = timedelta(minutes=5)
_UNRECORDED_MOST = 3
_UNNAMED_DOUBLINGS = 5  # of a wait whose length Telegram did not say: 30 s to 16 minutes

OnRefusal = Callable[[Outgoing, str], Awaitable[None]]
Late = Callable[[Outgoing, datetime], Message]
Record = Callable[[PartId, Sent], Awaitable[None]]


class Alarmed(Protocol):
    """Tells the operator."""

    async def __call__(
        self, alarm: Alarm, reason: str, not_before: datetime | None = None, /
    ) -> None:
        """Raise an alarm; ``not_before`` is when messages may be sent again, where they may not."""


async def nobody(_part: Outgoing, _reason: str) -> None:
    """Tell nobody."""


async def no_alarm(_alarm: Alarm, _reason: str, _not_before: datetime | None = None) -> None:
    """Raise no alarm."""


def as_it_is(part: Outgoing, _now: datetime) -> Message:
    """The message unchanged: it does not say that it is late."""
    return part.message


@dataclass(frozen=True, slots=True)
class Unrecorded:
    """What is known of parts that the database still has as ``sending``, because it failed."""

    arrived: dict[PartId, Sent] = field(default_factory=dict)
    refused: set[PartId] = field(default_factory=set)  # refused by Telegram, or never brought to it
    times: Counter[PartId] = field(default_factory=Counter)  # how often that could not be recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """What sending works with, and whom it tells what happens.

    ``breaker`` and ``unrecorded`` belong to the bot and outlive one flush.
    """

    clock: Clock
    ledger: Outbox
    chats: ChatStore
    messenger: Messenger
    resends: bool = True  # whether a part whose answer was lost is sent once more after 15 minutes
    breaker: Breaker = field(default_factory=Breaker)
    unrecorded: Unrecorded = field(default_factory=Unrecorded)
    refused: OnRefusal = (
        nobody  # given each part that its chat does not take, and Telegram's reason
    )
    alarmed: Alarmed = no_alarm  # told what the operator should know
    late: Late = as_it_is  # writes into a late digest that it is late


async def deliver(part: Outgoing, sender: Sender, record: Record, *, since: datetime) -> bool:
    """Whether the part, claimed at ``since``, arrived, which ``record`` stores; else its end is recorded.

    Raises BotRefused.
    """
    if abs(sender.clock.now() - since) > STANDSTILL:
        await _give_back(part, "nobody sent it for minutes after it was claimed", sender)
        return False
    try:
        result = await _sent(part, sender)
    except BotRefused as error:
        await _give_back(part, str(error), sender)
        raise
    except DeliveryError as error:
        with _remembered(part, sender) if not isinstance(error, Uncertain) else nullcontext():
            await _record(part, error, sender)
        del sender.unrecorded.times[part.id]
        return False
    await record(part.id, result)
    del sender.unrecorded.times[part.id]
    sender.breaker.arrived(part.chat, sender.clock.now())
    if part.attempts > 1 or part.refusals:
        # The next trouble is news again.
        await sender.chats.warn(part.chat, part.thread, warned=False)
    await _check(part, result, sender)
    return True


async def _give_back(part: Outgoing, reason: str, sender: Sender) -> None:
    """Let the part wait again, unless another sender has it meanwhile."""
    with _remembered(part, sender):
        now, attempt = sender.clock.now(), part.attempts
        await sender.ledger.postpone(part.id, now, reason, counts=False, attempt=attempt)


async def convict(sender: Sender, until: datetime | None = None) -> None:
    """Pause the chats that refused for good, once no incident has come to light."""
    for one in sender.breaker.convicted(until):
        await sender.ledger.fail(one.part.id, one.reason)
        await sender.chats.pause(one.part.chat, one.reason, one.thread, now=sender.clock.now())
        if one.part.kind == "channel" and one.thread is None:  # else it has been told
            await sender.refused(one.part, one.reason)


async def _sent(part: Outgoing, sender: Sender) -> Sent:
    """What Telegram answered. A text whose markup or buttons it refuses is sent once more without them."""
    message = sender.late(part, sender.clock.now()) if part.late_from else part.message
    part = replace(part, message=message)
    try:
        return await sender.messenger.send(part)
    except BadMessage as error:
        with _remembered(part, sender):
            await sender.ledger.flawed(part.id, error.flaw)
        if error.flaw not in ("markup", "buttons"):
            raise
        bare = message.html if error.flaw == "buttons" else _bare(message.html)
    return await sender.messenger.send(replace(part, message=Message(bare, (), message.silent)))


@contextmanager
def _remembered(part: Outgoing, sender: Sender) -> Iterator[None]:
    """Remember a part that did not arrive if that cannot be stored; else it would count as uncertain.

    At most three times, so that what can never be stored is not tried for ever.
    """
    known = sender.unrecorded
    try:
        yield
    except StoreError:
        known.times[part.id] += 1
        if known.times[part.id] <= _UNRECORDED_MOST:
            known.refused.add(part.id)
        else:
            del known.times[part.id]
        raise


def _bare(text: str) -> str:
    return html.escape(html.unescape(untagged(text)), quote=False)


async def _check(part: Outgoing, result: Sent, sender: Sender) -> None:
    """Check that the message is where it was sent to; if it is not, nothing more is sent there."""
    now = sender.clock.now()
    if result.message_id is None:
        await sender.ledger.flawed(part.id, "unseen")
        await sender.alarmed("unseen", f"chat {part.chat}: an answer without its message")
    elif result.chat != part.chat:
        await sender.ledger.flawed(part.id, "astray")
        reason = f"what was sent to {part.chat} stands in {result.chat}"
        if part.kind in ("group", "supergroup") and result.chat < 0:
            await sender.chats.move(part.chat, result.chat)
        else:
            await sender.chats.pause(part.chat, reason, now=now)
        await sender.alarmed("astray", reason)
    elif part.thread > 1 and result.thread != part.thread:
        await sender.ledger.flawed(part.id, "astray")
        await sender.chats.pause(part.chat, IGNORED, part.thread, now=now)
        await sender.refused(part, IGNORED)
        await sender.alarmed("astray", f"chat {part.chat}, topic {part.thread}: {IGNORED}")


async def _record(part: Outgoing, error: DeliveryError, sender: Sender) -> None:
    ledger, now, reason = sender.ledger, sender.clock.now(), str(error)
    match error:
        case RetryLater():
            await _wait(part, error, sender)
        case Uncertain(foreign=foreign):
            resend_at = now + RESEND_AFTER if sender.resends else None
            await ledger.uncertain(part.id, reason, resend_at=resend_at)
            if foreign:
                await sender.alarmed("foreign", reason)
        case ChatMoved(new_id=new_id):
            await sender.chats.move(part.chat, new_id)
            await ledger.postpone(part.id, now, reason, counts=False, attempt=part.attempts)
        case ChatGone():
            await _suspect(part, reason, None, sender)
        case ChatRefuses(in_topic=in_topic):
            await _refuse(part, reason, sender, alone=in_topic)
        case NotSent():
            wait = min(_RETRY_MOST, _RETRY * 2 ** min(part.attempts, 10))
            await ledger.postpone(part.id, now + wait, reason, counts=True, attempt=part.attempts)
        case _:
            await _give_up(part, error, sender)


async def _wait(part: Outgoing, error: RetryLater, sender: Sender) -> None:
    """Let the chat wait as long as asked and up to a second more, or all chats if several are told at once.

    At most a day; then Telegram is asked again.
    """
    now, reason = sender.clock.now(), str(error)
    doublings = 0 if error.named else min(part.attempts - 1, _UNNAMED_DOUBLINGS)
    after = min(error.after * 2**doublings, LONGEST_WAIT) + _jitter(part.chat)
    # Known before it is stored: meanwhile dozens of others would be claimed and sent.
    until = sender.breaker.told_to_wait(part.chat, now + after, now) if error.asked else None
    counts = not error.named
    await sender.ledger.postpone(part.id, now + after, reason, counts=counts, attempt=part.attempts)
    if until is not None:
        await sender.ledger.hold(until)
        await sender.alarmed("storm", f"{reason}, for several chats at once; all wait", until)
    elif error.asked and error.after > LONG_WAIT:
        await sender.alarmed("wait", f"chat {part.chat}: {reason}")


def _jitter(chat: int) -> timedelta:
    return timedelta(milliseconds=chat * 7919 % 1000)  # a prime: neighbours come apart


async def _suspect(
    part: Outgoing, reason: str, thread: int | None, sender: Sender, *, alone: bool = False
) -> None:
    """Let the chat, which is to be paused, get nothing until it is certain that it is to blame."""
    now = sender.clock.now()
    until, attempt = now + SUSPECTED, part.attempts
    await sender.ledger.postpone(part.id, until, reason, counts=False, alone=alone, attempt=attempt)
    sender.breaker.refused(part.chat, reason, now)
    sender.breaker.suspects.append(Suspect(part, reason, now, thread))


async def _refuse(part: Outgoing, reason: str, sender: Sender, *, alone: bool) -> None:
    """Try again in an hour; the third refusal, a day or more after the first, is final."""
    now = sender.clock.now()
    is_over = part.refused_since is not None and now - part.refused_since >= _SOFT_PERIOD
    if is_over and part.refusals + 1 >= _SOFT_STRIKES:
        await _suspect(part, reason, part.thread, sender, alone=alone)
    else:
        sender.breaker.refused(part.chat, reason, now)
        until, attempt = now + _SOFT_WAIT, part.attempts
        await sender.ledger.refused(part.id, until, reason, now=now, alone=alone, attempt=attempt)
    await sender.refused(part, reason)


async def _give_up(part: Outgoing, error: DeliveryError, sender: Sender) -> None:
    """Let the part fail; if it is too long, put two in its place."""
    is_long = isinstance(error, BadMessage) and error.flaw == "long"
    texts = halves(part.message.html) if is_long else ()
    if len(texts) > 1:
        await sender.ledger.split(part.id, texts)
    else:
        await sender.ledger.fail(part.id, str(error))
