"""The worker's loop around the queue."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from structlog.testing import capture_logs

from bot.run.working import work
from digest.errors import StoreError
from digest.model.work import Job


class Shaky:
    """A queue that is out of reach at first."""

    def __init__(self) -> None:
        self.tries = 0

    async def put(self, jobs: Sequence[Job]) -> None: ...

    async def work(
        self, handlers: Mapping[str, Callable[[str], Awaitable[None]]], *, stop: asyncio.Event
    ) -> None:
        self.tries += 1
        if self.tries == 1:
            asyncio.get_running_loop().call_later(0.01, stop.set)
            raise StoreError("the database cannot be reached")

    async def tidy(self) -> None: ...


async def test_a_queue_out_of_reach_is_said_and_waited_for_until_the_end() -> None:
    jobs = Shaky()
    with capture_logs() as logged:
        await work(jobs, {}, asyncio.Event())
    assert [line["event"] for line in logged] == ["queue out of reach"]
    assert jobs.tries == 1
