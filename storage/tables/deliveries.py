"""What is queued, in which parts, and how far each has come."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    false,
    literal_column,
)
from sqlmodel import Field

from .base import NEVER_REUSED, Row, RowId, belongs_to_a_chat, table

# An index over some rows serves a query only if the query says the same, in literals.
UNFINISHED: ColumnElement[bool] = literal_column("state IN ('waiting', 'sending', 'uncertain')")
SENDING: ColumnElement[bool] = literal_column("state = 'sending'")


def _has_a_body() -> ForeignKeyConstraint:
    """A row's text, which only ``unused_texts`` removes; on a server no foreign key checks it.

    PostgreSQL would look up the key of each row by itself, 6 µs of the 33 for storing a digest. On a file
    the same statements run with the check.
    """
    return ForeignKeyConstraint(["body_id"], ["body.id"]).ddl_if(dialect="sqlite")


class BodyRow(Row, table=True):
    """A text that was composed once, for all whom it is sent to."""

    __tablename__ = "body"
    __table_args__ = (NEVER_REUSED,)

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    text: str


class SlotRow(Row, table=True):
    """One digest of one chat and thread for one local date and hour."""

    __tablename__ = "slot"
    __table_args__ = (
        belongs_to_a_chat(),
        _has_a_body(),
        UniqueConstraint("chat", "thread", "local_date", "at"),
        NEVER_REUSED,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    chat: int = Field(sa_type=BigInteger)
    thread: int = Field(sa_type=BigInteger)
    local_date: date
    at: str
    due_at: datetime
    body_id: int = Field(sa_type=RowId, index=True)  # of the digest's JSON


class PartRow(Row, table=True):
    """One message of one slot, and how far it has come."""

    __tablename__ = "part"
    __table_args__ = (
        _has_a_body(),
        UniqueConstraint("slot_id", "position"),
        Index(
            "ix_part_queue",  # in the order of sending, with all that a claim asks of a part
            "for_all",
            "due_at",
            "slot_id",
            "position",
            "state",
            "not_before",
            sqlite_where=UNFINISHED,
            postgresql_where=UNFINISHED,
        ),
        Index("ix_part_sending", "slot_id", sqlite_where=SENDING, postgresql_where=SENDING),
        NEVER_REUSED,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    slot_id: int = Field(sa_type=RowId, sa_column_args=(ForeignKey("slot.id", ondelete="CASCADE"),))
    position: int  # 0, 1, ... within the slot
    silent: bool
    state: str  # waiting, sending, sent, uncertain, failed, dropped
    attempts: int  # finished ones
    not_before: datetime | None  # uncertain: null means that it is not sent again
    message_id: int | None = Field(sa_type=BigInteger)
    sent_at: datetime | None
    error: str | None
    was_uncertain: bool  # its answer was lost once: it is sent silently now, and never a third time
    flaw: str | None = Field(default=None)  # our own fault: markup, long, empty, buttons, ...
    # An owner was asked whether it is sent again.
    asked: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    keyboard: list[Any] = Field(sa_type=JSON)  # [[[label, data, url], ...], ...]
    body_id: int = Field(sa_type=RowId, index=True)  # of the HTML
    due_at: datetime  # as its slot's
    for_all: bool  # a message to all: thousands of those would make a digest late


class HoldRow(Row, table=True):
    """Until when nothing is sent at all: a single row, if there ever was reason."""

    __tablename__ = "hold"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    until: datetime


bodies = table(BodyRow)
slots = table(SlotRow)
parts = table(PartRow)
holds = table(HoldRow)
