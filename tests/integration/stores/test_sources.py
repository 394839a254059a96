"""Sources: which are due, what a check came to."""

from dataclasses import replace
from datetime import datetime

import pytest

from digest.errors import Conflict
from digest.model.digests import Window
from digest.model.sources import NewSource, Notice, Outlet, Source, SourceId, SourceOutcome
from digest.model.stories import Placed

from .every import DAY, GAZETTE, HOUR, MINUTE, NOW, Stores, a_source, add, an_article


async def test_a_new_source_is_due_at_once(stores: Stores) -> None:
    added = await stores.sources.add(a_source(), now=NOW)

    assert added == Source(
        id=added.id,
        url="https://a.example/feed",
        outlet=GAZETTE,
        language="en",
        next_check_at=NOW,
        added_at=NOW,
    )
    assert await stores.sources.due(NOW, limit=5) == (added,)
    assert await stores.sources.due(NOW - MINUTE, limit=5) == ()


async def test_a_known_address_is_refused(stores: Stores) -> None:
    await stores.sources.add(a_source(), now=NOW)

    with pytest.raises(Conflict, match=r"https://a\.example/feed"):
        await stores.sources.add(a_source(), now=NOW)


async def test_sources_come_by_outlet_name(stores: Stores) -> None:
    for name in ("courier", "Beacon", "agency"):
        await stores.sources.add(a_source(f"https://{name}.example", outlet=Outlet(name)), now=NOW)

    names = [source.outlet.name for source in await stores.sources.all()]

    assert names == ["agency", "Beacon", "courier"]


async def test_the_longest_waiting_source_is_first(stores: Stores) -> None:
    for minutes in (5, 20, 10):
        await stores.sources.add(a_source(f"https://{minutes}"), now=NOW - minutes * MINUTE)

    assert await stores.sources.due(NOW, limit=2, host="nowhere.example") == ()
    due = await stores.sources.due(NOW, limit=2)

    assert [source.url for source in due] == ["https://20", "https://10"]


async def test_those_asked_for_are_due_at_once(stores: Stores) -> None:
    added = [
        await stores.sources.add(a_source(f"https://{n}.example"), now=NOW + n * HOUR)
        for n in range(4)
    ]
    await stores.sources.enable("https://3.example", enabled=False)
    await stores.sources.ask_now([one.id for one in (*added[:2], added[3])], now=NOW)
    await stores.sources.ask_now([], now=NOW)

    assert [one.url for one in await stores.sources.due(NOW, limit=5)] == [
        "https://0.example",
        "https://1.example",
    ]
    assert [one.next_check_at for one in await stores.sources.due(NOW + DAY, limit=5)] == [
        NOW,
        NOW,
        NOW + 2 * HOUR,
    ]


async def test_a_disabled_source_is_not_due(stores: Stores) -> None:
    await stores.sources.add(a_source(), now=NOW)

    assert await stores.sources.enable("https://a.example/feed", enabled=False)
    assert await stores.sources.due(NOW, limit=5) == ()
    assert await stores.sources.enable("https://a.example/feed", enabled=True)
    assert len(await stores.sources.due(NOW, limit=5)) == 1
    assert not await stores.sources.enable("https://unknown.example", enabled=True)


async def _checked(stores: Stores, source: Source, **said: object) -> Source:
    """The source after a check that came to this."""
    plain = SourceOutcome(source=source.id, checked_at=NOW, next_check_at=NOW + HOUR)
    await stores.articles.add([], replace(plain, **said))  # type: ignore[arg-type]
    return next(one for one in await stores.sources.all() if one.id == source.id)


async def test_what_was_noticed_stays_until_an_outcome_says_otherwise(stores: Stores) -> None:
    source = await stores.sources.add(a_source(), now=NOW)
    notice = Notice("gone", "", 2, NOW, NOW + DAY)
    assert (await _checked(stores, source, error="410", notice=notice)).notice == notice
    assert (await _checked(stores, source, newest_at=NOW)).notice is None
    assert (await _checked(stores, source)).newest_at == NOW


async def test_a_source_that_is_stopped_forgets_why_when_it_is_switched_on(stores: Stores) -> None:
    source = await stores.sources.add(a_source(), now=NOW)
    notice = Notice("overrun", "", 2, NOW, NOW)
    stopped = await _checked(stores, source, error="slow", notice=notice, stops=True)
    assert (stopped.enabled, stopped.last_error) == (False, "slow")
    await stores.sources.enable(source.url, enabled=True)
    (again,) = await stores.sources.all()
    assert (again.enabled, again.notice) == (True, None)


async def test_a_source_that_answered_before_the_clock_was_set_back_is_due(stores: Stores) -> None:
    source = await stores.sources.add(a_source(), now=NOW)
    await _checked(stores, source, checked_at=NOW + DAY, next_check_at=NOW + DAY + HOUR / 2)
    assert [one.id for one in await stores.sources.due(NOW, limit=9)] == [source.id]
    assert await stores.sources.due(NOW + DAY - HOUR, limit=9) == (), "clocks differ a little"


async def test_a_source_that_failed_by_a_clock_far_ahead_is_due(stores: Stores) -> None:
    source = await stores.sources.add(a_source(), now=NOW)
    await _checked(stores, source, error="slow", next_check_at=NOW + 3 * DAY)
    assert [one.id for one in await stores.sources.due(NOW, limit=9)] == [source.id]
    assert await stores.sources.due(NOW + 2 * DAY, limit=9) == ()


async def test_a_host_that_rests_rests_with_all_its_sources(stores: Stores) -> None:
    busy, near, far = [
        await stores.sources.add(NewSource(url=url, outlet=Outlet(url)), now=NOW)
        for url in ("https://a.example/1", "https://a.example/2", "https://a.example.org/3")
    ]
    rests = {"error": "429", "next_check_at": NOW + DAY, "host_rests_until": NOW + DAY}
    await _checked(stores, busy, **rests)
    assert [one.id for one in await stores.sources.due(NOW + HOUR, limit=9)] == [far.id]
    due = await stores.sources.due(NOW + DAY, limit=9)
    assert {one.id for one in due} == {busy.id, near.id, far.id}


async def test_what_was_promised_to_a_host_holds_after_an_outage(stores: Stores) -> None:
    """For each of its sources, whatever the others answer."""
    busy, near, far = [
        await stores.sources.add(NewSource(url=url, outlet=Outlet(url)), now=NOW)
        for url in ("https://a.example/1", "https://a.example/2", "https://b.example/3")
    ]
    for source in (near, far):
        await _checked(stores, source, error="no address", next_check_at=NOW + 2 * DAY)
    rests = {"next_check_at": NOW + DAY, "host_rests_until": NOW + DAY}
    await _checked(stores, busy, error="429", **rests, promised_until=NOW + 3 * HOUR)
    every = [busy.id, near.id, far.id]

    async def due(at: datetime) -> set[str]:
        return {one.url for one in await stores.sources.due(at, limit=9)}

    await stores.sources.ask_now(every, now=NOW + HOUR)
    assert await due(NOW + 2 * HOUR) == {far.url}
    assert await due(NOW + 3 * HOUR) == {busy.url, near.url, far.url}
    await _checked(stores, busy, next_check_at=NOW + DAY)
    await stores.sources.ask_now(every, now=NOW + 2 * HOUR)
    assert busy.url in await due(NOW + 2 * HOUR)  # it has answered since


async def test_a_source_that_is_adopted_keeps_what_it_was_promised(stores: Stores) -> None:
    own = NewSource(url="https://a.example/1", outlet=Outlet("A"), owner=7)
    source = await stores.sources.add(own, now=NOW)
    outcome = SourceOutcome(
        source=source.id,
        checked_at=NOW,
        next_check_at=NOW + DAY,
        error="429",
        promised_until=NOW + HOUR,
    )
    await stores.articles.bring((), outcome)
    assert await stores.sources.adopt(source.id)
    assert await stores.sources.due(NOW + HOUR / 2, limit=9) == ()
    assert [one.id for one in await stores.sources.due(NOW + HOUR, limit=9)] == [source.id]


async def test_a_reader_s_source_lets_none_but_that_reader_s_rest(stores: Stores) -> None:
    busy, near, theirs, public = [
        await stores.sources.add(
            NewSource(url=f"https://a.example/{path}", outlet=Outlet(path), owner=owner), now=NOW
        )
        for path, owner in (("1", 7), ("2", 7), ("3", 8), ("4", None))
    ]
    rests = {"error": "429", "next_check_at": NOW + DAY, "host_rests_until": NOW + DAY}
    outcome = SourceOutcome(source=busy.id, checked_at=NOW, **rests)
    await stores.articles.bring((), outcome)
    due = await stores.sources.due(NOW + HOUR, limit=9)
    assert {one.id for one in due} == {theirs.id, public.id}
    assert near.id in {one.id for one in await stores.sources.due(NOW + DAY, limit=9)}


async def test_a_source_moves_with_a_note_unless_the_address_is_taken(stores: Stores) -> None:
    first, second = [
        await stores.sources.add(NewSource(url=url, outlet=Outlet(url)), now=NOW)
        for url in ("https://a.example/1", "https://a.example/2")
    ]
    assert (await _checked(stores, first, url=second.url)).url == first.url
    moved = await _checked(stores, first, url="https://b.example/1")
    assert (moved.url, moved.moved_from) == ("https://b.example/1", first.url)


async def test_a_source_says_whose_text_its_articles_have(stores: Stores) -> None:
    source = await stores.sources.add(replace(a_source(), full_text="headline"), now=NOW)
    assert source.full_text == "headline"
    assert await stores.sources.take_text(source.id, "page")
    assert [one.full_text for one in await stores.sources.all()] == ["page"]
    assert not await stores.sources.take_text(SourceId(4711), "page")


async def test_a_backlog_is_stored_and_is_in_no_snapshot_in_any_revision(stores: Stores) -> None:
    old = replace(an_article(), is_backlog=True)
    await stores.articles.add([Placed(old, -1)])
    later = replace(old, is_backlog=False, fingerprint="other", first_seen_at=NOW + MINUTE)
    await stores.articles.add([Placed(later, -1)])
    assert [one.is_backlog for one in await stores.articles.all()] == [True, True]
    window = Window(NOW - DAY, NOW + DAY)
    assert (await stores.articles.snapshot(window)).articles == ()


async def test_the_articles_of_a_removed_source_stay(stores: Stores) -> None:
    source = await stores.sources.add(a_source(), now=NOW)
    (article,) = await add(stores, an_article(source=source.id))

    assert await stores.sources.remove(source.url)
    assert not await stores.sources.remove(source.url)

    kept = await stores.articles.get(article)
    assert kept is not None
    assert kept.source is None


async def test_the_outcome_of_a_check_is_stored_with_its_articles(stores: Stores) -> None:
    source = await stores.sources.add(a_source(), now=NOW)
    outcome = SourceOutcome(
        source=source.id,
        checked_at=NOW,
        next_check_at=NOW + HOUR,
        etag='"1"',
        last_modified="Tue",
        body_hash="abc",
    )

    ids = await stores.articles.add([Placed(an_article(source=source.id), -1)], outcome)

    assert len(ids) == 1
    assert await stores.sources.all() == (
        replace(
            source,
            next_check_at=NOW + HOUR,
            last_ok_at=NOW,
            etag='"1"',
            last_modified="Tue",
            body_hash="abc",
        ),
    )


async def test_failures_are_counted_until_a_check_succeeds(stores: Stores) -> None:
    source = await stores.sources.add(a_source(), now=NOW)
    fine = SourceOutcome(source=source.id, checked_at=NOW, next_check_at=NOW, etag='"1"')
    broken = replace(fine, error="answered 500", etag=None)

    for outcome in (fine, broken, broken):
        await stores.articles.add([], outcome)
    (failing,) = await stores.sources.all()
    await stores.articles.add([], replace(fine, etag=None))
    (well,) = await stores.sources.all()

    assert (failing.failures, failing.last_error, failing.etag) == (2, "answered 500", '"1"')
    assert (well.failures, well.last_error, well.etag) == (0, None, '"1"')
