"""A small outlet on loopback: its front page names a feed, which has one article."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import format_datetime

from aiohttp import web

WORD = "Walnutgate"  # stands in nothing but what the reader brings
LINES = (
    "International nuclear inspectors returned to Iran's Isfahan site on Monday for the first time this"
    f" year, the {WORD} bulletin reported.",
    "Iran and the International Atomic Energy Agency agreed on the visit of the inspectors to Isfahan in"
    " talks in Vienna last week.",
    "The inspectors will verify the stock of enriched uranium at the Isfahan site of Iran within a week.",
)
TITLE = f"Nuclear inspectors return to Isfahan, {WORD} says"


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
