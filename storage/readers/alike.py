"""Subscriptions that are due, grouped in the database: of 25,000 some hundreds of rows come back.

As rows of their own, each made a value, they took half of the time in which they got their digests.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from hashlib import blake2b
from itertools import starmap
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Text, cast, func, select, true, tuple_

from digest.model.delivery import Addressee, Alike, Position

from ..tables import chats
from .chat_rows import SUBSCRIPTION, shared_of

PRINTS = (1 << 61) - 1  # the sum of two fits into the 64 bits of a column

# What a digest depends on; "history" says by its number what was shown. First what tells most apart:
# PostgreSQL sorts in this order, and a look for 5,000 takes 15 ms; with what is mostly alike first, 19.
_SHARED = (
    *("history", "topics", "minutes", "language"),
    *("countries", "words", "muted", "read", "follow", "kind"),
    *("zone", "place", "at", "weekdays", "quiet_from", "quiet_to"),
    *("sound", "active", "paused_until", "covered_until", "next_due_at"),
)


def due(dialect: str, now: datetime, limit: int, after: Position | None) -> Select[Any]:
    """A query of rows for ``alike``, longest waiting first."""
    place = (chats.c.next_due_at, chats.c.id, chats.c.thread)
    goes_on = chats.c.paused_until.is_(None) | (chats.c.paused_until <= now)
    behind = true() if after is None else tuple_(*place) > tuple_(*after)
    waiting = (
        SUBSCRIPTION.where(chats.c.active, chats.c.next_due_at <= now, goes_on, behind)
        .order_by(*place)
        .limit(limit)
        .subquery()
    )
    shared = [waiting.c[name] for name in _SHARED]
    who = (waiting.c.id, waiting.c.thread, waiting.c.version)
    return (
        select(*shared, _listed(dialect, *who).label("who"))
        .group_by(*shared)
        .order_by(waiting.c.next_due_at, func.min(waiting.c.id), func.min(waiting.c.thread))
    )


def _listed(dialect: str, *columns: ColumnElement[Any]) -> ColumnElement[str]:
    if dialect == "sqlite":
        return func.json_group_array(func.json_array(*columns))
    return cast(func.json_agg(func.json_build_array(*columns)), Text)


def alike(rows: Iterable[Row[Any]]) -> tuple[Alike, ...]:
    """The values of the rows."""
    return tuple(map(_alike, rows))


def _alike(row: Row[Any]) -> Alike:
    to = tuple(sorted(starmap(Addressee, json.loads(row.who))))
    return Alike(shared_of(row, to[0]), to)


def print_of(
    day: date, covered_until: datetime, stories: Sequence[int], sentences: Sequence[str]
) -> int:
    """What a digest adds to a chat's history, as a number: equal sums are equal histories."""
    if not stories and not sentences:
        return 0
    told = json.dumps([str(day), covered_until.timestamp(), stories, sentences])
    return int.from_bytes(blake2b(told.encode(), digest_size=8).digest()) & PRINTS
