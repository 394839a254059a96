"""Sources by command: added, listed, removed, checked, and lists of them."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.operate.sources import checked
from digest.errors import SourceError, Unreachable
from digest.model.gathered import Fetched
from digest.model.sources import Outlet, Source, SourceId
from tests.command_line import Attache, is_sentence, store_check
from tests.fakes import FakeClock, FakeFetcher, FakeParser

pytestmark = pytest.mark.usefixtures("loggers_as_before")


def test_sources_are_added_listed_and_removed(attache: Attache) -> None:
    added = attache("sources", "add", "HTTPS://Paper.example/feed.xml#top")
    assert (added.code, added.out) == (
        0,
        "https://paper.example/feed.xml is read from now on, as paper.example\n",
    )

    assert attache("sources", "list").out.split(maxsplit=2) == [
        "paper.example",
        "https://paper.example/feed.xml",
        "not fetched yet\n",
    ]
    assert attache("sources", "list", "--json").json == [
        {
            "url": "https://paper.example/feed.xml",
            "name": "paper.example",
            "country": None,
            "enabled": True,
            "failures": 0,
            "last_ok_at": None,
            "last_error": None,
            "state": "new",
            "newest_at": None,
            "moved_from": None,
        }
    ]

    assert attache("sources", "remove", "https://paper.example/feed.xml").code == 0
    assert attache("sources", "list").out == ""


def test_a_source_is_added_once(attache: Attache) -> None:
    attache("sources", "add", "https://paper.example/feed.xml")

    result = attache("sources", "add", "https://paper.example/feed.xml")

    assert result.code == 1
    assert is_sentence(result.err)


def test_a_source_is_known_however_its_address_is_spelt(attache: Attache, tmp_path: Path) -> None:
    attache("sources", "add", "https://paper.example/feed/")
    assert "https://paper.example/feed/" in attache("sources", "list").out

    assert attache("sources", "add", "https://paper.example/feed").code == 1
    (tmp_path / "feeds.opml").write_text(OPML.replace("/feed.xml", "/feed?"))
    assert attache("sources", "import", "feeds.opml").out == "feeds.opml: 1 added, 1 known\n"
    assert attache("sources", "remove", "https://paper.example/feed").code == 0
    assert "paper" not in attache("sources", "list").out


def test_a_source_that_is_known_by_its_host_has_its_name(attache: Attache) -> None:
    assert attache("sources", "add", "https://www.state.gov/other.xml").out.endswith("\n")


def test_what_is_no_address_is_no_source(attache: Attache) -> None:
    result = attache("sources", "add", "my feed")

    assert result.code == 2
    assert is_sentence(result.err)


def test_a_source_that_is_not_there_cannot_be_removed(attache: Attache) -> None:
    result = attache("sources", "remove", "https://paper.example/feed.xml")

    assert result.code == 1
    assert "is not among the sources; see: attache sources list" in result.err


def test_feeds_that_answer_now_are_not_unread_in_a_digest_of_tomorrow(attache: Attache) -> None:
    now = datetime.now(UTC)
    store_check("https://paper.example/feed.xml", now)

    until = (now + timedelta(days=1)).isoformat()
    assert attache("digest", "--until", until, "--format", "json").json["warnings"] == []


def test_a_source_that_fails_says_why(attache: Attache) -> None:
    now = datetime(2026, 2, 10, tzinfo=UTC)
    store_check("https://paper.example/feed.xml", now, "it answered 403")

    assert attache("sources", "list").out.rstrip().endswith("it answered 403")


OPML = """<opml version="2.0"><body><outline text="The Paper" xmlUrl="https://paper.example/feed.xml"/>
<outline text="Gazette" xmlUrl="https://gazette.example/feed.xml"/></body></opml>"""


def test_a_list_of_feeds_comes_in_and_goes_out(attache: Attache, tmp_path: Path) -> None:
    (tmp_path / "feeds.opml").write_text(OPML)
    attache("sources", "add", "https://paper.example/feed.xml")

    assert attache("sources", "import", "feeds.opml").out == "feeds.opml: 1 added, 1 known\n"
    (tmp_path / "out.opml").write_text(attache("sources", "export").out)
    assert attache("sources", "import", "out.opml").out == "out.opml: 0 added, 2 known\n"


@pytest.mark.parametrize("content", ["<rss></rss>", None])
def test_what_is_no_list_of_feeds_is_refused(
    attache: Attache, tmp_path: Path, content: str | None
) -> None:
    if content is not None:
        (tmp_path / "feeds.opml").write_text(content)
    result = attache("sources", "import", "feeds.opml")

    assert result.code == 1
    assert is_sentence(result.err)


def test_a_dead_network_is_told_once(
    attache: Attache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTACHE_ALLOW_PRIVATE", "127.0.0.0/8")
    feeds = (f'<outline xmlUrl="http://127.0.0.{number}:9/rss"/>' for number in range(1, 21))
    (tmp_path / "feeds.opml").write_text(f"<opml><body>{''.join(feeds)}</body></opml>")
    attache("sources", "import", "feeds.opml")
    result = attache("sources", "check")

    assert (result.code, result.out) == (1, "")
    assert is_sentence(result.err)


def test_a_check_says_a_line_for_each_feed(attache: Attache) -> None:
    attache("sources", "add", "http://127.0.0.1:9/feed.xml")  # private, so it may not be reached

    result = attache("sources", "check")

    assert result.code == 1
    assert result.out.startswith("FAIL  127.0.0.1: ")
    assert result.out.endswith("in all: 0 ok, 1 failed\n")
    (row,) = attache("sources", "check", "--json").json
    assert (row["ok"], row["entries"], row["name"]) == (False, 0, "127.0.0.1")


def test_without_sources_there_is_nothing_to_check(attache: Attache) -> None:
    assert attache("sources", "check").out == ""
    assert attache("sources", "check", "--json").json == []


async def test_each_feed_is_fetched_once_and_said_how_it_stands() -> None:
    bodies = {
        "https://a.example/feed": b"<rss><channel><item><title>x</title></item></channel></rss>"
        + b"<!-- -->" * 30,
        "https://b.example/feed": b"<html><body>no feed</body></html>" + b"<!-- -->" * 30,
        "https://d.example/feed": b"<rss/>",
        "https://e.example/feed": b"<html><link rel=alternate type=application/rss+xml href=/rss>"
        + b"<!-- -->" * 30,
        "https://e.example/rss": b"<rss><channel><item><title>x</title></item></channel></rss>",
    }
    pages: dict[str, Fetched | SourceError] = {
        url: Fetched(url=url, final_url=url, status=200, body=body) for url, body in bodies.items()
    }
    sources = [
        Source(id=SourceId(number), url=f"https://{name}.example/feed", outlet=Outlet(name))
        for number, name in enumerate("abcdefghijklmnopqrst")
    ]
    clock, fetcher = FakeClock(datetime(2026, 2, 10, tzinfo=UTC)), FakeFetcher(pages)

    found = [
        one async for one in checked(sources, fetcher=fetcher, parser=FakeParser(), clock=clock)
    ]

    urls = [*(source.url for source in sources), "https://e.example/rss"]
    assert sorted(fetcher.asked) == sorted(urls)
    by_name = {one.source.outlet.name: one for one in found}
    assert (by_name["a"].entries, by_name["a"].error) == (1, None)
    assert "is a web page, not a feed" in str(by_name["b"].error)
    assert "does not answer" in str(by_name["c"].error)
    assert "empty body" in str(by_name["d"].error), "as where it is read"
    assert str(by_name["e"].error).endswith("not a feed; its feed is https://e.example/rss")


class SlowFetcher(FakeFetcher):
    """Lets others go on before it answers, as a network does."""

    async def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched:
        await asyncio.sleep(0)
        return await super().fetch(url, etag=etag, last_modified=last_modified)


async def test_a_network_that_is_not_there_is_asked_no_further() -> None:
    sources = [
        Source(id=SourceId(number), url=f"https://{number}.example/feed", outlet=Outlet("x"))
        for number in range(112)
    ]
    clock, fetcher = FakeClock(datetime(2026, 2, 10, tzinfo=UTC)), SlowFetcher({})

    with pytest.raises(Unreachable, match="none of 30 feeds could be reached"):
        [one async for one in checked(sources, fetcher=fetcher, parser=FakeParser(), clock=clock)]

    assert len(fetcher.asked) < 112
