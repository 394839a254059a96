"""What readers wrote to the operators, and who is turned away."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Delete, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from digest import ports
from digest.model.chats import LetterId, Standing

from ..database.engine import reading, writing
from ..tables import INSERT, banned, letters

A_DAY = 3  # letters of one chat; whoever has more to say can say it tomorrow
KEPT = timedelta(days=90)
# Of an alias, so that with a look each hour nothing of it is kept for longer than a day.
KEPT_OF_ALIAS = timedelta(hours=23)

_ERASED = ""  # in place of the words; a letter has some


class SqlPeopleStore:
    """Letters and bans in a SQL database."""

    def __init__(self, *, engine: AsyncEngine) -> None:
        self._engine = engine

    async def write(self, chat: int, words: str, *, alias: int, now: datetime) -> LetterId | None:
        """Store a letter; its number, or None if the chat or its ``alias`` has written three within a day."""
        columns = letters.c
        own = select(func.count()).where(
            columns.chat.in_((chat, alias)), columns.written_at > now - timedelta(days=1)
        )
        async with writing(self._engine) as connection:
            await connection.execute(_of_aliases(now))
            if (await connection.scalar(own) or 0) >= A_DAY:
                return None
            row = {"chat": chat, "words": words, "written_at": now, "passed_on": False}
            stored = await connection.execute(insert(letters).values(row).returning(columns.id))
            return LetterId(stored.scalar_one())

    async def forget(self, chat: int, *, alias: int, now: datetime) -> None:
        """Erase a chat's letters. The ``alias`` keeps the count of recent ones, without words."""
        own = update(letters).where(letters.c.chat == chat)
        async with writing(self._engine) as connection:
            await connection.execute(own.values(chat=alias, words=_ERASED, passed_on=True))
            await connection.execute(_of_aliases(now))

    async def forget_old(self, now: datetime, *, today: datetime) -> None:
        """Erase letters older than 90 days by ``today``, and the counts of an alias after some 23 hours."""
        async with writing(self._engine) as connection:
            await connection.execute(_of_aliases(now))
            await connection.execute(delete(letters).where(letters.c.written_at < today - KEPT))

    async def pass_on(self, letter: LetterId, chat: int) -> str | None:
        """The words of a chat's letter the first time they are asked for; None afterwards."""
        columns = letters.c
        own = (columns.id == letter, columns.chat == chat, columns.passed_on.is_(False))
        query = update(letters).where(*own).values(passed_on=True).returning(columns.words)
        async with writing(self._engine) as connection:
            words: str | None = await connection.scalar(query)
            return words

    async def withdraw(self, letter: LetterId, chat: int) -> bool:
        """Delete a chat's letter that was not passed on yet. Returns whether there was one."""
        columns = letters.c
        own = (columns.id == letter, columns.chat == chat, columns.passed_on.is_(False))
        async with writing(self._engine) as connection:
            gone = await connection.execute(delete(letters).where(*own))
            return gone.rowcount > 0

    async def ban(self, who: int, *, now: datetime) -> bool:
        """Turn a person or chat away from now on. Returns whether they were not turned away before."""
        async with writing(self._engine) as connection:
            new = INSERT[connection.dialect.name](banned).values(id=who, banned_at=now, told=False)
            added = await connection.execute(new.on_conflict_do_nothing(index_elements=["id"]))
            return added.rowcount > 0

    async def unban(self, who: int) -> bool:
        """Let a person or chat in again. Returns whether they were turned away."""
        async with writing(self._engine) as connection:
            gone = await connection.execute(delete(banned).where(banned.c.id == who))
            return gone.rowcount > 0

    async def standing(self, who: Sequence[int]) -> Standing:
        """Whether one of a person and a chat is turned away, and whether they have been told."""
        query = select(banned.c.told).where(banned.c.id.in_(who))
        async with reading(self._engine) as connection:
            found = tuple(await connection.scalars(query))
        if not found:
            return "welcome"
        return "told" if all(found) else "banned"

    async def told(self, who: Sequence[int]) -> None:
        """Remember that they have been told that they are turned away."""
        async with writing(self._engine) as connection:
            await connection.execute(update(banned).where(banned.c.id.in_(who)).values(told=True))


def _of_aliases(now: datetime) -> Delete:
    is_alias = letters.c.words == _ERASED
    return delete(letters).where(is_alias, letters.c.written_at <= now - KEPT_OF_ALIAS)


if TYPE_CHECKING:
    _people: type[ports.PeopleStore] = SqlPeopleStore
