"""What a clock that was ahead has planned, covered and dated is put right once the clock is."""

from collections.abc import Awaitable, Callable

import structlog

from digest.deliver.queueing import plan_anew
from digest.ingest.checked import is_behind
from digest.ports import Clock

from .wiring import Stores

log = structlog.get_logger(__name__)


def planning(stores: Stores, clock: Clock) -> Callable[[], Awaitable[None]]:
    """The tick; by a clock that is behind, as before it is put right after a boot, nothing is changed."""

    async def tick() -> None:
        if is_behind(await stores.sources.all(), clock.now()):
            log.warning("the clock is behind what feeds date", clock=clock.now())
            return
        planned = await plan_anew(
            clock=clock, chats=stores.chats, articles=stores.articles, ledger=stores.ledger
        )
        if planned:
            log.warning("planned anew what a clock ahead had planned", chats=planned)

    return tick
