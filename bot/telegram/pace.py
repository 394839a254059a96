"""Keeps calls within Telegram's limits: sliding windows, people before broadcasts, pauses on request.

Limits as in the Bots FAQ: 30 messages a second overall, one a second in a private chat, 20 a minute in a
group.
"""

import asyncio
import math
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any, Literal

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from digest.deliver.breaker import STORM, STORM_PERIOD
from digest.deliver.outcome import STANDSTILL

Lane = Literal["people", "broadcast"]
Answer = bool | dict[str, Any] | list[dict[str, Any]]

BROADCAST: Lane = "broadcast"
OVERALL, OVERALL_PERIOD = 30, 1.0
PAID_OVERALL = 1000  # with the owner's consent: what goes beyond 30 costs Stars
PRIVATE, PRIVATE_PERIOD = 1, 1.0
GROUP, GROUP_PERIOD = 20, 60.0
SPREAD = 0.9  # of an even distance between two broadcasts: a person waits for the next place only
MARGIN = 0.005  # seconds added to each period, for clocks that do not tick alike
SURE = 300  # answers until the quickest is trusted: the first ones are slow
PATIENCE = timedelta(seconds=30)  # a person's reply waits no longer than this after a 429
LINGER = 2.0  # seconds a broadcast waits for its turn; longer, and it goes back into the ledger
IDLE_CHATS = 1_000  # so many limits are kept before the idle ones are thrown away
PAYABLE = ("sendMessage", "sendDocument", "sendPhoto")
_SINCE_BOOT = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
_STEP = 0.01  # seconds between two looks while another lane goes first


class StillPaused(RetryAfter):
    """The chat's turn is too far away; Telegram was not asked now."""


@dataclass(slots=True)
class RateLimit:
    """At most ``limit`` calls within any ``period`` seconds, as the other side counts them.

    Telegram counts a call when it arrives, between its start and its answer. So a call under way keeps its
    place, and an answered one counts from the latest time at which it can have arrived.
    """

    limit: int
    period: float
    counted: deque[float] = field(default_factory=deque)
    under_way: int = 0
    wanted: int = 0  # calls that wait for a place here, or use one

    def wait(self, now: float) -> float:
        """Seconds until a place is free, 0 if one is; a short step if only an answer can free one."""
        while self.counted and self.counted[0] + self.period <= now:
            self.counted.popleft()
        beyond = len(self.counted) + self.under_way - self.limit
        if beyond < 0:
            return 0.0
        return self.counted[beyond] + self.period - now if beyond < len(self.counted) else _STEP

    def count(self, arrived: float) -> None:
        """Note that the call has its answer; it arrived at that time at the latest."""
        self.under_way -= 1
        self.counted.append(arrived)


def since_boot() -> float:
    """Seconds that also pass while the machine is asleep, where its system counts them."""
    return time.clock_gettime(_SINCE_BOOT)


class Pace(BaseRateLimiter[Lane]):
    """Lets each call go when its turn has come.

    Reading calls and answers to button presses go at once. Edits count only towards the overall limit: they
    follow a person's taps. A 429 pauses its chat; calls for people are then tried once more.
    """

    def __init__(
        self,
        *,
        paid: bool = False,
        margin: float = MARGIN,
        clock: Callable[[], float] = since_boot,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """``paid``: up to 1,000 messages a second, each marked so that Telegram lets it pass."""
        self._clock = clock
        self._sleep = sleep
        self._margin = margin
        self._is_paid = paid
        limit = PAID_OVERALL if paid else OVERALL
        self._overall = RateLimit(limit, OVERALL_PERIOD + margin)
        self._distance = 0.0 if paid else SPREAD * OVERALL_PERIOD / limit
        self._next_broadcast = 0.0
        self._queue = asyncio.Lock()  # of broadcasts: one looks at the clock, the others follow it
        # The quickest answer ever; half of it is the way back. All of it was too long on a busy machine
        # and brought 429s, and so was the quickest of the last 100 (2026-11-28). Where paid, 160 under way
        # make every trip long, and not its way back: 10 of 2,900 were refused.
        self._trip = math.inf
        self._answers = 0
        self._chats: dict[int | str, RateLimit] = {}
        self._most_chats = IDLE_CHATS
        self._paused_until: dict[int | str, float] = {}
        self._all_paused_until = 0.0
        self._refused: deque[tuple[float, int | str]] = deque()
        self._people_waiting = 0

    @property
    def under_way(self) -> int:
        """How many messages and edits wait for their answers."""
        return self._overall.under_way

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to give back."""

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Answer]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: Lane | None,
    ) -> Answer:
        """The call's result, once its turn has come."""
        chat = data.get("chat_id")
        if chat is None or not endpoint.startswith(("send", "edit", "copy", "forward")):
            return await callback(*args, **kwargs)
        if self._is_paid and endpoint in PAYABLE:
            data["allow_paid_broadcast"] = True
        lane: Lane = rate_limit_args or "people"
        rate = None if endpoint.startswith("edit") else self._rate(chat)
        if rate is None:
            return await self._in_turn(chat, None, lane, partial(callback, *args, **kwargs))
        rate.wanted += 1  # who waits must find it again: two would let twice as many go
        try:
            return await self._in_turn(chat, rate, lane, partial(callback, *args, **kwargs))
        finally:
            rate.wanted -= 1

    async def _in_turn(
        self,
        chat: int | str,
        rate: RateLimit | None,
        lane: Lane,
        call: Callable[[], Coroutine[Any, Any, Answer]],
    ) -> Answer:
        await (self._broadcast_turn if lane == BROADCAST else self._turn)(chat, rate)
        try:
            return await self._counted(rate, call())
        except RetryAfter as refused:
            after = retry_after(refused)
            self._pause(chat, after.total_seconds())
            if lane == BROADCAST or after > PATIENCE:
                raise
        await self._turn(chat, rate)
        return await self._counted(rate, call())

    async def _turn(self, chat: int | str, rate: RateLimit | None) -> None:
        """Wait for a place for a person's call, and take it."""
        while True:
            if (own := self._own_wait(chat, rate)) > 0:
                await self._sleep(own)
            elif (wait := self._overall_wait()) > 0:
                self._people_waiting += 1  # those who wait for their own chat hold nobody up
                try:
                    await self._sleep(wait)
                finally:
                    self._people_waiting -= 1
            else:
                break
        self._take(rate)

    async def _broadcast_turn(self, chat: int | str, rate: RateLimit | None) -> None:
        """Wait for a place behind all people and earlier broadcasts, and take it.

        Raises StillPaused if the chat has no place for long, so that others may go. Raises RetryAfter if
        all have to wait: a program that is stopped would otherwise report as lost what it never sent.
        """
        began = self._clock()
        while True:
            while (own := self._own_wait(chat, rate)) > 0:
                await self._linger(own, StillPaused)
            async with self._queue:
                while (wait := max(self._overall_wait(), self._broadcast_wait())) > 0:
                    await self._linger(wait, RetryAfter)
                if self._clock() - began > STANDSTILL.total_seconds():
                    raise StillPaused(timedelta(seconds=1))
                if self._own_wait(chat, rate) <= 0:
                    self._next_broadcast = self._clock() + self._distance
                    self._take(rate)
                    return

    async def _linger(self, seconds: float, refusal: type[RetryAfter]) -> None:
        if seconds > LINGER:
            raise refusal(timedelta(seconds=math.ceil(seconds)))
        await self._sleep(seconds)

    def _take(self, rate: RateLimit | None) -> None:
        for used in (self._overall, rate):
            if used is not None:
                used.under_way += 1

    async def _counted(self, rate: RateLimit | None, call: Coroutine[Any, Any, Answer]) -> Answer:
        """The call's answer; its places count from the latest time at which it can have arrived."""
        began = self._clock()
        try:
            return await call
        finally:
            now = self._clock()
            self._trip = min(self._trip, now - began)
            self._answers += 1
            back = self._trip / 2 if self._answers > SURE and not self._is_paid else 0.0
            for used in (self._overall, rate):
                if used is not None:
                    used.count(now - back)

    def _own_wait(self, chat: int | str, rate: RateLimit | None) -> float:
        now = self._clock()
        own = rate.wait(now) if rate else 0.0
        return max(self._paused_until.get(chat, 0.0) - now, own)

    def _overall_wait(self) -> float:
        now = self._clock()
        return max(self._all_paused_until - now, self._overall.wait(now))

    def _broadcast_wait(self) -> float:
        """How long a broadcast holds back although there is a place."""
        yielding = _STEP if self._people_waiting else 0.0
        return max(yielding, self._next_broadcast - self._clock())

    def _pause(self, chat: int | str, seconds: float) -> None:
        now = self._clock()
        self._paused_until[chat] = max(self._paused_until.get(chat, 0.0), now + seconds)
        self._refused.append((now, chat))
        while self._refused[0][0] < now - STORM_PERIOD.total_seconds():
            self._refused.popleft()
        if len({refused for _, refused in self._refused}) >= STORM:
            self._all_paused_until = max(self._all_paused_until, now + seconds)

    def _rate(self, chat: int | str) -> RateLimit:
        if len(self._chats) > self._most_chats:
            self._forget_idle()
        if chat not in self._chats:
            is_private = isinstance(chat, int) and chat > 0
            limits = (PRIVATE, PRIVATE_PERIOD) if is_private else (GROUP, GROUP_PERIOD)
            self._chats[chat] = RateLimit(limits[0], limits[1] + self._margin)
        return self._chats[chat]

    def _forget_idle(self) -> None:
        now = self._clock()
        for rate in self._chats.values():
            rate.wait(now)
        self._chats = {c: used for c, used in self._chats.items() if used.counted or used.wanted}
        self._most_chats = max(IDLE_CHATS, 2 * len(self._chats))  # or each call of many would look
        self._paused_until = {c: until for c, until in self._paused_until.items() if until > now}


def retry_after(refused: RetryAfter) -> timedelta:
    """How long Telegram asks to wait, in whichever way the library says it."""
    after = refused.retry_after
    return after if isinstance(after, timedelta) else timedelta(seconds=after)
