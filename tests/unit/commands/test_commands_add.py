"""What a reader brings: addresses, files and lists, theirs alone until an owner adopts a source."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import ParamSpec, TypeVar

import pytest

from bot.commands import upload as upload_module
from bot.commands.upload import name_of
from bot.talk.own import MOST
from bot.talk.request import Document
from digest.errors import Overrun, Refused, SourceError, Unreadable
from digest.gather.feed.opml import read_opml, write_opml
from digest.ingest.brought import MOST_OWN, is_used_up
from digest.ingest.intake import Intake
from digest.model.gathered import Fetched
from digest.model.sources import Amount, Listed, NewSource, Outlet
from digest.model.stories import Placed
from digest.read.jobs import read_all
from tests.articles import new_article
from tests.bot_world import ADA, BOB, NOW, OWNER, BotWorld, button, buttons, text
from tests.documents import TALKS, docx, locked, pdf
from tests.fakes import FakeParser

P = ParamSpec("P")
T = TypeVar("T")

EARLIER = NOW - timedelta(hours=1)
PAGE_URL, FEED_URL = "https://paper.example/world/talks", "https://paper.example/feed.xml"
ARTICLE = f"""<html lang="en"><head><meta property="og:site_name" content="The Paper">
<link rel="alternate" type="application/rss+xml" href="/dead.xml">
<link rel="alternate" type="application/rss+xml" href="/page.html">
<link rel="alternate" type="application/rss+xml" href="/feed.xml">
<meta property="article:published_time" content="2026-08-24T10:00:00Z"></head><body><article>
<h1>Grain talks resume</h1>{"".join(f"<p>{line}</p>" for line in TALKS)}
<p>A convoy of seven ships from Odesa waits for the outcome of the negotiations off Istanbul.</p>
</article></body></html>"""
FEED = f"""<rss version="2.0"><channel><title>The Paper &amp; Co</title><item><title>Talks resume</title>
<link>https://paper.example/1</link><description>{TALKS[0]}</description></item><item>
<title>Talks go on</title><link>https://paper.example/2</link></item></channel></rss>"""
TEXT = ("Grain talks resume in Ankara\n\n" + "\n\n".join(TALKS)).encode()


def page(url: str, body: str) -> Fetched:
    return Fetched(url=url, final_url=url, status=200, body=body.encode(), media_type="text/html")


@pytest.fixture
async def bot() -> BotWorld:
    bot = BotWorld()
    for chat in (ADA, BOB, OWNER):
        await bot.subscribed(chat)
    bot.fetcher.pages = {
        PAGE_URL: page(PAGE_URL, ARTICLE),
        FEED_URL: page(FEED_URL, FEED),
        "https://paper.example/page.html": page("https://paper.example/page.html", ARTICLE),
    }
    return bot


async def own_urls(bot: BotWorld, reader: int = ADA) -> list[str]:
    return [one.url for one in await bot.database.sources.all(reader=reader) if one.owner == reader]


async def full(bot: BotWorld, reader: int = ADA) -> None:
    for number in range(MOST):
        source = NewSource(url=f"https://full.example/{number}", outlet=Outlet("x"), owner=reader)
        await bot.database.sources.add(source, now=NOW)


# --- addresses --------------------------------------------------------------------------------


async def test_a_typed_address_offers_two_buttons_that_survive_a_restart(bot: BotWorld) -> None:
    reply = await bot.types(f"Look: {PAGE_URL}?a=1&b=2")

    assert f"{PAGE_URL}?a=1&amp;b=2" in text(reply)
    assert [one.label for one in buttons(reply)] == ["Summarise once", "Add as source"]
    assert all(len((one.data or "").encode()) <= 64 for one in buttons(reply))
    assert bot.fetcher.asked == []


async def test_a_long_address_is_shortened_only_where_it_is_shown(bot: BotWorld) -> None:
    reply = await bot.types("https://paper.example/" + "a" * 500)
    assert "a…" in text(reply)
    await bot.presses(button(reply, "Summarise"))
    assert bot.fetcher.asked == ["https://paper.example/" + "a" * 500]


async def test_an_address_is_offered_in_the_middle_of_the_set_up_too(bot: BotWorld) -> None:
    await bot.asks("start", chat=20, user=20)
    assert "Summarise once" in [
        one.label for one in buttons(await bot.types(PAGE_URL, chat=20, user=20))
    ]


async def test_once_tells_three_sentences_word_for_word_and_stores_nothing(bot: BotWorld) -> None:
    reply = await bot.presses(button(await bot.types(PAGE_URL), "Summarise"))

    said = text(reply)
    assert f'<a href="{PAGE_URL}"><b>Grain talks resume</b></a>' in said
    assert "The Paper · Mon 24 Aug 2026" in said
    assert sum(f"“{line}”" in said for line in TALKS) >= 2
    assert [f'<a href="{PAGE_URL}"> {number}</a>' in said for number in "¹²³⁴"] == [1, 1, 1, 0]
    assert not bot.database.tables.revisions
    assert await own_urls(bot) == []


class Stopped(FakeParser):
    """Stops whatever reads an article."""

    async def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        if function is read_all:
            raise Overrun("reading it took more than 5 s, and was stopped")
        return await super().__call__(function, *args, **kwargs)


async def test_what_cannot_be_read_in_time_is_said_and_not_kept(bot: BotWorld) -> None:
    app = replace(bot.app, parser=Stopped(), intake=Intake(bot.database.articles, parser=Stopped()))
    bot.app = app
    once = await bot.presses(button(await bot.types(PAGE_URL), "Summarise"))
    assert "find no article there" in text(once)
    assert "find no article" in text(await bot.uploads("talks.txt", TEXT))
    assert not bot.database.tables.revisions


async def test_once_lists_the_headlines_of_a_feed(bot: BotWorld) -> None:
    reply = await bot.presses(button(await bot.types(FEED_URL), "Summarise"))
    assert "The Paper &amp; Co" in text(reply)
    assert '<a href="https://paper.example/2">Talks go on</a>' in text(reply)
    assert not bot.database.tables.revisions


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "tg://resolve?domain=x", f"https://x.example/{'a' * 1_500}"]
)
async def test_once_links_no_headline_to_what_is_no_page(bot: BotWorld, link: str) -> None:
    feed = (
        f"<rss><channel><item><title>Talks &lt;b</title><link>{link}</link></item></channel></rss>"
    )
    bot.fetcher.pages[FEED_URL] = page(FEED_URL, feed)
    reply = await bot.presses(button(await bot.types(FEED_URL), "Summarise"))
    assert "Talks &lt;b" in text(reply)
    assert link not in text(reply)


async def test_a_source_is_found_from_the_page_that_names_it(bot: BotWorld) -> None:
    reply = await bot.presses(button(await bot.types(PAGE_URL), "Add as source"))

    assert "The Paper &amp; Co" in text(reply)
    assert "1 of 20" in text(reply)
    assert await own_urls(bot) == [FEED_URL]
    assert await bot.database.sources.all() == ()
    (due,) = await bot.database.sources.due(NOW, limit=9)
    assert due.owner == ADA
    assert "read here already" in text(await bot.asks("add", FEED_URL))


async def test_a_source_is_added_by_the_command_with_a_bare_host(bot: BotWorld) -> None:
    bot.fetcher.pages["https://paper.example"] = page("https://paper.example", ARTICLE)
    await bot.asks("add", "paper.example")
    assert await own_urls(bot) == [FEED_URL]


async def test_the_feed_that_answered_is_the_one_that_is_read(bot: BotWorld) -> None:
    for path in ("/index.php?rss=1", "/news?share=rss", "/feed/"):
        url = f"https://paper.example{path}"
        bot.fetcher.pages |= {url: page(url, FEED), f"{url}#top": page(url, FEED)}
        await bot.asks("add", f"{url}#top")
        assert url in await own_urls(bot)
    url = "https://paper.example/feed"
    bot.fetcher.pages[url] = page(url, FEED)
    assert "read here already" in text(await bot.asks("add", url))
    assert len(await own_urls(bot)) == 3


async def test_what_is_read_for_everybody_is_not_added_again(bot: BotWorld) -> None:
    public = NewSource(url=FEED_URL, outlet=Outlet("The Paper"))
    await bot.database.sources.add(public, now=NOW)
    assert "read here already" in text(await bot.asks("add", FEED_URL))


async def test_a_page_without_feeds_can_still_be_summarised(bot: BotWorld) -> None:
    url = "https://plain.example/a"
    bot.fetcher.pages[url] = page(url, ARTICLE.replace("alternate", "icon"))
    reply = await bot.asks("add", url)
    assert "no feed on plain.example" in text(reply)
    assert "Grain talks resume" in text(await bot.presses(button(reply, "Summarise once")))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (None, "does not answer"),
        (Refused("no", status=403), "answered 403"),
        (Refused("private"), "public web addresses only"),
        (Unreadable("packed"), "find no article there"),
    ],
)
async def test_an_address_that_cannot_be_read_is_refused_in_words(
    bot: BotWorld, error: Refused | None, said: str
) -> None:
    url = "https://bad.example/a"
    if error is not None:
        bot.fetcher.pages[url] = error
    offered = await bot.types(url)
    for label in ("Summarise once", "Add as source"):
        reply = await bot.presses(button(offered, label))
        assert said in text(reply)
        assert "bad.example" in text(reply)


async def test_twenty_sources_are_all_there_is_room_for(bot: BotWorld) -> None:
    await full(bot)
    assert "20 sources and files" in text(await bot.asks("add", FEED_URL))
    assert FEED_URL not in await own_urls(bot)
    await bot.asks("add", FEED_URL, chat=BOB, user=BOB)
    assert await own_urls(bot, BOB) == [FEED_URL]


async def test_offers_of_others_old_ones_and_garbage_do_nothing(bot: BotWorld) -> None:
    once = button(await bot.types(PAGE_URL), "Summarise once")
    assert (await bot.presses(once, chat=BOB, user=BOB)).alert
    for data in (
        "1:add:once:x",
        "1:add:once",
        f"1:add:once:{'9' * 19}",
        "1:add:other:1",
        "1:opml:own:1:2",
    ):
        assert (await bot.sends(data)).messages == ()
    assert (await bot.sends("1:opml:own:77")).alert
    bot.clock.advance(timedelta(days=1))
    assert "more than a day old" in (await bot.presses(once)).notice


async def test_add_without_an_address_says_how(bot: BotWorld) -> None:
    assert "/add https://example.org" in text(await bot.asks("add"))


# --- files ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("talks.txt", TEXT),
        ("talks.md", b"# " + TEXT),
        ("talks.html", ARTICLE.encode()),
        ("talks.pdf", pdf(TEXT.decode().split("\n"))),
        ("talks.docx", docx(*TEXT.decode().split("\n\n"))),
    ],
)
async def test_a_file_is_told_in_sentences_that_lead_to_its_stored_text(
    bot: BotWorld, name: str, content: bytes
) -> None:
    reply = await bot.uploads(name, content)

    (stored,) = await bot.database.articles.files(ADA)
    start = stored.sentences[0].start
    link = f"https://t.me/attache_test_bot?start=a_{stored.id}_{start}"
    assert stored.file == name
    assert f"from the file {name}" in text(reply)
    assert f"“{TALKS[0]}”" in text(reply)
    assert f'<a href="{link}"> ¹</a>' in text(reply)
    proof = await bot.asks("start", f"a_{stored.id}_{start}")
    assert f"<b>{TALKS[0]}</b>" in text(proof)
    assert "no longer" in text(
        await bot.asks("start", f"a_{stored.id}_{start}", chat=BOB, user=BOB)
    )


async def test_a_file_is_listed_by_the_day_of_the_reader_s_own_clocks(bot: BotWorld) -> None:
    bot.clock.advance(timedelta(hours=10, minutes=30))  # half past midnight in Zurich
    await bot.uploads("bulletin.txt", TEXT)
    assert "bulletin.txt · Wed 26 Aug" in text(await bot.sends("1:sources:own"))


async def test_a_file_sent_again_under_another_name_is_the_same(bot: BotWorld) -> None:
    first = await bot.uploads("talks.txt", TEXT)
    again = await bot.uploads("again.txt", TEXT)
    assert text(again) == text(first)
    assert len(await bot.database.articles.files(ADA)) == 1


async def test_the_same_file_is_each_readers_own(bot: BotWorld) -> None:
    await bot.uploads("talks.txt", TEXT)
    await bot.uploads("talks.txt", TEXT, chat=BOB, user=BOB)
    for reader in (ADA, BOB):
        (stored,) = await bot.database.articles.files(reader)
        assert stored.owner == reader


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("scan.pdf", pdf([], []), "it was scanned"),
        ("secret.pdf", locked(pdf(TALKS)), "locked by a password"),
        ("cut.pdf", b"%PDF-1.4 nothing", "damaged"),
        ("old.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 99, "cannot read that kind of file"),
        ("prog.exe", b"MZ", "cannot read that kind of file"),
        ("feed.xml", FEED.encode(), "cannot read that kind of file"),
        ("none.txt", b"x", "find no article"),
        ("bad.opml", b"<opml></opml>", "names no feed"),
        ("huge.opml", b"<opml>" + b" " * 2_000_001, "longer than anything"),
    ],
)
async def test_a_file_that_cannot_be_read_is_refused_in_words(
    bot: BotWorld, name: str, content: bytes, said: str
) -> None:
    assert said in text(await bot.uploads(name, content))
    assert not bot.database.tables.revisions


async def test_a_file_beyond_the_size_or_the_number_is_refused(
    bot: BotWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    await full(bot)
    assert "room" in text(await bot.uploads("talks.txt", TEXT))
    monkeypatch.setattr(upload_module, "MOST_BYTES", 10)
    assert "too large" in text(await bot.uploads("talks.txt", TEXT))


async def test_who_has_not_subscribed_is_asked_to_start(bot: BotWorld) -> None:
    assert "/start" in text(await bot.uploads("talks.txt", TEXT, chat=33, user=33))


def test_a_files_name_is_one_short_line() -> None:
    assert name_of(Document("../../etc/\u202epass\nwd.txt", b"")) == "passwd.txt"
    assert name_of(Document("C:\\a\\b.txt", b"")) == "b.txt"
    assert name_of(Document("\n", b"")) == "file"
    long = name_of(Document("x" * 300 + ".docx", b""))
    assert len(long) == 100
    assert long.endswith(".docx")


# --- what is one's own ------------------------------------------------------------------------


async def test_sources_lists_what_is_ones_own_and_removes_it(bot: BotWorld) -> None:
    assert "button.own" not in text(await bot.asks("sources"))
    await bot.asks("add", FEED_URL)
    await bot.uploads("talks.txt", TEXT)

    listed = await bot.presses(button(await bot.asks("sources"), "My own sources"))
    assert "(2 of 20)" in text(listed)
    assert "1 … The Paper &amp; Co  · not fetched yet" in text(listed)
    assert "2 📄 talks.txt" in text(listed)
    await bot.presses(button(listed, "✕ 1"), chat=BOB, user=BOB)
    assert await own_urls(bot) == [FEED_URL]

    left = await bot.presses(button(listed, "✕ 1"))
    assert left.notice == "The Paper & Co is removed."
    assert "(1 of 20)" in text(left)
    assert (await bot.presses(button(listed, "✕ 1"))).notice == ""
    assert "(0 of 20)" in text(await bot.presses(button(listed, "✕ 2")))
    assert not bot.database.tables.revisions
    assert "My own sources" not in [one.label for one in buttons(await bot.asks("sources"))]


async def bring(bot: BotWorld, count: int) -> None:
    """So many entries from a source of Ada's."""
    held = len(bot.database.tables.revisions)
    one = new_article("entry", "Talks.", owner=ADA, first_seen_at=NOW)
    entries = (replace(one, key=f"{n}", url=None) for n in range(held, held + count))
    await bot.database.articles.add([Placed(entry, None) for entry in entries])


async def test_sources_tell_that_ones_own_have_brought_enough_for_a_day(bot: BotWorld) -> None:
    await bot.asks("add", FEED_URL)
    await bring(bot, MOST_OWN.articles - 1)
    pages = [await bot.asks("sources"), await bot.sends("1:sources:own")]
    assert not [page for page in pages if "within 24 hours" in text(page)]

    await bring(bot, 1)
    pages = [await bot.asks("sources"), await bot.sends("1:sources:own")]
    assert all("1000 entries or 5 million characters" in text(page) for page in pages)
    assert "within 24 hours" not in text(await bot.asks("sources", chat=BOB, user=BOB))

    bot.clock.advance(timedelta(days=2))
    assert "within 24 hours" not in text(await bot.sends("1:sources:own"))


@pytest.mark.parametrize(
    ("amount", "is_full"),
    [
        (Amount(999, 4_900_000), False),
        (Amount(1_000, 0), True),
        (Amount(60, 4_900_001), True),  # the longest entry finds no room
    ],
)
def test_a_day_is_used_up_where_an_entry_may_have_to_wait(amount: Amount, is_full: bool) -> None:
    assert is_used_up(amount) == is_full


async def test_sources_name_ones_own_where_nothing_is_read_for_everybody(bot: BotWorld) -> None:
    assert "No source is read yet" in text(await bot.asks("sources"))

    await bot.asks("add", FEED_URL)

    listed = await bot.asks("sources")
    assert text(listed) == "No source is read for everybody yet. Yours are behind the button."
    assert button(listed, "My own sources")


async def test_a_group_and_a_channel_have_no_sources_of_their_own(bot: BotWorld) -> None:
    await bot.subscribed(-100, kind="group")
    await bot.asks("add", FEED_URL)
    listed = await bot.asks("sources", chat=-100, kind="group")
    assert "My own sources" not in [one.label for one in buttons(listed)]
    assert "Paper" not in text(listed)
    assert (await bot.sends("1:sources:own", chat=-100, kind="group")).messages == ()


async def test_an_owner_adopts_a_readers_source_for_everybody(bot: BotWorld) -> None:
    await bot.asks("add", FEED_URL)
    (source,) = await bot.database.sources.own()
    asks = {"chat": OWNER, "user": OWNER}

    assert f"{source.id} … The Paper &amp; Co 👤" in text(await bot.asks("feeds", **asks))
    shown = await bot.asks("feed", str(source.id), **asks)
    assert "A reader added it" in text(shown)
    assert str(ADA) not in text(shown).replace(str(source.id), "")
    off = await bot.presses(button(shown, "Switch off"), **asks)
    assert "It is switched off" in text(off)
    await bot.presses(button(off, "Switch on"), **asks)

    adopted = await bot.presses(button(shown, "Adopt for all"), **asks)
    assert "A reader added it" not in text(adopted)
    assert [one.url for one in await bot.database.sources.all()] == [FEED_URL]
    assert await own_urls(bot) == []
    assert "Adopt for all" not in [one.label for one in buttons(adopted)]
    assert (await bot.presses(button(shown, "Adopt for all"))).messages != adopted.messages


async def test_what_is_public_already_is_not_adopted(bot: BotWorld) -> None:
    await bot.asks("add", FEED_URL)
    (source,) = await bot.database.sources.own()
    for spelt in (FEED_URL.replace("feed", "./feed"), FEED_URL):
        await bot.database.sources.add(NewSource(url=spelt, outlet=Outlet("x")), now=NOW)
        reply = await bot.sends(f"1:feed:{source.id}:adopt", chat=OWNER, user=OWNER)
        assert "already" in reply.notice
        await bot.database.sources.remove(spelt)


async def test_pages_show_own_articles_to_their_reader_and_to_nobody_else(bot: BotWorld) -> None:
    quoted = new_article(
        "secret",
        "Walnut envoys met in Ankara on Friday.",
        owner=ADA,
        first_seen_at=EARLIER,
        published_at=EARLIER,
    )
    (kept,) = await bot.database.articles.add([Placed(quoted, -1)])
    (mine,) = await bot.database.articles.own(ADA, EARLIER)

    for command, words in (("search", "walnut"), ("brief", "TR"), ("start", f"s_{mine.story}")):
        assert "Title of secret" in text(await bot.asks(command, words)), command
        for chat in ({"chat": BOB, "user": BOB}, {"chat": -100, "user": ADA, "kind": "group"}):
            await _subscribe_once(bot, chat)
            assert "Title of secret" not in text(await bot.asks(command, words, **chat)), command
    saved = await bot.sends(f"1:save:a:{kept}")
    assert saved.notice
    assert "Title of secret" in text(await bot.asks("saved"))
    forged = await bot.sends(f"1:save:a:{kept}", chat=BOB, user=BOB)
    assert "Title of secret" not in forged.notice
    await bot.sends(f"1:follow:+:s:{mine.story}", chat=BOB, user=BOB)
    assert "Title of secret" not in str(await bot.asks("follow", chat=BOB, user=BOB))


async def _subscribe_once(bot: BotWorld, chat: dict[str, object]) -> None:
    if await bot.database.chats.get(int(str(chat["chat"]))) is None:
        await bot.subscribed(int(str(chat["chat"])), kind=chat.get("kind", "private"))


async def test_deletion_takes_sources_files_and_offers_along(bot: BotWorld) -> None:
    await bot.asks("add", FEED_URL)
    await bot.uploads("talks.txt", TEXT)
    await bot.types(PAGE_URL)
    await bot.presses(button(await bot.asks("deletemydata"), "Yes"))
    tables = bot.database.tables
    assert (tables.sources, tables.revisions, tables.stories, tables.offers) == ({}, {}, {}, {})


# --- lists ------------------------------------------------------------------------------------


def a_list(count: int) -> bytes:
    feeds = [Listed(f"https://list.example/{number}", f"Feed {number}") for number in range(count)]
    return write_opml([("All", feeds)], title="x", created=NOW)


async def test_a_list_goes_out_with_what_is_read_and_what_is_ones_own(bot: BotWorld) -> None:
    for url, owner, enabled in (
        ("a", None, True),
        ("b", None, False),
        ("c", ADA, True),
        ("d", BOB, True),
    ):
        source = NewSource(
            url=f"https://x.example/{url}", outlet=Outlet(url), owner=owner, enabled=enabled
        )
        await bot.database.sources.add(source, now=NOW)
    reply = await bot.asks("opml")
    assert reply.document is not None
    assert reply.document.name == "attache.opml"
    assert "2 feeds" in text(reply)
    urls = [one.url for one in read_opml(reply.document.content, name="a")]
    assert urls == ["https://x.example/c", "https://x.example/a"]


async def test_an_empty_list_is_said_in_words_and_sends_no_file(bot: BotWorld) -> None:
    off = NewSource(url="https://x.example/b", outlet=Outlet("b"), enabled=False)
    await bot.database.sources.add(off, now=NOW)
    reply = await bot.asks("opml")
    assert reply.document is None
    assert "no list to send" in text(reply)


async def test_a_list_that_is_sent_is_taken_in_up_to_the_limit(bot: BotWorld) -> None:
    await bot.database.sources.add(
        NewSource(url="https://list.example/0", outlet=Outlet("x")), now=NOW
    )
    reply = await bot.uploads("mine.opml", a_list(25))
    assert "20 feeds are added" in text(reply)
    assert "1 is read here already" in text(reply)
    assert "4 are left out" in text(reply)
    assert len(await own_urls(bot)) == 20
    again = await bot.uploads("mine.xml", a_list(21))
    assert "0 feeds are added" in text(again)
    assert "21 are read here already" in text(again)


@pytest.mark.parametrize("error", [Overrun("took 5 s"), Unreadable("reading it failed")])
async def test_a_list_is_read_where_reading_can_be_stopped(
    bot: BotWorld, error: SourceError
) -> None:
    bot.app = replace(bot.app, parser=FakeParser(error))
    assert "damaged" in text(await bot.uploads("mine.opml", a_list(1)))
    assert await own_urls(bot) == []


async def test_an_owner_is_asked_whom_a_list_is_for(bot: BotWorld) -> None:
    asks = {"chat": OWNER, "user": OWNER}
    asked = await bot.uploads("mine.opml", a_list(25), **asks)
    assert "25 feeds" in text(asked)
    assert await bot.database.sources.all() == ()

    forged = await bot.presses(button(asked, "For all readers"))
    assert forged.alert
    mine = await bot.presses(button(asked, "Only for me"), **asks)
    assert "20 feeds are added" in text(mine)
    public = await bot.presses(button(asked, "For all readers"), **asks)
    assert "25 feeds are added" in text(public)
    assert len(await bot.database.sources.all()) == 25
