"""The composition root: database, network and engine, put together for each process.

No other module of the bot names storage. What speaks to Telegram is put together in ``answering``.
"""

import asyncio
import hashlib
import os
import signal
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractContextManager, asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

import storage
from digest.gather.children import Child, Children
from digest.gather.fetching.fetch import HttpFetcher, user_agent
from digest.gather.fetching.turns import HostTurns
from digest.ingest.hosts import SPACING
from digest.ingest.intake import Intake
from digest.ingest.pages import Pages
from digest.ports import (
    AlarmStore,
    ArticleStore,
    Census,
    ChatStore,
    Clock,
    Fetcher,
    Jobs,
    Ledger,
    OfferStore,
    Parser,
    PeopleStore,
    SourceStore,
    UpdateStore,
)
from digest.read.about.gazetteer import states
from digest.read.jobs import prepare

from ..settings import Settings
from ..talk.app import App
from ..talk.texts import available, texts
from .rendering import Composer, due_after


class SystemClock:
    """The time of this machine."""

    def now(self) -> datetime:
        """This instant in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Stores:
    """The database behind its ports."""

    sources: SourceStore
    articles: ArticleStore
    chats: ChatStore
    census: Census
    ledger: Ledger
    offers: OfferStore
    people: PeopleStore
    updates: UpdateStore
    alarms: AlarmStore
    jobs: Jobs

    def intake(self, parser: Parser | None = None, *, places: bool = True) -> Intake:
        """The one way into these stores for articles; without a parser they are read in this process."""
        return Intake(self.articles, parser=parser, places=places)


@asynccontextmanager
async def open_stores(url: str) -> AsyncIterator[Stores]:
    """The database at ``url``, brought to this program's schema first."""
    engine = storage.make_engine(url)
    try:
        await storage.upgrade_engine(engine)
        yield Stores(
            sources=storage.SqlSourceStore(engine=engine),
            articles=storage.SqlArticleStore(engine=engine),
            chats=storage.SqlChatStore(engine=engine),
            census=storage.SqlCensus(engine=engine),
            ledger=storage.SqlLedger(engine=engine),
            offers=storage.SqlOfferStore(engine=engine),
            people=storage.SqlPeopleStore(engine=engine),
            updates=storage.SqlUpdateStore(engine=engine),
            alarms=storage.SqlAlarmStore(engine=engine),
            jobs=storage.make_jobs(engine, url),
        )
    finally:
        await engine.dispose()


@asynccontextmanager
async def open_made(url: str) -> AsyncIterator[Stores]:
    """As ``open_stores``, but it makes no database: for commands that only look. Raises StoreError."""
    await storage.refuse_missing(url)
    async with open_stores(url) as stores:
        yield stores


@asynccontextmanager
async def open_fetcher(settings: Settings, clock: Clock) -> AsyncIterator[HttpFetcher]:
    """The HTTP client, closed at the end."""
    agent = user_agent(version("attache"), settings.contact)
    fetcher = HttpFetcher(agent=agent, clock=clock, allow=settings.allow_private)
    try:
        yield fetcher
    finally:
        await fetcher.aclose()


@asynccontextmanager
async def open_child() -> AsyncIterator[Child]:
    """A process that parses input from strangers, one thing after the other; ended at the end."""
    with closing(Child()) as child:
        yield child


@asynccontextmanager
async def open_parser() -> AsyncIterator[Children]:
    """The processes that parse input from strangers, ended at the end."""
    children = Children(first=prepare)
    try:
        yield children
    finally:
        await children.aclose()


@dataclass(frozen=True, slots=True)
class House:
    """What every role of a running bot is built on."""

    settings: Settings
    clock: Clock
    stores: Stores
    fetcher: Fetcher
    parser: Parser
    intake: Intake  # one for ticks and chats: within a process, stories have one writer
    pages: Pages
    turns: HostTurns  # at the hosts of feeds and pages


@asynccontextmanager
async def open_house(settings: Settings) -> AsyncIterator[House]:
    """Database, HTTP client and parser processes; Telegram is not contacted."""
    clock = SystemClock()
    async with (
        open_stores(settings.database_url) as stores,
        open_fetcher(settings, clock) as fetcher,
        open_parser() as parser,
    ):
        yield House(
            settings,
            clock,
            stores,
            fetcher,
            parser,
            stores.intake(parser),
            Pages(fetcher=fetcher, parser=parser, clock=clock),
            HostTurns(SPACING),
        )


def takes_many(url: str) -> bool:
    """Whether several processes may run on the database."""
    return storage.is_server(url)


def only_here(
    url: str, alone: Collection[str] = ("running",), beside: Collection[str] = ()
) -> AbstractContextManager[None]:
    """Hold the database, or on a server parts of it. Raises Conflict if another process holds them.

    If the server was away and another bot took the place meanwhile, this process ends as after SIGTERM.
    """
    return storage.single_process(url, alone=alone, beside=beside, lost=_end)


def _end() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


async def upgrade(url: str) -> None:
    """Bring the database to this program's schema."""
    await storage.upgrade(url)


async def back_up(url: str, path: Path) -> None:
    """Make a consistent copy of the database while it is in use."""
    await storage.backup(url, path)


async def check(url: str) -> tuple[str, ...]:
    """What is wrong with the database; empty if it is sound."""
    return await storage.check(url)


async def move(source: str, target: str, progress: Callable[[str, int, int], None]) -> int:
    """Move all rows from a SQLite file to a server, and compare them there. Returns how many.

    Raises Conflict while a bot runs on either.
    """
    with only_here(source), only_here(target):
        sums = await storage.transfer(source, target, progress=progress)
    return sum(found.rows for found in sums.values())


async def schema(url: str) -> tuple[str | None, str]:
    """The revision of the schema as stored, and the one that this program wants."""
    return await storage.revision(url), storage.head()


def build_app(
    stores: Stores,
    settings: Settings,
    clock: Clock,
    *,
    username: str,
    fetcher: Fetcher,
    parser: Parser,
    intake: Intake,
) -> App:
    """What the commands are built on. ``intake`` is that of the ingest tick: stories have one writer."""
    token = settings.telegram_token.get_secret_value() if settings.telegram_token else ""
    return App(
        chats=stores.chats,
        census=stores.census,
        articles=stores.articles,
        sources=stores.sources,
        ledger=stores.ledger,
        offers=stores.offers,
        updates=stores.updates,
        fetcher=fetcher,
        parser=parser,
        intake=intake,
        people=stores.people,
        clock=clock,
        compose=Composer(articles=stores.articles, chats=stores.chats, username=username),
        next_due=due_after,
        owners=settings.owners,
        access=settings.access,
        bot_username=username,
        secret=hashlib.blake2b(token.encode(), person=b"invitations").digest(),
    )


async def load_the_rest() -> None:
    """Load what the first digests need but no first answer does: 0.05 s."""
    await asyncio.to_thread(_load_the_rest)


def _load_the_rest() -> None:
    storage.load_jobs()
    states()
    for language in available():
        texts(language).day(date.min)
