"""What chats were offered by buttons and may still take up."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Select, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from digest import ports

from ..database.engine import reading, writing
from ..tables import offers

GOOD_FOR = timedelta(days=1)
MOST = 20  # offers kept a chat; a person takes up the last one or two


class SqlOfferStore:
    """The offers in a SQL database."""

    def __init__(self, *, engine: AsyncEngine) -> None:
        self._engine = engine

    async def put(self, chat: int, kind: str, content: str, *, now: datetime) -> int:
        """The number of the offer; what is out of date goes on the way, whoever's it is."""
        new = {"chat": chat, "kind": kind, "content": content, "expires_at": now + GOOD_FOR}
        mine = select(offers.c.id).where(offers.c.chat == chat)
        latest = mine.order_by(offers.c.id.desc()).limit(MOST)
        async with writing(self._engine) as connection:
            added = await connection.execute(insert(offers).values(new).returning(offers.c.id))
            number: int = added.scalar_one()
            await connection.execute(delete(offers).where(offers.c.expires_at <= now))
            await connection.execute(
                delete(offers).where(offers.c.chat == chat, offers.c.id.not_in(latest))
            )
            return number

    async def get(self, chat: int, kind: str, number: int, *, now: datetime) -> str | None:
        """What this chat was offered under that number; None if that is another chat's or too old."""
        query = select(offers.c.content).where(
            offers.c.id == number,
            offers.c.chat == chat,
            offers.c.kind == kind,
            offers.c.expires_at > now,
        )
        async with reading(self._engine) as connection:
            content: str | None = await connection.scalar(query)
            return content

    async def amend(self, chat: int, kind: str, number: int, content: str) -> None:
        """Change what an offer holds; nothing happens if it is gone or another chat's."""
        mine = (offers.c.id == number, offers.c.chat == chat, offers.c.kind == kind)
        async with writing(self._engine) as connection:
            await connection.execute(update(offers).where(*mine).values(content=content))

    async def newest(self, chat: int, kind: str, *, now: datetime) -> str | None:
        """The latest offer of its kind to this chat; None if there is none or it is too old."""
        async with reading(self._engine) as connection:
            content: str | None = await connection.scalar(_held(chat, kind, now).limit(1))
            return content

    async def every(self, chat: int, kind: str, *, now: datetime) -> tuple[str, ...]:
        """All valid offers of their kind to this chat, latest first."""
        async with reading(self._engine) as connection:
            return tuple(await connection.scalars(_held(chat, kind, now)))


def _held(chat: int, kind: str, now: datetime) -> Select[tuple[str]]:
    mine = (offers.c.chat == chat, offers.c.kind == kind, offers.c.expires_at > now)
    return select(offers.c.content).where(*mine).order_by(offers.c.id.desc())


if TYPE_CHECKING:
    _offers: type[ports.OfferStore] = SqlOfferStore
