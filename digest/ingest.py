"""The ingest tick: what is due is fetched, read, related and stored, one batch at a time.

A source that fails hurts no other: each ends in a Report. Whatever arrives goes through one Intake,
so that every story has one writer.
"""

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from urllib.parse import urlsplit

from .errors import Refused, SourceError
from .gather.drafts import feed_drafts
from .model import Counts, Draft, Fetched, Known, NewArticle, Source, SourceId, SourceOutcome
from .ports import ArticleStore, Clock, Fetcher, Parser, SourceStore
from .read.article import identity, read
from .relate.relater import Relater
from .relate.stories import WINDOW

INTERVAL = timedelta(minutes=30)  # between two checks of a source that answers
_LONGEST_WAIT = timedelta(days=1)  # of a source that keeps failing
_HOSTS_AT_ONCE = 8
_DUE_AT_ONCE = 200
_BATCH = 50  # articles stored in one transaction
_REST = timedelta(hours=1)  # between two regroupings: each weighs what came since midnight


@dataclass(frozen=True, slots=True)
class Report:
    """What one source or file came to."""

    name: str
    counts: Counts
    error: str | None = None


class Intake:
    """The one way into the store: drafts are read, placed in stories and stored, batch by batch."""

    def __init__(self, articles: ArticleStore) -> None:
        self._articles = articles
        self._relater: Relater | None = None
        self._reaches_back_to: datetime | None = None
        self._lock = asyncio.Lock()
        self._grouped_at: datetime | None = None
        self._is_grouped = False  # nothing has come since

    async def take(
        self,
        drafts: Sequence[Draft],
        *,
        seen_at: datetime,
        source: SourceId | None = None,
        outcome: SourceOutcome | None = None,
        owner: int | None = None,
    ) -> Counts:
        """How many were new, revised and known. The outcome is stored with the last batch.

        With an ``owner`` they are that reader's own: they join public stories, and nobody else's do.
        """
        counts = Counts()
        batches = _batches(drafts) or [()]
        for at, batch in enumerate(batches):
            last = outcome if at == len(batches) - 1 else None
            named = await asyncio.to_thread(_firsts, batch, owner)
            news = await self._news(named)
            articles = await asyncio.to_thread(_read_all, news, seen_at, source, owner)
            async with self._lock:
                counts += await self._store(articles, seen_at, last, owner)
            counts += Counts(known=len(named) - len(news))
        return counts

    async def _news(self, named: Mapping[str, tuple[Draft, str]]) -> tuple[Draft, ...]:
        """The drafts that are not stored as they are: a feed mostly repeats what it brought before."""
        prints = [fingerprint for draft, fingerprint in named.values() if draft.url is None]
        known = await self._articles.known(list(named), prints)
        return tuple(
            draft
            for key, (draft, fingerprint) in named.items()
            if key not in known or known[key].fingerprint != fingerprint
        )

    async def regroup(self, now: datetime) -> int:
        """How many articles were moved: those of the last day and those alone, weighed all at once.

        Whatever a digest of any chat has shown stays where it is. Done again only when something has
        come and an hour has passed; at a day's end it is done while its successor is read.
        """
        async with self._lock:
            rested = self._grouped_at is None or abs(now - self._grouped_at) >= _REST
            if self._is_grouped or not rested:
                return 0
            self._grouped_at = now
            return await self._regroup(now)

    async def _regroup(self, now: datetime) -> int:
        relater = await self._memory(now)
        shown = await self._articles.shown(relater.stories())
        self._relater = None  # as in _store
        moves = await asyncio.to_thread(relater.regroup, shown)
        if moves:
            relater.move(await self._articles.move(moves))
        self._relater, self._is_grouped = relater, True
        return len(moves)

    async def _store(
        self,
        articles: Sequence[NewArticle],
        seen_at: datetime,
        outcome: SourceOutcome | None,
        owner: int | None,
    ) -> Counts:
        keys = [article.key for article in articles]
        prints = [article.fingerprint for article in articles if article.url is None]
        known = await self._articles.known(keys, prints)
        fresh = [article for article in articles if _is_news(article, known)]
        if owner is None:
            await self._add(fresh, known, seen_at, outcome)
        else:
            await self._add_own(owner, fresh, known, seen_at, outcome)
        revised = sum(article.key in known for article in fresh)
        return Counts(len(fresh) - revised, revised, len(articles) - len(fresh))

    async def _add(
        self,
        fresh: Sequence[NewArticle],
        known: Mapping[str, Known],
        seen_at: datetime,
        outcome: SourceOutcome | None,
    ) -> None:
        relater = await self._memory(seen_at)
        if relater.ends_day(fresh):
            await self._regroup(seen_at)
        self._is_grouped = self._is_grouped and not fresh
        self._relater = None  # until the batch is stored, the memory is ahead of the store
        placed = await asyncio.to_thread(relater.place, fresh, known)
        await self._articles.add(placed, outcome)
        relater.settle(await self._articles.known([article.key for article in fresh], ()))
        self._relater = relater

    async def _add_own(
        self,
        owner: int,
        fresh: Sequence[NewArticle],
        known: Mapping[str, Known],
        seen_at: datetime,
        outcome: SourceOutcome | None,
    ) -> None:
        """A reader's own are few: their memory is made anew each time, and the public one only asked."""
        if not fresh:
            await self._articles.add((), outcome)
            return
        start = seen_at - WINDOW
        kept = await self._articles.own(owner, start)
        public = await self._memory(seen_at)
        placed = await asyncio.to_thread(Relater(kept).place, fresh, known, public=public)
        await self._articles.add(placed, outcome)

    async def _memory(self, seen_at: datetime) -> Relater:
        """The relater, rebuilt from the store at start, after a failure, or for an earlier time."""
        start = seen_at - WINDOW
        reaches = self._reaches_back_to is not None and self._reaches_back_to <= start
        if self._relater is None or not reaches:
            stored = await self._articles.since(start)
            self._relater = await asyncio.to_thread(Relater, stored)
            self._reaches_back_to = start
        return self._relater


async def ingest_sources(
    *,
    clock: Clock,
    sources: SourceStore,
    fetcher: Fetcher,
    parser: Parser,
    intake: Intake,
) -> AsyncIterator[Report]:
    """Reports of every source that is due, as each is done; one request per host at a time.

    What goes wrong unexpectedly is raised once all other hosts are done.
    """
    due = await sources.due(clock.now(), limit=_DUE_AT_ONCE)
    hosts: defaultdict[str, list[Source]] = defaultdict(list)
    for source in due:
        hosts[urlsplit(source.url).netloc].append(source)
    gate = asyncio.Semaphore(_HOSTS_AT_ONCE)

    async def host_reports(ours: Sequence[Source]) -> list[Report]:
        async with gate:
            return [
                await ingest_source(
                    source, clock=clock, fetcher=fetcher, parser=parser, intake=intake
                )
                for source in ours
            ]

    working = {asyncio.create_task(host_reports(ours)) for ours in hosts.values()}
    faults: list[BaseException] = []
    while working:
        done, working = await asyncio.wait(working, return_when=asyncio.FIRST_COMPLETED)
        faults += [fault for task in done if (fault := task.exception())]
        for report in (r for task in done if not task.exception() for r in task.result()):
            yield report
    if faults:
        raise faults[0]


async def ingest_source(
    source: Source, *, clock: Clock, fetcher: Fetcher, parser: Parser, intake: Intake
) -> Report:
    """The report of one check of one source; its outcome is stored whatever happens."""
    now = clock.now()
    try:
        fetched = await fetcher.fetch(
            source.url, etag=source.etag, last_modified=source.last_modified
        )
        drafts = await _drafts(fetched, source, parser, now)
    except SourceError as error:
        outcome = SourceOutcome(
            source=source.id,
            checked_at=now,
            next_check_at=now + wait_after(source.failures + 1, error),
            error=str(error),
        )
        await intake.take((), seen_at=now, outcome=outcome, owner=source.owner)
        return Report(source.outlet.name, Counts(failed=1), str(error))
    outcome = SourceOutcome(
        source=source.id,
        checked_at=now,
        next_check_at=now + INTERVAL,
        etag=fetched.etag,
        last_modified=fetched.last_modified,
        body_hash=_hash(fetched.body) if fetched.body else source.body_hash,
    )
    counts = await intake.take(
        drafts, seen_at=now, source=source.id, outcome=outcome, owner=source.owner
    )
    return Report(source.outlet.name, counts)


def wait_after(failures: int, error: SourceError) -> timedelta:
    """How long to leave a source alone: as long as it asked, else twice as long with each failure."""
    asked = (error.retry_after if isinstance(error, Refused) else None) or timedelta(0)
    doubled: timedelta = INTERVAL * 2 ** min(failures, 10)
    return min(_LONGEST_WAIT, max(asked, doubled))


async def _drafts(
    fetched: Fetched, source: Source, parser: Parser, now: datetime
) -> tuple[Draft, ...]:
    """Drafts of what is new in the body; nothing when it has not changed."""
    if not fetched.body or _hash(fetched.body) == source.body_hash:
        return ()
    return await parser(feed_drafts, fetched, outlet=source.outlet, seen_at=now)


def _read_all(
    drafts: Sequence[Draft], seen_at: datetime, source: SourceId | None, owner: int | None
) -> list[NewArticle]:
    return [read(draft, first_seen_at=seen_at, source=source, owner=owner) for draft in drafts]


def _firsts(drafts: Sequence[Draft], owner: int | None) -> dict[str, tuple[Draft, str]]:
    """Drafts and fingerprints by key; of two with one key only the first is kept."""
    found: dict[str, tuple[Draft, str]] = {}
    for draft in drafts:
        key, fingerprint = identity(draft, owner=owner)
        found.setdefault(key, (draft, fingerprint))
    return found


def _is_news(article: NewArticle, known: Mapping[str, Known]) -> bool:
    old = known.get(article.key)
    return old is None or old.fingerprint != article.fingerprint


def _batches(drafts: Sequence[Draft]) -> list[tuple[Draft, ...]]:
    rest = iter(drafts)
    return list(iter(lambda: tuple(islice(rest, _BATCH)), ()))


def _hash(body: bytes) -> str:
    return hashlib.blake2b(body, digest_size=16).hexdigest()
