"""The bundled sources in a fresh database."""

from datetime import UTC, datetime

import pytest

from bot.intake import catalogue
from digest.errors import Conflict
from digest.model.sources import NewSource, Outlet, Source, SourceOutcome
from digest.model.stories import Placed
from seeds.sources import sources
from tests.articles import new_article
from tests.fakes import FakeClock, FakeDatabase, FakeSourceStore

NOW = datetime(2026, 8, 25, 12, tzinfo=UTC)


@pytest.fixture
def database() -> FakeDatabase:
    return FakeDatabase()


async def seeded(database: FakeDatabase, *, switched_on: bool = True) -> int:
    return await catalogue.seed(
        database.sources, database.articles, switched_on=switched_on, clock=FakeClock(NOW)
    )


async def test_a_fresh_database_gets_the_whole_catalogue(database: FakeDatabase) -> None:
    added = await seeded(database)

    found = await database.sources.all()
    assert added == len(found) == len(sources()) > 50
    assert {source.url: source.enabled for source in found} == {
        entry.url: entry.enabled for entry in sources()
    }
    assert any(source.outlet.official for source in found)
    assert any(source.outlet.state_funded for source in found)


async def test_switched_off_nothing_is_stored(database: FakeDatabase) -> None:
    assert await seeded(database, switched_on=False) == 0
    assert await database.sources.all() == ()


OWN = NewSource(url="https://own.example/feed", outlet=Outlet("Own"))


async def test_what_was_added_before_the_first_run_stands_beside_the_catalogue(
    database: FakeDatabase,
) -> None:
    first, *_ = sources()
    mine = NewSource(url=f"{first.url.removesuffix('/')}/", outlet=Outlet("Mine"))
    for one in (OWN, mine):
        await database.sources.add(one, now=NOW)

    assert await seeded(database) == len(sources()) - 1
    found = await database.sources.all()
    assert {one.url for one in found if one.outlet.name in ("Own", "Mine")} == {OWN.url, mine.url}


async def test_a_database_whose_source_was_read_stays_as_it_is(database: FakeDatabase) -> None:
    source = await database.sources.add(OWN, now=NOW)
    outcome = SourceOutcome(source=source.id, checked_at=NOW, next_check_at=NOW)
    await database.articles.add((), outcome)

    assert await seeded(database) == 0
    assert len(await database.sources.all()) == 1


async def test_a_database_with_articles_whose_sources_were_changed_stays_as_it_is(
    database: FakeDatabase,
) -> None:
    await database.articles.add([Placed(new_article("a", "It rained.", first_seen_at=NOW), -1)])
    await database.sources.add(OWN, now=NOW)

    assert await seeded(database) == 0


async def test_articles_alone_are_no_sources(database: FakeDatabase) -> None:
    await database.articles.add([Placed(new_article("a", "It rained.", first_seen_at=NOW), -1)])

    assert await seeded(database) == len(sources())


async def test_two_processes_that_seed_at_once_do_not_quarrel() -> None:
    class Raced(FakeSourceStore):
        """Another process has added the first source meanwhile."""

        async def add(self, source: NewSource, *, now: datetime) -> Source:
            if source.url == sources()[0].url:
                raise Conflict(f"{source.url} is there already")
            return await super().add(source, now=now)

    database = FakeDatabase()
    database.sources = Raced(database.tables)

    added = await seeded(database)

    assert added == len(sources()) - 1


def test_outlets_are_known_by_their_homepages() -> None:
    found = dict(catalogue.outlets())

    assert len(found) > 50
    assert all(home.startswith("http") for home in found)
