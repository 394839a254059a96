"""Jobs that several workers share."""

from asyncio import Event
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol

from ..model.work import Job


class Jobs(Protocol):
    """Hands work out to workers: one does a job at a time, and another does it again if that one dies."""

    async def put(self, jobs: Sequence[Job]) -> None:
        """Hand out jobs."""

    async def work(
        self, handlers: Mapping[str, Callable[[str], Awaitable[None]]], *, stop: Event
    ) -> None:
        """Do jobs by their names, each with what it is about, until ``stop``; those under way are finished.

        A job that fails is logged and gone: whoever looks what is due makes it again. Raises StoreError if
        the queue cannot be reached any more.
        """

    async def tidy(self) -> None:
        """Forget the jobs that are done."""
