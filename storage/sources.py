"""The feeds, and how each stands."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, delete, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from digest import ports
from digest.errors import Conflict
from digest.model import NewSource, Source, SourceId, SourceOutcome

from .engine import reading, writing
from .rows import outlet_columns, outlet_of
from .tables import sources


class SqlSourceStore:
    """The sources in a SQL database."""

    def __init__(self, *, engine: AsyncEngine) -> None:
        self._engine = engine

    async def add(self, source: NewSource, *, now: datetime) -> Source:
        """The source stored, due at once. Raises Conflict if the address is known already."""
        async with writing(self._engine) as connection:
            if await connection.scalar(select(exists().where(sources.c.url == source.url))):
                raise Conflict(f"{source.url} is among the sources already")
            added = await connection.execute(
                insert(sources).values(_values(source, now)).returning(sources)
            )
            return source_of(added.one())

    async def all(self) -> tuple[Source, ...]:
        """Every source, by outlet name."""
        async with reading(self._engine) as connection:
            found = await connection.execute(select(sources))
            every = [source_of(row) for row in found]
        return tuple(sorted(every, key=lambda source: (source.outlet.name.casefold(), source.url)))

    async def due(self, now: datetime, *, limit: int) -> tuple[Source, ...]:
        """Enabled sources whose next check has come, longest waiting first."""
        come = or_(sources.c.next_check_at.is_(None), sources.c.next_check_at <= now)
        query = (
            select(sources)
            .where(sources.c.enabled, come)
            .order_by(sources.c.next_check_at.asc().nulls_first(), sources.c.id)
            .limit(limit)
        )
        async with reading(self._engine) as connection:
            return tuple(source_of(row) for row in await connection.execute(query))

    async def remove(self, url: str) -> bool:
        """Whether there was such a source; its articles stay."""
        async with writing(self._engine) as connection:
            gone = await connection.execute(delete(sources).where(sources.c.url == url))
            return gone.rowcount > 0

    async def enable(self, url: str, enabled: bool) -> bool:
        """Whether there was such a source; ``enabled`` says whether it is read from now on."""
        change = update(sources).where(sources.c.url == url).values(enabled=enabled)
        async with writing(self._engine) as connection:
            return (await connection.execute(change)).rowcount > 0


async def record(connection: AsyncConnection, outcome: SourceOutcome) -> None:
    """Store what one check came to, in the transaction that stores its articles.

    After a failure, and where the answer does not say (a 304 may be bare), what was known of the
    body stands: the next request can be conditional still.
    """
    change = update(sources).where(sources.c.id == outcome.source)
    if outcome.error is not None:
        failed = {"failures": sources.c.failures + 1, "last_error": outcome.error}
        await connection.execute(change.values(next_check_at=outcome.next_check_at, **failed))
        return
    said = {
        name: value
        for name in ("etag", "last_modified", "body_hash")
        if (value := getattr(outcome, name)) is not None
    }
    await connection.execute(
        change.values(
            next_check_at=outcome.next_check_at,
            failures=0,
            last_ok_at=outcome.checked_at,
            last_error=None,
            **said,
        )
    )


def source_of(row: Row[Any]) -> Source:
    """The value of a row of the table ``source``."""
    return Source(
        id=SourceId(row.id),
        url=row.url,
        outlet=outlet_of(row),
        language=row.language,
        enabled=row.enabled,
        etag=row.etag,
        last_modified=row.last_modified,
        body_hash=row.body_hash,
        next_check_at=row.next_check_at,
        failures=row.failures,
        last_ok_at=row.last_ok_at,
        last_error=row.last_error,
        added_at=row.added_at,
    )


def _values(source: NewSource, now: datetime) -> Mapping[str, object]:
    return {
        "url": source.url,
        **outlet_columns(source.outlet),
        "language": source.language,
        "enabled": source.enabled,
        "failures": 0,
        "next_check_at": now,
        "added_at": now,
    }


if TYPE_CHECKING:
    _sources: type[ports.SourceStore] = SqlSourceStore
