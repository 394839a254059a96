"""Fakes that behave: every port of the engine in memory, under the same contract as the real ones.

    >>> database = FakeDatabase()
    >>> article_ids = await database.articles.add([placed])
    >>> clock = FakeClock(datetime(2026, 8, 25, 7, 30, tzinfo=UTC))

The stores share one ``FakeDatabase``, as the real ones share their tables.
"""

from typing import TYPE_CHECKING

from digest import ports

from .articles import FakeArticleStore
from .chats import FakeCensus, FakeChatStore
from .database import FakeDatabase
from .dialogues import FakeAlarmStore, FakeOfferStore, FakePeopleStore, FakeUpdateStore
from .ledger import FakeLedger
from .sources import FakeSourceStore
from .tables import Part, Tables
from .world import FakeClock, FakeFetcher, FakeMessenger, FakeParser

__all__ = [
    "FakeAlarmStore",
    "FakeArticleStore",
    "FakeCensus",
    "FakeChatStore",
    "FakeClock",
    "FakeDatabase",
    "FakeFetcher",
    "FakeLedger",
    "FakeMessenger",
    "FakeOfferStore",
    "FakeParser",
    "FakePeopleStore",
    "FakeSourceStore",
    "FakeUpdateStore",
    "Part",
    "Tables",
]

if TYPE_CHECKING:
    _clock: type[ports.Clock] = FakeClock
    _fetcher: type[ports.Fetcher] = FakeFetcher
    _messenger: type[ports.Messenger] = FakeMessenger
    _sources: type[ports.SourceStore] = FakeSourceStore
    _articles: type[ports.ArticleStore] = FakeArticleStore
    _census: type[ports.Census] = FakeCensus
    _chats: type[ports.ChatStore] = FakeChatStore
    _ledger: type[ports.Ledger] = FakeLedger
    _alarms: type[ports.AlarmStore] = FakeAlarmStore
    _offers: type[ports.OfferStore] = FakeOfferStore
    _people: type[ports.PeopleStore] = FakePeopleStore
