"""Stored articles get their stories, from whichever process has its turn."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from digest.errors import StoreError
from digest.ingest import placing
from digest.ingest.intake import Intake
from digest.model.articles import Counts, Known
from digest.model.stories import Changes, Mark, Member, Spot
from tests.fakes import FakeArticleStore, FakeDatabase
from tests.ingest_world import GRAIN, NOW, Watched, World, bring_apart, draft, stories


@pytest.fixture
def world() -> World:
    return World()


class Heard(Watched):
    """A store that notes at each turn how often the memory had been read by then."""

    def __init__(self, database: FakeDatabase) -> None:
        super().__init__(database)
        self.turns: list[int] = []

    @asynccontextmanager
    async def placing(self, *, waits: bool) -> AsyncIterator[bool]:
        self.turns.append(len(self.memories))
        async with super().placing(waits=waits) as is_ours:
            yield is_ours


async def test_what_one_process_stored_and_could_not_place_another_places(world: World) -> None:
    store = Watched(world.database)
    one, other = Intake(store), Intake(world.database.articles)
    await one.take([draft(1)], seen_at=NOW)
    store.fails = True
    with pytest.raises(StoreError):
        await one.take([draft(2)], seen_at=NOW)
    assert [article.story is None for article in await store.all()] == [False, True]

    assert await other.regroup(NOW) == 0

    assert await store.waiting(9) == ()
    store.fails = False
    assert await one.take([draft(2), draft(3)], seen_at=NOW) == Counts(new=1, known=1)
    assert all(article.story is not None for article in await store.all())


async def test_what_was_placed_in_the_turn_of_others_needs_none_of_its_own(world: World) -> None:
    class Slow(FakeArticleStore):
        turns = 0

        @asynccontextmanager
        async def placing(self, *, waits: bool) -> AsyncIterator[bool]:
            self.turns += 1
            for _ in range(99):  # the others store theirs meanwhile
                await asyncio.sleep(0)
            async with super().placing(waits=waits) as is_ours:
                yield is_ours

    store = Slow(world.database.tables)
    intake = Intake(store)

    await asyncio.gather(*(intake.take([draft(n)], seen_at=NOW) for n in range(8)))

    assert store.turns < 8
    assert all(article.story is not None for article in await store.all())


async def test_a_turn_ends_when_much_waits_and_another_follows(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "_AT_ONCE", 2)
    monkeypatch.setattr(placing, "_ROUNDS", 2)
    store = Heard(world.database)

    await Intake(store).take([draft(n) for n in range(5)], seen_at=NOW)

    assert len(store.turns) == 2
    assert await store.waiting(9) == ()


async def test_what_waits_is_placed_day_by_day_of_its_dates(world: World) -> None:
    class Settled(FakeArticleStore):
        keys: list[list[str]] = []  # noqa: RUF012 - of this test alone

        async def settle(
            self, waiting: Sequence[Member], spots: Sequence[Spot]
        ) -> tuple[Mapping[str, Known], Mark]:
            self.keys.append([one.key[-1] for one in waiting])
            return await super().settle(waiting, spots)

    store = Settled(world.database.tables)
    days = {1: 4, 2: 0, 3: 4, 4: 2}
    drafts = [replace(draft(n), published_at=NOW - timedelta(days=ago)) for n, ago in days.items()]
    await Intake(store, places=False).take(drafts, seen_at=NOW)
    assert store.keys == []

    await Intake(store).place_what_waits(NOW)

    assert store.keys == [["1", "3"], ["4"], ["2"]]


async def test_who_places_less_leaves_what_waits_to_the_other(world: World) -> None:
    store = Heard(world.database)
    one, other = Intake(store), Intake(world.database.articles)
    await one.take([draft(1)], seen_at=NOW)
    await other.take([draft(n) for n in (2, 3, 4)], seen_at=NOW)
    await one.take([draft(5)], seen_at=NOW)
    assert len(store.turns) == 2

    await one.take([draft(6)], seen_at=NOW)
    await one.place_what_waits(NOW)
    await other.place_what_waits(NOW)
    assert await store.waiting(9) == ()
    await one.take([draft(7)], seen_at=NOW)
    for _ in range(placing._PATIENCE):
        await one.place_what_waits(NOW)
    assert len(store.turns) == 2
    await one.place_what_waits(NOW)  # the other is no longer there

    assert len(store.turns) == 3
    assert await store.waiting(9) == ()


async def test_who_finds_another_placing_leaves_it_to_that(world: World) -> None:
    store = Watched(world.database)
    intake = Intake(store)
    async with store.placing(waits=True):
        await intake.take([draft(1)], seen_at=NOW)
        await intake.take([draft(2)], seen_at=NOW)
    assert len(await store.waiting(9)) == 2

    for _ in range(placing._PATIENCE):
        await intake.place_what_waits(NOW)
    assert len(await store.waiting(9)) == 2
    await intake.place_what_waits(NOW)
    assert await store.waiting(9) == ()


async def test_who_only_reads_waits_where_too_much_waits(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placing, "_MOST_WAITING", 1)
    store = Watched(world.database)
    intake, other = Intake(store), Intake(world.database.articles)
    async with store.placing(waits=True):
        await intake.take([draft(n) for n in (1, 2)], seen_at=NOW)
        await intake.place_what_waits(NOW)
        held = asyncio.create_task(intake.take([draft(3)], seen_at=NOW))
        await asyncio.wait([held], timeout=0.1)
        assert not held.done()

    await other.place_what_waits(NOW)
    await intake.place_what_waits(NOW)

    assert await held == Counts(new=1)


async def test_who_places_goes_on_after_a_turn_that_another_needed(world: World) -> None:
    store = Watched(world.database)
    intake, other = Intake(store), Intake(world.database.articles)
    await intake.take([draft(1)], seen_at=NOW)
    async with store.placing(waits=True):
        await intake.take([draft(2)], seen_at=NOW)
    assert len(await store.waiting(9)) == 1

    await intake.place_what_waits(NOW)
    assert await store.waiting(9) == ()

    async with store.placing(waits=True):
        assert await other.regroup(NOW) == 0  # who has the turn weighs them again
    await other.regroup(NOW)
    await intake.take([draft(3)], seen_at=NOW)
    assert await store.waiting(9) == ()


async def test_what_is_brought_beside_the_process_of_a_file_is_placed_by_that(world: World) -> None:
    store = Watched(world.database, is_shared=False)
    running, beside = Intake(store), Intake(store, places=False)
    copy = replace(draft(1), url="https://other.example/1")
    await running.take([draft(1)], seen_at=NOW)

    assert await beside.take([copy], seen_at=NOW) == Counts(new=1)
    assert await beside.regroup(NOW) == 0
    assert len(await store.waiting(9)) == 1

    await running.place_what_waits(NOW)
    await running.take([draft(2)], seen_at=NOW)
    one, other, _ = await store.all()
    assert other.story == one.story is not None
    assert await running.regroup(NOW + timedelta(hours=2)) == 0
    assert len(store.memories) == 1


async def test_what_is_brought_while_the_memory_is_read_waits_for_nobody(world: World) -> None:
    class Long(Watched):
        def __init__(self, database: FakeDatabase) -> None:
            super().__init__(database)
            self.is_asked, self.may_end = asyncio.Event(), asyncio.Event()

        async def changes(self, start: datetime, mark: Mark | None) -> Changes:
            self.is_asked.set()
            await self.may_end.wait()
            return await super().changes(start, mark)

    store = Long(world.database)
    intake = Intake(store)
    first = asyncio.create_task(intake.take([draft(1)], seen_at=NOW))
    await store.is_asked.wait()

    await intake.take([draft(2)], seen_at=NOW)

    assert len(await store.waiting(9)) == 2
    store.may_end.set()
    await first
    assert await store.waiting(9) == ()


async def test_who_failed_to_have_a_turn_is_waited_for_by_nobody(world: World) -> None:
    class Away(Heard):
        is_away = True

        async def changes(self, start: datetime, mark: Mark | None) -> Changes:
            if self.is_away:
                raise StoreError("the database does not answer")
            return await super().changes(start, mark)

    store = Away(world.database)
    intake = Intake(store)
    with pytest.raises(StoreError):
        await intake.take([draft(1)], seen_at=NOW)
    store.is_away = False

    await intake.take([draft(2)], seen_at=NOW)

    assert await store.waiting(9) == ()


async def test_the_memory_is_read_before_the_turn_that_others_wait_for(world: World) -> None:
    store = Heard(world.database)

    await Intake(store).take([draft(1)], seen_at=NOW)
    await Intake(store).regroup(NOW)

    assert store.turns == [1, 2]


async def test_what_another_process_has_placed_is_known_before_placing(world: World) -> None:
    one, other = Intake(world.database.articles), Intake(world.database.articles)
    first, second, third = (draft(n, text=f"{GRAIN} So paper {n} wrote.") for n in (1, 2, 3))
    await one.take([first], seen_at=NOW)
    assert await other.take([second, first], seen_at=NOW) == Counts(new=1, known=1)
    assert await one.take([third, second], seen_at=NOW) == Counts(new=1, known=1)
    assert len(await stories(world.database.articles)) == 1


async def test_what_another_process_has_moved_is_followed(world: World) -> None:
    one, other = Intake(world.database.articles), Intake(world.database.articles)
    await bring_apart(world.database.articles, "a", "b")
    await other.take([draft(1)], seen_at=NOW)  # it has seen them apart
    assert await one.regroup(NOW) == 1
    await other.take([draft(2, text=GRAIN)], seen_at=NOW)
    told = {one.story for one in await world.database.articles.all() if GRAIN in one.text}
    assert len(told) == 1


async def test_a_failed_batch_leaves_no_trace_in_the_memory(world: World) -> None:
    store = Watched(world.database)
    intake = Intake(store)
    store.fails = True
    with pytest.raises(StoreError):
        await intake.take([draft(1)], seen_at=NOW)
    store.fails = False
    await intake.take([draft(1)], seen_at=NOW)
    (stored,) = await store.all()
    assert stored.duplicate_of is None
