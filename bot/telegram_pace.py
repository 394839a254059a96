"""How fast we call Telegram: sliding windows, people before broadcasts, a pause where it asks for one.

Limits as in the Bots FAQ: 30 messages a second overall, one a second in a private chat, 20 a
minute in a group.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

Lane = Literal["people", "broadcast"]
Answer = bool | dict[str, Any] | list[dict[str, Any]]

BROADCAST: Lane = "broadcast"
OVERALL, OVERALL_PERIOD = 30, 1.0
RESERVED = 3  # of these, kept free for people: a reply goes out at once during a broadcast
PRIVATE, PRIVATE_PERIOD = 1, 1.0
GROUP, GROUP_PERIOD = 20, 60.0
PATIENCE = timedelta(seconds=30)  # a person's reply waits no longer than this after a 429
STORM, STORM_PERIOD = 3, 1.0  # so many chats refused within this: it is the bot that is too fast
IDLE_CHATS = 1_000  # so many windows are kept before the empty ones are thrown away
_STEP = 0.01  # seconds between two looks while another lane goes first


@dataclass(slots=True)
class Window:
    """At most ``limit`` calls within any ``period`` seconds."""

    limit: int
    period: float
    taken: deque[float] = field(default_factory=deque)

    def wait(self, now: float, *, reserved: int = 0) -> float:
        """Seconds until a place is free, 0 if one is; ``reserved`` places count as taken."""
        while self.taken and self.taken[0] <= now - self.period:
            self.taken.popleft()
        beyond = len(self.taken) - (self.limit - reserved)
        return self.taken[beyond] + self.period - now if beyond >= 0 else 0.0

    def take(self, now: float) -> None:
        """Use a place."""
        self.taken.append(now)


class Pace(BaseRateLimiter[Lane]):
    """Lets each call go when its turn has come.

    Reading calls and answers to button presses go at once, edits count overall only: they follow
    a person's taps. A 429 pauses its chat; people's calls are then tried once more.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._overall = Window(OVERALL, OVERALL_PERIOD)
        self._chats: dict[int | str, Window] = {}
        self._paused_until: dict[int | str, float] = {}
        self._all_paused_until = 0.0
        self._refused: deque[tuple[float, int | str]] = deque()
        self._people_waiting = 0

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
        lane: Lane = rate_limit_args or "people"
        window = None if endpoint.startswith("edit") else self._window(chat)
        try:
            await self._turn(chat, window, lane)
            return await callback(*args, **kwargs)
        except RetryAfter as refused:
            after = retry_after(refused)
            self._pause(chat, after.total_seconds())
            if lane == BROADCAST or after > PATIENCE:
                raise
        await self._turn(chat, window, lane)
        return await callback(*args, **kwargs)

    async def _turn(self, chat: int | str, window: Window | None, lane: Lane) -> None:
        """Wait for a place in every window; a broadcast also lets waiting people go first."""
        is_person = lane != BROADCAST
        self._people_waiting += is_person
        try:
            while (wait := self._wait(chat, window, is_person)) > 0:
                await self._sleep(wait)
        finally:
            self._people_waiting -= is_person
        now = self._clock()
        for used in (self._overall, window):
            if used is not None:
                used.take(now)

    def _wait(self, chat: int | str, window: Window | None, is_person: bool) -> float:
        now = self._clock()
        paused = max(self._paused_until.get(chat, 0.0), self._all_paused_until) - now
        own = window.wait(now) if window else 0.0
        overall = self._overall.wait(now, reserved=0 if is_person else RESERVED)
        yielding = _STEP if not is_person and self._people_are_next(now) else 0.0
        return max(paused, own, overall, yielding, 0.0)

    def _people_are_next(self, now: float) -> bool:
        """Whether people wait for the bot's own limit; one who waits for their chat holds nobody up."""
        return self._people_waiting > 0 and self._overall.wait(now) > 0

    def _pause(self, chat: int | str, seconds: float) -> None:
        now = self._clock()
        self._paused_until[chat] = max(self._paused_until.get(chat, 0.0), now + seconds)
        self._refused.append((now, chat))
        while self._refused[0][0] < now - STORM_PERIOD:
            self._refused.popleft()
        if len({refused for _, refused in self._refused}) >= STORM:
            self._all_paused_until = max(self._all_paused_until, now + seconds)

    def _window(self, chat: int | str) -> Window:
        if len(self._chats) > IDLE_CHATS:
            self._forget_idle()
        if chat not in self._chats:
            is_private = isinstance(chat, int) and chat > 0
            limits = (PRIVATE, PRIVATE_PERIOD) if is_private else (GROUP, GROUP_PERIOD)
            self._chats[chat] = Window(*limits)
        return self._chats[chat]

    def _forget_idle(self) -> None:
        now = self._clock()
        for window in self._chats.values():
            window.wait(now)
        self._chats = {chat: window for chat, window in self._chats.items() if window.taken}
        self._paused_until = {c: until for c, until in self._paused_until.items() if until > now}


def retry_after(refused: RetryAfter) -> timedelta:
    """How long Telegram asks to wait, whichever way the library says it."""
    after = refused.retry_after
    return after if isinstance(after, timedelta) else timedelta(seconds=after)
