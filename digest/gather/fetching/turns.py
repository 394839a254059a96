"""Turns at a host: one request at a time, with a rest between two."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from urllib.parse import urlsplit
from weakref import WeakValueDictionary


class HostTurns:
    """One request to a host at a time, and ``spacing`` between the end of one and the next."""

    def __init__(self, spacing: timedelta) -> None:
        self._spacing = spacing.total_seconds()
        # A lock is there while somebody holds it or waits for it: hosts come and go for months.
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._rested_at: dict[str, float] = {}  # by the clock of the loop

    @asynccontextmanager
    async def at(self, url: str) -> AsyncIterator[None]:
        """Hold the host of ``url``, once it is free and has rested."""
        host, loop = urlsplit(url).netloc, asyncio.get_running_loop()
        lock = self._locks.setdefault(host, asyncio.Lock())
        async with lock:
            left = self._rested_at.get(host, 0.0) - loop.time()
            if left > 0:
                await asyncio.sleep(left)
            try:
                yield
            finally:
                now = loop.time()
                resting = {name: until for name, until in self._rested_at.items() if until > now}
                self._rested_at = {**resting, host: now + self._spacing}
