"""``attache chats export`` and ``attache chats import``: subscriptions out of a database, and in."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from itertools import islice
from pathlib import Path

from digest.errors import InputError, Unreadable
from digest.model.chats import Chat, Schedule

from ..run import rendering, wiring
from ..run.wiring import SystemClock
from ..settings import Settings
from .output import say
from .subscription_file import chat_from, line, over

_AT_ONCE = 5000  # lines a transaction: a bot that runs waits for each less than a second

_Key = tuple[int, int]


async def export_chats(settings: Settings) -> None:
    """Print every subscription as a line of JSON."""
    async with wiring.open_made(settings.database_url) as stores:
        for chat in await stores.chats.all():
            say(line(chat))


async def import_chats(settings: Settings, path: Path) -> int:
    """Store the subscriptions of a file. Returns how many lines were skipped; each is named.

    They are named on standard error. A subscription that exists is replaced. Raises Unreadable if the file
    cannot be read.
    """
    numbered = enumerate(_lines(path), 1)
    now = SystemClock().now()
    brought, skipped = 0, 0
    async with wiring.open_stores(settings.database_url) as stores:
        stored = {(chat.id, chat.thread): chat for chat in await stores.chats.all()}
        while batch := list(islice(numbered, _AT_ONCE)):
            given, wrong = _read(batch)
            chats = tuple(_placed(chat, stored, now) for chat in given)
            await stores.chats.restore(chats)
            brought, skipped = brought + len(chats), skipped + wrong
    say(f"{brought} subscriptions imported")
    return skipped


def _lines(path: Path) -> Iterator[str]:
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}") from error
    return iter(text.split("\n"))


def _read(numbered: Sequence[tuple[int, str]]) -> tuple[tuple[Chat, ...], int]:
    """The subscriptions in the lines, the last of each chat and thread, and how many lines were wrong."""
    found: dict[_Key, Chat] = {}
    wrong = 0
    for number, text in numbered:
        if not text.strip():
            continue
        try:
            chat = chat_from(text)
        except InputError as error:
            wrong += 1
            sys.stderr.write(f"line {number} skipped: {error}\n")
        else:
            found[chat.id, chat.thread] = chat
    return tuple(found.values()), wrong


def _placed(given: Chat, stored: Mapping[_Key, Chat], now: datetime) -> Chat:
    """The subscription with its next hour; an hour that has come already is not lost."""
    before = stored.get((given.id, given.thread))
    chat = over(before, given) if before else given
    if not chat.active:
        return chat
    if before and before.active and before.schedule == chat.schedule:
        return replace(chat, next_due_at=before.next_due_at)
    since = max(now, chat.paused_until or now)
    return replace(chat, next_due_at=_first_hour(chat.schedule, since))


@lru_cache(maxsize=4096)
def _first_hour(schedule: Schedule, after: datetime) -> datetime | None:
    """The next hour of a schedule, computed once for equal schedules, which saves a quarter of an import."""
    return rendering.due_after(schedule, after)
