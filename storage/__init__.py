"""The stores of the engine in a SQL database; what stands here is all that the program uses.

>>> await upgrade("sqlite+aiosqlite:///attache.db")
>>> engine = make_engine("sqlite+aiosqlite:///attache.db")
>>> articles = SqlArticleStore(engine=engine)
>>> await engine.dispose()
"""

from .chats.census import SqlCensus
from .chats.chats import SqlChatStore
from .database.engine import make_engine
from .database.jobs import load_jobs, make_jobs
from .database.lock import single_process
from .database.server import is_server
from .deliveries.ledger import SqlLedger
from .dialogues.alarms import SqlAlarmStore
from .dialogues.handled import SqlUpdateStore
from .dialogues.offers import SqlOfferStore
from .dialogues.people import SqlPeopleStore
from .news.articles import SqlArticleStore
from .news.sources import SqlSourceStore
from .upkeep.transfer import transfer
from .upkeep.upkeep import backup, check, head, refuse_missing, revision, upgrade, upgrade_engine

__all__ = [
    "SqlAlarmStore",
    "SqlArticleStore",
    "SqlCensus",
    "SqlChatStore",
    "SqlLedger",
    "SqlOfferStore",
    "SqlPeopleStore",
    "SqlSourceStore",
    "SqlUpdateStore",
    "backup",
    "check",
    "head",
    "is_server",
    "load_jobs",
    "make_engine",
    "make_jobs",
    "refuse_missing",
    "revision",
    "single_process",
    "transfer",
    "upgrade",
    "upgrade_engine",
]
