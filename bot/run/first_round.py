"""After a time without the program: digests wait until all feeds have been asked once."""

from datetime import datetime, timedelta

import structlog

from digest.ports import Clock, SourceStore

log = structlog.get_logger(__name__)

AWAY = timedelta(minutes=10)  # that a feed waited beyond its half hour; less is no outage
LONGEST = timedelta(minutes=5)  # that digests wait, whatever hosts do not answer


class FirstRound:
    """The round of all feeds that were due when it was made."""

    def __init__(self, sources: SourceStore, clock: Clock) -> None:
        self._sources = sources
        self._clock = clock
        self._started_at = clock.now()
        self._lasts: bool | None = None  # None: nobody has looked

    async def is_under_way(self) -> bool:
        """Whether some of them were not asked yet; never if none was long overdue."""
        gone = self._clock.now() - self._started_at
        if self._lasts is None:
            self._lasts = await self._is_left(self._started_at - AWAY)
            if self._lasts:
                log.info("digests wait until feeds are read")
        elif self._lasts:
            # A clock that was set back would never come to the end.
            may_last = timedelta(0) <= gone < LONGEST
            self._lasts = may_last and await self._is_left(self._started_at)
        return self._lasts

    async def _is_left(self, due: datetime) -> bool:
        return bool(await self._sources.due(due, limit=1))
