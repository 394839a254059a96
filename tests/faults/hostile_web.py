"""A web server on loopback that answers as the worst of the world do, and what a tick reads from it.

Answers are whole bytes, so that every lie in them can be told; what takes time is an async answer.
"""

import asyncio
import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from ipaddress import ip_network
from pathlib import Path
from ssl import SSLContext

import pytest

from bot.run import wiring
from bot.run.wiring import Stores
from digest.gather.children import Children
from digest.gather.fetching.fetch import HttpFetcher, Patience, user_agent
from digest.gather.fetching.guard import Network, Resolver, resolve
from digest.ingest.hosts import Report
from digest.model.articles import Article
from digest.model.digests import Window
from digest.model.sources import NewSource, Outlet, Source
from digest.read.jobs import prepare
from tests.fakes import FakeClock
from tests.jobs import after
from tests.patience import PATIENCE
from tests.rounds import ingest_round
from tests.template import fresh

NOW = datetime(2026, 3, 2, 7, 30, tzinfo=UTC)
LOOPBACK: tuple[Network, ...] = (ip_network("127.0.0.0/8"),)
PATIENT = Patience()
HOSTS = ("127.0.0.1", "127.0.0.2", "127.0.0.3")

Writer = asyncio.StreamWriter
Answer = bytes | Callable[[str], bytes] | Callable[[str, Writer], Awaitable[None]]


def answer(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer; names of headers with _ for -."""
    told = {"Content_Length": str(len(body)), "Content_Type": "application/rss+xml", **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in told.items() if value]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "Connection: close", "", ""]).encode() + body


def item(
    name: str, *, at: datetime | None = NOW - timedelta(hours=2), more: str = "", text: str = ""
) -> str:
    """One entry of a feed, dated two hours ago."""
    date = f"<pubDate>{format_datetime(at)}</pubDate>" if at else ""
    words = text or f"The ministers of {name} met in Ankara on Monday and signed a treaty."
    return (
        f"<item><title>{name} talks</title><link>https://paper.example/{name}</link>{date}{more}"
        f"<description>{words}</description></item>"
    )


def rss(*items: str) -> bytes:
    """A feed of these entries."""
    head = (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>The Paper</title>'
    )
    link = "<link>https://paper.example/</link><description>What the paper says, every hour.</description>"
    return f"{head}{link}{''.join(items)}</channel></rss>".encode()


NEWS = rss(item("Norway"), item("Kenya"))


class HostileWeb:
    """The server: what it answers by path, and what it was asked."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.heads: list[tuple[str, str]] = []  # host that was asked, head of the request
        self.port = 0
        self.tasks: set[asyncio.Task[None]] = set()

    def url(self, path: str = "/feed", host: str = HOSTS[0], scheme: str = "http") -> str:
        """The address of a path."""
        return f"{scheme}://{host}:{self.port}{path}"

    def says(self, what: Answer, path: str = "/feed") -> None:
        """From now on the path answers so."""
        self.answers[path] = what

    def asked(self, path: str = "/feed") -> list[str]:
        """The heads of the requests for a path."""
        return [head for _, head in self.heads if head.split(" ")[1] == path]

    async def serve(self, reader: asyncio.StreamReader, writer: Writer) -> None:
        """One request; a task of its own, so that it can be ended with the server."""
        task = asyncio.current_task()
        assert task is not None
        self.tasks.add(task)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                await self._reply(reader, writer)
        finally:
            self.tasks.discard(task)
            writer.close()

    async def _reply(self, reader: asyncio.StreamReader, writer: Writer) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        self.heads.append((writer.get_extra_info("sockname")[0], head))
        found = self.answers.get(head.split(" ")[1], answer(b"nothing here", "404 Not Found"))
        if isinstance(found, bytes):
            writer.write(found)
        elif inspect.iscoroutinefunction(found):
            await found(head, writer)
        else:
            writer.write(found(head))  # type: ignore[call-arg, arg-type]
        await writer.drain()


@asynccontextmanager
async def hostile_web(*, tls: SSLContext | None = None) -> AsyncIterator[HostileWeb]:
    """The server, on several addresses and one port."""
    web = HostileWeb()
    listener = await asyncio.start_server(web.serve, HOSTS[0], 0, ssl=tls)
    web.port = listener.sockets[0].getsockname()[1]
    others = [await asyncio.start_server(web.serve, host, web.port, ssl=tls) for host in HOSTS[1:]]
    try:
        yield web
    finally:
        for one in (listener, *others):
            one.close()
        for task in tuple(web.tasks):
            task.cancel()
        await asyncio.gather(*web.tasks, return_exceptions=True)


class Gathering:
    """The real tick on a real database: ``add`` feeds, ``tick``, and look."""

    def __init__(
        self, stores: Stores, fetcher: HttpFetcher, parser: Children, clock: FakeClock
    ) -> None:
        self.stores, self.fetcher, self.parser, self.clock = stores, fetcher, parser, clock
        self.intake = stores.intake(parser)

    async def add(self, url: str, name: str = "The Paper") -> None:
        """Read this feed from now on."""
        await self.stores.sources.add(NewSource(url=url, outlet=Outlet(name)), now=self.clock.now())

    async def tick(self, after: timedelta = timedelta(0)) -> Mapping[str, Report]:
        """The reports of one tick, so much later, by name."""
        self.clock.advance(after)
        reports = ingest_round(
            clock=self.clock,
            sources=self.stores.sources,
            fetcher=self.fetcher,
            parser=self.parser,
            intake=self.intake,
        )
        return {report.name: report async for report in reports}

    async def check(self, after: timedelta = timedelta(days=1, minutes=1)) -> Report:
        """The report of the only feed, when it is due again for certain."""
        (report,) = (await self.tick(after)).values()
        return report

    async def source(self, name: str = "The Paper") -> Source:
        """The feed as it stands."""
        return next(one for one in await self.stores.sources.all() if one.outlet.name == name)

    async def articles(self) -> tuple[Article, ...]:
        """All that is stored."""
        return await self.stores.articles.all()

    async def titles(self) -> Sequence[str | None]:
        """The titles of all that is stored."""
        return [article.title for article in await self.articles()]

    async def digested(self) -> Sequence[str | None]:
        """The titles of what can enter the digest of this day."""
        now = self.clock.now()
        window = Window(now - timedelta(days=1), now + timedelta(seconds=1))
        return [one.title for one in (await self.stores.articles.snapshot(window)).articles]


@pytest.fixture(scope="session")
def children() -> Iterator[Children]:
    """One pool for all tests: a child takes two seconds to start.

    What never ends is ended by its five seconds of a processor; by the clock, a busy machine has time.
    """
    pool = Children(seconds=PATIENCE, first=prepare)
    yield pool
    asyncio.run(pool.aclose())


@asynccontextmanager
async def gathering(
    folder: Path,
    children: Children,
    *,
    allow: Sequence[Network] = LOOPBACK,
    resolver: Resolver = resolve,
    patience: Patience = PATIENT,
    tls: SSLContext | bool = True,
) -> AsyncIterator[Gathering]:
    """A fresh database and a way to the network."""
    clock = FakeClock(NOW)
    agent = user_agent("1.2", "https://example.org/bot")
    fetcher = HttpFetcher(
        agent=agent, clock=clock, allow=allow, resolver=resolver, patience=patience, tls=tls
    )
    try:
        database = folder / "attache.db"
        if not database.exists():  # else a kill has left it
            fresh(database)
        await asyncio.gather(children(after, 0.1), children(after, 0.1))  # both run, whoever died
        async with wiring.open_stores(f"sqlite+aiosqlite:///{database}") as stores:
            yield Gathering(stores, fetcher, children, clock)
    finally:
        await fetcher.aclose()


@pytest.fixture
async def web() -> AsyncIterator[HostileWeb]:
    """The server of this test."""
    async with hostile_web() as web:
        yield web


@pytest.fixture
async def world(tmp_path: Path, children: Children) -> AsyncIterator[Gathering]:
    """The tick of this test."""
    async with gathering(tmp_path, children) as world:
        yield world
