"""Queues a digest for each chat that is due: composed, laid out and written to the ledger for the sender.

Slot, parts, shown history and cursor are written in one transaction: a crash loses none of it.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from ..compose.due import next_due
from ..compose.view import AHEAD
from ..errors import Conflict
from ..model.delivery import Addressee, Alike, Mailing
from ..model.digests import Health
from ..ports import ArticleStore, ChatStore, Clock, Grouper, Outbox, Records
from .press import Order, Press, RenderDigest, View, by_view, orders_of, position_of, read_by
from .sound import Faults, sound_edition

# Chats per transaction, in which nobody else writes. 25,000 took 0.94 s on PostgreSQL, two lanes of two each;
# five of 5,000 1.0, and so did two or three larger ones (mean of one to four each, 2026-11-29).
_DUE_AT_ONCE = 6_250
_LANES = 2  # transactions side by side on a server; three took as long, one a quarter longer
# A next hour further ahead is wrong: every weekday comes round before.
_FARTHEST = timedelta(days=9)
_KEPT = (
    3  # presses kept for the next batch: for chats with one digest a day, two, or none on Sundays
)


Missed = Callable[[Sequence[Addressee], Health], Awaitable[None]]


async def _nobody(_to: Sequence[Addressee], _health: Health) -> None:
    """Tell nobody."""


async def plan_anew(
    *, clock: Clock, chats: ChatStore, articles: ArticleStore, ledger: Records
) -> int:
    """How many chats got a new next hour because theirs was planned while the clock was far ahead.

    What was stored then is dated back: such articles would be in no digest, since they were seen in a time
    that digests do not cover, and the digests of days far ahead would count as made. Not to be called while
    the clock is behind. A chat that is changed meanwhile waits for the next look.
    """
    now = clock.now()
    beyond = now + AHEAD
    found = await chats.planned(now, beyond=now + _FARTHEST, covered=beyond)
    if await articles.date_back(now, beyond=beyond) or found:
        await ledger.date_back(now, beyond=now + _FARTHEST)
    planned = 0
    for chat in found:
        coming = next_due(chat.schedule, now)
        covered = min(chat.covered_until or now, now)
        due_at = coming.due_at if coming else None
        with suppress(Conflict):
            await chats.save(replace(chat, next_due_at=due_at, covered_until=covered))
            planned += 1
    return planned


async def unmade_since(chats: ChatStore, now: datetime) -> datetime | None:
    """When the digest was due that has waited longest to be made; None where all are."""
    waiting = await chats.due(now, limit=1)
    return waiting[0].chat.next_due_at if waiting else None


async def queue_due(
    *,
    clock: Clock,
    chats: ChatStore,
    articles: ArticleStore,
    ledger: Outbox,
    grouper: Grouper,
    render: RenderDigest,
    missed: Missed = _nobody,
) -> int:
    """How many digests were queued for the chats whose hour has come.

    If more are due at one instant than Telegram takes in a minute, each waits for its turn. ``missed`` is
    called with those who get nothing at all because most feeds could not be read. Raises what broke, once
    all other chats have their digests.
    """
    now = clock.now()
    look = _Look(now, chats, articles, grouper, render)
    made = _made(look, chats, now)
    lanes = _LANES if articles.is_shared else 1
    storing: deque[asyncio.Task[int]] = deque()
    total = 0
    try:
        async with aclosing(made):
            async for mailings in made:  # while those before are stored
                if len(storing) == lanes:
                    total += await storing.popleft()
                storing.append(asyncio.create_task(ledger.mail(mailings)))
        while storing:
            total += await storing.popleft()
        for health, to in look.missed:
            await missed(to, health)
        if look.faults:
            raise look.faults[0]
    finally:  # what was begun ends; the first error is raised, and the next look finds who is still due
        await asyncio.gather(*storing, return_exceptions=True)
    return total


async def _made(
    look: "_Look", chats: ChatStore, now: datetime
) -> AsyncGenerator[Sequence[Mailing]]:
    """What those who are due get, one batch at a time."""
    async with aclosing(_waiting(chats, now)) as batches:
        async for waiting in batches:
            async for mailings in look.on(waiting):
                yield mailings


async def _waiting(chats: ChatStore, now: datetime) -> AsyncGenerator[Sequence[Alike]]:
    """Those who are due, one batch at a time; the next batch is read while the one before is worked on."""
    looking = asyncio.create_task(chats.due(now, limit=_DUE_AT_ONCE))
    try:
        while waiting := await looking:
            if sum(len(alike.to) for alike in waiting) < _DUE_AT_ONCE:
                yield waiting
                return
            last = max(map(position_of, waiting))
            looking = asyncio.create_task(chats.due(now, limit=_DUE_AT_ONCE, after=last))
            yield waiting
    finally:
        # If the batch before has failed, that error is raised, and this batch is not needed.
        await asyncio.gather(looking, return_exceptions=True)


@dataclass(slots=True)
class _Look:
    """Goes through all who are due at one instant, and makes what they get.

    A press holds all articles of its window. Each chat that is new or returns has a window of its own. So
    only the few presses that most chats share are kept for the next batch, and the others are released at
    once.
    """

    now: datetime
    chats: ChatStore
    articles: ArticleStore
    grouper: Grouper
    render: RenderDigest
    presses: dict[View, Press] = field(default_factory=dict)
    crowds: dict[datetime, int] = field(default_factory=dict)
    is_regrouped: bool = False
    missed: list[tuple[Health, Sequence[Addressee]]] = field(default_factory=list)
    faults: Faults = field(default_factory=list)

    async def on(self, waiting: Sequence[Alike]) -> AsyncIterator[Sequence[Mailing]]:
        """What the chats of a batch get; last those with articles of their own, since each takes long."""
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
        """Note how many are due at an instant, before the first of them are served and no longer due."""
        for at in {position_of(alike)[0] for alike in waiting} - self.crowds.keys():
            self.crowds[at] = await self.chats.crowd(at)

    async def _viewed(self, orders: Sequence[Order]) -> list[Order]:
        """The orders with the readers whose own articles count, each by themselves."""
        views = {order.view for order in orders}
        readers = {view: await self.articles.readers(view[0]) for view in views}
        return [one for order in orders for one in read_by(order, readers[order.view])]

    async def _together(self, orders: Sequence[Order]) -> Sequence[Mailing]:
        """What those get who see only public articles."""
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
        if press is None:
            return ()
        if keeps:
            self.presses[view] = press
        mailings = await asyncio.to_thread(press.printed, orders)
        self.faults += press.faults
        if press.health.is_down:
            self.missed += [(press.health, one.to) for one in mailings if not one.messages]
        return mailings

    async def _press(self, view: View) -> Press | None:
        window, reader = view
        snapshot = await self.articles.snapshot(window, reader=reader)
        whole = await asyncio.to_thread(sound_edition, snapshot, self.faults)
        return None if whole is None else Press(whole, self.render, self.now)
