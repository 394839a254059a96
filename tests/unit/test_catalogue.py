"""The bundled sources in a fresh database."""

from datetime import UTC, datetime

import pytest

from bot.intake import catalogue
from digest.errors import Conflict
from digest.model.sources import NewSource, Outlet, Source
from seeds.sources import sources
from tests.fakes import FakeClock, FakeDatabase, FakeSourceStore

NOW = datetime(2026, 8, 25, 12, tzinfo=UTC)


@pytest.fixture
def store() -> FakeSourceStore:
    return FakeDatabase().sources


async def test_a_fresh_database_gets_the_whole_catalogue(store: FakeSourceStore) -> None:
    added = await catalogue.seed(store, switched_on=True, clock=FakeClock(NOW))

    found = await store.all()
    assert added == len(found) == len(sources()) > 50
    assert {source.url: source.enabled for source in found} == {
        entry.url: entry.enabled for entry in sources()
    }
    assert any(source.outlet.official for source in found)
    assert any(source.outlet.state_funded for source in found)


async def test_switched_off_nothing_is_stored(store: FakeSourceStore) -> None:
    assert await catalogue.seed(store, switched_on=False, clock=FakeClock(NOW)) == 0
    assert await store.all() == ()


async def test_a_database_with_a_source_stays_as_it_is(store: FakeSourceStore) -> None:
    await store.add(NewSource(url="https://own.example/feed", outlet=Outlet("Own")), now=NOW)

    assert await catalogue.seed(store, switched_on=True, clock=FakeClock(NOW)) == 0
    assert len(await store.all()) == 1


async def test_two_processes_that_seed_at_once_do_not_quarrel() -> None:
    class Raced(FakeSourceStore):
        """Another process has added the first source meanwhile."""

        async def add(self, source: NewSource, *, now: datetime) -> Source:
            if source.url == sources()[0].url:
                raise Conflict(f"{source.url} is there already")
            return await super().add(source, now=now)

    store = Raced(FakeDatabase().tables)

    added = await catalogue.seed(store, switched_on=True, clock=FakeClock(NOW))

    assert added == len(sources()) - 1


def test_outlets_are_known_by_their_homepages() -> None:
    found = dict(catalogue.outlets())

    assert len(found) > 50
    assert all(home.startswith("http") for home in found)
