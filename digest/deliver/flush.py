"""Sends what is queued, once.

A part is claimed before the call to Telegram and recorded after it. What a crash cuts short between the two
is uncertain, and only that may ever arrive twice.
"""

import asyncio
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from ..errors import ClaimUnanswered
from ..model.delivery import Outgoing, PartId, Sent
from ..ports import Clock, Outbox
from .breaker import WINDOW
from .outcome import RESEND_AFTER, SUSPECTED, Record, Sender, convict, deliver

AT_ONCE = 20  # parts under way at once, two thirds of a second's; a crash makes them uncertain
_TOGETHER = 0.02  # seconds that results wait for others, when hundreds arrive each second
# Between two parts of one digest, when hundreds are sent each second.
_RESTED = timedelta(seconds=1)
CATCH_UP = timedelta(hours=3)  # a digest later than this gives way to a newer one


async def flush(
    sender: Sender,
    *,
    is_stopping: Callable[[], bool] = lambda: False,
    at_once: int = AT_ONCE,
) -> int:
    """How many parts were sent; returns when nothing more may be sent now, or when it should stop.

    At most ``at_once`` parts are under way. Raises BotRefused if the token is not accepted: nothing more
    can be sent then.
    """
    clock, ledger, known = sender.clock, sender.ledger, sender.unrecorded
    wait = _TOGETHER if at_once > AT_ONCE else 0.0
    arrivals = _Arrivals(clock, ledger, known.arrived, wait=wait)
    await arrivals.store()  # or it would be taken for uncertain, and arrive again
    # What an earlier flush that failed left without an answer would block its chat until a restart.
    await recover(clock=clock, ledger=ledger, resends=sender.resends, refused=known.refused)
    known.refused.clear()
    await ledger.catch_up(clock.now() - CATCH_UP)
    total = await _send_all(sender, arrivals.record, is_stopping, at_once)
    await _judge(sender, is_last=True)
    return total


async def _send_all(
    sender: Sender, record: Record, is_stopping: Callable[[], bool], at_once: int
) -> int:
    sending: set[asyncio.Task[bool]] = set()
    ended: list[asyncio.Task[bool]] = []
    is_any = asyncio.Event()

    def end(task: asyncio.Task[bool]) -> None:
        sending.discard(task)
        ended.append(task)
        is_any.set()

    # The next part of a digest waits a second for its chat; of hundreds a second, no place is for that.
    rested = _RESTED if at_once > AT_ONCE else timedelta(0)
    total = 0
    try:
        while True:
            now = sender.clock.now()
            may_go_on = not is_stopping() and not sender.breaker.is_open(now)
            # Half a handful stays under way while the next is claimed: the pace has no gaps.
            if may_go_on and len(sending) <= at_once // 2:
                room = at_once - len(sending)
                for part in await _claimed(sender, now, limit=room, rested=rested):
                    task = asyncio.create_task(deliver(part, sender, record, since=now))
                    task.add_done_callback(end)
                    sending.add(task)
            if not sending and not ended:
                return total
            # Not asyncio.wait, which goes through all that are under way for each that ends.
            await is_any.wait()
            is_any.clear()
            total += sum([task.result() for task in ended])
            ended.clear()
            await _judge(sender, is_last=False)
    finally:
        await asyncio.gather(*sending, *ended, return_exceptions=True)


async def _claimed(
    sender: Sender, now: datetime, *, limit: int, rested: timedelta
) -> tuple[Outgoing, ...]:
    """Parts to be sent; what was claimed without an answer was not, and is no message of unknown fate."""
    try:
        return await sender.ledger.claim(now, limit=limit, rested=rested)
    except ClaimUnanswered as error:
        sender.unrecorded.refused.update(map(PartId, error.parts))
        raise


async def _judge(sender: Sender, *, is_last: bool) -> None:
    """Pause the chats that are gone, unless many are refused alike: after ten minutes or the last part."""
    now = sender.clock.now()
    if sender.breaker.is_open(now) or not (sender.breaker.suspects or is_last):
        return
    if incident := sender.breaker.trips(now, is_last=is_last):
        await sender.ledger.hold(now + WINDOW)
        await sender.alarmed("incident", incident)
    else:
        await convict(sender, None if is_last else now - SUSPECTED)


class _Arrivals:
    """Records what arrived; what comes in while one record is written is written together with the next.

    One transaction for each would end at some 500 a second on SQLite, and paid broadcasts go at 1,000. At
    that pace results also wait a moment for others: a transaction is ten errands to the database's thread.
    """

    def __init__(
        self, clock: Clock, ledger: Outbox, waiting: dict[PartId, Sent], *, wait: float
    ) -> None:
        self._clock = clock
        self._ledger = ledger
        self._wait = wait
        self._waiting = waiting
        self._turn = asyncio.Lock()

    async def record(self, part: PartId, result: Sent) -> None:
        """Return once the result is stored; if storing failed, the next one in the queue tries again."""
        self._waiting[part] = result
        async with self._turn:
            if part not in self._waiting:
                return
            if self._wait:
                await asyncio.sleep(self._wait)
            await self.store()

    async def store(self) -> None:
        """Record all results that wait, if any."""
        if arrived := dict(self._waiting):
            await self._ledger.arrived(arrived, now=self._clock.now())
            for stored in arrived:
                del self._waiting[stored]


async def recover(
    *, clock: Clock, ledger: Outbox, resends: bool = True, refused: Collection[PartId] = ()
) -> int:
    """How many parts a crash left without an answer. To be called only while nothing is being sent.

    The answer to the ``refused`` ones is known: they are tried again.
    """
    now = clock.now()
    resend_at = now + RESEND_AFTER if resends else None
    return await ledger.recover(now=now, resend_at=resend_at, refused=refused)
