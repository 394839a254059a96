"""Parts of the engine that can be exchanged."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol


class Grouper(Protocol):
    """Weighs the stories of the last days again before they are told."""

    async def regroup(self, now: datetime) -> int:
        """Weigh the stories again. Returns how many articles were moved; none of a story that was shown."""


class Summariser(Protocol):
    """Chooses sentences. Pure: the same input gives the same choice."""

    def __call__(self, documents: Sequence[Sequence[str]], count: int) -> tuple[int, ...]:
        """Indices of at most ``count`` sentences, best first, counted through all documents in order."""
