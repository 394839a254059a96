"""What is forgotten, and what is kept from a clock that is wrong."""

from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.run.forgetting import letters, pruning
from digest.model.chats import Chat
from digest.model.sources import NewSource, Outlet, SourceOutcome
from digest.model.stories import Placed
from tests.articles import new_article
from tests.fakes import FakeClock, FakeDatabase

NOW = datetime(2026, 8, 25, 5, 30, tzinfo=UTC)
DAY = timedelta(days=1)
AGE = 90 * DAY


class Archive:
    """A database with one article, one reader who is gone, and one letter."""

    def __init__(self) -> None:
        self.clock = FakeClock(NOW)
        self.database = FakeDatabase()

    async def fill(self) -> None:
        database = self.database
        await database.articles.add([Placed(new_article("a", "text", first_seen_at=NOW), -1)])
        await database.chats.save(Chat(id=7, active=True))
        await database.chats.pause(7, "blocked", now=NOW)
        await database.people.write(8, "words", alias=-8, now=NOW)
        feed = NewSource(url="https://a.example/feed", outlet=Outlet("Alpha"))
        self.source = (await database.sources.add(feed, now=NOW)).id

    async def read(self, newest_at: datetime) -> None:
        """The feed answers, and dates its newest entry so."""
        now = self.clock.now()
        how = {"source": self.source, "checked_at": now, "next_check_at": now}
        outcome = SourceOutcome(**how, newest_at=newest_at)  # type: ignore[arg-type]
        await self.database.articles.add((), outcome)

    async def forget(self) -> tuple[int, int, int]:
        """How many articles, readers and letters are left after an upkeep."""
        await pruning(self.database, self.clock, AGE)("")  # type: ignore[arg-type]
        await letters(self.database, self.clock)()  # type: ignore[arg-type]
        chats = await self.database.chats.all()
        return (
            len(await self.database.articles.all()),
            len(chats),
            len(self.database.tables.letters),
        )


@pytest.fixture
async def archive() -> Archive:
    archive = Archive()
    await archive.fill()
    return archive


@pytest.mark.parametrize(("later", "left"), [(29, (1, 1, 1)), (32, (1, 0, 1)), (92, (0, 0, 0))])
async def test_what_is_old_is_forgotten(
    archive: Archive, later: int, left: tuple[int, int, int]
) -> None:
    now = archive.clock.advance(later * DAY)
    await archive.read(now - timedelta(hours=2))
    assert await archive.forget() == left


async def test_a_clock_that_is_a_year_ahead_forgets_nothing_however_long(
    archive: Archive,
) -> None:
    """Feeds are read meanwhile, and date their entries as it is."""
    await archive.read(NOW)
    archive.clock.advance(365 * DAY)
    with capture_logs() as logged:
        for day in range(7):
            archive.clock.advance(DAY)
            await archive.read(NOW + day * DAY)
            assert await archive.forget() == (1, 1, 1)
    assert {(one["event"], one["log_level"]) for one in logged} == {
        ("forgetting by the dates of feeds", "warning")
    }


async def test_after_a_long_rest_it_is_forgotten_once_feeds_are_read(archive: Archive) -> None:
    await archive.read(NOW)
    now = archive.clock.advance(200 * DAY)
    assert await archive.forget() == (1, 1, 1)
    await archive.read(now)
    assert await archive.forget() == (0, 0, 0)


async def test_who_was_told_to_be_gone_by_a_clock_behind_is_not_forgotten_at_once(
    archive: Archive,
) -> None:
    """A digest covered a later time, so it cannot be so long ago."""
    chats = archive.database.chats
    chat = await chats.save(Chat(id=9, active=True, covered_until=NOW))
    await chats.pause(chat.id, "blocked", now=NOW - 60 * DAY)
    assert (await archive.forget())[1] == 2
    archive.clock.advance(31 * DAY)
    assert (await archive.forget())[1] == 0
