"""The stores of the engine in a SQL database; what stands here is all that the program uses.

>>> await upgrade("sqlite+aiosqlite:///attache.db")
>>> engine = make_engine("sqlite+aiosqlite:///attache.db")
>>> articles = SqlArticleStore(engine=engine)
>>> await engine.dispose()
"""

from .alarms import SqlAlarmStore
from .articles import SqlArticleStore
from .census import SqlCensus
from .chats import SqlChatStore
from .engine import make_engine
from .handled import SqlUpdateStore
from .jobs import load_jobs, make_jobs
from .ledger import SqlLedger
from .lock import single_process
from .offers import SqlOfferStore
from .people import SqlPeopleStore
from .server import is_server
from .sources import SqlSourceStore
from .transfer import transfer
from .upkeep import backup, check, head, refuse_missing, revision, upgrade, upgrade_engine

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
