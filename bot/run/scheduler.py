"""The clockwork: a few ticks that ask the database what is due. No job per chat, nothing pickled."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from digest.errors import AttacheError, BotRefused

log = structlog.get_logger(__name__)

LOOK_EVERY = timedelta(seconds=10)  # whether the clock of the machine was set back
_SLACK = timedelta(seconds=1)  # clocks are put right by less all the time


@dataclass(frozen=True, slots=True)
class Tick:
    """Something to be done every so often, never twice at once."""

    name: str
    every: timedelta
    act: Callable[[], Awaitable[None]]


class Every(IntervalTrigger):  # type: ignore[misc]  # the library has no types
    """A trigger that gives the next time after now, whatever was missed.

    The library's own goes through each time that was missed: after a month of sleep, those of a half-second
    tick are five million, which takes 47 s in which nobody is answered, and 300 MB (2026-11-30).
    """

    def get_next_fire_time(self, previous: datetime | None, now: datetime) -> datetime | None:
        """The first time after both ``now`` and ``previous``, in even steps from the latter."""
        if previous is not None and previous < now:
            previous += (now - previous) // self.interval * self.interval
        found: datetime | None = super().get_next_fire_time(previous, now)
        return found


class Clockwork:
    """The ticks while they run."""

    def __init__(self, ticks: Sequence[Tick], *, refused: asyncio.Event) -> None:
        """``refused`` is set when Telegram does not accept the token."""
        self._refused = refused
        self._running: set[asyncio.Task[None]] = set()
        self._watching: asyncio.Task[None] | None = None
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        for tick in ticks:
            self._scheduler.add_job(
                self._guarded,
                Every(seconds=tick.every.total_seconds(), timezone=UTC),
                args=(tick,),
                id=tick.name,
                coalesce=True,
                max_instances=1,
                misfire_grace_time=None,  # the default of 1 s drops late ticks
                next_run_time=datetime.now(UTC),
            )

    def start(self) -> None:
        """Run each tick now, and from then on every so often."""
        self._scheduler.start()
        self._watching = asyncio.create_task(self._watch_clock())

    async def stop(self, *, patience: timedelta) -> None:
        """Start no more ticks, and let those that run finish within ``patience``."""
        if self._watching is not None:
            self._watching.cancel()
        self._scheduler.pause()  # a shutdown would cut those that run short, each with an error in the log
        if self._running:
            await asyncio.wait(self._running, timeout=patience.total_seconds())
        self._scheduler.shutdown(wait=False)

    async def _watch_clock(self) -> None:
        """Wake the ticks when the clock was set back: the scheduler would wait until it has caught up.

        It shows in how long a tick has still to wait, which also reveals a clock that was ahead only
        between two looks.
        """
        while True:
            await asyncio.sleep(LOOK_EVERY.total_seconds())
            now = datetime.now(UTC)
            jobs = self._scheduler.get_jobs()
            late = [job for job in jobs if job.next_run_time - now > job.trigger.interval + _SLACK]
            if late:
                back = max(job.next_run_time for job in late) - now
                log.warning("the clock was set back", seconds=round(back.total_seconds()))
            for job in late:
                job.modify(next_run_time=now)

    async def _guarded(self, tick: Tick) -> None:
        """One of the four places that catch everything: a tick that fails is logged, and comes again."""
        task = asyncio.ensure_future(tick.act())
        self._running.add(task)
        try:
            await asyncio.shield(task)
        except BotRefused as error:
            log.error("telegram refuses the bot", tick=tick.name, reason=str(error))
            self._refused.set()
        except AttacheError as error:  # a server away for an hour would be 64 MB of tracebacks
            log.warning("tick failed", tick=tick.name, reason=str(error))
        except Exception:
            log.exception("tick failed", tick=tick.name)
        finally:
            self._running.discard(task)
