"""Stores subscriptions, each change under a new version."""

from sqlalchemy import (
    Insert,
    exists,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model.chats import Chat

from ..tables import INSERT, chats
from .chat_rows import chat_columns

CHANGED = {"version": chats.c.version + 1}


def upsert(dialect: str) -> Insert:
    """The statement that stores a subscription, new or not; ``dialect`` is a key of ``INSERT``."""
    new = INSERT[dialect](chats)
    given = {column.name: new.excluded[column.name] for column in chats.c}
    del given["history"]  # what was shown was shown
    return new.on_conflict_do_update(index_elements=["id", "thread"], set_={**given, **CHANGED})


async def write_chat(connection: AsyncConnection, chat: Chat, read: int) -> bool:
    """Write the chat. Returns whether the stored version was the one that was read."""
    if read == 0:
        known = exists().where(chats.c.id == chat.id, chats.c.thread == chat.thread)
        if await connection.scalar(select(known)):
            return False
        await connection.execute(insert(chats).values(chat_columns(chat)))
        return True
    here = update(chats).where(
        chats.c.id == chat.id, chats.c.thread == chat.thread, chats.c.version == read
    )
    back = {"gone_at": None} if chat.active else {}
    return (await connection.execute(here.values({**chat_columns(chat), **back}))).rowcount > 0
