"""The store of sources: the feeds that are read, and how each stands."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from ..model.sources import FullText, NewSource, Source, SourceId


class SourceStore(Protocol):
    """The feeds, and how each stands."""

    async def add(self, source: NewSource, *, now: datetime) -> Source:
        """Store a source, due at once.

        Raises Conflict if all who would read it have the address already: among the public sources, or
        among the owner's own.
        """

    async def all(self, *, reader: int | None = None) -> tuple[Source, ...]:
        """Every public source, and the reader's own, by outlet name."""

    async def own(self) -> tuple[Source, ...]:
        """The sources that readers added for themselves, by outlet name; for the operator."""

    async def due(
        self, now: datetime, *, limit: int, host: str | None = None
    ) -> tuple[Source, ...]:
        """Enabled sources whose next check has come, of one host or all, longest waiting first.

        A source that last answered more than an hour after ``now`` is due too: the clock was set back.
        """

    async def ask_now(self, those: Sequence[SourceId], *, now: datetime) -> None:
        """Make the enabled ones of them due at ``now``, or as soon as they allow; earlier times stay."""

    async def remove(self, url: str, *, owner: int | None = None) -> bool:
        """Remove a public source, or that reader's own. Returns whether there was one.

        The articles of a public source stay, those of a reader's own go.
        """

    async def enable(self, url: str, *, enabled: bool, owner: int | None = None) -> bool:
        """Switch a source on or off. Returns whether there was such a source.

        When it is switched on, its grave answers are forgotten.
        """

    async def take_text(self, source: SourceId, full_text: FullText) -> bool:
        """Set where the text of a source's new articles is from. Returns whether there was such a source."""

    async def adopt(self, source: SourceId) -> bool:
        """Make a reader's own source public, due at once as if never read. Returns whether there was one.

        The articles that it brought the reader are removed. Raises Conflict if the address is public
        already.
        """
