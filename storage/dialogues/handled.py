"""Which of Telegram's updates have been handled."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from digest import ports

from ..database.engine import reading, writing
from ..news.sources import SKEW
from ..tables import INSERT, updates

KEPT = timedelta(days=2)  # Telegram keeps what is not confirmed for one
IN_HAND = timedelta(seconds=30)  # three renewals missed: then its bot has died


class SqlUpdateStore:
    """The handled updates in a SQL database."""

    def __init__(self, *, engine: AsyncEngine) -> None:
        self._engine = engine

    async def is_known(self, update: int) -> bool:
        """Whether the update was handled."""
        known = select(exists().where(updates.c.id == update, updates.c.done))
        async with reading(self._engine) as connection:
            return bool(await connection.scalar(known))

    async def claim(self, update: int, *, now: datetime) -> ports.ClaimOutcome:
        """ "ours": to be handled here. "handled": before. "elsewhere": another process has it."""
        async with writing(self._engine) as connection:
            new = INSERT[connection.dialect.name](updates)
            old = or_(updates.c.at < now - IN_HAND, updates.c.at > now + SKEW)
            left = ~updates.c.done & old
            claimed = new.on_conflict_do_update(
                index_elements=[updates.c.id], set_={"at": now}, where=left
            ).returning(updates.c.id)
            values = {"id": update, "at": now, "done": False}
            if await connection.scalar(claimed, values) is not None:
                return "ours"
            done = select(updates.c.done).where(updates.c.id == update)
            return "handled" if await connection.scalar(done) else "elsewhere"

    async def renew(self, update: int, *, now: datetime) -> None:
        """Record that a claimed update is still in hand."""
        claimed = updates.update().where(updates.c.id == update, ~updates.c.done)
        async with writing(self._engine) as connection:
            await connection.execute(claimed.values(at=now))

    async def handled(self, update: int, *, now: datetime) -> None:
        """Record it; those of more than two days ago are forgotten."""
        async with writing(self._engine) as connection:
            new = INSERT[connection.dialect.name](updates).on_conflict_do_update(
                index_elements=[updates.c.id], set_={"done": True}
            )
            await connection.execute(new, {"id": update, "at": now, "done": True})
            await connection.execute(delete(updates).where(updates.c.at < now - KEPT))


if TYPE_CHECKING:
    _updates: type[ports.UpdateStore] = SqlUpdateStore
