"""A round over all that is due, as the workers' jobs make it, host by host, but in the test's own hands."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

from digest.gather.fetching.turns import HostTurns
from digest.ingest.hosts import Means, Report, due_hosts, ingest_host
from digest.ingest.intake import Intake
from digest.ingest.pages import Pages
from digest.ports import Clock, Fetcher, Parser, SourceStore


async def ingest_round(
    *,
    clock: Clock,
    sources: SourceStore,
    fetcher: Fetcher,
    parser: Parser,
    intake: Intake,
    pages: Pages | None = None,
    spacing: timedelta = timedelta(0),
) -> AsyncIterator[Report]:
    """Reports of every source that is due, as its host is done.

    What goes wrong unexpectedly is raised once all other hosts are done.
    """
    means = Means(
        clock=clock,
        fetcher=fetcher,
        parser=parser,
        turns=HostTurns(spacing),
        intake=intake,
        pages=pages,
    )
    hosts = await due_hosts(clock=clock, sources=sources)
    working = [
        asyncio.create_task(ingest_host(host, sources=sources, means=means)) for host in hosts
    ]
    faults: list[Exception] = []
    for done in asyncio.as_completed(working):
        try:
            reports = await done
        except Exception as fault:
            faults.append(fault)
            continue
        for report in reports:
            yield report
    if faults:
        raise faults[0]
