"""The feeds, and how each stands."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, Row, case, delete, exists, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from digest import ports
from digest.errors import Conflict
from digest.model.sources import FullText, NewSource, Notice, Source, SourceId, SourceOutcome
from digest.model.work import Job

from ..database.batching import batches
from ..database.engine import STORIES, reading, writing
from ..database.jobs import put
from ..tables import articles, sources
from .owning import drop, seen_by
from .rows import outlet_columns, outlet_of

_SCHEMES = ("http", "https")
SKEW = timedelta(hours=1)  # by which clocks of two machines never differ
_FARTHEST = timedelta(days=1) + SKEW  # no source is left alone for longer


class SqlSourceStore:
    """The sources in a SQL database."""

    def __init__(self, *, engine: AsyncEngine) -> None:
        self._engine = engine

    async def add(self, source: NewSource, *, now: datetime) -> Source:
        """Store a source, due at once.

        Raises Conflict if the address is known already to all who would read it.
        """
        known = exists().where(sources.c.url == source.url, seen_by(sources, source.owner))
        async with writing(self._engine, alone=STORIES) as connection:
            if await connection.scalar(select(known)):
                raise Conflict(f"{source.url} is among the sources already")
            added = await connection.execute(
                insert(sources).values(_values(source, now)).returning(sources)
            )
            await _have_read(connection, source.url)
            return source_of(added.one())

    async def all(self, *, reader: int | None = None) -> tuple[Source, ...]:
        """Every public source, and the reader's own, by outlet name."""
        return await self._select(seen_by(sources, reader))

    async def own(self) -> tuple[Source, ...]:
        """The sources that readers added for themselves, by outlet name."""
        return await self._select(sources.c.owner.is_not(None))

    async def due(
        self, now: datetime, *, limit: int, host: str | None = None
    ) -> tuple[Source, ...]:
        """Enabled sources whose next check has come, of one host or all, longest waiting first.

        One that answered more than an hour from ``now``, or is due in more than a day, is due as well: the
        clock was set back.
        """
        come = or_(
            sources.c.next_check_at.is_(None),
            sources.c.next_check_at <= now,
            sources.c.next_check_at > now + _FARTHEST,
            sources.c.last_ok_at > now + SKEW,
        )
        query = (
            select(sources)
            .where(sources.c.enabled, come)
            .order_by(sources.c.next_check_at.asc().nulls_first(), sources.c.id)
            .limit(limit)
        )
        if host is not None:
            query = query.where(sources.c.url.contains(f"://{host}", autoescape=True))
        async with reading(self._engine) as connection:
            found = tuple(source_of(row) for row in await connection.execute(query))
        return tuple(one for one in found if host is None or urlsplit(one.url).netloc == host)

    async def ask_now(self, those: Sequence[SourceId], *, now: datetime) -> None:
        """Make the enabled ones of them due at ``now``, or as soon as they allow; earlier times stay."""
        later = (sources.c.enabled, sources.c.next_check_at > now)
        promised = sources.c.promised_until
        first = case((promised > now, promised), else_=now)
        async with writing(self._engine) as connection:
            for batch in batches(sorted(those)):
                change = update(sources).where(sources.c.id.in_(batch), *later)
                await connection.execute(change.values(next_check_at=first))

    async def remove(self, url: str, *, owner: int | None = None) -> bool:
        """Remove a source; its articles stay, unless it is a reader's own. Returns whether there was one."""
        here = _at(url, owner)
        of_it = articles.c.source_id.in_(select(sources.c.id).where(*here))
        async with writing(self._engine, alone=STORIES) as connection:
            if owner is not None:
                await drop(connection, of_it, articles.c.owner == owner)
            gone = await connection.execute(delete(sources).where(*here))
            return gone.rowcount > 0

    async def enable(self, url: str, *, enabled: bool, owner: int | None = None) -> bool:
        """Switch a source on or off. Returns whether there was such a source."""
        fresh = _notice_columns(None) if enabled else {}
        change = update(sources).where(*_at(url, owner)).values(enabled=enabled, **fresh)
        async with writing(self._engine) as connection:
            found = (await connection.execute(change)).rowcount > 0
            if found and enabled:
                await _have_read(connection, url)
            return found

    async def take_text(self, source: SourceId, full_text: FullText) -> bool:
        """Set where the text of a source's new articles is from. Returns whether there was such a source."""
        change = update(sources).where(sources.c.id == source).values(full_text=full_text)
        async with writing(self._engine) as connection:
            return (await connection.execute(change)).rowcount > 0

    async def adopt(self, source: SourceId) -> bool:
        """Make a reader's own source public, to be read anew. Returns whether there was one.

        The articles that it brought the reader are removed: they come again as public ones, in public
        stories. Raises Conflict if there is a public source with the address already.
        """
        mine = (sources.c.id == source, sources.c.owner.is_not(None))
        unread = {
            **dict.fromkeys(("etag", "last_modified", "body_hash")),
            "next_check_at": sources.c.promised_until,
        }
        async with writing(self._engine, alone=STORIES) as connection:
            url = await connection.scalar(select(sources.c.url).where(*mine))
            if url is None:
                return False
            if await connection.scalar(select(exists().where(*_at(url, None)))):
                raise Conflict(f"{url} is among the sources already")
            await drop(connection, articles.c.source_id == source, articles.c.owner.is_not(None))
            await connection.execute(update(sources).where(*mine).values(owner=None, **unread))
            await _have_read(connection, url)
            return True

    async def _select(self, condition: ColumnElement[bool]) -> tuple[Source, ...]:
        async with reading(self._engine) as connection:
            found = await connection.execute(select(sources).where(condition))
            every = [source_of(row) for row in found]
        return tuple(sorted(every, key=lambda source: (source.outlet.name.casefold(), source.url)))


def _at(url: str, owner: int | None) -> tuple[ColumnElement[bool], ...]:
    """A condition: the source at an address, the public one or a reader's own."""
    return sources.c.url == url, sources.c.owner.is_not_distinct_from(owner)


async def _have_read(connection: AsyncConnection, url: str) -> None:
    """Hand out the job of its host at once, in the same transaction, so that a failure leaves no job."""
    await put(connection, [Job("fetch", urlsplit(url).netloc)])


async def record(connection: AsyncConnection, outcome: SourceOutcome) -> None:
    """Store what one check came to, in the transaction that stores its articles.

    After a failure, and if the answer does not say (a 304 may be bare), what was known of the body stays,
    so that the next request can still be conditional.
    """
    if outcome.host_rests_until is not None:
        await _rest(connection, outcome.source, outcome.host_rests_until, outcome.promised_until)
    change = (
        update(sources)
        .where(sources.c.id == outcome.source)
        .values(
            next_check_at=outcome.next_check_at,
            promised_until=outcome.promised_until,
            **_notice_columns(outcome.notice),
        )
    )
    if outcome.error is not None:
        failed: dict[str, object] = {
            "failures": sources.c.failures + 1,
            "last_error": outcome.error,
            **({"enabled": False} if outcome.stops else {}),
        }
        await connection.execute(change.values(failed))
        return
    said = {
        name: value
        for name in ("etag", "last_modified", "body_hash", "newest_at")
        if (value := getattr(outcome, name)) is not None
    }
    await connection.execute(
        change.values(failures=0, last_ok_at=outcome.checked_at, last_error=None, **said)
    )
    if outcome.url is not None:
        await _move(connection, outcome.source, outcome.url)


async def _rest(
    connection: AsyncConnection, source: SourceId, until: datetime, promised: datetime | None
) -> None:
    """Make no source of the same host due before ``until``; a reader's own counts only for that reader's."""
    asked = select(sources.c.url, sources.c.owner).where(sources.c.id == source)
    url, owner = (await connection.execute(asked)).one_or_none() or ("", None)
    host = urlsplit(url).netloc
    near = [sources.c.url.startswith(f"{scheme}://{host}/", autoescape=True) for scheme in _SCHEMES]
    theirs = () if owner is None else (sources.c.owner == owner,)
    for column, at in ((sources.c.next_check_at, until), (sources.c.promised_until, promised)):
        if at is not None:
            sooner = or_(column.is_(None), column < at)
            rest = update(sources).where(or_(*near), sooner, *theirs)
            await connection.execute(rest.values({column: at}))


async def _move(connection: AsyncConnection, source: SourceId, url: str) -> None:
    """Give the source its new address, unless another has it already; the old one is noted."""
    owner = select(sources.c.owner).where(sources.c.id == source).scalar_subquery()
    taken = select(sources.c.id).where(
        sources.c.url == url, sources.c.owner.is_not_distinct_from(owner)
    )
    if await connection.scalar(taken) is None:
        here = update(sources).where(sources.c.id == source)
        await connection.execute(here.values(moved_from=sources.c.url, url=url))


def _notice_columns(notice: Notice | None) -> dict[str, object]:
    return {
        f"notice_{name}": getattr(notice, name, None)
        for name in ("kind", "target", "times", "since", "at")
    }


def _notice_of(row: Row[Any]) -> Notice | None:
    if row.notice_kind is None:
        return None
    return Notice(
        row.notice_kind, row.notice_target, row.notice_times, row.notice_since, row.notice_at
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
        promised_until=row.promised_until,
        failures=row.failures,
        last_ok_at=row.last_ok_at,
        last_error=row.last_error,
        added_at=row.added_at,
        owner=row.owner,
        notice=_notice_of(row),
        moved_from=row.moved_from,
        newest_at=row.newest_at,
        full_text=row.full_text,
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
        "owner": source.owner,
        "full_text": source.full_text,
    }


if TYPE_CHECKING:
    _sources: type[ports.SourceStore] = SqlSourceStore
