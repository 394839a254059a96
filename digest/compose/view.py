"""Which articles a chat sees: whose own sources beside the public ones, and from when on. Pure."""

from datetime import datetime, timedelta

from ..model.chats import Chat
from ..model.digests import Window

FIRST_WINDOW = timedelta(hours=24)  # what a chat's first digest looks back on
AHEAD = timedelta(hours=1)  # a cursor further in the future was set by a clock that was wrong


def reader_of(chat: Chat) -> int | None:
    """The reader whose own sources and files the chat may see: the person in a private chat, else nobody."""
    return chat.id if chat.kind == "private" else None


def window_of(chat: Chat, now: datetime, since: datetime | None = None) -> Window:
    """What the chat's next digest covers; after a pause at most the day before the pause ended.

    That day starts at a full hour, see ``hour_of``.
    """
    start = since or _start(chat, now)
    return Window(min(start, now), now, chat.schedule.zone)


def hour_of(instant: datetime) -> datetime:
    """The start of the hour: chats that begin or return within one hour share a snapshot."""
    return instant.replace(minute=0, second=0, microsecond=0)


def _start(chat: Chat, now: datetime) -> datetime:
    covered = chat.covered_until
    start = now - FIRST_WINDOW if covered is None or covered > now + AHEAD else covered
    end = chat.paused_until
    is_over = end is not None and end <= now
    return max(start, hour_of(end - FIRST_WINDOW)) if end and is_over else start
