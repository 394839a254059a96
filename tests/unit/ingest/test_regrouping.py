"""Stories are regrouped once an hour, and what was shown is not moved."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from digest.errors import StoreError
from digest.ingest.intake import Intake
from digest.model.articles import StoryId
from tests.ingest_world import NOW, Watched, World, bring_apart, draft, stories


@pytest.fixture
def world() -> World:
    return World()


async def test_stories_are_regrouped_once_an_hour_and_only_after_news(world: World) -> None:
    store = Watched(world.database)
    intake = Intake(store)
    await bring_apart(store, "a", "b")

    assert await intake.regroup(NOW) == 1
    assert await intake.regroup(NOW + timedelta(hours=2)) == 0
    assert len(await stories(store)) == 1
    assert len(store.memories) == 1

    await intake.take([draft(1)], seen_at=NOW)
    assert await intake.regroup(NOW + timedelta(minutes=5)) == 0


async def test_what_a_chat_was_shown_is_not_moved(world: World) -> None:
    await bring_apart(world.database.articles, "a", "b")
    before = await stories(world.database.articles)
    for chat, story in enumerate(before):
        assert story is not None
        world.database.tables.shown_stories[chat, 0] = {story: NOW.date()}

    assert await world.intake.regroup(NOW) == 0
    assert await stories(world.database.articles) == before


async def test_a_day_is_regrouped_when_the_next_begins(world: World) -> None:
    await bring_apart(world.database.articles, "a", "b")
    tomorrow = NOW + timedelta(days=1)

    await world.intake.take([replace(draft(1), published_at=tomorrow)], seen_at=tomorrow)

    assert len(await stories(world.database.articles)) == 2


async def test_a_regrouping_that_failed_leaves_no_trace_in_the_memory(world: World) -> None:
    class Full(Watched):
        async def move(self, moves: Mapping[str, StoryId | int]) -> Mapping[str, StoryId]:
            if self.fails:
                raise StoreError("the disk is full")
            return await super().move(moves)

    store = Full(world.database)
    intake = Intake(store)
    await bring_apart(store, "a", "b")
    store.fails = True
    with pytest.raises(StoreError):
        await intake.regroup(NOW)
    store.fails = False

    assert await intake.regroup(NOW + timedelta(hours=1)) == 1
    assert len(store.memories) == 2
