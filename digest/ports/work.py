"""Jobs that several workers share."""

from asyncio import Event
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol

from ..model.work import Job


class Jobs(Protocol):
    """Work handed out to workers: a job is done by one at a time, and again where that one has died."""

    async def put(self, jobs: Sequence[Job]) -> None:
        """Hand out jobs."""

    async def work(
        self, handlers: Mapping[str, Callable[[str], Awaitable[None]]], *, stop: Event
    ) -> None:
        """Do jobs by their names, each with what it is about, until ``stop``; those in hand are finished.

        A job that fails is logged and gone: whoever looks what is due makes it anew. Raises
        StoreError when the queue cannot be reached any more.
        """

    async def tidy(self) -> None:
        """Forget what was done."""
