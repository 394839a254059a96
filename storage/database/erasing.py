"""Erase deleted data from the SQLite file as well, not only from the tables.

SQLite leaves deleted bytes in three places: in free pages, which ``PRAGMA secure_delete`` overwrites; in the
write-ahead log; and in the full-text index, which only marks words as deleted until its segments are merged
(fts5, section 6.10 would do it at once, but needs SQLite 3.42; Debian 12 has 3.40).
"""

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from .errors import plain_errors


async def merge_index(connection: AsyncConnection) -> None:
    """Merge the full-text index, without the words of deleted articles. Does nothing on PostgreSQL.

    Takes 0.11 s with 10,000 articles of 500 words, 0.4 s with 40,000 (2026-11-28).
    """
    if connection.dialect.name == "sqlite":
        await connection.exec_driver_sql(
            "INSERT INTO article_search (article_search) VALUES ('optimize')"
        )


async def empty_log(engine: AsyncEngine) -> None:
    """Write the write-ahead log into the file and truncate it; waits for readers. Nothing on PostgreSQL."""
    if engine.dialect.name != "sqlite":
        return
    with plain_errors(engine.url):
        async with engine.execution_options(begin=None).connect() as connection:
            await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
