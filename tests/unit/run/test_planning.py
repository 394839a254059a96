"""A clock that is put right, and one that is not yet."""

from datetime import timedelta

import pytest

from bot.run.planning import planning
from digest.model.sources import NewSource, Outlet, SourceOutcome
from tests.delivery_desk import NOW, Desk

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@pytest.mark.parametrize("behind", [20 * HOUR, 20 * DAY])
async def test_a_clock_that_is_behind_brings_no_second_digest(behind: timedelta) -> None:
    """As after a boot, before it is put right; feeds have dated entries of a later time."""
    desk = Desk()
    await dated(desk)
    await desk.subscribe()
    await desk.queue()
    before = await desk.chat()
    desk.clock.advance(-behind)
    await planning(desk.database, desk.clock)()  # type: ignore[arg-type]
    assert await desk.chat() == before
    desk.clock.advance(behind + HOUR)
    await desk.queue()
    assert len(desk.database.tables.slots) == 1


async def test_a_clock_that_was_ahead_is_told_of() -> None:
    desk = Desk()
    await dated(desk)
    await desk.subscribe(next_due_at=NOW + 365 * DAY, covered_until=NOW + 365 * DAY)
    for _ in range(2):
        await planning(desk.database, desk.clock)()  # type: ignore[arg-type]
    chat = await desk.chat()
    assert (chat.next_due_at, chat.covered_until) == (NOW + DAY, NOW)


async def dated(desk: Desk) -> None:
    """A feed whose newest entry is of now."""
    feed = NewSource(url="https://a.example/feed", outlet=Outlet("A"))
    added = await desk.database.sources.add(feed, now=NOW)
    how = {"source": added.id, "checked_at": NOW, "next_check_at": NOW, "newest_at": NOW}
    await desk.database.articles.add((), SourceOutcome(**how))  # type: ignore[arg-type]
