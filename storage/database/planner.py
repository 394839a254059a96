"""What PostgreSQL's planner knows of tables that were just filled.

The server counts by itself within a minute; until then it takes 25,000 new rows for a few, and goes
through all of them for each question.
"""

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection


async def count(connection: AsyncConnection, *tables: str) -> None:
    """Let a server count the rows of the tables; a file does without."""
    if connection.dialect.name == "postgresql":
        await connection.execute(text(f"ANALYZE {', '.join(tables)}"))


async def count_unless_known(connection: AsyncConnection, rows: int, *tables: str) -> None:
    """The same, if the server knows of fewer rows in the first table than were just stored."""
    if connection.dialect.name == "postgresql":
        known = text("SELECT reltuples FROM pg_class WHERE oid = to_regclass(:name)")
        if (await connection.scalar(known, {"name": tables[0]}) or 0) < rows:
            await count(connection, *tables)
