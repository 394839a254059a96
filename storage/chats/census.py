"""How many read: what a count needs of the subscriptions, and no more."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import case, distinct, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from digest import ports
from digest.model.chats import Subscriptions

from ..database.engine import reading
from ..deliveries.broadcasting import hears
from ..tables import chats


class SqlCensus:
    """The counts in a SQL database."""

    def __init__(self, *, engine: AsyncEngine) -> None:
        self._engine = engine

    async def subscriptions(self) -> Subscriptions:
        """The number of all subscriptions."""
        active = func.sum(case((chats.c.active, 1), else_=0))
        query = select(chats.c.kind, func.count(), active).group_by(chats.c.kind)
        async with reading(self._engine) as connection:
            counted = (await connection.execute(query)).all()
        return Subscriptions(
            {kind: count for kind, count, _ in counted}, sum(active for *_, active in counted)
        )

    async def hearing(self, now: datetime) -> int:
        """How many chats a broadcast reaches."""
        query = select(func.count(distinct(chats.c.id))).where(hears(now))
        async with reading(self._engine) as connection:
            return await connection.scalar(query) or 0


if TYPE_CHECKING:
    _census: type[ports.Census] = SqlCensus
