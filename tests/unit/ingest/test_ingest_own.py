"""What a reader's own sources and files bring is that reader's, and no more than a day may hold."""

import asyncio
from datetime import timedelta

import pytest

from digest.ingest import brought
from digest.ingest.checked import INTERVAL
from digest.ingest.hosts import Report
from digest.model.articles import Counts
from digest.model.sources import Amount
from tests.ingest_world import FEED, NOW, World, draft, page, rss, said, titles


@pytest.fixture
def world() -> World:
    return World()


async def test_an_own_article_joins_the_public_story_and_its_copy_is_known_as_one(
    world: World,
) -> None:
    await world.intake.take([said("gazette")], seen_at=NOW)
    await world.intake.take([said("mine")], seen_at=NOW, owner=7)

    (public,) = await world.database.articles.all()
    (mine,) = await world.database.articles.own(7, NOW - INTERVAL)
    assert mine.story == public.story
    assert mine.duplicate_of == public.id


async def test_no_public_article_ever_follows_a_readers_own(world: World) -> None:
    await world.intake.take([said("mine")], seen_at=NOW, owner=7)
    await world.intake.take([said("gazette")], seen_at=NOW)

    (public,) = await world.database.articles.all()
    (mine,) = await world.database.articles.own(7, NOW - INTERVAL)
    assert public.duplicate_of is None
    assert public.story != mine.story


async def test_the_same_words_are_each_readers_own_and_everybodys(world: World) -> None:
    for owner in (7, 8, None):
        counts = await world.intake.take([said("gazette")], seen_at=NOW, owner=owner)
        again = await world.intake.take([said("gazette")], seen_at=NOW, owner=owner)
        assert (counts, again) == (Counts(new=1), Counts(known=1))


async def test_a_readers_own_articles_make_stories_among_themselves(world: World) -> None:
    await world.intake.take([said("one")], seen_at=NOW, owner=7)
    await world.intake.take([said("two")], seen_at=NOW, owner=7)
    await world.intake.take([said("three")], seen_at=NOW, owner=8)

    first, second = await world.database.articles.own(7, NOW - INTERVAL)
    (other,) = await world.database.articles.own(8, NOW - INTERVAL)
    assert first.story == second.story != other.story
    assert second.duplicate_of == first.id
    assert other.duplicate_of is None


async def test_an_own_article_that_two_bring_at_once_is_stored_once(world: World) -> None:
    both = [world.intake.take([said("one")], seen_at=NOW, owner=7) for _ in range(2)]
    counts = await asyncio.gather(*both)
    assert sorted(count.new for count in counts) == [0, 1]
    assert len(await world.database.articles.own(7, NOW - INTERVAL)) == 1


async def test_own_articles_are_placed_where_another_places_what_waits(world: World) -> None:
    store = world.database.articles
    async with store.placing(waits=True):
        await world.intake.take([draft(1)], seen_at=NOW)
    await world.intake.take([said("mine")], seen_at=NOW, owner=7)
    (mine,) = await store.own(7, NOW - INTERVAL)
    assert mine.story is not None
    assert len(await store.waiting(9)) == 1


async def test_the_articles_of_an_own_source_are_its_owners(world: World) -> None:
    await world.add(owner=7)
    world.fetcher.pages[FEED] = page(rss("Ruritania"))
    await world.check_one()

    assert await world.database.articles.all() == ()
    assert len(await world.database.articles.own(7, NOW - INTERVAL)) > 0
    assert await world.check() == {}


async def own(world: World) -> set[str | None]:
    return titles(await world.database.articles.own(7, NOW - timedelta(days=9)))


@pytest.mark.parametrize("most", [Amount(2, 1_000), Amount(9, 110)])
async def test_of_more_than_a_reader_s_sources_may_bring_in_a_day_the_rest_waits(
    world: World, monkeypatch: pytest.MonkeyPatch, most: Amount
) -> None:
    monkeypatch.setattr(brought, "MOST_OWN", most)
    await world.add(owner=7)
    world.fetcher.pages[FEED] = page(rss("Chile", "Norway", "Kenya"), etag='"a"')

    assert await world.check_one() == Report("The Paper", Counts(new=2), left=1)
    assert await own(world) == {"Norway", "Kenya"}  # the last of a feed leave it first
    assert world.source().next_check_at == NOW + INTERVAL
    world.later()
    assert await world.check_one() == Report("The Paper", Counts(), left=1)

    world.clock.advance(timedelta(days=1))
    assert await world.check_one() == Report("The Paper", Counts(new=1, known=2))
    assert await own(world) == {"Chile", "Norway", "Kenya"}
    world.later()
    assert await world.check_one() == Report("The Paper", Counts())


async def test_what_is_new_comes_before_the_backlog_of_a_reader_s_source(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(brought, "MOST_OWN", Amount(1, 1_000))
    await world.add(owner=7)
    old = rss("Norway", "Kenya").replace(b"10 Feb 2026", b"02 Feb 2026", 2)
    world.fetcher.pages[FEED] = page(old.replace(b"02 Feb 2026", b"10 Feb 2026", 1))
    assert (await world.check_one()).left == 1
    assert await own(world) == {"Norway"}


async def test_an_entry_that_stands_in_a_feed_twice_does_not_evade_the_day_s_limit(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(brought, "MOST_OWN", Amount(1, 1_000))
    await world.add(owner=7)
    world.fetcher.pages[FEED] = page(rss("Norway", "Kenya", "Norway", "Kenya"))
    assert await world.check_one() == Report("The Paper", Counts(new=1), left=1)


async def test_everybody_s_sources_bring_what_they_have(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(brought, "MOST_OWN", Amount(1, 10))
    await world.add()
    world.fetcher.pages[FEED] = page(rss("Norway", "Kenya"))
    assert await world.check_one() == Report("The Paper", Counts(new=2))
