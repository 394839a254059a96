"""What chats were offered by buttons and may still take up."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from digest import ports

from .engine import reading, writing
from .tables import offers

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
        """What was offered to this chat under that number; None where it is another's or too old."""
        query = select(offers.c.content).where(
            offers.c.id == number,
            offers.c.chat == chat,
            offers.c.kind == kind,
            offers.c.expires_at > now,
        )
        async with reading(self._engine) as connection:
            content: str | None = await connection.scalar(query)
            return content

    async def newest(self, chat: int, kind: str, *, now: datetime) -> str | None:
        """The last of its kind that this chat was offered; None where there is none or it is too old."""
        query = (
            select(offers.c.content)
            .where(offers.c.chat == chat, offers.c.kind == kind, offers.c.expires_at > now)
            .order_by(offers.c.id.desc())
            .limit(1)
        )
        async with reading(self._engine) as connection:
            content: str | None = await connection.scalar(query)
            return content


if TYPE_CHECKING:
    _offers: type[ports.OfferStore] = SqlOfferStore
