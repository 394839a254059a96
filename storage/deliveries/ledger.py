"""The ledger: every digest and its parts, from the queue to what became of them."""

from typing import TYPE_CHECKING

from digest import ports

from .outbox import SqlOutbox
from .records import SqlRecords


class SqlLedger(SqlOutbox, SqlRecords):
    """The ledger in a SQL database: outbox and records of the same tables."""


if TYPE_CHECKING:
    _ledger: type[ports.Ledger] = SqlLedger
