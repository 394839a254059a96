import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta, tzinfo

import pytest
from apscheduler.schedulers import base
from structlog.testing import capture_logs

from bot.run import scheduler
from bot.run.scheduler import Clockwork, Every, Tick
from digest.errors import BotRefused, StoreError
from tests.patience import PATIENCE

OFTEN = timedelta(seconds=0.05)
DAY = timedelta(days=1)  # a tick that comes once in a test
LONG = timedelta(seconds=PATIENCE)


class Counter:
    """A tick that counts itself; ``reached`` waits until it has been called so often."""

    def __init__(self, act: Callable[[], Awaitable[object]] | None = None) -> None:
        self.calls = 0
        self.running = 0
        self.most_at_once = 0
        self._act = act
        self._called = asyncio.Condition()

    async def __call__(self) -> None:
        async with self._called:
            self.calls += 1
            self._called.notify_all()
        self.running += 1
        self.most_at_once = max(self.most_at_once, self.running)
        try:
            if self._act is not None:
                await self._act()
        finally:
            self.running -= 1

    async def reached(self, calls: int) -> None:
        async with asyncio.timeout(PATIENCE), self._called:
            await self._called.wait_for(lambda: self.calls >= calls)


class Held:
    """Work that goes on until it is released."""

    def __init__(self) -> None:
        self.release, self.finished = asyncio.Event(), asyncio.Event()

    async def __call__(self) -> None:
        await self.release.wait()
        self.finished.set()


class Moved(datetime):
    """The clock of the machine, set ahead."""

    by = timedelta(0)

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return datetime.now(tz) + cls.by


@pytest.fixture
def moved(monkeypatch: pytest.MonkeyPatch) -> type[Moved]:
    monkeypatch.setattr(Moved, "by", timedelta(0))
    for module in (base, scheduler):
        monkeypatch.setattr(module, "datetime", Moved)
    return Moved


def clockwork(*ticks: Tick, refused: asyncio.Event | None = None) -> Clockwork:
    return Clockwork(ticks, refused=refused or asyncio.Event())


async def test_a_tick_comes_at_once_and_again_but_never_twice_at_the_same_time() -> None:
    release = asyncio.Event()
    quick, slow = Counter(), Counter(release.wait)
    works = clockwork(Tick("quick", OFTEN, quick), Tick("slow", OFTEN, slow))
    works.start()
    await quick.reached(3)
    assert slow.calls == 1
    release.set()
    await slow.reached(2)
    await works.stop(patience=LONG)
    assert slow.most_at_once == 1


async def test_a_clock_that_is_set_back_holds_up_no_tick(
    moved: type[Moved], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The scheduler goes by the clock of the machine, and would wait until that has caught up."""

    monkeypatch.setattr(scheduler, "LOOK_EVERY", OFTEN)
    counter = Counter()
    works = clockwork(Tick("ingest", OFTEN, counter))
    works.start()
    await counter.reached(1)
    moved.by = -timedelta(hours=2)
    await counter.reached(counter.calls + 5)
    await works.stop(patience=LONG)


async def test_a_clock_that_was_ahead_for_a_moment_holds_up_no_tick(
    moved: type[Moved], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever looks at the clock alone, before and after, sees nothing of it."""

    monkeypatch.setattr(scheduler, "LOOK_EVERY", 20 * OFTEN)
    counter = Counter()
    works = clockwork(Tick("deliver", OFTEN, counter))
    works.start()
    await counter.reached(1)
    moved.by = DAY
    await counter.reached(counter.calls + 2)
    moved.by = timedelta(0)
    await counter.reached(counter.calls + 5)
    await works.stop(patience=LONG)


async def test_a_clock_that_is_set_ahead_brings_each_tick_once(moved: type[Moved]) -> None:
    often, rare = Counter(), Counter()
    works = clockwork(Tick("place", OFTEN, often), Tick("prune", DAY, rare))
    works.start()
    await rare.reached(1)
    moved.by = 2 * DAY
    await rare.reached(2)
    await often.reached(often.calls + 2)
    await works.stop(patience=LONG)
    assert rare.calls == 2


@pytest.mark.parametrize("slept", [timedelta(0), OFTEN, 1.5 * OFTEN, 365 * DAY])
def test_what_was_missed_is_not_gone_through(slept: timedelta) -> None:
    """A month of half seconds took the bot 47 s, in which it answered nobody."""
    at = datetime(2026, 12, 1, 7, tzinfo=UTC)
    every = Every(seconds=OFTEN.total_seconds(), timezone=UTC)
    found = every.get_next_fire_time(at, at + slept)
    assert found is not None
    assert timedelta(0) < found - (at + slept) <= OFTEN


async def test_a_tick_that_fails_is_logged_and_comes_again() -> None:
    async def fail() -> None:
        raise RuntimeError("the disk is full")

    failing = Counter(fail)
    works = clockwork(Tick("ingest", OFTEN, failing))
    with capture_logs() as logged:
        works.start()
        await failing.reached(2)
        await works.stop(patience=LONG)
    assert {"event": "tick failed", "tick": "ingest"}.items() <= logged[0].items()
    assert logged[0]["exc_info"]


async def test_a_failure_that_is_expected_is_one_line_each_time() -> None:
    async def fail() -> None:
        raise StoreError("the database cannot be reached; see that the server runs")

    failing = Counter(fail)
    works = clockwork(Tick("place", OFTEN, failing))
    with capture_logs() as logged:
        works.start()
        await failing.reached(2)
        await works.stop(patience=LONG)
    assert logged[0] == {
        "event": "tick failed",
        "log_level": "warning",
        "tick": "place",
        "reason": "the database cannot be reached; see that the server runs",
    }


async def test_a_refused_token_is_told_to_who_waits_for_it_and_stops_no_other_tick() -> None:
    async def refuse() -> None:
        raise BotRefused("Unauthorized")

    refused, other = asyncio.Event(), Counter()
    works = clockwork(
        Tick("deliver", DAY, Counter(refuse)), Tick("ingest", OFTEN, other), refused=refused
    )
    with capture_logs() as logged:
        works.start()
        await asyncio.wait_for(refused.wait(), PATIENCE)
        await other.reached(2)
        await works.stop(patience=LONG)
    assert [line["reason"] for line in logged if line.get("tick") == "deliver"] == ["Unauthorized"]


async def test_a_stop_lets_the_tick_in_hand_finish_and_begins_none_after_it() -> None:
    work = Held()
    counter = Counter(work)
    works = clockwork(Tick("deliver", OFTEN, counter))
    works.start()
    await counter.reached(1)
    stopping = asyncio.create_task(works.stop(patience=LONG))
    await asyncio.sleep(2 * OFTEN.total_seconds())  # in which the next one would begin
    work.release.set()
    await stopping
    assert work.finished.is_set()
    assert counter.calls == 1


async def test_a_stop_in_the_middle_of_a_tick_is_no_error(caplog: pytest.LogCaptureFixture) -> None:
    counter = Counter(lambda: asyncio.sleep(0.05))
    works = clockwork(Tick("deliver", DAY, counter))
    works.start()
    await counter.reached(1)
    await works.stop(patience=LONG)
    await asyncio.sleep(0.05)  # in which what was cut short would be told of
    assert [line.getMessage() for line in caplog.records if line.levelname == "ERROR"] == []


async def test_a_stop_does_not_outwait_its_patience() -> None:
    work = Held()
    counter = Counter(work)
    works = clockwork(Tick("deliver", DAY, counter))
    works.start()
    await counter.reached(1)
    async with asyncio.timeout(PATIENCE):
        await works.stop(patience=timedelta(seconds=0.1))
    assert not work.finished.is_set()
    work.release.set()
    await asyncio.wait_for(work.finished.wait(), PATIENCE)


async def test_a_stop_with_nothing_in_hand_is_done_at_once() -> None:
    works = clockwork()
    works.start()
    stopping = asyncio.create_task(works.stop(patience=2 * LONG))
    done, _ = await asyncio.wait({stopping}, timeout=PATIENCE)
    assert done == {stopping}
    assert stopping.exception() is None
