"""Subscriptions as rows and as values."""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, Row, Text, cast, select

from digest.model.chats import Chat, Schedule, Wish
from digest.model.delivery import Addressee

from ..tables import chats

# Thousands want the same, so lists come as they are stored and are read once for all of them.
SUBSCRIPTION = select(
    *(
        cast(column, Text).label(column.name) if isinstance(column.type, JSON) else column
        for column in chats.c
    )
)


def chat_columns(chat: Chat) -> Mapping[str, object]:
    """The columns of a chat, without those that only storage knows."""
    wish, schedule = chat.wish, chat.schedule
    quiet_from, quiet_to = schedule.quiet or (None, None)
    return {
        "id": chat.id,
        "thread": chat.thread,
        "kind": chat.kind,
        "title": chat.title,
        "topics": sorted(wish.topics),
        "countries": sorted(wish.countries),
        "words": sorted(wish.words),
        "muted": sorted(wish.muted),
        "read": sorted(wish.read),
        "follow": sorted(wish.follow),
        "saved": chat.saved,
        "alerts": chat.alerts,
        "sound": chat.sound,
        "minutes": wish.minutes,
        "zone": schedule.zone,
        "at": schedule.at,
        "weekdays": sorted(schedule.weekdays),
        "quiet_from": quiet_from,
        "quiet_to": quiet_to,
        "place": schedule.place,
        "language": chat.language,
        "active": chat.active,
        "pause_reason": chat.pause_reason,
        "paused_until": chat.paused_until,
        "owner": chat.owner,
        "covered_until": chat.covered_until,
        "next_due_at": chat.next_due_at,
        "version": chat.version,
    }


def chat_of(row: Row[Any]) -> Chat:
    """The value of a row of ``SUBSCRIPTION``."""
    return Chat(
        id=row.id,
        thread=row.thread,
        title=row.title,
        saved=_list(row.saved),
        alerts=row.alerts,
        pause_reason=row.pause_reason,
        owner=row.owner,
        version=row.version,
        **_shared(row),
    )


def shared_of(row: Row[Any], first: Addressee) -> Chat:
    """A chat of a group, from a row that has only what the group shares."""
    return Chat(id=first.chat, thread=first.thread, version=first.version, **_shared(row))


def _shared(row: Row[Any]) -> dict[str, Any]:
    """The columns that a digest depends on."""
    lists = (row.topics, row.countries, row.words, row.muted, row.read, row.follow)
    hours = (row.zone, row.at, row.weekdays)
    return {
        "kind": row.kind,
        "wish": _wish(*lists, row.minutes),
        "schedule": _schedule(*hours, row.quiet_from, row.quiet_to, row.place),
        "language": row.language,
        "sound": row.sound,
        "active": row.active,
        "paused_until": row.paused_until,
        "covered_until": row.covered_until,
        "next_due_at": row.next_due_at,
    }


@lru_cache(maxsize=4096)
def _wish(
    topics: str, countries: str, words: str, muted: str, read: str, follow: str, minutes: int
) -> Wish:
    return Wish(
        topics=frozenset(_list(topics)),
        countries=frozenset(_list(countries)),
        words=frozenset(_list(words)),
        muted=frozenset(_list(muted)),
        read=frozenset(_list(read)),
        follow=frozenset(_list(follow)),
        minutes=minutes,
    )


@lru_cache(maxsize=4096)
def _schedule(
    zone: str, at: str, weekdays: str, quiet_from: str | None, quiet_to: str | None, place: str
) -> Schedule:
    quiet = None if quiet_from is None or quiet_to is None else (quiet_from, quiet_to)
    return Schedule(zone, _list(at), frozenset(_list(weekdays)), quiet, place)


@lru_cache(maxsize=4096)
def _list(stored: str) -> tuple[Any, ...]:
    return tuple(json.loads(stored))
