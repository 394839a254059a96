"""Every digest and its parts: what is queued, claimed, sent, uncertain, and what is told of it."""

from typing import TYPE_CHECKING

from digest import ports

from .outbox import SqlOutbox
from .records import SqlRecords


class SqlLedger(SqlOutbox, SqlRecords):
    """The ledger in a SQL database: both halves speak to the same tables."""


if TYPE_CHECKING:
    _ledger: type[ports.Ledger] = SqlLedger
