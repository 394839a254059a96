"""What a reader brings is theirs alone, and survives whatever happens to the program."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest
from aiohttp import web

from tests.attache_process import Stage
from tests.documents import docx
from tests.telegram_server import Message, Person

pytestmark = pytest.mark.asyncio(loop_scope="module")

WORD = "Walnutgate"  # stands in nothing but what the reader brings
LINES = (
    "International nuclear inspectors returned to Iran's Isfahan site on Monday for the first time this"
    f" year, the {WORD} bulletin reported.",
    "Iran and the International Atomic Energy Agency agreed on the visit of the inspectors to Isfahan in"
    " talks in Vienna last week.",
    "The inspectors will verify the stock of enriched uranium at the Isfahan site of Iran within a week.",
)
TITLE = f"Nuclear inspectors return to Isfahan, {WORD} says"
TABLES = (("source", "owner"), ("article", "owner"), ("offer", "chat"), ("chat", "id"))


@asynccontextmanager
async def site() -> AsyncIterator[str]:
    """A small outlet: its front page names a feed, which has one article."""
    paragraphs = "".join(f"<p>{line}</p>" for line in LINES)

    async def front(_: web.Request) -> web.Response:
        link = '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
        return web.Response(text=f"<html><head>{link}</head></html>", content_type="text/html")

    async def feed(request: web.Request) -> web.Response:
        item = (
            f"<item><title>{TITLE}</title><link>http://{request.host}/talks</link>"
            f"<pubDate>{format_datetime(datetime.now(UTC))}</pubDate>"
            f"<description><![CDATA[{paragraphs}]]></description></item>"
        )
        text = f"<rss version='2.0'><channel><title>{WORD} Bulletin</title>{item}</channel></rss>"
        return web.Response(text=text, content_type="application/rss+xml")

    async def article(_: web.Request) -> web.Response:
        body = f"<html><body><article><h1>{TITLE}</h1>{paragraphs}</article></body></html>"
        return web.Response(text=body, content_type="text/html")

    app = web.Application()
    app.add_routes([web.get("/", front), web.get("/feed.xml", feed), web.get("/talks", article)])
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    listener = web.TCPSite(runner, "127.0.0.1", 0)
    await listener.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def uploads(stage: Stage, person: Person, name: str, data: bytes) -> Message:
    """What the bot answers to a file."""
    mark = len(stage.server.transcript)
    await person.send_document(name, data)
    return await stage.answer(mark, person.chat)


def dump(stage: Stage) -> str:
    """Everything that the database says in words."""
    with closing(sqlite3.connect(stage.attache.database)) as connection:
        return "\n".join(connection.iterdump())


async def test_an_own_source_is_read_for_its_reader_and_for_nobody_else(
    stage: Stage, ada: Person
) -> None:
    bob = stage.server.user(1000 + ada.id, "Bob")
    for person in (ada, bob):
        await stage.set_up(person)
    before = (await stage.says(bob, "/catchup 1d")).text
    async with site() as url:
        offered = await stage.says(ada, f"{url}/talks")
        refused = await stage.presses(ada, offered, "Summarise once")
        assert "public web addresses only" in refused.text  # the guard holds

        await stage.attache.stop()
        stage.attache.environment["ATTACHE_ALLOW_PRIVATE"] = "127.0.0.0/8"
        await stage.attache.start()
        once = await stage.presses(ada, offered, "Summarise once")
        assert f"“{LINES[0]}”" in once.text
        assert set(once.links) == {f"{url}/talks"}
        assert WORD not in dump(stage).replace(f"{url}/talks", "")
        added = await stage.says(ada, f"/add {url}")
        assert f"{WORD} Bulletin is read for you from now on" in added.text

        await stage.attache.kill()
        await stage.attache.start()  # its first tick reads what is due
        read = "select count(*) from article where owner = ?"
        await stage.server.wait_for(lambda: stage.attache.query(read, ada.id) == [(1,)], 20)

    assert TITLE in (await stage.says(ada, f"/search {WORD}")).text
    assert WORD in (await stage.says(ada, "/catchup 1d")).text
    for command in (f"/search {WORD}", f"/quotes {WORD}", "/brief IR", "/ahead", "/sources"):
        assert f"{WORD} B" not in (await stage.says(bob, command)).text
        assert TITLE not in (await stage.says(bob, command)).text
    after = (await stage.says(bob, "/catchup 1d")).text
    assert after.splitlines()[2:] == before.splitlines()[2:]  # below the hour
    for command in (("articles", "--json"), ("digest", "--format", "json"), ("sources", "list")):
        assert WORD not in (await stage.attache.command(*command)).stdout


async def test_all_of_it_goes_when_the_reader_says_so(stage: Stage, ada: Person) -> None:
    await stage.set_up(ada)
    told = await uploads(stage, ada, "bulletin.docx", docx("Rumours of Pecangate", *LINES))
    assert f"“{LINES[0]}”" in told.text
    assert all("?start=a_" in link for link in told.links)
    proof = await stage.says(ada, f"/start {told.links[-1].partition('start=')[2]}")
    assert "from the file bulletin.docx" in proof.text or "bulletin.docx" in proof.text
    await stage.says(ada, "https://pecangate.example/feed")
    assert "Pecangate" in dump(stage)

    question = await stage.says(ada, "/deletemydata")
    await stage.presses(ada, question, "Yes, delete everything")

    for table, column in TABLES:
        statement = f"select count(*) from {table} where {column} = ?"
        assert stage.attache.query(statement, ada.id) == [(0,)], table
    assert "pecangate" not in dump(stage).lower()
