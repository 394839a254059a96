"""Statistics for PostgreSQL's planner on tables that were just filled.

The server gathers them by itself within a minute; until then it takes 25,000 new rows for a few, and scans
all of them for each query.
"""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection


async def count(connection: AsyncConnection, *tables: str) -> None:
    """Update the statistics of the tables (ANALYZE). Does nothing on SQLite."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text(f"ANALYZE {', '.join(tables)}"))


async def count_unless_known(connection: AsyncConnection, rows: int, *tables: str) -> None:
    """As ``count``, if the server knows of fewer than ``rows`` rows in the first table."""
    if connection.dialect.name == "postgresql":
        known = text("SELECT reltuples FROM pg_class WHERE oid = to_regclass(:name)")
        if (await connection.scalar(known, {"name": tables[0]}) or 0) < rows:
            await count(connection, *tables)
