"""Which of Telegram's updates have been handled."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncEngine

from digest import ports

from .engine import reading, writing
from .tables import INSERT, updates

KEPT = timedelta(days=2)  # Telegram keeps what is not confirmed for one


class SqlUpdateStore:
    """The handled updates in a SQL database."""

    def __init__(self, *, engine: AsyncEngine) -> None:
        self._engine = engine

    async def is_known(self, update: int) -> bool:
        """Whether it was handled."""
        known = select(exists().where(updates.c.id == update))
        async with reading(self._engine) as connection:
            return bool(await connection.scalar(known))

    async def handled(self, update: int, *, now: datetime) -> None:
        """Record it; those of more than two days ago are forgotten."""
        async with writing(self._engine) as connection:
            new = INSERT[connection.dialect.name](updates).on_conflict_do_nothing()
            await connection.execute(new, {"id": update, "at": now})
            await connection.execute(delete(updates).where(updates.c.at < now - KEPT))


if TYPE_CHECKING:
    _updates: type[ports.UpdateStore] = SqlUpdateStore
