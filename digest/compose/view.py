"""What a chat sees of the store: whose own articles beside everybody's, and from when on. Pure."""

from datetime import datetime, timedelta

from ..model.chats import Chat
from ..model.digests import Window

FIRST_WINDOW = timedelta(hours=24)  # what a chat's first digest looks back on
_AHEAD = timedelta(hours=1)  # more than this only a clock that was wrong has covered


def reader_of(chat: Chat) -> int | None:
    """Whose own sources and files a chat may see: the person's in private, nobody's elsewhere."""
    return chat.id if chat.kind == "private" else None


def window_of(chat: Chat, now: datetime, since: datetime | None = None) -> Window:
    """What the chat's next digest covers; after a pause no more than the day before its end.

    That day begins with an hour, see ``hour_of``.
    """
    start = since or _start(chat, now)
    return Window(min(start, now), now, chat.schedule.zone)


def hour_of(instant: datetime) -> datetime:
    """When the hour began: what chats see that begin, or come back, within one is read once for all."""
    return instant.replace(minute=0, second=0, microsecond=0)


def _start(chat: Chat, now: datetime) -> datetime:
    covered = chat.covered_until
    start = now - FIRST_WINDOW if covered is None or covered > now + _AHEAD else covered
    end = chat.paused_until
    is_over = end is not None and end <= now
    return max(start, hour_of(end - FIRST_WINDOW)) if end and is_over else start
