"""The feeds, in memory."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from digest.errors import Conflict
from digest.model.sources import FullText, NewSource, Source, SourceId

from .tables import Tables


class FakeSourceStore:
    """The sources in memory."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    async def add(self, source: NewSource, *, now: datetime) -> Source:
        if any(one.url == source.url for one in await self.all(reader=source.owner)):
            raise Conflict(f"{source.url} is among the sources already")
        added = Source(
            id=SourceId(next(self._tables.numbers)),
            url=source.url,
            outlet=source.outlet,
            language=source.language,
            enabled=source.enabled,
            next_check_at=now,
            added_at=now,
            owner=source.owner,
            full_text=source.full_text,
        )
        self._tables.sources[added.id] = added
        return added

    async def all(self, *, reader: int | None = None) -> tuple[Source, ...]:
        return self._by_name(one for one in self._every() if one.owner in (None, reader))

    async def own(self) -> tuple[Source, ...]:
        return self._by_name(one for one in self._every() if one.owner is not None)

    async def due(
        self, now: datetime, *, limit: int, host: str | None = None
    ) -> tuple[Source, ...]:
        come = [
            (source.next_check_at, source.id, source)
            for source in self._tables.sources.values()
            if source.enabled and source.next_check_at is not None
            if not now < source.next_check_at <= now + timedelta(hours=25)
            or (source.last_ok_at is not None and source.last_ok_at > now + timedelta(hours=1))
            if host is None or urlsplit(source.url).netloc == host
        ]
        return tuple(source for _, _, source in sorted(come, key=lambda one: one[:2])[:limit])

    async def ask_now(self, those: Sequence[SourceId], *, now: datetime) -> None:
        for one in those:
            source = self._tables.sources.get(one)
            if source and source.enabled and source.next_check_at and source.next_check_at > now:
                first = max(now, source.promised_until or now)
                self._tables.sources[one] = replace(source, next_check_at=first)

    async def remove(self, url: str, *, owner: int | None = None) -> bool:
        gone = self._at(url, owner)
        if gone is None:
            return False
        del self._tables.sources[gone.id]
        if owner is not None:
            self._tables.drop(lambda one: one.source == gone.id and one.owner == owner)
        for stored in self._tables.revisions.values():
            if stored.article.source == gone.id:
                stored.article = replace(stored.article, source=None)
        return True

    async def enable(self, url: str, *, enabled: bool, owner: int | None = None) -> bool:
        source = self._at(url, owner)
        if source is not None:
            notice = None if enabled else source.notice
            self._tables.sources[source.id] = replace(source, enabled=enabled, notice=notice)
        return source is not None

    async def take_text(self, source: SourceId, full_text: FullText) -> bool:
        found = self._tables.sources.get(source)
        if found is not None:
            self._tables.sources[source] = replace(found, full_text=full_text)
        return found is not None

    async def adopt(self, source: SourceId) -> bool:
        own = self._tables.sources.get(source)
        if own is None or own.owner is None:
            return False
        if self._at(own.url, None):
            raise Conflict(f"{own.url} is among the sources already")
        self._tables.drop(lambda one: one.source == source and one.owner is not None)
        unread = replace(own, etag=None, last_modified=None, body_hash=None)
        first = own.promised_until or own.added_at
        self._tables.sources[source] = replace(unread, owner=None, next_check_at=first)
        return True

    def _every(self) -> Iterable[Source]:
        return self._tables.sources.values()

    def _at(self, url: str, owner: int | None) -> Source | None:
        return next((s for s in self._every() if s.url == url and s.owner == owner), None)

    def _by_name(self, found: Iterable[Source]) -> tuple[Source, ...]:
        return tuple(sorted(found, key=lambda source: (source.outlet.name.casefold(), source.url)))
