"""Files, folders, feeds and pages into a store, each reported in one line."""

import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.intake import gathering
from digest.errors import Unreachable, Unstorable
from digest.gather.documents.files import Skipped
from digest.ingest.hosts import Report
from digest.ingest.intake import Intake
from digest.model.articles import Counts, NewArticle
from digest.model.gathered import Fetched
from digest.model.sources import Outlet, SourceOutcome
from tests.fakes import FakeArticleStore, FakeDatabase, FakeFetcher

SEEN = datetime(2026, 2, 10, 12, tzinfo=UTC)
TALKS = (
    "Delegations from Turkey and Ukraine met in Ankara on Monday to discuss the grain corridor. "
    "The Foreign Ministry of Turkey said the talks would continue for three more days this week.\n"
)
TEXT = f"Grain talks resume\nBy Ada Lovelace\n9 February 2026\n\n{TALKS}"
PAGE = f"""<html lang="en"><head><link rel="canonical" href="https://www.paper.example/talks">
<meta property="og:site_name" content="Somebody"></head><body><article><h1>Grain talks resume</h1>
<p>{TALKS}</p><p>{TALKS.replace("Monday", "Tuesday")}</p></article></body></html>"""
FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>The Feed</title>
<link>https://feed.example/</link><item><title>Grain talks resume</title>
<link>https://feed.example/talks</link><pubDate>Tue, 10 Feb 2026 10:00:00 GMT</pubDate>
<description>{TALKS}</description></item><item><title>Talks go on in Ankara</title>
<link>https://feed.example/on</link><description>{TALKS.replace("Monday", "Tuesday")}</description>
</item></channel></rss>"""
PAPER = Outlet("The Paper", "TR", "paper")
OUTLETS = gathering.by_host([("https://www.paper.example/", PAPER)])


class World:
    """A store and a network; ``ingest`` gives the reports of places."""

    def __init__(self) -> None:
        self.database = FakeDatabase()
        self.pages: dict[str, Fetched | Unreachable] = {}

    async def ingest(self, *places: object) -> list[Report | Skipped]:
        reports = gathering.ingest(
            [str(place) for place in places],
            seen_at=SEEN,
            intake=Intake(self.database.articles),
            outlets=OUTLETS,
            fetcher=FakeFetcher(self.pages),
            reads=gathering.here,
        )
        return [report async for report in reports]

    def answers(self, url: str, body: str, media_type: str) -> None:
        self.pages[url] = Fetched(
            url=url, final_url=url, status=200, body=body.encode(), media_type=media_type
        )


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "page.html").write_text(PAGE)
    (tmp_path / "c.xml").write_text(FEED)
    return tmp_path


async def test_a_folder_is_reported_file_by_file(world: World, folder: Path) -> None:
    assert await world.ingest(folder) == [
        Report("a.txt", Counts(new=1)),
        Report("b/page.html", Counts(new=1)),
        Report("c.xml", Counts(new=2)),
    ]


async def test_each_article_knows_its_file(world: World, folder: Path) -> None:
    await world.ingest(folder)

    files = {article.file for article in await world.database.articles.all()}
    assert files == {"a.txt", "b/page.html", "c.xml"}


async def test_a_file_may_be_named_alone(world: World, folder: Path) -> None:
    assert await world.ingest(folder / "a.txt") == [Report("a.txt", Counts(new=1))]


async def test_a_second_time_adds_nothing(world: World, folder: Path) -> None:
    await world.ingest(folder)

    again = await world.ingest(folder)

    assert sum((r.counts for r in again if isinstance(r, Report)), Counts()) == Counts(known=4)


async def test_an_outlet_that_is_known_by_its_host_is_preferred(world: World, folder: Path) -> None:
    await world.ingest(folder)

    outlets = {article.file: article.outlet for article in await world.database.articles.all()}
    assert outlets["b/page.html"] == PAPER
    assert outlets["c.xml"] == Outlet("The Feed")


async def test_what_is_bad_hurts_nothing_beside_it(world: World, folder: Path) -> None:
    (folder / "0.txt").write_bytes(b"\x00\x01\x02" * 50)
    (folder / "1.txt").touch()
    (folder / "2.txt").write_text("404 Not Found\n")
    (folder / "3.png").write_bytes(b"\x89PNG")
    with (folder / "4.txt").open("wb") as huge:
        huge.truncate(100 * 1024 * 1024)  # sparse: nothing is written
    (folder / "5.xml").write_text("<rss><channel>")
    (folder / "6.txt").write_bytes(TEXT.encode("utf-16"))

    found = await world.ingest(folder)

    skipped = {r.path.name: r.reason for r in found if isinstance(r, Skipped)}
    assert skipped == {
        "0.txt": "is binary, not text",
        "3.png": "is of an unknown kind (.png)",
        "4.txt": "is too large: 105 MB, and at most 21 MB are read",
    }
    failed = {r.name: r.error for r in found if isinstance(r, Report) and r.error}
    assert failed["1.txt"] == "1.txt is empty."
    assert set(failed) >= {"1.txt", "2.txt"}
    assert Report("6.txt", Counts(new=1)) in found
    assert Report("a.txt", Counts(known=1)) in found  # the same text as 6.txt
    assert Report("c.xml", Counts(new=2)) in found


async def test_a_file_asked_for_by_its_name_that_cannot_be_read_is_a_failure(
    world: World, tmp_path: Path
) -> None:
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"\x89PNG")

    (report,) = await world.ingest(picture)

    assert report == Report(
        "picture.png", Counts(failed=1), f"{picture} is of an unknown kind (.png)."
    )


async def test_a_place_that_is_not_there_hurts_no_other(world: World, folder: Path) -> None:
    missing, good = await world.ingest(folder / "missing", folder / "a.txt")

    assert isinstance(missing, Report)
    assert missing.counts == Counts(failed=1)
    assert missing.error == f"{folder / 'missing'} does not exist."
    assert good == Report("a.txt", Counts(new=1))


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """A folder with one folder in it that this process may not read, even where it is root."""
    root = Path(tempfile.mkdtemp())
    (root / "a.txt").write_text(TEXT)
    (root / "closed").mkdir()
    (root / "closed.txt").write_text(TEXT)
    (root / "closed.txt").chmod(0)
    (root / "closed").chmod(0)
    root.chmod(0o755)
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)
    yield root
    if is_root:
        os.seteuid(0)
    (root / "closed").chmod(0o755)
    shutil.rmtree(root)


async def test_what_rights_forbid_is_named(world: World, closed_folder: Path) -> None:
    good, closed, file = await world.ingest(closed_folder)

    assert good == Report("a.txt", Counts(new=1))
    assert closed == Skipped(closed_folder / "closed", "may not be read: its rights forbid it")
    assert file == Skipped(closed_folder / "closed.txt", "may not be read: its rights forbid it")


async def test_a_closed_folder_asked_for_by_its_name_is_a_failure(
    world: World, closed_folder: Path
) -> None:
    (report,) = await world.ingest(closed_folder / "closed")

    assert isinstance(report, Report)
    assert report.error == f"{closed_folder / 'closed'} may not be read: its rights forbid it."


class Picky(FakeArticleStore):
    """Cannot hold one title."""

    async def bring(
        self, articles: Sequence[NewArticle], outcome: SourceOutcome | None = None
    ) -> Counts:
        if any(article.title == "Unspeakable talks" for article in articles):
            raise Unstorable("the database cannot hold a value")
        return await super().bring(articles, outcome)


async def test_a_file_that_the_database_refuses_is_named_and_hurts_no_other(
    world: World, folder: Path
) -> None:
    world.database.articles = Picky(world.database.tables)
    (folder / "a.txt").write_text(TEXT.replace("Grain talks resume", "Unspeakable talks"))
    refused, *others = await world.ingest(folder)
    assert refused == Report(
        "a.txt", Counts(failed=1), "it is not stored in full: the database cannot hold a value"
    )
    assert others == [Report("b/page.html", Counts(new=1)), Report("c.xml", Counts(new=2))]


async def test_a_name_that_is_no_text_can_be_stored(world: World, tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.txt")
    try:
        (tmp_path / name).write_text(TEXT)
    except OSError:
        pytest.skip("this file system takes only names in UTF-8")

    (report,) = await world.ingest(tmp_path)

    assert report == Report("caf\ufffd.txt", Counts(new=1))
    (article,) = await world.database.articles.all()
    assert article.file == "caf\ufffd.txt"


async def test_a_feed_at_an_address_brings_its_entries(world: World) -> None:
    url = "https://feed.example/rss"
    world.answers(url, FEED, "application/rss+xml")

    assert await world.ingest(url) == [Report(url, Counts(new=2))]
    assert {a.outlet for a in await world.database.articles.all()} == {Outlet("The Feed")}


async def test_a_page_at_an_address_is_one_article(world: World) -> None:
    url = "https://www.paper.example/talks"
    world.answers(url, PAGE, "text/html")

    assert await world.ingest(url) == [Report(url, Counts(new=1))]
    (article,) = await world.database.articles.all()
    assert (article.title, article.outlet) == ("Grain talks resume", PAPER)


async def test_an_address_that_does_not_answer_hurts_no_other(world: World, folder: Path) -> None:
    failed, good = await world.ingest("https://gone.example/feed", folder / "a.txt")

    assert isinstance(failed, Report)
    assert failed.counts == Counts(failed=1)
    assert failed.error is not None
    assert good == Report("a.txt", Counts(new=1))


async def test_an_address_without_any_article_is_a_failure(world: World) -> None:
    url = "https://paper.example/nothing"
    world.answers(url, "<html><body></body></html>", "text/html")

    (report,) = await world.ingest(url)

    assert isinstance(report, Report)
    assert report.counts == Counts(failed=1)


def test_hosts_are_compared_without_www() -> None:
    assert gathering.host("https://www.Paper.example:8080/a") == "paper.example"
    assert gathering.host("no address") == ""
    assert gathering.outlet_of("https://paper.example/talks", OUTLETS) == PAPER
    assert gathering.outlet_of(None, OUTLETS) is None


def test_a_host_of_several_outlets_is_that_of_the_whole_site() -> None:
    press, africa = Outlet("Ministry press releases"), Outlet("Ministry: Africa")
    news, abroad = Outlet("Government news"), Outlet("Government abroad")
    found = gathering.by_host(
        [
            ("https://ministry.example", africa),
            ("https://ministry.example", press),
            ("https://ministry.example", Outlet("Ministry treaties")),
            ("https://state.example/abroad", abroad),
            ("https://www.state.example/", news),
            ("https://paper.example/en", Outlet("The Paper: diplomacy")),
            ("https://paper.example/en", PAPER),
        ]
    )
    assert found == {"ministry.example": press, "state.example": news, "paper.example": PAPER}
