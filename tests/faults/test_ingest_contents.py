"""Faults of what feeds say: lies, bombs, missing and absurd words. Each test bears the id of its fault."""

from datetime import UTC, datetime, timedelta

import pytest

from digest.ingest.checked import state_of
from tests.faults.hostile_web import (
    HOSTS,
    NEWS,
    NOW,
    Gathering,
    HostileWeb,
    answer,
    children,
    item,
    rss,
    web,
    world,
)

__all__ = ["children", "web", "world"]  # fixtures

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BOMB = "<p " + " ".join(f'a{n}="x"' for n in range(30_000)) + ">Hello"
LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "ha">' for n in range(30)
)
# What is no item to one parser and an item to the next brings the next one into play.
REDOS = rss(item("Norway", more=f"<author>{'a-' * 39_000}@a{'.a' * 10}</author>")).replace(
    b"<item>", b"<!-- <item><item> --><item>"
)


@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/octet-stream", ""])
async def test_I23_type_lie(world: Gathering, web: HostileWeb, kind: str) -> None:
    """The body says what it is."""
    web.says(answer(NEWS, Content_Type=kind))
    await world.add(web.url())
    assert (await world.check()).counts.new == 2


async def test_I24_html_200(world: Gathering, web: HostileWeb) -> None:
    """A page is no feed; the feed that it names is tried once and proposed, never taken by itself."""
    page = (
        '<html><head><title>The Paper</title><link rel="alternate" type="application/rss+xml"'
        f' href="/news.xml"></head><body>{"<p>All the news of the day.</p>" * 20}</body></html>'
    )
    web.says(answer(page.encode(), Content_Type="text/html"))
    web.says(answer(NEWS), "/news.xml")
    await world.add(web.url())
    report = await world.check()
    assert "is a web page, not a feed" in str(report.error)
    assert f"its feed is {web.url('/news.xml')}" in str(report.error)
    assert len(web.asked("/news.xml")) == 1
    source = await world.source()
    assert (source.url, await world.articles()) == (web.url(), ())


async def test_I24_html_200_that_names_nothing_good(world: Gathering, web: HostileWeb) -> None:
    """What it names may be no feed either."""
    link = '<link rel="alternate" type="application/rss+xml" href="/nothing.xml">'
    page = f"<html><head>{link}</head><body>{'<p>News</p>' * 40}</body></html>"
    web.says(answer(page.encode()))
    await world.add(web.url())
    assert "its feed is" not in str((await world.check()).error)


@pytest.mark.parametrize("body", [b"", b" " * 150, b"<html></html>", b'<?xml version="1.0"?>\n'])
async def test_I25_zombie(world: Gathering, web: HostileWeb, body: bytes) -> None:
    """Empty is an error, never "no news"; its validators are not kept."""
    web.says(answer(body, ETag='"empty"'))
    await world.add(web.url())
    assert "empty body" in str((await world.check()).error)
    assert (await world.source()).etag is None
    web.says(answer(NEWS))
    assert (await world.check(3 * DAY)).counts.new == 2


@pytest.mark.parametrize(
    ("encoding", "declared", "header"),
    [
        ("windows-1251", "windows-1251", ""),
        ("windows-1251", "", "windows-1251"),
        ("koi8-r", "koi8-r", ""),
        ("utf-16", "utf-16", ""),
        ("utf-8-sig", "", ""),
        ("utf-8", "windows-1251", "koi8-r"),
    ],
)
async def test_I26_charset(
    world: Gathering, web: HostileWeb, encoding: str, declared: str, header: str
) -> None:
    """The same title, however it is encoded and declared."""
    said = f' encoding="{declared}"' if declared else ""
    feed = rss(item("Переговоры в Женеве")).decode().replace(' encoding="utf-8"', said)
    kind = f"text/xml; charset={header}" if header else "text/xml"
    web.says(answer(feed.encode(encoding), Content_Type=kind))
    await world.add(web.url())
    await world.check()
    assert await world.titles() == ["Переговоры в Женеве talks"]


@pytest.mark.parametrize("before", [b"\n\n \t", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n", b"\0\n"])
async def test_I27_leading_ws(world: Gathering, web: HostileWeb, before: bytes) -> None:
    """What stands before the feed does no harm."""
    web.says(answer(before + NEWS))
    await world.add(web.url())
    assert (await world.check()).counts.new == 2


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Norway talks", "Norway & Kenya talks"),
        ("Norway talks", "Norway&nbsp;&hellip; talks"),
        ("Norway talks", "Norway\x0b talks"),
        ("</channel></rss>", "<item><title><![CDATA[Cut in the mid"),
    ],
    ids=["ampersand", "entity", "control", "cdata"],
)
async def test_I28_illformed(world: Gathering, web: HostileWeb, right: str, wrong: str) -> None:
    """What can be read of it is."""
    web.says(answer(NEWS.decode().replace(right, wrong).encode()))
    await world.add(web.url())
    assert (await world.check()).error is None
    assert "Kenya talks" in await world.titles()


async def test_I29_redos(world: Gathering, web: HostileWeb) -> None:
    """Stopped each time, kept apart after the second; other feeds are on time."""
    web.says(answer(REDOS))
    web.says(answer(NEWS), "/calm")
    await world.add(web.url(), "Hostile")
    await world.add(web.url("/calm", HOSTS[1]), "Calm")
    reports = await world.tick()
    assert "was stopped" in str(reports["Hostile"].error)
    assert reports["Calm"].counts.new == 2
    assert (await world.source("Hostile")).enabled
    report = (await world.tick(2 * HOUR))["Hostile"]
    source = await world.source("Hostile")
    assert (report.is_stopped, source.enabled) == (True, False)
    assert (await world.source("Calm")).failures == 0
    assert set(await world.tick(DAY)) == {"Calm"}


@pytest.mark.parametrize(
    "body",
    [
        f"<!DOCTYPE rss [{LAUGHS}]>".encode() + rss(item("&l29;")),
        b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + rss(item("a&x;")),
    ],
    ids=["laughs", "xxe"],
)
async def test_I28_illformed_entities(world: Gathering, web: HostileWeb, body: bytes) -> None:
    """What a document defines is not expanded, and no file is read."""
    web.says(answer(body))
    await world.add(web.url())
    assert "was stopped" not in str((await world.check()).error)
    for article in await world.articles():
        assert "root:" not in f"{article.title} {article.text}"
        assert len(article.title or "") < 1_000


async def test_I30_html_bomb(world: Gathering, web: HostileWeb) -> None:
    """A text that takes for ever gives way to the summary, which is read."""
    bomb = f'<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[{BOMB}]]></content:encoded>'
    web.says(answer(rss(item("Norway", more=bomb), item("Kenya"))))
    await world.add(web.url())
    report = await world.check()
    assert (report.error, report.counts.new) == (None, 2)
    assert any("ministers of Norway met" in one.text for one in await world.articles())
    assert (await world.source()).notice is None


async def test_I30_html_bomb_of_spans(world: Gathering, web: HostileWeb) -> None:
    """300 kB of spans are soon over."""
    web.says(answer(rss(item("Norway", text="&lt;span&gt;a&lt;/span&gt;" * 20_000), item("Kenya"))))
    await world.add(web.url())
    assert (await world.check()).counts.new == 2


async def test_I31_no_guid(world: Gathering, web: HostileWeb) -> None:
    """Known by their address, however it is decorated, or else by their words."""
    web.says(answer(NEWS))
    await world.add(web.url())
    assert (await world.check()).counts.new == 2
    web.says(answer(NEWS.replace(b"/Norway<", b"/Norway?utm_source=rss#top<")))
    assert (await world.check()).counts.new == 0
    bare = rss(item("Peru"), item("Chile")).decode()
    for name in ("Peru", "Chile"):
        bare = bare.replace(f"<link>https://paper.example/{name}</link>", "")
    web.says(answer(bare.encode()))
    assert (await world.check()).counts.new == 2
    web.says(answer(bare.replace("The Paper", "The  Paper").encode()))
    assert (await world.check()).counts.new == 0


async def test_I32_dup_guid(world: Gathering, web: HostileWeb) -> None:
    """An id that all share tells nobody apart."""
    guid = "<guid>https://paper.example/</guid>"
    web.says(answer(rss(item("Norway", more=guid), item("Kenya", more=guid))))
    await world.add(web.url())
    assert (await world.check()).counts.new == 2


async def test_I33_guid_reuse(world: Gathering, web: HostileWeb) -> None:
    """A known article with new words is a revision, and no new article in any digest."""
    guid = '<guid isPermaLink="false">17</guid>'
    web.says(answer(rss(item("Norway", more=guid))))
    await world.add(web.url())
    await world.check(timedelta(0))
    assert await world.digested() == ["Norway talks"]
    changed = rss(item("Norway", more=guid, text="The treaty was not signed, the ministers say."))
    web.says(answer(changed))
    report = await world.check(25 * HOUR)
    assert (report.counts.new, report.counts.revised) == (0, 1)
    assert [article.revision for article in await world.articles()] == [1, 2]
    assert await world.digested() == []


async def test_I34_guid_flip(world: Gathering, web: HostileWeb) -> None:
    """A site that renames all it has floods no digest; what is new in it is told."""
    web.says(answer(NEWS))
    await world.add(web.url())
    await world.check(timedelta(0))
    old = [item(f"State{n}", at=NOW - timedelta(days=3 + n)) for n in range(30)]
    web.says(answer(rss(*old, item("Peru", at=NOW + DAY))))
    report = await world.check(DAY + HOUR)
    assert report.counts.new == 31
    assert await world.digested() == ["Peru talks"]
    assert sum(one.is_backlog for one in await world.articles()) == 30


async def test_I35_first_poll(world: Gathering, web: HostileWeb) -> None:
    """A new feed starts from now: its backlog is stored, and only what is of this day is told."""
    old = [item(f"State{n}", at=NOW - timedelta(hours=25 + n)) for n in range(147)]
    new = [item(f"New{n}", at=NOW - timedelta(hours=1 + n)) for n in range(2)]
    web.says(answer(rss(*new, *old, item("Undated", at=None))))
    await world.add(web.url())
    assert (await world.check(timedelta(0))).counts.new == 150
    assert sorted(map(str, await world.digested())) == ["New0 talks", "New1 talks"]
    web.says(answer(rss(item("Later", at=None))))
    await world.check(HOUR)
    assert "Later talks" in await world.digested()


async def test_I36_no_dates(world: Gathering, web: HostileWeb) -> None:
    """The time of the first sight stands in, and is marked as that."""
    web.says(answer(rss(item("Norway", at=None, text="The ministers met and signed a treaty."))))
    await world.add(web.url())
    await world.check()
    (article,) = await world.articles()
    assert (article.published_at, article.date_source) == (None, "first_seen")
    assert article.first_seen_at == world.clock.now()


@pytest.mark.parametrize("year", [2099, 1970])
async def test_I37_future(world: Gathering, web: HostileWeb, year: int) -> None:
    """No date is better than an absurd one."""
    absurd = datetime(year, 1, 1, tzinfo=UTC)
    web.says(answer(rss(item("Norway", at=absurd, text="The ministers met and signed."))))
    await world.add(web.url())
    await world.check()
    (article,) = await world.articles()
    assert (article.published_at, article.date_source) == (None, "first_seen")
    assert (await world.source()).newest_at is None


async def test_I38_order(world: Gathering, web: HostileWeb) -> None:
    """Oldest first or newest first: dates count, not places."""
    items = [item(f"State{n}", at=NOW - timedelta(minutes=n)) for n in range(250)]
    web.says(answer(rss(*reversed(items))))
    await world.add(web.url())
    await world.check()
    kept = {article.title for article in await world.articles()}
    assert kept == {f"State{n} talks" for n in range(200)}
    assert (await world.source()).newest_at == NOW


async def test_I39_huge(world: Gathering, web: HostileWeb) -> None:
    """Of 10,000 entries the newest 200 are kept."""
    items = (item(f"S{n}", at=NOW - timedelta(minutes=n), text="Signed.") for n in range(10_000))
    web.says(answer(rss(*items)))
    await world.add(web.url())
    assert (await world.check()).counts.new == 200
    kept = {article.title for article in await world.articles()}
    assert kept == {f"S{n} talks" for n in range(200)}


async def test_I39_huge_and_oldest_first(world: Gathering, web: HostileWeb) -> None:
    """The newest 200 are kept wherever they stand."""
    items = [item(f"S{n}", at=NOW - timedelta(minutes=n), text="Signed.") for n in range(3_000)]
    web.says(answer(rss(*reversed(items))))
    await world.add(web.url())
    await world.check()
    kept = {article.title for article in await world.articles()}
    assert kept == {f"S{n} talks" for n in range(200)}


async def test_I40_relative(world: Gathering, web: HostileWeb) -> None:
    """Links are absolute, and those of FeedBurner are what they stand for."""
    feed = rss(item("Norway"), item("Kenya"), item("Peru")).decode()
    feed = feed.replace("https://paper.example/Norway", "/a/Norway")
    feed = feed.replace(
        "<link>https://paper.example/Kenya</link>",
        '<link xml:base="https://base.example/x/">Kenya</link>',
    ).replace(
        "<link>https://paper.example/Peru</link>",
        "<link>https://feeds.feedburner.example/~r/paper/~3/1</link><feedburner:origLink"
        ' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0">'
        "https://paper.example/Peru</feedburner:origLink>",
    )
    web.says(answer(feed.encode()))
    await world.add(web.url())
    await world.check()
    urls = {article.title: article.url for article in await world.articles()}
    assert urls == {
        "Norway talks": web.url("/a/Norway"),
        "Kenya talks": "https://base.example/x/Kenya",
        "Peru talks": "https://paper.example/Peru",
    }


async def test_I43_stale(world: Gathering, web: HostileWeb) -> None:
    """A feed that answers, and whose newest entry is of 2016, is not taken for a quiet one."""
    web.says(answer(rss(item("Norway", at=datetime(2016, 5, 1, tzinfo=UTC)))))
    await world.add(web.url())
    assert (await world.check()).error is None
    assert state_of(await world.source(), world.clock.now()) == "stale"
    web.says(answer(rss(item("Norway", at=world.clock.now()))))
    await world.check()
    assert state_of(await world.source(), world.clock.now()) == "ok"


async def test_one_text_in_two_feeds_is_told_once_with_both_addresses(
    world: Gathering, web: HostileWeb
) -> None:
    """And a text that its own feed brings again under another address is no news either."""
    web.says(answer(rss(item("Norway"))))
    web.says(answer(rss(item("Norway")).replace(b"//paper.example", b"//gazette.example")), "/copy")
    await world.add(web.url())
    await world.add(web.url("/copy"), "The Gazette")
    await world.tick()
    web.says(answer(rss(item("Norway")).replace(b"/Norway<", b"/again<")))
    await world.tick(HOUR)
    first, *copies = await world.articles()
    assert {copy.duplicate_of for copy in copies} == {first.id}
    assert {copy.story for copy in copies} == {first.story}
    assert sorted(str(one.url) for one in (first, *copies)) == [
        "https://gazette.example/Norway",
        "https://paper.example/Norway",
        "https://paper.example/again",
    ]
