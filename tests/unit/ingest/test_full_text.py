"""Full texts: from pages that a source allows and its site does not close to programs."""

from datetime import UTC, datetime, timedelta

import pytest

from digest.compose.tell import headline
from digest.errors import Refused, SourceError, Unreachable
from digest.gather.fetching.turns import HostTurns
from digest.ingest.checked import SOON
from digest.ingest.intake import Intake
from digest.ingest.pages import Pages
from digest.model.articles import Article, Counts
from digest.model.gathered import Draft, Fetched, Paragraph
from digest.model.sources import FullText, NewSource, Outlet, Source
from digest.read.article import read
from tests.fakes import FakeClock, FakeDatabase, FakeFetcher, FakeParser
from tests.rounds import ingest_round

NOW = datetime(2026, 2, 10, 12, tzinfo=UTC)
URL, ROBOTS = "https://paper.example/talks", "https://paper.example/robots.txt"
SHORT = "The ministers of Norway and Kenya met in Ankara on Monday."
LONG = [
    f"{SHORT} They spoke about grain for three hours and will meet again in May, said an envoy.",
    "The two governments had not spoken to each other since the border was closed last year.",
]


def page(*texts: str, url: str = URL) -> Fetched:
    body = "".join(f"<p>{text}</p>" for text in texts)
    html = f"<html><title>Talks</title><body><article><h1>Talks</h1>{body}</article></body></html>"
    return answer(html.encode(), url)


def answer(body: bytes, url: str) -> Fetched:
    return Fetched(url=url, final_url=url, status=200, body=body)


def draft(url: str | None = URL) -> Draft:
    return Draft(title="Talks", paragraphs=(Paragraph("p", SHORT),), url=url)


class World:
    """Pages over a network of the given answers."""

    def __init__(self, **pages: Fetched | SourceError) -> None:
        self.clock = FakeClock(NOW)
        self.fetcher = FakeFetcher({URL: page(*LONG), ROBOTS: answer(b"", ROBOTS), **pages})
        self.pages = Pages(fetcher=self.fetcher, parser=FakeParser(), clock=self.clock)

    async def text(self, url: str | None = URL) -> list[str]:
        (filled,) = await self.pages.filled([draft(url)], HostTurns(timedelta(0)))
        return [each.text for each in filled.full_text]


async def test_the_page_s_text_is_taken_where_the_rules_allow_it() -> None:
    world = World()
    assert await world.text() == LONG
    assert world.fetcher.asked == [ROBOTS, URL]


async def test_the_rules_are_kept_for_a_day() -> None:
    world = World()
    for hours in (0, 23, 2):
        world.clock.advance(timedelta(hours=hours))
        await world.text()
    assert world.fetcher.asked.count(ROBOTS) == 2


async def test_a_page_that_is_closed_to_programs_is_not_fetched() -> None:
    closed = answer(b"User-agent: *\nDisallow: /talks", ROBOTS)
    world = World(**{ROBOTS: closed})
    assert await world.text() == []
    assert world.fetcher.asked == [ROBOTS]


@pytest.mark.parametrize(
    ("status", "is_open"), [(404, True), (401, True), (429, False), (500, False), (None, False)]
)
async def test_a_site_without_rules_is_open_and_one_that_cannot_say_is_not(
    status: int | None, is_open: bool
) -> None:
    error = Refused("no", status=status) if status else Unreachable("silent")
    world = World(**{ROBOTS: error})
    assert bool(await world.text()) == is_open
    world.clock.advance(timedelta(hours=2))
    await world.text()
    assert world.fetcher.asked.count(ROBOTS) == (1 if is_open else 2)


async def test_what_a_page_leads_to_must_be_open_too() -> None:
    there = "https://gazette.example/talks"
    led = Fetched(url=URL, final_url=there, status=200, body=page(*LONG).body)
    closed = answer(b"User-agent: *\nDisallow: /", there)
    robots = "https://gazette.example/robots.txt"
    assert await World(**{URL: led, robots: closed}).text() == []
    assert await World(**{URL: led, robots: answer(b"", robots)}).text() == LONG


async def test_a_page_that_asks_for_a_subscription_is_marked_and_gives_no_text() -> None:
    stub = page(LONG[0], "Subscribe now to continue reading this article.")
    (draft_,) = await World(**{URL: stub}).pages.filled([draft()], HostTurns(timedelta(0)))
    assert (draft_.withheld, draft_.full_text, draft_.paragraphs) == (
        "paywall",
        (),
        draft().paragraphs,
    )
    article = read(draft_, first_seen_at=NOW)
    assert (article.withheld, article.text) == ("paywall", SHORT)


async def test_the_feed_s_words_stay_where_the_page_has_no_more() -> None:
    assert await World(**{URL: page(SHORT[:40])}).text() == []
    assert await World(**{URL: Unreachable("silent")}).text() == []
    assert await World().text(None) == []


FEED = "https://paper.example/feed"


class Paper(World):
    """A feed of one article, of which so much is taken."""

    def __init__(self, full_text: FullText, title: str = "Talks", *more: str) -> None:
        super().__init__(**{url: page(f"{LONG[0]} {url}", *LONG, url=url) for url in more})
        self.full_text, self.title, self.more = full_text, title, more
        self.database = FakeDatabase()
        self.intake = Intake(self.database.articles)

    async def tick(self, blank: str = "") -> Counts:
        """What came of reading it, with so much white space at its end."""
        items = "".join(
            f"<item><title>{self.title}</title><link>{url}</link><description>{SHORT}</description>"
            "<pubDate>Tue, 10 Feb 2026 10:00:00 +0000</pubDate></item>"
            for url in (URL, *self.more)
        )
        rss = f'<rss version="2.0"><channel><title>Paper</title>{items}{blank}</channel></rss>'
        self.fetcher.pages[FEED] = answer(rss.encode(), FEED)
        if not await self.database.sources.all():
            source = NewSource(url=FEED, outlet=Outlet("Paper"), full_text=self.full_text)
            await self.database.sources.add(source, now=NOW)
        (report,) = [
            report
            async for report in ingest_round(
                clock=self.clock,
                sources=self.database.sources,
                fetcher=self.fetcher,
                parser=FakeParser(),
                intake=self.intake,
                pages=self.pages,
            )
        ]
        self.clock.advance(timedelta(hours=1))
        return report.counts

    async def source(self) -> Source:
        """How it stands."""
        (source,) = await self.database.sources.all()
        return source

    async def stored(self) -> Article:
        """The article."""
        (article,) = await self.database.articles.all()
        return article


@pytest.mark.parametrize(
    ("full_text", "text"), [("feed", SHORT), ("page", "\n\n".join(LONG)), ("headline", "")]
)
async def test_a_source_says_whose_words_its_articles_get(full_text: FullText, text: str) -> None:
    paper = Paper(full_text)
    assert await paper.tick() == Counts(new=1)
    assert await paper.tick(blank=" ") == Counts(known=1)  # the same articles again
    assert paper.fetcher.asked.count(URL) == (full_text == "page")
    stored = await paper.stored()
    assert (stored.title, stored.text) == ("Talks", text)


async def test_of_headlines_one_that_is_too_long_is_told_by_its_words_and_no_others() -> None:
    paper = Paper("headline", " ".join([LONG[1]] * 4))
    assert await paper.tick() == Counts(new=1)
    stored = await paper.stored()
    assert (stored.title, stored.text) == (None, paper.title)
    assert headline(stored) == LONG[1]


async def test_what_is_more_than_can_be_fetched_at_once_is_left_for_the_next_check() -> None:
    paper = Paper("page", "Talks", *(f"https://paper.example/{n}" for n in range(24)))

    assert await paper.tick() == Counts(new=20)
    source = await paper.source()
    assert (source.body_hash, source.next_check_at) == (None, NOW + SOON)
    assert await paper.tick() == Counts(new=5, known=20)
    assert (await paper.source()).body_hash is not None

    articles = await paper.database.articles.all()
    assert len(articles) == 25
    assert all(LONG[1] in article.text for article in articles)
    assert articles[-5].url == URL
