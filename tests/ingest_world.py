"""Feeds, drafts, and a world to read them in: sources, articles, a clock and a network."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import ParamSpec, TypeVar

from digest.errors import StoreError
from digest.ingest.checked import INTERVAL
from digest.ingest.hosts import Report
from digest.ingest.intake import Intake
from digest.model.articles import ArticleId, Counts, Known, NewArticle, StoryId
from digest.model.gathered import Draft, Fetched, Paragraph
from digest.model.sources import NewSource, Outlet, Source, SourceOutcome
from digest.model.stories import Changes, Mark, Member, Placed, Spot
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


GRAIN = "Turkey and Ukraine agreed in Ankara to extend the grain corridor by ninety days."


async def bring_apart(store: FakeArticleStore, *keys: str) -> None:
    """Tellings of one event, each placed in a story of its own."""
    articles = [new_article(key, f"{GRAIN}\n\nSo paper {key} wrote.") for key in keys]
    await store.add([Placed(article, -n) for n, article in enumerate(articles, 1)])


async def stories(store: FakeArticleStore) -> set[StoryId | None]:
    return {article.story for article in await store.all()}


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


def titles(articles: Sequence[NewArticle]) -> set[str | None]:
    return {article.title for article in articles}
