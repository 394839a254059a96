"""All stores of one program over the same tables."""

from .articles import FakeArticleStore
from .chats import FakeCensus, FakeChatStore
from .dialogues import FakeAlarmStore, FakeOfferStore, FakePeopleStore, FakeUpdateStore
from .ledger import FakeLedger
from .sources import FakeSourceStore
from .tables import Tables


class FakeDatabase:
    """Every store over one set of tables."""

    def __init__(self) -> None:
        self.tables = Tables()
        self.sources = FakeSourceStore(self.tables)
        self.articles = FakeArticleStore(self.tables)
        self.chats = FakeChatStore(self.tables)
        self.census = FakeCensus(self.tables)
        self.ledger = FakeLedger(self.tables)
        self.updates = FakeUpdateStore(self.tables)
        self.offers = FakeOfferStore(self.tables)
        self.alarms = FakeAlarmStore(self.tables)
        self.people = FakePeopleStore(self.tables)
