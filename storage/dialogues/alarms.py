"""Alarms that somebody is still to be told of."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from digest import ports
from digest.model.delivery import Untold

from ..database.engine import asking, writing
from ..tables import INSERT, alarms

IN_HAND = timedelta(minutes=5)  # longer than all owners take who are told one after the other


class SqlAlarmStore:
    """The alarms in a SQL database."""

    def __init__(self, *, engine: AsyncEngine) -> None:
        self._engine = engine

    async def put(self, alarm: Untold, not_before: datetime | None = None) -> None:
        """Keep what is to be told, in place of one of its kind that the chat was not told yet."""
        key = {"chat": alarm.chat, "kind": alarm.kind}
        said = {"html": alarm.html, "not_before": not_before}
        async with writing(self._engine) as connection:
            new = INSERT[connection.dialect.name](alarms).values(**key, **said)
            await connection.execute(new.on_conflict_do_update(index_elements=key, set_=said))

    async def take(self, now: datetime) -> tuple[Untold, ...]:
        """The alarms to be told now, by chat and kind; for five minutes nobody else gets them."""
        free = or_(alarms.c.not_before.is_(None), alarms.c.not_before <= now)
        async with asking(self._engine) as connection:  # every other second, and mostly in vain
            if not await connection.scalar(select(exists().where(free))):
                return ()
        hold = update(alarms).where(free).values(not_before=now + IN_HAND)
        async with writing(self._engine) as connection:
            found = await connection.execute(
                hold.returning(alarms.c.chat, alarms.c.kind, alarms.c.html)
            )
            return tuple(Untold(*row) for row in sorted(map(tuple, found)))

    async def told(self, alarm: Untold) -> None:
        """Forget the alarm, but not one that has come in its place meanwhile."""
        here = (alarms.c.chat == alarm.chat, alarms.c.kind == alarm.kind)
        async with writing(self._engine) as connection:
            await connection.execute(delete(alarms).where(*here, alarms.c.html == alarm.html))

    async def is_kept(self, kind: str) -> bool:
        """Whether an alarm of that kind waits, to be told now or later."""
        async with asking(self._engine) as connection:
            return bool(await connection.scalar(select(exists().where(alarms.c.kind == kind))))

    async def free(self, kind: str, now: datetime) -> bool:
        """Whether an alarm of that kind was kept for later; it is to be told now."""
        later = (alarms.c.kind == kind, alarms.c.not_before > now + IN_HAND)
        async with asking(self._engine) as connection:  # again and again, and mostly in vain
            if not await connection.scalar(select(exists().where(*later))):
                return False
        async with writing(self._engine) as connection:
            freed = update(alarms).where(*later).values(not_before=None)
            return (await connection.execute(freed)).rowcount > 0


if TYPE_CHECKING:
    _alarms: type[ports.AlarmStore] = SqlAlarmStore
