"""What the bot keeps of its dialogues: updates, offers, letters, alarms, and who is turned away."""

from datetime import datetime

from sqlalchemy import BigInteger, true
from sqlmodel import Field

from .base import NEVER_REUSED, Row, RowId, table


class OfferRow(Row, table=True):
    """What a chat was offered by buttons, which carry its number."""

    __tablename__ = "offer"
    __table_args__ = (NEVER_REUSED,)

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    chat: int = Field(sa_type=BigInteger, index=True)
    kind: str
    content: str
    expires_at: datetime


class LetterRow(Row, table=True):
    """What a reader wrote to the operators; the name is never stored."""

    __tablename__ = "letter"
    __table_args__ = (NEVER_REUSED,)

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    chat: int = Field(sa_type=BigInteger, index=True)
    words: str
    written_at: datetime
    passed_on: bool


class BannedRow(Row, table=True):
    """A person or chat that is turned away, and whether they were told."""

    __tablename__ = "banned"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    banned_at: datetime
    told: bool


class AlarmRow(Row, table=True):
    """What somebody is still to be told; of each kind only the latest."""

    __tablename__ = "alarm"

    chat: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    kind: str = Field(primary_key=True)
    html: str
    not_before: datetime | None  # while messages may not be sent, or a process is telling it


class UpdateRow(Row, table=True):
    """An update of Telegram's that has been handled, or is being handled."""

    __tablename__ = "handled_update"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(index=True)
    done: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


offers = table(OfferRow)
letters = table(LetterRow)
banned = table(BannedRow)
alarms = table(AlarmRow)
updates = table(UpdateRow)
