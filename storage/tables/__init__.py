"""The tables, as SQLModel classes; rows never leave ``storage``, values do.

Each class declares one table. Stores speak to the tables named here in Core statements, since most of
their work is bulk work. Every instant is stored in UTC and comes back aware; a naive one is refused.
"""

from .base import INSERT, Row
from .deliveries import SENDING, UNFINISHED, bodies, holds, parts, slots
from .dialogues import alarms, banned, letters, offers, updates
from .news import articles, moved, sources, stories, waiting
from .readers import WHOSE, chats, showing_sentences, showing_stories, showings, shown

__all__ = [
    "INSERT",
    "SENDING",
    "UNFINISHED",
    "WHOSE",
    "Row",
    "alarms",
    "articles",
    "banned",
    "bodies",
    "chats",
    "holds",
    "letters",
    "moved",
    "offers",
    "parts",
    "showing_sentences",
    "showing_stories",
    "showings",
    "shown",
    "slots",
    "sources",
    "stories",
    "updates",
    "waiting",
]
