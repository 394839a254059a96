"""What the engine needs from the outside: small protocols, each with a real implementation and a fake.

One method is one transaction. I/O is async, computing is not. The store contract tests in
``tests/integration/stores`` say the same in code, for the fake and for every database.
"""

from .articles import Arrivals, ArticleStore, Library
from .chats import Census, ChatStore
from .dialogues import AlarmStore, ClaimOutcome, OfferStore, PeopleStore, UpdateStore
from .engine import Grouper, Summariser
from .ledger import Ledger, Outbox, Records
from .sources import SourceStore
from .work import Jobs
from .world import Clock, Fetcher, Messenger, Parser

__all__ = [
    "AlarmStore",
    "Arrivals",
    "ArticleStore",
    "Census",
    "ChatStore",
    "ClaimOutcome",
    "Clock",
    "Fetcher",
    "Grouper",
    "Jobs",
    "Ledger",
    "Library",
    "Messenger",
    "OfferStore",
    "Outbox",
    "Parser",
    "PeopleStore",
    "Records",
    "SourceStore",
    "Summariser",
    "UpdateStore",
]
