"""What a reader had deleted is in no table and in no byte of the database's files."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from digest.model.articles import StoryId
from digest.model.chats import Chat, Schedule, Wish
from digest.model.delivery import Queued, Slot, Untold
from digest.model.messages import Message
from digest.model.sources import NewSource, Outlet
from digest.model.stories import Placed
from storage import (
    SqlAlarmStore,
    SqlArticleStore,
    SqlChatStore,
    SqlLedger,
    SqlOfferStore,
    SqlPeopleStore,
    SqlSourceStore,
    make_engine,
    upgrade,
)
from tests.articles import new_article

NOW = datetime(2026, 8, 25, 5, 30, tzinfo=UTC)
WHO = 0x5A17C0DEBE  # an id whose bytes stand nowhere else
ALIAS = 2**62
WORDS = ("walnutgate", "Zyxwburg", "Quagmirian", "okapi-desk", "Pacific/Fakaofo", "mulberry")
READERS = 20


@pytest.fixture
async def database(tmp_path: Path) -> Path:
    path = tmp_path / "attache.db"
    await upgrade(f"sqlite+aiosqlite:///{path}")
    return path


class Stores:
    """The stores over one file."""

    def __init__(self, path: Path) -> None:
        self.engine = make_engine(f"sqlite+aiosqlite:///{path}")
        self.chats = SqlChatStore(engine=self.engine)
        self.articles = SqlArticleStore(engine=self.engine)
        self.sources = SqlSourceStore(engine=self.engine)
        self.ledger = SqlLedger(engine=self.engine)
        self.people = SqlPeopleStore(engine=self.engine)
        self.alarms = SqlAlarmStore(engine=self.engine)
        self.offers = SqlOfferStore(engine=self.engine)


async def fill(stores: Stores, reader: int, mark: str) -> None:
    """All that a reader can leave, changed several times as people do; ``mark`` stands in each word."""
    wish = Wish(words=frozenset({f"walnutgate{mark}"}), muted=frozenset({f"Zyxwburg{mark}"}))
    zone = "Pacific/Fakaofo" if reader == WHO else "Europe/Zurich"
    chat = await stores.chats.save(
        Chat(id=reader, title=f"okapi-desk{mark}", wish=wish, schedule=Schedule(zone, ("07:30",)))
    )
    outlet = Outlet(f"Quagmirian{mark}", "CH")
    own = NewSource(url=f"https://quagmirian{mark}.example/feed", outlet=outlet, owner=reader)
    await stores.sources.add(own, now=NOW)
    text = f"Delegations met in mulberry{mark} on Monday over the corridor. " * 20
    article = new_article(f"{reader} mulberry{mark}", text, title=f"Walnutgate{mark}", owner=reader)
    await stores.articles.add([Placed(article, -1)])
    await stores.people.write(reader, f"mulberry{mark}", alias=ALIAS, now=NOW)
    await stores.offers.put(reader, "link", f"https://walnutgate{mark}.example", now=NOW)
    await stores.alarms.put(Untold(reader, "wait", f"mulberry{mark}"))
    for day in range(3):
        digest = Queued(
            slot=Slot(reader, 0, date(2026, 8, 20 + day), "07:30", NOW),
            messages=(Message(f"<b>mulberry{mark}</b> " * 40),),
            digest=f'{{"headline": "Walnutgate{mark}"}}',
            shown_stories=(StoryId(1),),
            shown_sentences=(f"mulberry{mark}",),
            covered_until=NOW,
            next_due_at=NOW + timedelta(days=1),
            chat_version=chat.version,
        )
        await stores.ledger.enqueue([digest])
        found = await stores.chats.get(reader)
        assert found is not None
        chat = await stores.chats.save(replace(found, saved=(f"mulberry{mark}",) * (1 + day)))


async def test_nothing_of_a_deleted_reader_stands_in_the_database(database: Path) -> None:
    stores = Stores(database)
    for number in range(READERS):
        await fill(stores, 1_000 + number, f"x{number}")
        if number == READERS // 2:
            await fill(stores, WHO, "")
    assert all(word.encode() in raw(database) for word in WORDS)

    await stores.people.forget(WHO, alias=ALIAS, now=NOW)
    await stores.chats.delete(WHO)

    try:
        dump = dumped(database)
        assert str(WHO) not in dump
        for word in WORDS:
            assert f"{word.casefold()}x" in dump.casefold() or word == "Pacific/Fakaofo"
            assert not stands_alone(word, dump), word
            assert not stands_alone(word, raw(database).decode("latin-1")), word
        assert WHO.to_bytes(5, "big") not in raw(database)
        assert len(await stores.chats.all()) == READERS
    finally:
        await stores.engine.dispose()


def stands_alone(word: str, text: str) -> bool:
    """Whether the word is there without the mark of another reader behind it."""
    rest = text.casefold().split(word.casefold())[1:]
    return any(not one.startswith("x") for one in rest)


def dumped(database: Path) -> str:
    with closing(sqlite3.connect(database)) as connection:
        return "\n".join(connection.iterdump())


def raw(database: Path) -> bytes:
    """The file and what stands beside it."""
    return b"".join(file.read_bytes() for file in sorted(database.parent.glob("attache.db*")))
