"""Sources that are due are read host by host, and what fails costs no other."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digest.errors import NotStarted, Refused, SourceError, StoreError, Unreachable
from digest.gather.drafts import entry_drafts
from digest.gather.fetching.turns import HostTurns
from digest.ingest.checked import INTERVAL, wait_after
from digest.ingest.hosts import Means, Report, due_hosts, ingest_host
from digest.ingest.intake import Intake
from digest.model.articles import Counts
from digest.model.gathered import Draft, Fetched
from digest.model.sources import NewSource, Outlet
from tests.fakes import FakeFetcher, FakeParser
from tests.ingest_world import FEED, NOW, OTHER, P, T, Watched, World, page, rss


@pytest.fixture
def world() -> World:
    return World()


# --- sources --------------------------------------------------------------------------------


async def test_nothing_is_fetched_before_it_is_due(world: World) -> None:
    await world.add()
    world.clock.advance(-INTERVAL)
    assert await world.check() == {}
    assert world.fetcher.asked == []


async def test_articles_of_a_feed_are_stored_with_their_outlet(world: World) -> None:
    await world.add()
    world.fetcher.pages[FEED] = page(rss("Norway", "Kenya"))
    assert await world.check_one() == Report("The Paper", Counts(new=2))
    stored = await world.database.articles.all()
    assert {article.outlet for article in stored} == {Outlet("The Paper")}
    assert world.source().next_check_at == NOW + INTERVAL


async def test_a_time_without_a_zone_is_that_of_the_outlet_s_country(world: World) -> None:
    source = NewSource(url=FEED, outlet=Outlet("The Paper", "JP"))
    await world.database.sources.add(source, now=NOW)
    world.fetcher.pages[FEED] = page(rss("Norway").replace(b" +0000", b""))
    await world.check()
    (stored,) = await world.database.articles.all()
    assert stored.published_at == datetime(2026, 2, 10, 1, tzinfo=UTC)


async def test_a_body_that_has_not_changed_is_not_read_again(world: World) -> None:
    await world.add()
    world.fetcher.pages[FEED] = page(rss("Norway"))
    await world.check()
    world.later()
    assert (await world.check_one()).counts == Counts()


async def test_a_feed_that_has_one_more_brings_only_that(world: World) -> None:
    await world.add()
    world.fetcher.pages[FEED] = page(rss("Norway"))
    await world.check()
    world.later()
    world.fetcher.pages[FEED] = page(rss("Kenya", "Norway"))
    assert (await world.check_one()).counts == Counts(new=1, known=1)


async def test_an_answer_of_304_keeps_what_is_known_of_the_body(world: World) -> None:
    await world.add()
    world.fetcher.pages[FEED] = page(rss("Norway"), etag='"a"')
    await world.check()
    known = world.source().body_hash
    world.later()
    assert (await world.check_one()).counts == Counts()
    assert (world.source().etag, world.source().body_hash) == ('"a"', known)
    assert world.source().failures == 0


async def test_a_source_that_fails_hurts_no_other(world: World) -> None:
    await world.add()
    await world.add(OTHER, "The Gazette")
    world.fetcher.pages[OTHER] = page(rss("Norway"), url=OTHER)
    reports = await world.check()
    assert reports["The Gazette"].counts == Counts(new=1)
    assert reports["The Paper"] == Report(
        "The Paper", Counts(failed=1), f"{FEED} does not answer", ends_round=True
    )
    assert world.source().last_error == f"{FEED} does not answer"


async def test_what_is_no_feed_is_a_failure_of_its_source(world: World) -> None:
    await world.add()
    world.fetcher.pages[FEED] = page(b"<html><body>Sign in</body></html>")
    report = await world.check_one()
    assert report.counts == Counts(failed=1)
    assert report.error


async def test_each_failure_doubles_the_wait_up_to_a_day(world: World) -> None:
    await world.add()
    waits = []
    for _ in range(7):
        await world.check()
        wait = (world.source().next_check_at or NOW) - world.clock.now()
        waits.append(wait / timedelta(hours=1))
        world.clock.advance(wait)
    assert waits == [1, 2, 4, 8, 16, 24, 24]


async def test_one_answer_ends_the_failures(world: World) -> None:
    await world.add()
    await world.check()
    world.clock.advance(timedelta(hours=1))
    world.fetcher.pages[FEED] = page(rss("Norway"))
    await world.check()
    source = world.source()
    assert (source.failures, source.last_error) == (0, None)
    assert source.next_check_at == world.clock.now() + INTERVAL


@pytest.mark.parametrize(
    ("failures", "error", "wait"),
    [
        (1, Unreachable("no answer"), timedelta(hours=1)),
        (1, Refused("404", status=404), timedelta(hours=1)),
        (1, Refused("429", status=429, retry_after=timedelta(hours=5)), timedelta(hours=5)),
        (4, Refused("429", status=429, retry_after=timedelta(minutes=1)), timedelta(hours=8)),
        (1, Refused("503", status=503, retry_after=timedelta(days=9)), timedelta(days=1)),
        (1000, Unreachable("no answer"), timedelta(days=1)),
    ],
)
def test_a_failing_source_is_left_alone_as_long_as_it_asks_but_a_day_at_most(
    failures: int, error: SourceError, wait: timedelta
) -> None:
    assert wait_after(failures, error) == wait


class Crowd(FakeFetcher):
    """A network that notes how many requests each host has at once."""

    def __init__(self) -> None:
        super().__init__({})
        self.under_way: list[str] = []
        self.most_of_a_host = 0

    async def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched:
        host = url.split("/")[2]
        self.under_way.append(host)
        self.most_of_a_host = max(self.most_of_a_host, self.under_way.count(host))
        await asyncio.sleep(0.001)
        self.under_way.remove(host)
        return page(rss(host), url=url)


async def test_a_host_has_one_request_at_a_time(world: World) -> None:
    world.fetcher = crowd = Crowd()
    for number in range(40):
        for path in ("a.xml", "b.xml"):
            await world.add(f"https://paper{number}.example/{path}", f"{number} {path}")
    assert len(await world.check()) == 80
    assert crowd.most_of_a_host == 1


class Poisoned(FakeFetcher):
    """A network one of whose answers meets a fault of ours."""

    async def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched:
        if url == FEED:
            raise RuntimeError("a fault of ours")
        return await super().fetch(url, etag=etag, last_modified=last_modified)


async def test_an_unexpected_fault_costs_its_source_one_check_and_no_other(world: World) -> None:
    others = [f"https://{host}.example/other.xml" for host in ("paper", "gazette")]
    world.fetcher = Poisoned({url: page(rss("Norway"), url=url) for url in others})
    for url in (FEED, *others):
        await world.add(url, url)

    reports = await world.check()

    said = "reading it failed: RuntimeError: a fault of ours"
    assert [reports[url].counts.failed for url in (FEED, *others)] == [1, 0, 0]
    assert (reports[FEED].error, repr(reports[FEED].fault)) == (
        said,
        "RuntimeError('a fault of ours')",
    )
    source = world.source()
    assert (source.last_error, source.failures, source.notice) == (said, 1, None)
    assert source.next_check_at == NOW + timedelta(hours=1)


async def test_a_database_that_fails_is_no_fault_of_a_source(world: World) -> None:
    store = Watched(world.database)
    store.fails = True
    world.intake = Intake(store)
    world.fetcher.pages[FEED] = page(rss("Norway"))
    await world.add()
    with pytest.raises(StoreError):
        await world.check()
    assert (world.source().failures, world.source().last_error) == (0, None)


@pytest.mark.parametrize("is_shared", [True, False])
async def test_an_article_that_the_database_refuses_costs_its_source_one_check_and_no_other(
    world: World, is_shared: bool
) -> None:
    world.intake = Intake(Watched(world.database, is_shared=is_shared))
    half = rss("Norway", "Peru", "Kenya").replace(b"<title>Peru", b"<title>\xf0\x9f\x98\x80 Peru")
    world.parser = Halving()
    other = "https://paper.example/other.xml"
    await world.add()
    await world.add(other, "Its Weekly")
    world.fetcher.pages |= {FEED: page(half), other: page(rss("Chile"), url=other)}

    reports = await world.check()

    assert reports["The Paper"].counts == Counts(failed=1)
    assert "it is not stored in full" in str(reports["The Paper"].error)
    assert reports["Its Weekly"].counts == Counts(new=1)
    titles = {article.title for article in await world.database.articles.all()}
    assert titles == {"Norway", "Kenya", "Chile"}
    source = world.source()
    assert (source.failures, source.body_hash) == (1, None)
    assert source.next_check_at == NOW + timedelta(hours=1)

    world.clock.advance(timedelta(hours=1))
    world.fetcher.pages[FEED] = page(rss("Norway", "Kenya"))
    assert (await world.check())["The Paper"].counts == Counts(known=2)
    assert world.source().failures == 0


async def test_an_outcome_that_the_database_refuses_is_a_failure_too(world: World) -> None:
    await world.add()
    world.fetcher.pages[FEED] = page(rss("Norway"), etag="\ud83d")
    assert (await world.check_one()).counts == Counts(failed=1)
    assert (world.source().failures, world.source().etag) == (1, None)
    assert [article.title for article in await world.database.articles.all()] == ["Norway"]


async def test_a_reader_that_does_not_start_is_no_fault_of_a_source(world: World) -> None:
    world.parser = FakeParser(NotStarted("no memory"))
    world.fetcher.pages[FEED] = page(rss("Norway"))
    await world.add()
    with pytest.raises(NotStarted):
        await world.check()
    assert (world.source().failures, world.source().next_check_at) == (0, NOW)


async def test_the_due_sources_of_one_host_are_read_alone(world: World) -> None:
    await world.add()
    await world.add("https://other.example/feed.xml", "The Other")
    assert await due_hosts(clock=world.clock, sources=world.database.sources) == (
        "paper.example",
        "other.example",
    )
    reports = await ingest_host(
        "other.example",
        sources=world.database.sources,
        means=Means(
            clock=world.clock,
            fetcher=world.fetcher,
            parser=world.parser,
            turns=HostTurns(timedelta(0)),
            intake=world.intake,
        ),
    )
    assert [report.name for report in reports] == ["The Other"]
    assert await due_hosts(clock=world.clock, sources=world.database.sources) == ("paper.example",)


async def test_a_source_that_is_added_while_its_host_is_read_is_read_as_well(world: World) -> None:
    await world.add()

    class Adding(FakeFetcher):
        async def fetch(self, url: str, **known: str | None) -> Fetched:
            if url == FEED:
                await world.add(f"{FEED}2", "Its Weekly")
            return await super().fetch(url, **known)

    reports = await ingest_host(
        "paper.example",
        sources=world.database.sources,
        means=Means(
            clock=world.clock,
            fetcher=Adding(dict.fromkeys((FEED, f"{FEED}2"), Refused("no feed"))),
            parser=world.parser,
            turns=HostTurns(timedelta(0)),
            intake=world.intake,
        ),
    )

    assert [report.name for report in reports] == ["The Paper", "Its Weekly"]


class Halving(FakeParser):
    """Leaves half a character where a title has one of two."""

    async def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        made = await super().__call__(function, *args, **kwargs)
        if function is not entry_drafts:
            return made
        drafts: Sequence[Draft] = made  # type: ignore[assignment]
        halves = [(one.title or "").replace("\N{GRINNING FACE}", "\ud83d") for one in drafts]
        return tuple(  # type: ignore[return-value]
            replace(one, title=title) for one, title in zip(drafts, halves, strict=True)
        )


# --- what a reader's sources may hold up ----------------------------------------------------


@pytest.mark.parametrize(
    "error", [Unreachable("silent"), Refused("429", status=429, retry_after=timedelta(days=1))]
)
async def test_a_reader_s_source_holds_up_none_but_that_reader_s(
    world: World, error: SourceError
) -> None:
    others = [(f"https://paper.example/{name}", name, owner) for name, owner in OTHERS]
    await world.add(owner=7)
    for url, name, owner in others:
        await world.add(url, name, owner=owner)
        world.fetcher.pages[url] = page(rss(name), url=url)
    world.fetcher.pages[FEED] = error

    reports = await world.check()

    assert {name: report.counts.new for name, report in reports.items()} == {
        "The Paper": 0,
        "theirs": 1,
        "everybody's": 1,
    }
    assert "https://paper.example/mine" not in world.fetcher.asked


OTHERS = (("mine", 7), ("theirs", 8), ("everybody's", None))


async def test_a_host_is_not_left_alone_for_what_another_one_answered(world: World) -> None:
    other = "https://paper.example/other.xml"
    await world.add()
    await world.add(other, "Its Weekly")
    busy = Refused("429", status=429, retry_after=timedelta(days=1), host="cdn.example")
    world.fetcher.pages |= {FEED: busy, other: page(rss("Norway"), url=other)}

    reports = await world.check()

    assert reports["Its Weekly"].counts == Counts(new=1)
    assert world.source(other).next_check_at == NOW + INTERVAL
