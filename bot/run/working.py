"""The worker: looks what is due and hands it out as jobs, and does the jobs that come, its own or others'.

A job may be done twice, and one that is lost is made again from the tables at the next look.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import timedelta

import structlog

from digest.deliver.alerts import queue_alerts
from digest.deliver.queueing import queue_due
from digest.errors import StoreError
from digest.ingest.hosts import Means, due_hosts, ingest_host
from digest.model.work import Job
from digest.ports import Jobs

from ..intake.inbox import Inbox
from ..talk.troubles import Missed
from . import rendering, wiring
from .first_round import FirstRound
from .forgetting import letters, pruning
from .planning import planning
from .scheduler import Tick
from .wiring import House

log = structlog.get_logger(__name__)

Handler = Callable[[str], Awaitable[None]]

_INGEST_EVERY = timedelta(seconds=60)
# Six times this after the placing process ended, another takes over.
_PLACE_EVERY = timedelta(seconds=0.5)
_GROUP_EVERY = timedelta(seconds=10)
# How long before the first digest stories are weighed again: 10,000 articles take 0.6 s.
_AHEAD = timedelta(seconds=60)
_QUEUE_EVERY = timedelta(seconds=10)  # the latest that a digest waits after its minute
_ALERT_EVERY = timedelta(seconds=60)  # as often as sources are read
_INBOX_EVERY = timedelta(seconds=5)
_PRUNE_EVERY = timedelta(hours=24)
_LETTERS_EVERY = timedelta(hours=1)
_PLAN_EVERY = timedelta(hours=1)  # the longest that a digest is late after the clock was days ahead
_TIDY_EVERY = timedelta(minutes=10)
_AGAIN = 1.0  # seconds between two tries to reach the queue


def looks(house: House) -> tuple[Tick, ...]:
    """The ticks that hand out what is due, and the one for the inbox, a folder of this machine."""
    jobs = house.stores.jobs
    ticks: tuple[Tick, ...] = (
        Tick("ingest", _INGEST_EVERY, _hand_out_hosts(house)),
        Tick("queue", _QUEUE_EVERY, _hand_out(jobs, Job("queue", urgency=2))),
        Tick("alert", _ALERT_EVERY, _hand_out(jobs, Job("alert", urgency=1))),
        Tick("prune", _PRUNE_EVERY, _hand_out(jobs, Job("prune"))),
        Tick("letters", _LETTERS_EVERY, letters(house.stores, house.clock)),
        Tick("plan", _PLAN_EVERY, planning(house.stores, house.clock)),
        Tick("tidy", _TIDY_EVERY, jobs.tidy),
        Tick("place", _PLACE_EVERY, _place(house)),
    )
    if wiring.takes_many(house.settings.database_url):
        ticks = (*ticks, Tick("group", _GROUP_EVERY, _group(house)))
    if house.settings.inbox is None:
        return ticks
    watched = Inbox(
        house.settings.inbox, clock=house.clock, intake=house.intake, parser=house.parser
    )
    return (*ticks, Tick("inbox", _INBOX_EVERY, _inbox(watched)))


def handlers(house: House, username: str) -> Mapping[str, Handler]:
    """What to do for each kind of job. Only "fetch" is about something, a host."""
    age = timedelta(days=house.settings.retention_days)
    return {
        "fetch": _fetch(house),
        "queue": _queue(house, username),
        "alert": _alert(house, username),
        "prune": pruning(house.stores, house.clock, age),
    }


async def work(jobs: Jobs, done: Mapping[str, Handler], stop: asyncio.Event) -> None:
    """Do jobs until ``stop``; if the queue is out of reach, try again."""
    while not stop.is_set():
        try:
            await jobs.work(done, stop=stop)
        except StoreError as error:
            log.warning("queue out of reach", reason=str(error))
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), _AGAIN)


def _hand_out(jobs: Jobs, job: Job) -> Callable[[], Awaitable[None]]:
    async def tick() -> None:
        await jobs.put([job])

    return tick


def _hand_out_hosts(house: House) -> Callable[[], Awaitable[None]]:
    async def tick() -> None:
        hosts = await due_hosts(clock=house.clock, sources=house.stores.sources)
        if hosts:
            await house.stores.jobs.put([Job("fetch", host) for host in hosts])

    return tick


def _place(house: House) -> Callable[[], Awaitable[None]]:
    async def tick() -> None:
        await house.intake.place_what_waits(house.clock.now())

    return tick


def _group(house: House) -> Callable[[], Awaitable[None]]:
    """Weigh stories again before digests are due: any process may compose, but one alone can do this."""

    async def tick() -> None:
        now = house.clock.now()
        if await house.stores.chats.due(now + _AHEAD, limit=1):
            await house.intake.regroup(now)

    return tick


def _fetch(house: House) -> Handler:
    async def fetch(host: str) -> None:
        reports = await ingest_host(
            host,
            sources=house.stores.sources,
            means=Means(
                clock=house.clock,
                fetcher=house.fetcher,
                parser=house.parser,
                turns=house.turns,
                intake=house.intake,
                pages=house.pages,
            ),
        )
        for report in reports:
            tell = log.warning if report.is_stopped or report.fault else log.info
            tell(
                "source stopped" if report.is_stopped else "source",
                name=report.name,
                new=report.counts.new,
                error=report.error,
                exc_info=report.fault,
                **({"waiting": report.left} if report.left else {}),
            )

    return fetch


def _queue(house: House, username: str) -> Handler:
    """Queue digests in the ledger, for the sender, which a crowd may keep busy for long."""
    render = rendering.renderer(username)
    first_round = FirstRound(house.stores.sources, house.clock)

    async def queue(_about: str) -> None:
        if await first_round.is_under_way():
            return
        queued = await queue_due(
            clock=house.clock,
            chats=house.stores.chats,
            articles=house.stores.articles,
            ledger=house.stores.ledger,
            grouper=house.intake,
            render=render,
            missed=Missed(chats=house.stores.chats, untold=house.stores.alarms),
        )
        if queued:
            log.info("queued", digests=queued)

    return queue


def _alert(house: House, username: str) -> Handler:
    """Queue alerts in the ledger, for the sender."""
    render = rendering.alert_renderer(username)

    async def alert(_about: str) -> None:
        queued = await queue_alerts(
            clock=house.clock,
            chats=house.stores.chats,
            articles=house.stores.articles,
            ledger=house.stores.ledger,
            render=render,
        )
        if queued:
            log.info("alerts", queued=queued)

    return alert


def _inbox(inbox: Inbox) -> Callable[[], Awaitable[None]]:
    async def tick() -> None:
        async for report in inbox.tick():
            say = log.warning if report.error else log.info
            say("file", name=report.name, new=report.counts.new, error=report.error)

    return tick
