"""The deliver tick: who is due gets a digest queued; what is queued gets sent, once.

Composing and queueing write slot, parts, shown history and cursor in one transaction. Sending
claims before the call and records after it; what a crash cuts short between the two is uncertain,
and only that may ever arrive twice.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .breaker import WINDOW, Breaker
from .compose.edition import edition
from .model import Alike, Mailing, PartId, Sent
from .outcome import (
    RESEND_AFTER,
    SUSPECTED,
    Alarmed,
    Desk,
    Late,
    OnRefusal,
    as_it_is,
    convict,
    deliver,
    no_alarm,
    nobody,
)
from .ports import ArticleStore, ChatStore, Clock, Grouper, Messenger, Outbox
from .press import Order, Press, Render, View, by_view, orders_of, place_of, read_by

# Chats a transaction, in which nobody else writes. 25,000 took 0.94 s on PostgreSQL, two lanes of two each;
# five of 5,000 1.0, and so did two or three larger ones (mean of one to four each, 2026-11-29).
_DUE_AT_ONCE = 6_250
_LANES = 2  # transactions side by side on a server; three took as long, one a quarter longer
AT_ONCE = 20  # parts in hand at once: those of two thirds of a second; a crash makes them uncertain
_TOGETHER = 0.02  # seconds that results wait for others, where hundreds arrive in each
_RESTED = timedelta(seconds=1)
_KEPT = 3  # presses that stay for those who wait behind: of who has a digest a day, two, or none on Sundays
CATCH_UP = timedelta(hours=3)  # a digest later than this gives way to a newer one


async def queue_due(
    *,
    clock: Clock,
    chats: ChatStore,
    articles: ArticleStore,
    ledger: Outbox,
    grouper: Grouper,
    render: Render,
) -> int:
    """How many digests were queued for the chats whose hour has come.

    Where more are due at one instant than Telegram takes in a minute, each waits for its turn.
    """
    now = clock.now()
    look = _Look(now, chats, articles, grouper, render)
    lanes = _LANES if articles.is_shared else 1
    storing: deque[asyncio.Task[int]] = deque()
    total = 0
    try:
        async with aclosing(_waiting(chats, now)) as batches:
            async for waiting in batches:
                async for mailings in look.on(waiting):  # while those before are stored
                    if len(storing) == lanes:
                        total += await storing.popleft()
                    storing.append(asyncio.create_task(ledger.mail(mailings)))
        while storing:
            total += await storing.popleft()
    finally:  # what was begun ends; the first error is told, and the next look finds who is still due
        await asyncio.gather(*storing, return_exceptions=True)
    return total


async def _waiting(chats: ChatStore, now: datetime) -> AsyncGenerator[Sequence[Alike]]:
    """All who are due, some at a time; the next are looked for while those before are seen to."""
    looking = asyncio.create_task(chats.due(now, limit=_DUE_AT_ONCE))
    try:
        while waiting := await looking:
            if sum(len(alike.to) for alike in waiting) < _DUE_AT_ONCE:
                yield waiting
                return
            last = max(map(place_of, waiting))
            looking = asyncio.create_task(chats.due(now, limit=_DUE_AT_ONCE, after=last))
            yield waiting
    finally:
        # Where those before have failed, that is told, and nobody waits for these.
        await asyncio.gather(looking, return_exceptions=True)


@dataclass(slots=True)
class _Look:
    """Goes through all who are due at one instant, and makes what they get.

    A press holds all articles of its window. Each chat that is new, or comes back, has a window of its
    own: of a batch a few presses stay for the next, those that most share, and every other goes at once.
    """

    now: datetime
    chats: ChatStore
    articles: ArticleStore
    grouper: Grouper
    render: Render
    presses: dict[View, Press] = field(default_factory=dict)
    crowds: dict[datetime, int] = field(default_factory=dict)
    is_regrouped: bool = False

    async def on(self, waiting: Sequence[Alike]) -> AsyncIterator[Sequence[Mailing]]:
        """What some of them get; last those with own articles, each of whom takes as long as all others."""
        await self._count(waiting)
        histories = await self.chats.shown([alike.chat for alike in waiting])
        orders = await asyncio.to_thread(orders_of, waiting, histories, self.now, self.crowds)
        if orders and not self.is_regrouped:
            await self.grouper.regroup(self.now)
            self.is_regrouped = True
        orders = await self._viewed(orders)
        yield await self._together([order for order in orders if order.reader is None])
        for order in orders:
            if order.reader is not None:
                yield await self._printed(order.view, [order])

    async def _count(self, waiting: Sequence[Alike]) -> None:
        """Note how many are due at an instant, before the first of them are not any more."""
        for at in {place_of(alike)[0] for alike in waiting} - self.crowds.keys():
            self.crowds[at] = await self.chats.crowd(at)

    async def _viewed(self, orders: Sequence[Order]) -> list[Order]:
        """The orders with the readers whose own articles count, each by themselves."""
        views = {order.view for order in orders}
        readers = {view: await self.articles.readers(view[0]) for view in views}
        return [one for order in orders for one in read_by(order, readers[order.view])]

    async def _together(self, orders: Sequence[Order]) -> Sequence[Mailing]:
        """What those get who see nothing but what is everybody's."""
        views = by_view(orders)
        shared = frozenset(tuple(views)[-_KEPT:])
        self.presses = {view: one for view, one in self.presses.items() if view in shared}
        mailings: list[Mailing] = []
        for view, some in views.items():
            mailings += await self._printed(view, some, keeps=view in shared)
        return mailings

    async def _printed(
        self, view: View, orders: Sequence[Order], *, keeps: bool = False
    ) -> Sequence[Mailing]:
        press = self.presses.get(view) or await self._press(view)
        if keeps:
            self.presses[view] = press
        return await asyncio.to_thread(press.printed, orders)

    async def _press(self, view: View) -> Press:
        window, reader = view
        snapshot = await self.articles.snapshot(window, reader=reader)
        return Press(await asyncio.to_thread(edition, snapshot), self.render, self.now)


async def flush(
    *,
    clock: Clock,
    ledger: Outbox,
    chats: ChatStore,
    messenger: Messenger,
    resends: bool = True,
    is_stopping: Callable[[], bool] = lambda: False,
    breaker: Breaker | None = None,
    refused: OnRefusal = nobody,
    alarmed: Alarmed = no_alarm,
    late: Late = as_it_is,
    at_once: int = AT_ONCE,
) -> int:
    """How many parts were sent; returns when nothing more may be sent now, or to stop.

    ``resends`` is the policy for a lost answer: once more after 15 minutes, or never. ``refused`` is
    told of each part that its chat does not take, with Telegram's reason, ``alarmed`` of what the
    operator should know, and ``late`` writes into a late digest that it is. The ``breaker`` belongs to
    the bot and outlives the flush. ``at_once`` parts are under way at most. Raises BotRefused when the
    token is not accepted: nothing more can be sent then.
    """
    desk = Desk(
        clock=clock,
        ledger=ledger,
        chats=chats,
        messenger=messenger,
        record=_Arrivals(clock, ledger, wait=_TOGETHER if at_once > AT_ONCE else 0.0).record,
        resends=resends,
        breaker=breaker or Breaker(),
        refused=refused,
        alarmed=alarmed,
        late=late,
    )
    # What an earlier flush that failed left without an answer would block its chat until a restart.
    await recover(clock=clock, ledger=ledger, resends=resends)
    await ledger.catch_up(clock.now() - CATCH_UP)
    total = await _send_all(desk, is_stopping, at_once)
    await _judge(desk, is_last=True)
    return total


async def _send_all(desk: Desk, is_stopping: Callable[[], bool], at_once: int) -> int:
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
            now = desk.clock.now()
            may_go_on = not is_stopping() and not desk.breaker.is_open(now)
            # Half a handful stays under way while the next is claimed: the pace has no gaps.
            if may_go_on and len(sending) <= at_once // 2:
                room = at_once - len(sending)
                for part in await desk.ledger.claim(now, limit=room, rested=rested):
                    task = asyncio.create_task(deliver(part, desk))
                    task.add_done_callback(end)
                    sending.add(task)
            if not sending and not ended:
                return total
            # Not asyncio.wait, which goes through all that are under way for each that ends.
            await is_any.wait()
            is_any.clear()
            total += sum([task.result() for task in ended])
            ended.clear()
            await _judge(desk, is_last=False)
    finally:
        await asyncio.gather(*sending, *ended, return_exceptions=True)


async def _judge(desk: Desk, *, is_last: bool) -> None:
    """Pause those who are gone, but while many are refused alike: after ten minutes or the last part."""
    now = desk.clock.now()
    if desk.breaker.is_open(now) or not (desk.breaker.suspects or is_last):
        return
    if incident := desk.breaker.trips(now, is_last=is_last):
        await desk.ledger.hold(now + WINDOW)
        await desk.alarmed("incident", incident)
    else:
        await convict(desk, None if is_last else now - SUSPECTED)


class _Arrivals:
    """Records what arrived, together what came in while the record before was written.

    One transaction each would end at some 500 a second on SQLite; paid broadcasts go at 1,000. There
    each waits a moment for others, too: a transaction is ten errands to the database's thread.
    """

    def __init__(self, clock: Clock, ledger: Outbox, *, wait: float) -> None:
        self._clock = clock
        self._ledger = ledger
        self._wait = wait
        self._waiting: dict[PartId, Sent] = {}
        self._turn = asyncio.Lock()

    async def record(self, part: PartId, result: Sent) -> None:
        """Return once it is stored; what could not be, those try again who wait behind."""
        self._waiting[part] = result
        async with self._turn:
            if part not in self._waiting:
                return
            if self._wait:
                await asyncio.sleep(self._wait)
            arrived = dict(self._waiting)
            await self._ledger.arrived(arrived, now=self._clock.now())
            for stored in arrived:
                del self._waiting[stored]


async def recover(*, clock: Clock, ledger: Outbox, resends: bool = True) -> int:
    """How many parts a crash left without an answer; to be called while nothing is being sent."""
    now = clock.now()
    return await ledger.recover(now=now, resend_at=now + RESEND_AFTER if resends else None)
