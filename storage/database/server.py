"""A database on PostgreSQL: connections outside the pool, back-ups by pg_dump, a look at the index."""

import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
from sqlalchemy import URL

from digest.errors import StoreError

from .engine import TLS, parse
from .errors import plain_errors
from .limits import limits_of

INSTALLED = Path("/usr/lib/postgresql")  # where Debian keeps the tools of each version

UNSEARCHED = """
    SELECT (
        SELECT count(*) FROM article
        WHERE is_newest AND id NOT IN (SELECT article_id FROM article_search)
    ) + (SELECT count(*) FROM article_search JOIN article ON id = article_id WHERE NOT is_newest)
"""


def is_server(url: str) -> bool:
    """Whether the database is one of PostgreSQL."""
    return parse(url).get_backend_name() == "postgresql"


@asynccontextmanager
async def connected(url: str, *, patient: bool = False) -> AsyncIterator[asyncpg.Connection]:
    """A connection outside the pool; the server closes it 4 s after this machine is gone.

    Raises StoreError if it cannot be made, breaks, or exceeds a time limit; a ``patient`` one has no limit
    for statements.
    """
    address = parse(url)
    with plain_errors(address):
        how = {**limits_of(address, patient=patient), **_connect_arguments(address)}
        connection = await asyncpg.connect(**how)
        try:
            yield connection
        finally:
            await connection.close(timeout=5)


def _connect_arguments(address: URL) -> Mapping[str, Any]:
    """The address as arguments of asyncpg.connect, as in the pool, without those for the pool itself."""
    # An address that names another driver, or none, is refused by make_engine.
    ours = address.set(drivername="postgresql+asyncpg")
    _, asked = ours.get_dialect()().create_connect_args(ours)
    return {name: value for name, value in asked.items() if not name.startswith("prepared_")}


async def look(url: str) -> tuple[str, ...]:
    """What is wrong, a sentence each. Checks the search index alone: the server enforces foreign keys."""
    async with connected(url, patient=True) as connection:
        wrong = await connection.fetchval(UNSEARCHED)
    return (f"the search index does not match {wrong} articles",) if wrong else ()


def dump(url: str, path: Path) -> None:
    """Write a consistent back-up to ``path``, in the format for ``pg_restore``.

    Raises StoreError if pg_dump is missing or fails.
    """
    program = tool("pg_dump")
    if program is None:
        raise StoreError(
            "a database on a server is copied by pg_dump, which is not here;"
            " install PostgreSQL's client tools or let the server make its own back-ups"
        )
    command = [program, "--format=custom", "--no-owner", "--file", str(path)]
    done = subprocess.run(
        command, env={**os.environ, **environment_of(url)}, capture_output=True, text=True
    )
    if done.returncode:
        raise StoreError(_last_line(done.stderr))


def tool(name: str) -> str | None:
    """The path of one of PostgreSQL's tools: from PATH, else the newest installed; None if there is none."""
    beside = sorted(INSTALLED.glob(f"*/bin/{name}"), key=lambda tool: int(tool.parts[-3]))
    return shutil.which(name) or next(map(str, reversed(beside)), None)


def environment_of(url: str) -> Mapping[str, str]:
    """The address as environment variables of libpq, so that the password is not in the list of processes."""
    address = parse(url)
    host = address.host or address.query.get("host")
    port = address.port or address.query.get("port")
    said = {
        "PGHOST": host,
        "PGPORT": port,
        "PGUSER": address.username,
        "PGPASSWORD": address.password,
        "PGDATABASE": address.database,
        "PGSSLMODE": address.query.get(TLS),
    }
    return {name: str(value) for name, value in said.items() if value}


def _last_line(text: str) -> str:
    return next(reversed(text.strip().splitlines()), "pg_dump failed").removeprefix("pg_dump: ")
