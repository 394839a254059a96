"""After an outage of the program digests wait for the feeds, but never for long."""

from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.run.first_round import AWAY, LONGEST, FirstRound
from digest.ingest.checked import INTERVAL
from digest.model.sources import NewSource, Outlet, Source, SourceOutcome
from tests.fakes import FakeClock, FakeDatabase

NOW = datetime(2026, 8, 25, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Desk:
    def __init__(self) -> None:
        self.database = FakeDatabase()
        self.clock = FakeClock(NOW)

    async def add(self, *, due: timedelta) -> Source:
        """A feed that was to be asked so long ago."""
        at = self.clock.now() - due
        new = NewSource(url=f"https://{due.seconds}.example/feed", outlet=Outlet("Paper"))
        return await self.database.sources.add(new, now=at)

    async def check(self, source: Source, error: str | None = None) -> None:
        now = self.clock.now()
        outcome = SourceOutcome(
            source=source.id, checked_at=now, next_check_at=now + INTERVAL, error=error
        )
        await self.database.articles.add((), outcome)

    def start(self) -> FirstRound:
        return FirstRound(self.database.sources, self.clock)


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_it_lasts_until_each_feed_was_asked_that_was_due_at_the_start(desk: Desk) -> None:
    late, fails = await desk.add(due=timedelta(hours=2)), await desk.add(due=MINUTE)
    first = desk.start()
    with capture_logs() as logged:
        assert await first.is_under_way()
        desk.clock.advance(MINUTE)
        await desk.check(late)
        assert await first.is_under_way()
    await desk.check(fails, "no answer")
    await desk.add(due=timedelta(0))  # becomes due later
    assert not await first.is_under_way()
    assert [line["event"] for line in logged] == ["digests wait until feeds are read"]


async def test_after_a_short_stop_nobody_waits(desk: Desk) -> None:
    await desk.add(due=AWAY - MINUTE)
    assert not await desk.start().is_under_way()


async def test_once_over_it_does_not_come_back(desk: Desk) -> None:
    source = await desk.add(due=timedelta(hours=2))
    first = desk.start()
    await desk.check(source)
    assert not await first.is_under_way()
    await desk.add(due=timedelta(hours=3))
    assert not await first.is_under_way()


@pytest.mark.parametrize("later", [LONGEST, timedelta(days=-300)])
async def test_it_ends_whatever_feeds_and_clocks_do(desk: Desk, later: timedelta) -> None:
    """A machine may begin with a clock that is wrong, and is set right."""
    await desk.add(due=timedelta(hours=2))
    first = desk.start()
    assert await first.is_under_way()
    desk.clock.advance(LONGEST - MINUTE)
    assert await first.is_under_way()
    desk.clock.advance(later - LONGEST + MINUTE)
    assert not await first.is_under_way()
