"""Who reads, what they want, and what they were shown."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKeyConstraint, Index, false, text
from sqlmodel import Field

from .base import NEVER_REUSED, Row, RowId, belongs_to_a_chat, table

_NOTHING = text("'[]'")  # of a list in the rows that were there before it


class ChatRow(Row, table=True):
    """One subscription."""

    __tablename__ = "chat"
    __table_args__ = (
        Index(
            "ix_chat_due",  # in the order of a look, which ends with its limit
            "next_due_at",
            "id",
            "thread",
            sqlite_where=text("active = 1"),
            postgresql_where=text("active"),
        ),
        Index(
            "ix_chat_owner",  # without those that nobody manages, else each digest adds to it
            "owner",
            sqlite_where=text("owner IS NOT NULL"),
            postgresql_where=text("owner IS NOT NULL"),
        ),
    )

    id: int = Field(primary_key=True, sa_type=BigInteger)
    thread: int = Field(primary_key=True, sa_type=BigInteger)
    kind: str
    title: str
    topics: list[Any] = Field(sa_type=JSON)  # sorted, like all sets here
    countries: list[Any] = Field(sa_type=JSON)
    words: list[Any] = Field(sa_type=JSON)
    muted: list[Any] = Field(sa_type=JSON)
    read: list[Any] = Field(sa_type=JSON)
    follow: list[Any] = Field(sa_type=JSON, sa_column_kwargs={"server_default": _NOTHING})
    saved: list[Any] = Field(sa_type=JSON, sa_column_kwargs={"server_default": _NOTHING})
    alerts: bool = Field(sa_column_kwargs={"server_default": false()})
    sound: bool = Field(sa_column_kwargs={"server_default": false()})
    # Somebody was told that nothing arrives; no part of the settings.
    warned: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    # One after the other, of the kind that may pass.
    refusals: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    refused_since: datetime | None = Field(default=None)  # the first of them
    minutes: int
    zone: str
    at: list[Any] = Field(sa_type=JSON)
    weekdays: list[Any] = Field(sa_type=JSON)
    quiet_from: str | None
    quiet_to: str | None
    place: str = Field(sa_column_kwargs={"server_default": ""})  # none where the zone says it
    language: str
    active: bool
    pause_reason: str | None
    paused_until: datetime | None
    gone_at: datetime | None = Field(default=None)  # paused since, because it cannot be reached
    owner: int | None = Field(sa_type=BigInteger)
    covered_until: datetime | None
    next_due_at: datetime | None
    version: int
    history: int = Field(  # equal where what was shown is; no part of the settings
        default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": text("0")}
    )


class ShowingRow(Row, table=True):
    """What one digest has shown to all who got it; removed with the last of them."""

    __tablename__ = "showing"
    __table_args__ = (NEVER_REUSED,)

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    print: int = Field(sa_type=BigInteger)  # what it adds to the number of a chat's history


def _of_a_showing() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["showing_id"], ["showing.id"], ondelete="CASCADE")


class ShowingStoryRow(Row, table=True):
    """A story that a digest has shown, with the local date."""

    __tablename__ = "showing_story"
    __table_args__ = (_of_a_showing(), {"sqlite_with_rowid": False})

    showing_id: int = Field(primary_key=True, sa_type=RowId)
    story_id: int = Field(primary_key=True, sa_type=RowId, index=True)
    local_date: date


class ShowingSentenceRow(Row, table=True):
    """A sentence that a digest has shown, as the short key that the engine gives it."""

    __tablename__ = "showing_sentence"
    __table_args__ = (_of_a_showing(), {"sqlite_with_rowid": False})

    showing_id: int = Field(primary_key=True, sa_type=RowId)
    sentence: str = Field(primary_key=True)
    shown_at: datetime


class ShownRow(Row, table=True):
    """A showing that a chat was given.

    It has neither an index on showings nor, on PostgreSQL, a foreign key to them: for 25,000 rows these
    would take SQLite 34 ms instead of 22, and PostgreSQL 100 ms more. Whoever removes a showing looks here.
    """

    __tablename__ = "shown"
    __table_args__ = (belongs_to_a_chat(), {"sqlite_with_rowid": False})

    chat: int = Field(primary_key=True, sa_type=BigInteger)
    thread: int = Field(primary_key=True, sa_type=BigInteger)
    showing_id: int = Field(primary_key=True, sa_type=RowId)


chats = table(ChatRow)
WHOSE = (chats.c.id, chats.c.thread)  # by which a subscription is known
showings = table(ShowingRow)
showing_stories = table(ShowingStoryRow)
showing_sentences = table(ShowingSentenceRow)
shown = table(ShownRow)
