"""The stores to be tested, and what is stored in them.

A database joins by one more entry in ``DATABASES``: something that yields the nine stores, empty.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Engine, event

from digest import ports
from digest.model.articles import ArticleId, NewArticle, Person, Quote, Span, Topic
from digest.model.chats import Chat, Schedule
from digest.model.delivery import Queued, Slot
from digest.model.messages import Message
from digest.model.sources import NewSource, Outlet
from digest.model.stories import Placed
from storage import (
    SqlAlarmStore,
    SqlArticleStore,
    SqlCensus,
    SqlChatStore,
    SqlLedger,
    SqlOfferStore,
    SqlPeopleStore,
    SqlSourceStore,
    SqlUpdateStore,
    make_engine,
)
from tests.fakes import FakeDatabase
from tests.postgres import is_here, postgres
from tests.template import fill, fresh

NOW = datetime(2026, 8, 25, 5, 30, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


class Stores(Protocol):
    """The nine stores over one database."""

    @property
    def sources(self) -> ports.SourceStore: ...
    @property
    def articles(self) -> ports.ArticleStore: ...
    @property
    def chats(self) -> ports.ChatStore: ...
    @property
    def census(self) -> ports.Census: ...
    @property
    def ledger(self) -> ports.Ledger: ...
    @property
    def offers(self) -> ports.OfferStore: ...
    @property
    def people(self) -> ports.PeopleStore: ...
    @property
    def updates(self) -> ports.UpdateStore: ...
    @property
    def alarms(self) -> ports.AlarmStore: ...


class SqlStores:
    """The real ones over one engine."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self.sources = SqlSourceStore(engine=self.engine)
        self.articles = SqlArticleStore(engine=self.engine)
        self.chats = SqlChatStore(engine=self.engine)
        self.census = SqlCensus(engine=self.engine)
        self.ledger = SqlLedger(engine=self.engine)
        self.offers = SqlOfferStore(engine=self.engine)
        self.people = SqlPeopleStore(engine=self.engine)
        self.updates = SqlUpdateStore(engine=self.engine)
        self.alarms = SqlAlarmStore(engine=self.engine)


@asynccontextmanager
async def fake(_folder: Path) -> AsyncIterator[Stores]:
    yield FakeDatabase()


@asynccontextmanager
async def sqlite_file(folder: Path) -> AsyncIterator[Stores]:
    stores = SqlStores(f"sqlite+aiosqlite:///{fresh(folder / 'attache.db')}")
    yield stores
    await stores.engine.dispose()


@asynccontextmanager
async def sqlite_memory(folder: Path) -> AsyncIterator[Stores]:
    stores = SqlStores("sqlite+aiosqlite://")
    await fill(stores.engine, folder / "made.db")
    yield stores
    await stores.engine.dispose()


@asynccontextmanager
async def postgresql(_folder: Path) -> AsyncIterator[Stores]:
    async with postgres().database() as url:
        stores = SqlStores(url)
        yield stores
        await stores.engine.dispose()


DATABASES: dict[str, Callable[[Path], AbstractAsyncContextManager[Stores]]] = {
    "fake": fake,
    "sqlite file": sqlite_file,
    "sqlite memory": sqlite_memory,
    **({"postgresql": postgresql} if is_here() else {}),
}


GAZETTE = Outlet("Gazette", "FR", "paper", state_funded=True)


def an_article(key: str = "https://a.example/1", **changes: Any) -> NewArticle:
    text = "Accord\n\nThe envoys met. They agreed."
    article = NewArticle(
        key=key,
        fingerprint=f"text of {key}",
        url=key if key.startswith("http") else None,
        file=None,
        title="Accord on the corridor",
        byline="A. Writer",
        outlet=GAZETTE,
        published_at=NOW - 2 * HOUR,
        modified_at=None,
        first_seen_at=NOW - HOUR,
        date_source="feed",
        language="en",
        text=text,
        headings=(Span(0, 6),),
        sentences=(Span(8, 23), Span(24, 36)),
        relevance=0.75,
        topics=(Topic("treaties", 0.5, ("accord",)), Topic("summits", 0.25)),
        countries=("TR", "UA"),
        people=(Person("Ada Envoy", "ambassador", "TR"),),
        quotes=(Quote(24, 36, "Ada Envoy", None, "TR"),),
    )
    return replace(article, **changes)


async def add(stores: Stores, *articles: NewArticle, story: int = -1) -> tuple[ArticleId, ...]:
    return await stores.articles.add([Placed(article, story) for article in articles])


def a_source(url: str = "https://a.example/feed", **changes: Any) -> NewSource:
    return replace(NewSource(url=url, outlet=GAZETTE, language="en"), **changes)


def a_chat(id_: int = 7, **changes: Any) -> Chat:
    chat = Chat(
        id=id_,
        title="Desk",
        schedule=Schedule("Europe/Zurich", ("07:30",)),
        active=True,
        covered_until=NOW - DAY,
        next_due_at=NOW,
    )
    return replace(chat, **changes)


def a_digest(chat: Chat, *texts: str, day: int = 25, **changes: Any) -> Queued:
    due_at = datetime(2026, 8, day, 5, 30, tzinfo=UTC)
    queued = Queued(
        slot=Slot(chat.id, chat.thread, date(2026, 8, day), "07:30", due_at),
        messages=tuple(Message(text) for text in texts),
        digest=f'{{"day": {day}}}',
        shown_stories=(),
        shown_sentences=(),
        covered_until=due_at,
        next_due_at=due_at + DAY,
        chat_version=chat.version,
    )
    return replace(queued, **changes)


def an_alert(chat: Chat, number: int, day: int) -> Queued:
    slot = Slot(chat.id, chat.thread, date(2026, 8, day), f"alert {number}", NOW)
    return a_digest(chat, f"alert {number} of {day}", slot=slot)


async def queue(stores: Stores, chat: Chat, *texts: str, **changes: Any) -> Chat:
    """The chat as it stands once its digest is queued."""
    assert await stores.ledger.enqueue([a_digest(chat, *texts, **changes)]) == 1
    return await the_chat(stores, chat.id, chat.thread)


async def the_chat(stores: Stores, chat: int, thread: int = 0) -> Chat:
    found = await stores.chats.get(chat, thread)
    assert found is not None
    return found


async def claimed(stores: Stores, now: datetime = NOW, limit: int = 10) -> tuple[str, ...]:
    return tuple(one.message.html for one in await stores.ledger.claim(now, limit=limit))


@contextmanager
def transactions() -> Iterator[list[object]]:
    """Those that were committed, of every database."""
    ended: list[object] = []
    note = ended.append
    event.listen(Engine, "commit", note)
    try:
        yield ended
    finally:
        event.remove(Engine, "commit", note)
