"""Deletes old articles, digests and letters, and the data of chats that have been out of reach for a month.

Where the clock is later than every date in the feeds, those dates count: a clock that was a year ahead after
a boot made everything old at once.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from digest.ingest.checked import DOUBTED, today_of
from digest.ports import Clock, SourceStore

from .wiring import Stores

log = structlog.get_logger(__name__)

_GONE_FOR = timedelta(days=30)  # after which the data of chats that cannot be reached is deleted


def pruning(stores: Stores, clock: Clock, age: timedelta) -> Callable[[str], Awaitable[None]]:
    """A job that deletes what is older than ``age``, and the data of chats that are gone."""

    async def prune(_about: str) -> None:
        today = await _today(stores.sources, clock)
        if clock.now() - today >= DOUBTED:
            log.warning("forgetting by the dates of feeds", clock=clock.now(), newest=today)
        before = today - age
        articles, slots = await stores.articles.prune(before), await stores.ledger.prune(before)
        gone = await stores.chats.purge(today - _GONE_FOR)
        if articles or slots or gone:
            log.info("pruned", articles=articles, slots=slots, gone=gone)

    return prune


def letters(stores: Stores, clock: Clock) -> Callable[[], Awaitable[None]]:
    """A tick that deletes old letters to the operators."""

    async def tick() -> None:
        today = await _today(stores.sources, clock)
        await stores.people.forget_old(clock.now(), today=today)

    return tick


async def _today(sources: SourceStore, clock: Clock) -> datetime:
    return today_of(await sources.all(), clock.now())
