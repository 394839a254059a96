"""What readers brought themselves: seen by nobody else, and removed with them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Table, delete, exists, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model.stories import Placed

from ..database.erasing import merge_index
from ..tables import articles, chats, offers, sources
from .telling import drop_untold


def seen_by(table: Table, reader: int | None) -> ColumnElement[bool]:
    """A condition: the source or article is public, or the reader's own."""
    public = table.c.owner.is_(None)
    return public if reader is None else public | (table.c.owner == reader)


async def still_wanted(connection: AsyncConnection, placed: Sequence[Placed]) -> Sequence[Placed]:
    """The articles, unless they come from a reader's source that is gone or no longer that reader's.

    It may be removed, or its reader may, while it is being read. A batch is of one source: all go, or none.
    """

    def whose(one: Placed) -> tuple[int | None, int | None]:
        return one.article.source, one.article.owner

    own = {(source, owner) for source, owner in map(whose, placed) if source and owner is not None}
    if not own:
        return placed
    query = select(sources.c.id, sources.c.owner).where(
        sources.c.id.in_([source for source, _ in own])
    )
    gone = own - {(row.id, row.owner) for row in await connection.execute(query)}
    return [one for one in placed if whose(one) not in gone]


async def drop(connection: AsyncConnection, *conditions: ColumnElement[bool]) -> int:
    """Remove revisions, and stories that nothing tells any more. Returns how many revisions."""
    gone = await connection.execute(delete(articles).where(*conditions))
    if gone.rowcount:
        await drop_untold(connection)
    return gone.rowcount


async def forget(connection: AsyncConnection, reader: int) -> None:
    """Remove what a reader brought, and what they were offered."""
    if await drop(connection, articles.c.owner == reader):
        await merge_index(connection)
    await connection.execute(delete(sources).where(sources.c.owner == reader))
    await connection.execute(delete(offers).where(offers.c.chat == reader))


async def drop_orphans(connection: AsyncConnection) -> None:
    """Remove what belongs to readers who are gone."""
    for table in (articles, sources):
        known = exists().where(chats.c.id == table.c.owner)
        await connection.execute(delete(table).where(table.c.owner.is_not(None), ~known))
