"""Checks the sources that are due, one host at a time: fetched, read, placed in stories and stored.

A source that fails hurts no other: each check ends in a Report.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

from ..errors import NotStarted, SourceError, StoreError, Unreadable
from ..gather.fetching.turns import HostTurns
from ..model.articles import Counts
from ..model.sources import Source, SourceId
from ..ports import Clock, Fetcher, Parser, SourceStore
from .brought import afforded, aged, date_of, drafts_of, hash_of, worded
from .checked import INTERVAL, SOON, answered, ends_round, failed
from .intake import Intake
from .pages import Pages

SPACING = timedelta(seconds=1)  # between two requests to one host
_DUE_AT_ONCE = 1_000  # sources
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Report:
    """What the check of one source, or the reading of one file, came to."""

    name: str
    counts: Counts
    error: str | None = None
    # Nothing more is asked of its host for now; if it is a reader's own source, nothing more of that
    # reader's.
    ends_round: bool = False
    is_stopped: bool = False  # it is switched off until somebody switches it on again
    fault: Exception | None = None  # an unexpected one of ours that made it fail
    # New entries of a reader's source that have to wait, since the reader has had enough for today.
    left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What checking a source takes, beside the store of sources."""

    clock: Clock
    fetcher: Fetcher
    parser: Parser
    turns: HostTurns
    intake: Intake
    pages: Pages | None = None  # without it no full text is fetched


async def ingest_host(host: str, *, sources: SourceStore, means: Means) -> tuple[Report, ...]:
    """Checks the due sources of one host, one after the other, and gives a report of each.

    ``host`` includes the port, as it stands in the addresses. Sources that become due meanwhile are checked
    as well. When the host does not answer, or asks to be left alone, its other sources stay due. If that
    happens with a reader's own source, it holds only for that reader's sources: the reader chose the
    address.
    """
    reports: dict[SourceId, Report] = {}
    turned_away: set[int | None] = set()  # readers; None is everybody
    while True:
        due = await sources.due(means.clock.now(), limit=_DUE_AT_ONCE, host=host)
        left = [one for one in due if one.id not in reports and one.owner not in turned_away]
        if not left or None in turned_away:
            return tuple(reports.values())
        for source in left:
            if turned_away & {source.owner, None}:
                continue
            report = await ingest_source(source, means)
            reports[source.id] = report
            if report.ends_round:
                turned_away.add(source.owner)


async def due_hosts(*, clock: Clock, sources: SourceStore) -> tuple[str, ...]:
    """The hosts that have a due source, longest waiting first."""
    due = await sources.due(clock.now(), limit=_DUE_AT_ONCE)
    return tuple(dict.fromkeys(urlsplit(source.url).netloc for source in due))


async def ingest_source(source: Source, means: Means) -> Report:
    """The report of one check of one source. Its outcome is stored, whatever it is.

    Raises StoreError if the database fails, NotStarted if nothing can be parsed; the source then stays due.
    """
    now = means.clock.now()
    try:
        counts, left = await _checked(source, means, now)
    except SourceError as error:
        return await _failed(source, error, means.intake, now)
    except (StoreError, NotStarted):
        raise
    except Exception as fault:
        # A source that stayed due with our fault would hold up all others of its host for good.
        unread = Unreadable(f"reading it failed: {type(fault).__name__}: {fault}")
        return replace(await _failed(source, unread, means.intake, now), fault=fault)
    return Report(source.outlet.name, counts, left=left)


async def _checked(source: Source, means: Means, now: datetime) -> tuple[Counts, int]:
    """What was stored, and how many new entries its reader may not have stored today."""
    intake, turns = means.intake, means.turns
    async with turns.at(source.url):
        fetched = await means.fetcher.fetch(
            source.url, etag=source.etag, last_modified=source.last_modified
        )
    drafts = await drafts_of(fetched, source, means.fetcher, means.parser, turns, now)
    newest_at = max(filter(None, map(date_of, drafts)), default=None)
    unknown = partial(intake.unknown, owner=source.owner)
    news = partial(intake.news, source=source.id, owner=source.owner)
    drafts = await aged(drafts, source, now, unknown=unknown)
    amount = partial(intake.amount, start=now - _DAY)
    few, left = await afforded(drafts, source, news=news, amount=amount)
    told = await worded(few, source, means.pages, turns, news=news)
    outcome = answered(
        source,
        fetched,
        now,
        body_hash=hash_of(fetched.body) if fetched.body else source.body_hash,
        newest_at=newest_at,
        is_whole=len(told) == len(drafts) and not left,
        again=INTERVAL if left else SOON,
    )
    counts = await intake.take(
        told, seen_at=now, source=source.id, outcome=outcome, owner=source.owner
    )
    return counts, left


async def _failed(source: Source, error: SourceError, intake: Intake, now: datetime) -> Report:
    outcome = failed(source, error, now)
    await intake.take((), seen_at=now, outcome=outcome, owner=source.owner)
    return Report(
        source.outlet.name,
        Counts(failed=1),
        str(error),
        ends_round=ends_round(error),
        is_stopped=outcome.stops,
    )
