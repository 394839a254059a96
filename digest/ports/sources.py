"""What is read: the feeds, and how each stands."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from ..model.sources import FullText, NewSource, Source, SourceId


class SourceStore(Protocol):
    """The feeds, and how each stands."""

    async def add(self, source: NewSource, *, now: datetime) -> Source:
        """The source stored, due at once.

        Raises Conflict if the address is known already to all who would read it: among the public
        sources, or among the owner's own.
        """

    async def all(self, *, reader: int | None = None) -> tuple[Source, ...]:
        """Every public source, and the reader's own, by outlet name."""

    async def own(self) -> tuple[Source, ...]:
        """The sources that readers added for themselves, by outlet name; for the operator."""

    async def due(
        self, now: datetime, *, limit: int, host: str | None = None
    ) -> tuple[Source, ...]:
        """Enabled sources whose next check has come, of one host or all, longest waiting first.

        One that answered more than an hour from ``now`` is due as well: the clock was set back.
        """

    async def ask_now(self, those: Sequence[SourceId], *, now: datetime) -> None:
        """Those of them that are enabled are due at ``now``, or as soon as no promise keeps them.

        What is due before stays so.
        """

    async def remove(self, url: str, *, owner: int | None = None) -> bool:
        """Whether there was such a source, public or that reader's own.

        The articles of a public one stay, those of a reader's own go.
        """

    async def enable(self, url: str, *, enabled: bool, owner: int | None = None) -> bool:
        """Whether there was such a source; ``enabled`` says whether it is read from now on.

        Switched on, its grave answers are forgotten.
        """

    async def take_text(self, source: SourceId, full_text: FullText) -> bool:
        """Whether there was such a source; what is new in it has its words from there from now on."""

    async def adopt(self, source: SourceId) -> bool:
        """Whether a reader's own source was made everybody's; it is due at once, as if never read.

        Its articles as the reader's own go. Raises Conflict if the address is public already.
        """
