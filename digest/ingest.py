"""Sources that are due are fetched, read, related and stored, host by host, one batch at a time.

A source that fails hurts no other: each ends in a Report. Whatever arrives goes through one Intake,
so that every story has one writer.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import chain, islice
from typing import ParamSpec, TypeVar
from urllib.parse import urlsplit

from .brought import aged, date_of, drafts_of, hash_of, worded
from .checked import answered, failed
from .errors import SourceError, Unreachable
from .gather.turns import Turns
from .model import Counts, Draft, Known, Mark, NewArticle, Source, SourceId, SourceOutcome
from .pages import Pages
from .ports import ArticleStore, Clock, Fetcher, Parser, SourceStore
from .read.article import identity
from .read.jobs import read_all, read_title
from .relate.relater import Relater
from .relate.stories import WINDOW

SPACING = timedelta(seconds=1)  # between two requests to one host
_DUE_AT_ONCE = 1_000
_BATCH = 50  # articles stored in one transaction
_REST = timedelta(hours=1)  # between two regroupings: each weighs what came since midnight

P = ParamSpec("P")
T = TypeVar("T")


class Here:
    """As ports.Parser, in a thread of this process: for what we wrote ourselves."""

    async def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What the function makes of the arguments."""
        return await asyncio.to_thread(function, *args, **kwargs)

    def renew(self) -> None:
        """Nothing: the tables of this process are read anew by who asks for it."""


@dataclass(frozen=True, slots=True)
class Report:
    """What one source or file came to."""

    name: str
    counts: Counts
    error: str | None = None
    ends_round: bool = False  # its host is asked nothing more for now
    is_stopped: bool = False  # it is not read any more until somebody switches it on again


class Intake:
    """The one way into the store: drafts are read, placed in stories and stored, batch by batch.

    ``parser`` is where they are read; without one, in this process.
    """

    def __init__(self, articles: ArticleStore, *, parser: Parser | None = None) -> None:
        self._articles = articles
        self._parser: Parser = parser or Here()
        self._relater: Relater | None = None
        self._reaches_back_to: datetime | None = None
        self._mark = Mark()  # how far the relater has followed what other processes placed
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
            news = await self._news(named, source, owner)
            articles = await self._read(news, seen_at, source, owner)
            if articles:
                async with self._alone():
                    counts += await self._store(articles, seen_at, last, owner)
            elif last is not None:
                await self._articles.add((), last)
            counts += Counts(known=len(named) - len(news))
        return counts

    async def unknown(
        self, drafts: Sequence[Draft], *, owner: int | None = None
    ) -> tuple[Draft, ...]:
        """The drafts of which no revision is stored."""
        named = await asyncio.to_thread(_firsts, drafts, owner)
        known = await self._articles.known(list(named), ())
        return tuple(draft for key, (draft, _) in named.items() if key not in known)

    async def news(
        self, drafts: Sequence[Draft], *, source: SourceId, owner: int | None = None
    ) -> tuple[Draft, ...]:
        """The drafts that ``take`` would store; of two with one key the first."""
        return await self._news(await asyncio.to_thread(_firsts, drafts, owner), source, owner)

    async def _news(
        self, named: Mapping[str, tuple[Draft, str]], source: SourceId | None, owner: int | None
    ) -> tuple[Draft, ...]:
        """The drafts that are not stored as they are: a feed mostly repeats what it brought before.

        What another source brought first is known, whatever words this one has for it.
        """
        prints = [fingerprint for draft, fingerprint in named.values() if draft.url is None]
        known = await self._articles.known(list(named), prints)
        changed = [
            key for key, old in known.items() if key in named and old.fingerprint != named[key][1]
        ]
        theirs = {key for key in changed if await self._is_theirs(known[key], source, owner)}
        return tuple(
            draft
            for key, (draft, fingerprint) in named.items()
            if key not in theirs and (key not in known or known[key].fingerprint != fingerprint)
        )

    async def _is_theirs(self, old: Known, source: SourceId | None, owner: int | None) -> bool:
        """Whether a source that is still there, and is not this one, brought the article."""
        if source is None:
            return False
        stored = await self._articles.get(old.id, reader=owner)
        return stored is not None and stored.source not in (None, source)

    async def _read(
        self, drafts: Sequence[Draft], seen_at: datetime, source: SourceId | None, owner: int | None
    ) -> tuple[NewArticle, ...]:
        """The articles; where reading them is stopped, each is read alone, and one at fault by its title."""
        if not drafts:
            return ()
        try:
            return await self._parser(
                read_all, drafts, first_seen_at=seen_at, source=source, owner=owner
            )
        except SourceError:
            if len(drafts) == 1:
                title = read_title(drafts[0], first_seen_at=seen_at, source=source, owner=owner)
                return (title,)
        alone = [await self._read((draft,), seen_at, source, owner) for draft in drafts]
        return tuple(chain.from_iterable(alone))

    async def regroup(self, now: datetime) -> int:
        """How many articles were moved: those of the last day and those alone, weighed all at once.

        Whatever a digest of any chat has shown stays where it is. Done again only when something has
        come and an hour has passed; at a day's end it is done while its successor is read.
        """
        async with self._alone():
            rested = self._grouped_at is None or abs(now - self._grouped_at) >= _REST
            if self._is_grouped or not rested:
                return 0
            self._grouped_at = now
            return await self._regroup(now)

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        """Every story has one writer, in this process and among all; each has seen what others wrote."""
        async with self._lock, self._articles.placing() as may_differ:
            if may_differ and self._relater is not None and self._reaches_back_to is not None:
                found = await self._articles.changes(self._reaches_back_to, self._mark)
                await asyncio.to_thread(self._relater.learn, found.articles)
                self._relater.move(found.moved)
                self._mark = found.mark
                self._is_grouped = self._is_grouped and not found.articles
            yield

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
        ids = await self._articles.add(placed, outcome)
        self._mark = replace(self._mark, article=max((*ids, self._mark.article)))
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
            stored = await self._articles.changes(start, None)
            self._relater = await asyncio.to_thread(Relater, stored.articles)
            self._reaches_back_to, self._mark = start, stored.mark
        return self._relater


async def ingest_host(
    host: str,
    *,
    clock: Clock,
    sources: SourceStore,
    fetcher: Fetcher,
    parser: Parser,
    intake: Intake,
    pages: Pages | None = None,
    turns: Turns,
) -> tuple[Report, ...]:
    """Reports of the due sources of one host (with its port, as it stands in their addresses).

    One is asked after the other, in ``turns``. Where the host does not answer, or asks to be left alone,
    it is asked for no other feed: they stay due. Without ``pages`` no full text is fetched.
    """
    reports: list[Report] = []
    for source in await sources.due(clock.now(), limit=_DUE_AT_ONCE, host=host):
        report = await ingest_source(
            source,
            clock=clock,
            fetcher=fetcher,
            parser=parser,
            intake=intake,
            pages=pages,
            turns=turns,
        )
        reports.append(report)
        if report.ends_round:
            break
    return tuple(reports)


async def due_hosts(*, clock: Clock, sources: SourceStore) -> tuple[str, ...]:
    """The hosts that have a due source, longest waiting first."""
    due = await sources.due(clock.now(), limit=_DUE_AT_ONCE)
    return tuple(dict.fromkeys(urlsplit(source.url).netloc for source in due))


async def ingest_source(
    source: Source,
    *,
    clock: Clock,
    fetcher: Fetcher,
    parser: Parser,
    intake: Intake,
    pages: Pages | None = None,
    turns: Turns,
) -> Report:
    """The report of one check of one source; its outcome is stored whatever happens."""
    now = clock.now()
    try:
        async with turns.at(source.url):
            fetched = await fetcher.fetch(
                source.url, etag=source.etag, last_modified=source.last_modified
            )
        drafts = await drafts_of(fetched, source, fetcher, parser, turns, now)
    except SourceError as error:
        outcome = failed(source, error, now)
        await intake.take((), seen_at=now, outcome=outcome, owner=source.owner)
        ends = isinstance(error, Unreachable) or outcome.host_rests_until is not None
        return Report(source.outlet.name, Counts(failed=1), str(error), ends, outcome.stops)
    outcome = answered(
        source,
        fetched,
        now,
        body_hash=hash_of(fetched.body) if fetched.body else source.body_hash,
        newest_at=max(filter(None, map(date_of, drafts)), default=None),
    )
    unknown = partial(intake.unknown, owner=source.owner)
    news = partial(intake.news, source=source.id, owner=source.owner)
    drafts = await aged(drafts, source, now, unknown=unknown)
    counts = await intake.take(
        await worded(drafts, source, pages, turns, news=news),
        seen_at=now,
        source=source.id,
        outcome=outcome,
        owner=source.owner,
    )
    return Report(source.outlet.name, counts)


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
