"""Turns at a host: whoever asks it waits until it has rested from the request before."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from urllib.parse import urlsplit


class Turns:
    """One request to a host at a time, and ``spacing`` between the end of one and the next."""

    def __init__(self, spacing: timedelta) -> None:
        self._spacing = spacing.total_seconds()
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._rested_at: dict[str, float] = {}  # by the clock of the loop

    @asynccontextmanager
    async def at(self, url: str) -> AsyncIterator[None]:
        """Hold the host of ``url``, once it is free and has rested."""
        host, loop = urlsplit(url).netloc, asyncio.get_running_loop()
        async with self._locks[host]:
            left = self._rested_at.get(host, 0.0) - loop.time()
            if left > 0:
                await asyncio.sleep(left)
            try:
                yield
            finally:
                self._rested_at[host] = loop.time() + self._spacing
