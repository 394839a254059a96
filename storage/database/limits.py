"""How long a server may take: one that never answers, or whose answers a network swallows, holds nobody up.

Who waits longer gets an error, as where the server is away, and asks again on a new connection. Whether what
was asked had been done then is not known, so whatever is written may be asked for twice.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import URL

CONNECT = 10.0  # seconds; the driver has 60
# Seconds for one statement; the driver has no limit. 25,000 digests of one hour are queued in statements of
# half a second, and the longest of the daily upkeep took nine (2026-12-01).
ANSWER = 60.0
# Seconds between two statements of a transaction, after which the server ends it: a process that is frozen,
# or cut off, holds its locks no longer. Less than ANSWER, so that who waits for them gets them.
IDLE = 30.0
# Of a machine that has vanished; on a socket of the same machine they mean nothing.
GONE = {"tcp_keepalives_idle": "2", "tcp_keepalives_interval": "1", "tcp_keepalives_count": "2"}


def limits_of(address: URL, *, patient: bool = False) -> Mapping[str, Any]:
    """What a connection is told; an address that says otherwise is heeded.

    A ``patient`` one waits as long as each statement takes: to upgrade, move or check a large database.
    """
    if patient:
        return {"timeout": CONNECT, "server_settings": GONE}
    idle = {"idle_in_transaction_session_timeout": str(round(IDLE * 1000))}
    ours = {"timeout": CONNECT, "command_timeout": ANSWER, "server_settings": {**GONE, **idle}}
    return {name: value for name, value in ours.items() if name not in address.query}
