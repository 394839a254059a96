"""Parts of the engine that another may take the place of."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol


class Grouper(Protocol):
    """Weighs the stories of the last days again before they are told."""

    async def regroup(self, now: datetime) -> int:
        """How many articles were moved to another story; none of a story that was shown."""


class Summariser(Protocol):
    """Chooses sentences. Pure: the same input gives the same choice."""

    def __call__(self, documents: Sequence[Sequence[str]], count: int) -> tuple[int, ...]:
        """Indices of at most ``count`` sentences, best first, counted over all documents in order."""
