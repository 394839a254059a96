"""Time limits for a server, so that one that never answers, or whose answers are lost, blocks nobody.

When a limit is over, the caller gets an error, as if the server were away, and tries again on a new
connection. It is not known whether the statement was executed, so every write must be safe to repeat.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import URL

CONNECT = 10.0  # seconds; asyncpg's default is 60
# Seconds for one statement; asyncpg's default is none. 25,000 digests of one hour are queued in statements of
# half a second, and the longest of the daily upkeep took nine (2026-12-01).
ANSWER = 60.0
# Seconds between two statements of a transaction, after which the server ends it, so that a process that is
# frozen or cut off does not keep its locks. Less than ANSWER, so that those who wait for them get them.
IDLE = 30.0
# TCP keepalive, by which the server notices that a machine is gone; without effect on a Unix socket.
GONE = {"tcp_keepalives_idle": "2", "tcp_keepalives_interval": "1", "tcp_keepalives_count": "2"}


def limits_of(address: URL, *, patient: bool = False) -> Mapping[str, Any]:
    """The limits as arguments of asyncpg.connect, without those that the address sets itself.

    A ``patient`` connection has no limit for statements: to upgrade, move or check a large database.
    """
    if patient:
        return {"timeout": CONNECT, "server_settings": GONE}
    idle = {"idle_in_transaction_session_timeout": str(round(IDLE * 1000))}
    ours = {"timeout": CONNECT, "command_timeout": ANSWER, "server_settings": {**GONE, **idle}}
    return {name: value for name, value in ours.items() if name not in address.query}
