"""A database of today's schema, made once and copied: its migrations take half a second each time."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import aiosqlite
from sqlalchemy.ext.asyncio import AsyncEngine

import storage


def fresh(path: Path) -> Path:
    """An empty database file at ``path``, which is there already when the program opens it."""
    path.write_bytes(_template())
    return path


async def fill(engine: AsyncEngine, path: Path) -> None:
    """The same in a database that lives in the memory of ``engine``, by way of a file at ``path``."""
    async with engine.connect() as connection, aiosqlite.connect(fresh(path)) as made:
        raw = await connection.get_raw_connection()
        await made.backup(cast(aiosqlite.Connection, raw.driver_connection))


@cache
def _template() -> bytes:
    with TemporaryDirectory() as folder, ThreadPoolExecutor(1) as apart:
        path = Path(folder) / "attache.db"
        # A thread of its own: tests that ask for it have a running loop already.
        apart.submit(asyncio.run, storage.upgrade(f"sqlite+aiosqlite:///{path}")).result()
        return path.read_bytes()
