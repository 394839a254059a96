"""One running bot a database file: two of them would send from one queue past Telegram's limits."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from digest.errors import Conflict, StoreError

from .engine import database_file


@contextmanager
def single_process(url: str) -> Iterator[None]:
    """Hold ``<database>.lock`` while the block runs; the system frees it however the process ends.

    Raises Conflict when another process holds it, StoreError where the file cannot be made. A
    database in memory has no other process, one on a server guards its own sender: no lock then.
    """
    database = database_file(url)
    if database is None:
        yield
        return
    path = database.with_name(f"{database.name}.lock")
    try:
        file = path.open("a")
    except OSError as error:
        raise StoreError(f"{path} cannot be written: {error.strerror}") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Conflict(
                f"another attache runs on {database} already; stop it, let this one --wait,"
                " or give it its own database"
            ) from error
        yield
