"""What a chat sees of the store: whose own articles beside everybody's, and from when on. Pure."""

from datetime import datetime, timedelta

from .model import Chat, Window

FIRST_WINDOW = timedelta(hours=24)  # what a chat's first digest looks back on


def reader_of(chat: Chat) -> int | None:
    """Whose own sources and files a chat may see: the person's in private, nobody's elsewhere."""
    return chat.id if chat.kind == "private" else None


def window_of(chat: Chat, now: datetime, since: datetime | None = None) -> Window:
    """What the chat's next digest covers; after a pause no more than the day before its end."""
    start = since or _start(chat, now)
    return Window(min(start, now), now, chat.schedule.zone)


def _start(chat: Chat, now: datetime) -> datetime:
    start = chat.covered_until or now - FIRST_WINDOW
    end = chat.paused_until
    return max(start, end - FIRST_WINDOW) if end is not None and end <= now else start
