"""What is forgotten: old articles and digests, letters, and all of who cannot be reached any more.

By the dates of feeds where the clock is later than these: on one that was a year ahead after a boot, all
that was stored went at once.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from digest.ingest.checked import DOUBTED, today_of
from digest.ports import Clock, SourceStore

from .wiring import Stores

log = structlog.get_logger(__name__)

_GONE_FOR = timedelta(days=30)  # then the data of who cannot be reached is deleted


def pruning(stores: Stores, clock: Clock, age: timedelta) -> Callable[[str], Awaitable[None]]:
    """What forgets articles, digests and chats; told what it is about, which is nothing."""

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
    """What forgets letters to the operators."""

    async def tick() -> None:
        today = await _today(stores.sources, clock)
        await stores.people.forget_old(clock.now(), today=today)

    return tick


async def _today(sources: SourceStore, clock: Clock) -> datetime:
    return today_of(await sources.all(), clock.now())
