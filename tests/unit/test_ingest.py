import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import ParamSpec, TypeVar

import pytest

from digest.errors import NotStarted, Overrun, Refused, SourceError, StoreError, Unreachable
from digest.gather.drafts import entry_drafts
from digest.gather.turns import HostTurns
from digest.ingest import brought, placing
from digest.ingest.checked import INTERVAL, wait_after
from digest.ingest.hosts import Report, due_hosts, ingest_host, ingest_source
from digest.ingest.intake import Intake
from digest.model.articles import ArticleId, Counts, Known, NewArticle, StoryId
from digest.model.gathered import Draft, Fetched, Paragraph
from digest.model.sources import Amount, NewSource, Outlet, Source, SourceOutcome
from digest.model.stories import Changes, Mark, Member, Placed, Spot
from digest.read.jobs import read_title
from tests.articles import new_article
from tests.fakes import FakeArticleStore, FakeClock, FakeDatabase, FakeFetcher, FakeParser
from tests.rounds import ingest_round

NOW = datetime(2026, 2, 10, 12, tzinfo=UTC)
FEED = "https://paper.example/feed.xml"
OTHER = "https://gazette.example/feed.xml"

P = ParamSpec("P")
T = TypeVar("T")


def rss(*titles: str) -> bytes:
    items = "".join(
        f"<item><title>{title}</title><link>https://paper.example/{title.replace(' ', '-')}</link>"
        "<pubDate>Tue, 10 Feb 2026 10:00:00 +0000</pubDate>"
        f"<description>The ministers of {title} met in Ankara on Monday.</description></item>"
        for title in titles
    )
    feed = f'<rss version="2.0"><channel><title>Paper</title>{items}</channel></rss>'
    return feed.encode()


def page(body: bytes, url: str = FEED, **more: str) -> Fetched:
    return Fetched(url=url, final_url=url, status=200, body=body, **more)


def draft(number: int, *, text: str = "") -> Draft:
    words = text or f"The ministers signed treaty number {number} in Ankara on Monday."
    return Draft(
        title=f"Treaty {number}",
        paragraphs=(Paragraph("p", words),),
        url=f"https://paper.example/{number}",
        published_at=NOW - timedelta(hours=2),
        date_source="feed",
    )


class World:
    """Sources, articles, a clock and a network."""

    def __init__(self) -> None:
        self.database = FakeDatabase()
        self.clock = FakeClock(NOW)
        self.fetcher = FakeFetcher({})
        self.parser = FakeParser()
        self.intake = Intake(self.database.articles)

    async def add(
        self, url: str = FEED, name: str = "The Paper", *, owner: int | None = None
    ) -> None:
        source = NewSource(url=url, outlet=Outlet(name), owner=owner)
        await self.database.sources.add(source, now=self.clock.now())

    async def check(self) -> dict[str, Report]:
        reports = ingest_round(
            clock=self.clock,
            sources=self.database.sources,
            fetcher=self.fetcher,
            parser=self.parser,
            intake=self.intake,
        )
        return {report.name: report async for report in reports}

    async def check_one(self) -> Report:
        (report,) = (await self.check()).values()
        return report

    def source(self, url: str = FEED) -> Source:
        return next(s for s in self.database.tables.sources.values() if s.url == url)

    def later(self) -> None:
        self.clock.advance(INTERVAL)


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


# --- the intake -----------------------------------------------------------------------------


async def test_nothing_brings_nothing_but_its_outcome(world: World) -> None:
    await world.add()
    report = await ingest_source(
        world.source(),
        clock=world.clock,
        fetcher=world.fetcher,
        parser=world.parser,
        intake=world.intake,
        turns=HostTurns(timedelta(0)),
    )
    assert report.error
    assert world.source().failures == 1


async def test_of_two_drafts_of_one_address_the_first_is_kept(world: World) -> None:
    twice = [draft(1, text="The first words of it."), draft(1, text="Other words of it.")]
    assert await world.intake.take(twice, seen_at=NOW) == Counts(new=1)
    (stored,) = await world.database.articles.all()
    assert stored.text == "The first words of it."


async def test_what_two_feeds_have_keeps_the_words_of_the_first_while_that_is_read(
    world: World,
) -> None:
    for url in (FEED, OTHER):
        await world.add(url, url)
    first, second = world.source(FEED).id, world.source(OTHER).id
    words, others = draft(1), draft(1, text="The same treaty in other words.")
    assert await world.intake.take([words], seen_at=NOW, source=first) == Counts(new=1)
    for _ in range(2):
        assert await world.intake.take([others], seen_at=NOW, source=second) == Counts(known=1)
        assert await world.intake.take([words], seen_at=NOW, source=first) == Counts(known=1)
    await world.database.sources.remove(FEED)
    assert await world.intake.take([others], seen_at=NOW, source=second) == Counts(revised=1)


async def test_a_text_that_changed_is_a_revision_in_the_same_story(world: World) -> None:
    await world.intake.take([draft(1)], seen_at=NOW)
    changed = draft(1, text="The ministers did not sign the treaty in Ankara on Monday after all.")
    assert await world.intake.take([changed], seen_at=NOW) == Counts(revised=1)
    first, second = await world.database.articles.all()
    assert (first.revision, second.revision) == (1, 2)
    assert first.story == second.story


class Watched(FakeArticleStore):
    """A store that counts its writes and reads, and fails to place when told."""

    def __init__(self, database: FakeDatabase, *, is_shared: bool = True) -> None:
        super().__init__(database.tables)
        self.is_shared = is_shared
        self.batches: list[tuple[int, bool]] = []
        self.memories: list[datetime] = []
        self.fails = False

    async def add(
        self, placed: Sequence[Placed], outcome: SourceOutcome | None = None
    ) -> tuple[ArticleId, ...]:
        if self.fails:
            raise StoreError("the disk is full")
        return await super().add(placed, outcome)

    async def bring(
        self, articles: Sequence[NewArticle], outcome: SourceOutcome | None = None
    ) -> Counts:
        self.batches.append((len(articles), outcome is not None))
        return await super().bring(articles, outcome)

    async def settle(
        self, waiting: Sequence[Member], spots: Sequence[Spot]
    ) -> tuple[Mapping[str, Known], Mark]:
        if self.fails:
            raise StoreError("the disk is full")
        return await super().settle(waiting, spots)

    async def changes(self, start: datetime, mark: Mark | None) -> Changes:
        if mark is None:
            self.memories.append(start)
        return await super().changes(start, mark)


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


async def test_many_articles_are_stored_in_batches_and_the_outcome_with_the_last(
    world: World,
) -> None:
    await world.add()
    store = Watched(world.database)
    outcome = SourceOutcome(source=world.source().id, checked_at=NOW, next_check_at=NOW + INTERVAL)
    drafts = [draft(number) for number in range(120)]
    counts = await Intake(store).take(drafts, seen_at=NOW, outcome=outcome)
    assert counts == Counts(new=120)
    assert store.batches == [(50, False), (50, False), (20, True)]


async def test_the_memory_is_read_once_and_again_only_after_a_failure_or_for_an_earlier_time(
    world: World,
) -> None:
    store = Watched(world.database, is_shared=False)
    intake = Intake(store)
    await intake.take([draft(1)], seen_at=NOW)
    await intake.take([draft(2)], seen_at=NOW + timedelta(hours=1))
    assert len(store.memories) == 1

    store.fails = True
    with pytest.raises(StoreError):
        await intake.take([draft(3)], seen_at=NOW)
    store.fails = False
    assert await intake.take([draft(3)], seen_at=NOW) == Counts(new=1)
    assert len(store.memories) == 2

    await intake.take([draft(4)], seen_at=NOW - timedelta(days=30))
    assert len(store.memories) == 3


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


async def test_the_due_sources_of_one_host_are_read_alone(world: World) -> None:
    await world.add()
    await world.add("https://other.example/feed.xml", "The Other")
    assert await due_hosts(clock=world.clock, sources=world.database.sources) == (
        "paper.example",
        "other.example",
    )
    reports = await ingest_host(
        "other.example",
        clock=world.clock,
        sources=world.database.sources,
        fetcher=world.fetcher,
        parser=world.parser,
        intake=world.intake,
        turns=HostTurns(timedelta(0)),
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
        clock=world.clock,
        sources=world.database.sources,
        fetcher=Adding(dict.fromkeys((FEED, f"{FEED}2"), Refused("no feed"))),
        parser=world.parser,
        intake=world.intake,
        turns=HostTurns(timedelta(0)),
    )

    assert [report.name for report in reports] == ["The Paper", "Its Weekly"]


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


class Dying(FakeParser):
    """Stops at whatever holds a deadly word, and lists what it was given to read."""

    def __init__(self, deadly: str = "deadly") -> None:
        super().__init__()
        self.deadly = deadly
        self.given: list[str | None] = []

    async def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        given: Draft | Sequence[Draft] = args[0]  # type: ignore[assignment]
        drafts = [given] if isinstance(given, Draft) else given
        self.given += [draft.url for draft in drafts]
        if function is not read_title and any(
            self.deadly in part.text for draft in drafts for part in draft.paragraphs
        ):
            raise Overrun("reading it took more than 5 s, and was stopped")
        return await super().__call__(function, *args, **kwargs)


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


async def test_what_a_feed_repeats_is_not_read_again(world: World) -> None:
    parser = Dying()
    intake = Intake(world.database.articles, parser=parser)
    await intake.take([draft(1), draft(2)], seen_at=NOW)
    parser.given.clear()

    counts = await intake.take([draft(3), draft(2), draft(1, text="Revised.")], seen_at=NOW)

    assert counts == Counts(new=1, revised=1, known=1)
    assert parser.given == [draft(3).url, draft(1).url]


async def test_reading_that_is_stopped_costs_one_article_its_text_and_nothing_else(
    world: World,
) -> None:
    parser = Dying()
    intake = Intake(world.database.articles, parser=parser)
    drafts = [draft(1), draft(2, text="These are deadly words."), draft(3)]

    assert await intake.take(drafts, seen_at=NOW) == Counts(new=3)
    assert parser.given.count(draft(2).url) == 3  # with others, alone, and its title
    assert await intake.take(drafts, seen_at=NOW) == Counts(known=3)  # nor is it tried again

    stored = {article.title: article.text for article in await world.database.articles.all()}
    assert stored == {
        "Treaty 1": draft(1).paragraphs[0].text,
        "Treaty 2": "",
        "Treaty 3": draft(3).paragraphs[0].text,
    }


# --- regrouping -----------------------------------------------------------------------------

GRAIN = "Turkey and Ukraine agreed in Ankara to extend the grain corridor by ninety days."


async def bring_apart(store: FakeArticleStore, *keys: str) -> None:
    """Tellings of one event, each placed in a story of its own."""
    articles = [new_article(key, f"{GRAIN}\n\nSo paper {key} wrote.") for key in keys]
    await store.add([Placed(article, -n) for n, article in enumerate(articles, 1)])


async def stories(store: FakeArticleStore) -> set[StoryId | None]:
    return {article.story for article in await store.all()}


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


# --- what is a reader's own -------------------------------------------------------------------

SAID = (
    "The ministers of Ruritania and Elbonia agreed on Tuesday in Geneva to reopen the grain corridor."
    " Inspectors of both sides will return to the port of Strelsau within ten days."
    " The accord on the grain corridor ends four months of talks between Ruritania and Elbonia."
)


def said(name: str) -> Draft:
    return Draft(
        title=f"Grain corridor reopens, says {name}",
        paragraphs=(Paragraph("p", SAID),),
        url=f"https://{name}.example/grain",
    )


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


# --- what a reader's sources may fill -------------------------------------------------------


def titles(articles: Sequence[NewArticle]) -> set[str | None]:
    return {article.title for article in articles}


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
