"""What a reader adds is that reader's own."""

from dataclasses import replace

import pytest

from digest.errors import Conflict
from digest.model.articles import OWN_AT_ONCE, ArticleId, StoryId
from digest.model.digests import Window
from digest.model.sources import Amount, SourceId, SourceOutcome
from digest.model.stories import Placed

from .every import DAY, HOUR, NOW, SECOND, Stores, a_chat, a_source, add, an_article


async def test_of_some_articles_those_of_others_are_left_out(stores: Stores) -> None:
    ids = await add(
        stores, an_article("a"), an_article("mine", owner=7), an_article("theirs", owner=8)
    )
    asked = (*reversed(ids), ArticleId(10_000))
    for reader in (None, 7):
        each = {one: await stores.articles.get(one, reader=reader) for one in asked}
        found = await stores.articles.some(asked, reader=reader)
        assert found == {one: article for one, article in each.items() if article}
    assert await stores.articles.some(()) == {}


async def test_a_readers_own_article_is_found_by_that_reader_alone(stores: Stores) -> None:
    await add(stores, an_article("public", title="Grain for all"))
    (told,) = await stores.articles.all()
    await add(stores, an_article("7 own", owner=7, title="Grain of mine"), story=told.story or 0)
    (mine,) = await stores.articles.own(7, NOW - 30 * DAY)
    window = Window(NOW - DAY, NOW)

    async def found(reader: int | None) -> list[set[str]]:
        story = await stores.articles.story(told.story or StoryId(0), reader=reader)
        got = await stores.articles.get(mine.id, reader=reader)
        recent = await stores.articles.recent(NOW - DAY, limit=9, reader=reader)
        worded = await stores.articles.recent(NOW - DAY, limit=9, words="grain", reader=reader)
        snapshot = await stores.articles.snapshot(window, reader=reader)
        search = await stores.articles.search("grain", limit=9, reader=reader)
        every = (story, recent, worded, snapshot.articles, search, (got,) if got else ())
        return [{article.key for article in one} for one in every]

    assert mine.owner == 7
    assert mine.story == told.story
    assert await found(7) == [{"public", "7 own"}] * 5 + [{"7 own"}]
    for other in (None, 8):
        assert await found(other) == [{"public"}] * 5 + [set()]
    assert [article.key for article in await stores.articles.all()] == ["public"]
    assert [article.key for article in await stores.articles.recent(NOW - DAY, limit=9)] == [
        "public"
    ]
    assert await stores.articles.readers(window) == {7}
    assert await stores.articles.readers(Window(NOW - 3 * DAY, NOW - 2 * DAY)) == set()


async def test_of_many_own_articles_the_latest_are_read_at_once(stores: Stores) -> None:
    await add(stores, an_article("public", first_seen_at=NOW - 20 * HOUR))
    own = [
        an_article(f"7 {number}", owner=7, first_seen_at=NOW - number * SECOND)
        for number in range(1, OWN_AT_ONCE + 3)
    ]
    await add(stores, *own)
    window = Window(NOW - DAY, NOW)

    snapshot = await stores.articles.snapshot(window, reader=7)

    latest = [f"7 {number}" for number in range(OWN_AT_ONCE, 0, -1)]
    assert [article.key for article in snapshot.articles] == ["public", *latest]
    assert [article.key for article in await stores.articles.own(7, NOW - DAY)] == latest
    everybody_s = await stores.articles.snapshot(window)
    assert [article.key for article in everybody_s.articles] == ["public"]


async def test_what_a_reader_s_sources_brought_is_counted_with_its_revisions(
    stores: Stores,
) -> None:
    """Not what others brought, nor what the reader sent as a file."""
    old = an_article("7 old", owner=7, text="Old.", first_seen_at=NOW - 2 * DAY)
    await add(stores, old, an_article("public"), an_article("8 theirs", owner=8))
    await add(stores, an_article("7 file", owner=7, file="a.pdf"))
    assert await stores.articles.amount(7, NOW - DAY) == Amount()

    await add(stores, an_article("7 own", owner=7, text="Зерно."))
    await add(stores, replace(old, text="Older.", fingerprint="b", first_seen_at=NOW - HOUR))

    assert await stores.articles.amount(7, NOW - DAY) == Amount(2, 12)
    assert await stores.articles.amount(7, NOW - 3 * DAY) == Amount(3, 16)


async def test_a_readers_own_article_leaves_the_life_of_a_story_alone(stores: Stores) -> None:
    await add(stores, an_article("public"))
    (told,) = await stores.articles.all()
    early = an_article("7 own", owner=7, first_seen_at=NOW - 9 * HOUR)
    await add(stores, early, story=told.story or 0)

    snapshot = await stores.articles.snapshot(Window(NOW - DAY, NOW), reader=7)

    assert snapshot.story_started_at == {told.story: NOW - HOUR}


async def test_a_readers_own_article_goes_along_with_its_story(stores: Stores) -> None:
    """It neither holds a story that all others left, nor counts for how long that lasted."""
    await add(stores, an_article("one"))
    (one,) = await stores.articles.all()
    early = an_article("7 own", owner=7, first_seen_at=NOW - 9 * HOUR)
    await add(stores, early, an_article("7 late", owner=7), story=one.story or 0)
    (two,) = await add(stores, an_article("two"), story=-2)
    (_, other) = await stores.articles.all()
    assert other.id == two

    assert other.story is not None
    await stores.articles.move({"one": other.story})

    assert {article.story for article in await stores.articles.own(7, NOW - 30 * DAY)} == {
        other.story
    }
    together = await stores.articles.story(one.story or StoryId(0), reader=7)
    assert {article.key for article in together} == {"one", "two", "7 own", "7 late"}
    snapshot = await stores.articles.snapshot(Window(NOW - DAY, NOW), reader=7)
    assert snapshot.story_started_at == {other.story: NOW - HOUR}


async def test_an_address_is_read_once_for_all_and_once_for_each_reader(stores: Stores) -> None:
    mine = await stores.sources.add(a_source(owner=7), now=NOW)
    await stores.sources.add(a_source(owner=8), now=NOW)
    with pytest.raises(Conflict):
        await stores.sources.add(a_source(owner=7), now=NOW)
    public = await stores.sources.add(a_source(), now=NOW)
    with pytest.raises(Conflict):
        await stores.sources.add(a_source(owner=9), now=NOW)

    assert {source.owner for source in await stores.sources.own()} == {7, 8}
    assert await stores.sources.all() == (public,)
    assert set(await stores.sources.all(reader=7)) == {public, mine}
    assert len(await stores.sources.due(NOW, limit=9)) == 3


async def test_only_the_health_of_what_one_reads_is_told(stores: Stores) -> None:
    mine = await stores.sources.add(a_source(owner=7), now=NOW)
    outcome = SourceOutcome(source=mine.id, checked_at=NOW, next_check_at=NOW, error="gone")
    await stores.articles.add([], outcome)

    window = Window(NOW - DAY, NOW)
    assert (await stores.articles.snapshot(window, reader=7)).feeds == (
        (mine.outlet.country, True),
    )
    assert (await stores.articles.snapshot(window, reader=8)).feeds == ()


async def test_an_own_source_is_removed_and_switched_by_its_owner_with_its_articles(
    stores: Stores,
) -> None:
    mine = await stores.sources.add(a_source(owner=7), now=NOW)
    await add(stores, an_article("7 own", owner=7, source=mine.id))
    url = mine.url

    assert not await stores.sources.remove(url)
    assert not await stores.sources.remove(url, owner=8)
    assert not await stores.sources.enable(url, enabled=False)
    assert await stores.sources.enable(url, enabled=False, owner=7)
    assert await stores.sources.due(NOW, limit=9) == ()
    assert await stores.sources.remove(url, owner=7)
    assert await stores.articles.own(7, NOW - 30 * DAY) == ()


@pytest.mark.parametrize("end", ["remove", "adopt", "delete"])
async def test_what_an_own_source_brings_while_it_ends_is_not_kept(
    stores: Stores, end: str
) -> None:
    await stores.chats.save(a_chat(7))
    mine = await stores.sources.add(a_source(owner=7), now=NOW)
    match end:
        case "remove":
            await stores.sources.remove(mine.url, owner=7)
        case "adopt":
            await stores.sources.adopt(mine.id)
        case "delete":
            await stores.chats.delete(7)

    late = [an_article(key, owner=7, source=mine.id) for key in ("a", "b")]
    assert await stores.articles.add([Placed(one, -1) for one in late]) == ()
    assert await stores.articles.own(7, NOW - 30 * DAY) == ()


async def test_an_adopted_source_is_read_anew_for_everybody(stores: Stores) -> None:
    mine = await stores.sources.add(a_source(owner=7), now=NOW)
    outcome = SourceOutcome(
        source=mine.id, checked_at=NOW, next_check_at=NOW + DAY, etag="e", body_hash="h"
    )
    own = an_article("7 own", owner=7, source=mine.id)
    await stores.articles.add([Placed(own, -1)], outcome)

    assert not await stores.sources.adopt(SourceId(10_000))
    assert await stores.sources.adopt(mine.id)
    assert not await stores.sources.adopt(mine.id)

    (public,) = await stores.sources.all()
    assert (public.owner, public.etag, public.body_hash) == (None, None, None)
    assert await stores.sources.due(NOW, limit=9) == (public,)
    assert await stores.articles.own(7, NOW - 30 * DAY) == ()


async def test_what_is_public_already_is_not_adopted(stores: Stores) -> None:
    mine = await stores.sources.add(a_source(owner=7), now=NOW)
    await stores.sources.add(a_source(), now=NOW)

    with pytest.raises(Conflict):
        await stores.sources.adopt(mine.id)


async def test_a_reader_removes_an_own_file_and_nobody_elses(stores: Stores) -> None:
    await add(stores, an_article("public"))
    await add(stores, an_article("7 own", owner=7), an_article("7 own", owner=7, fingerprint="x"))
    (public,) = await stores.articles.all()
    (mine,) = await stores.articles.own(7, NOW - 30 * DAY)

    assert not await stores.articles.remove(public.id, owner=7)
    assert not await stores.articles.remove(mine.id, owner=8)
    assert await stores.articles.remove(mine.id, owner=7)
    assert await stores.articles.own(7, NOW - 30 * DAY) == ()
    assert await stores.articles.search("accord", limit=9, reader=7) == (public,)


async def test_a_deleted_chat_takes_all_that_was_its_own_along(stores: Stores) -> None:
    for chat in (7, 8):
        await stores.chats.save(a_chat(chat))
        mine = await stores.sources.add(a_source(owner=chat), now=NOW)
        await add(stores, an_article(f"{chat} own", owner=chat, source=mine.id))
        await stores.offers.put(chat, "link", "https://a.example", now=NOW)

    await stores.chats.delete(7)

    assert await stores.articles.own(7, NOW - 30 * DAY) == ()
    assert {source.owner for source in await stores.sources.own()} == {8}
    assert len(await stores.articles.own(8, NOW - 30 * DAY)) == 1


async def test_what_belongs_to_nobody_any_more_is_pruned(stores: Stores) -> None:
    await stores.chats.save(a_chat(8))
    for chat in (7, 8):
        mine = await stores.sources.add(a_source(owner=chat), now=NOW)
        await add(stores, an_article(f"{chat} own", owner=chat, source=mine.id))
    await add(stores, an_article("public"))

    await stores.articles.prune(NOW - DAY)

    assert await stores.articles.own(7, NOW - 30 * DAY) == ()
    assert {source.owner for source in await stores.sources.own()} == {8}
    assert (
        len(await stores.articles.own(8, NOW - 30 * DAY)) == len(await stores.articles.all()) == 1
    )


async def test_an_offer_is_good_for_a_day_and_for_its_own_chat(stores: Stores) -> None:
    number = await stores.offers.put(7, "link", "https://a.example", now=NOW)

    assert await stores.offers.get(7, "link", number, now=NOW) == "https://a.example"
    assert await stores.offers.get(8, "link", number, now=NOW) is None
    assert await stores.offers.get(7, "list", number, now=NOW) is None
    assert await stores.offers.get(7, "link", number + 1, now=NOW) is None
    assert await stores.offers.get(7, "link", number, now=NOW + DAY) is None


async def test_the_newest_offer_of_its_kind_is_good_for_a_day(stores: Stores) -> None:
    for chat, kind, content in ((7, "digest", "old"), (7, "digest", "new"), (7, "link", "other")):
        await stores.offers.put(chat, kind, content, now=NOW)

    assert await stores.offers.newest(7, "digest", now=NOW) == "new"
    assert await stores.offers.newest(8, "digest", now=NOW) is None
    assert await stores.offers.newest(7, "digest", now=NOW + DAY) is None
    assert await stores.offers.every(7, "digest", now=NOW) == ("new", "old")
    assert await stores.offers.every(7, "digest", now=NOW + DAY) == ()


async def test_an_offer_can_be_amended_by_its_own_chat_alone(stores: Stores) -> None:
    number = await stores.offers.put(7, "digest", "before", now=NOW)
    await stores.offers.amend(8, "digest", number, "forged")
    await stores.offers.amend(7, "link", number, "forged")
    assert await stores.offers.get(7, "digest", number, now=NOW) == "before"
    await stores.offers.amend(7, "digest", number, "after")
    assert await stores.offers.get(7, "digest", number, now=NOW) == "after"
    assert await stores.offers.get(7, "digest", number, now=NOW + DAY) is None


async def test_only_the_last_twenty_offers_are_kept_and_old_ones_go(stores: Stores) -> None:
    other = await stores.offers.put(8, "link", "other", now=NOW)
    numbers = [await stores.offers.put(7, "link", str(n), now=NOW) for n in range(21)]
    found = [await stores.offers.get(7, "link", number, now=NOW) for number in numbers]
    await stores.offers.put(7, "link", "late", now=NOW + DAY)

    assert found == [None, *map(str, range(1, 21))]
    assert await stores.offers.get(8, "link", other, now=NOW) is None
