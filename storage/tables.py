"""The tables, as SQLModel classes; rows never leave this package, values do.

Each class declares one table. Stores speak to the tables below in Core statements, since most of their
work is bulk work. Every instant is stored in UTC and comes back aware; a naive one is refused.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    UniqueConstraint,
    false,
    literal_column,
    text,
    true,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Field, SQLModel

# Batch migrations on SQLite rebuild a table and can only do so when every constraint has a name.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# SQLite counts up only columns that say INTEGER; elsewhere a bigint leaves room for years of parts.
RowId = BigInteger().with_variant(Integer, "sqlite")

# An id is never given twice: a chat remembers story ids longer than the stories live.
NEVER_REUSED = {"sqlite_autoincrement": True}

# An index over some rows serves a query only if the query says the same, in literals.
UNFINISHED: ColumnElement[bool] = literal_column("state IN ('waiting', 'sending', 'uncertain')")
SENDING: ColumnElement[bool] = literal_column("state = 'sending'")

NOTHING = text("'[]'")  # of a list in the rows that were there before it


class Row(SQLModel):
    """What all tables share: one catalogue and one way of naming constraints."""

    # No row is ever validated: to build what would do it took 20 ms of each start.
    model_config = {"defer_build": True}
    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)


def _unique_where(name: str, where: str, *columns: str) -> Index:
    """Unique among some rows only."""
    some = text(where)
    return Index(name, *columns, unique=True, sqlite_where=some, postgresql_where=some)


class SourceRow(Row, table=True):
    """One feed and how it stands."""

    __tablename__ = "source"
    __table_args__ = (
        _unique_where("ix_source_url_public", "owner IS NULL", "url"),
        _unique_where("ix_source_owner_url", "owner IS NOT NULL", "owner", "url"),
        NEVER_REUSED,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    url: str
    outlet_name: str
    outlet_country: str | None
    outlet_kind: str | None
    official: bool
    state_funded: bool
    language: str | None
    enabled: bool
    etag: str | None
    last_modified: str | None
    body_hash: str | None
    next_check_at: datetime | None
    promised_until: datetime | None  # it asked to be left alone until then
    failures: int = 0
    last_ok_at: datetime | None
    last_error: str | None
    added_at: datetime | None
    owner: int | None = Field(sa_type=BigInteger)  # the reader whose own it is; null: everybody's
    notice_kind: str | None  # a grave answer; all of it null where there is none
    notice_target: str | None
    notice_times: int | None
    notice_since: datetime | None
    notice_at: datetime | None
    moved_from: str | None
    newest_at: datetime | None
    full_text: str = Field(sa_column_kwargs={"server_default": "feed"})


class StoryRow(Row, table=True):
    """One story: the articles that point to it are its members."""

    __tablename__ = "story"
    __table_args__ = (NEVER_REUSED,)

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    started_at: datetime  # when its first member was first seen
    last_at: datetime  # when its latest member was first seen
    language: str | None
    part_of: int | None = Field(  # the story that took all its members in; its number stays good
        default=None,
        sa_type=RowId,
        sa_column_args=(ForeignKey("story.id", ondelete="CASCADE"),),
        index=True,
    )


class ArticleRow(Row, table=True):
    """One immutable revision of an article; the newest of each key is marked."""

    __tablename__ = "article"
    __table_args__ = (
        UniqueConstraint("key", "revision"),
        Index(
            "ix_article_key_newest",
            "key",
            unique=True,
            sqlite_where=text("is_newest = 1"),
            postgresql_where=text("is_newest"),
        ),
        Index(  # of the few: over all rows SQLite would take it for those that belong to nobody
            "ix_article_owner",
            "owner",
            sqlite_where=text("owner IS NOT NULL"),
            postgresql_where=text("owner IS NOT NULL"),
        ),
        NEVER_REUSED,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    key: str
    revision: int
    is_newest: bool
    fingerprint: str = Field(index=True)
    url: str | None
    file: str | None
    title: str | None
    byline: str | None
    outlet_name: str | None  # null where the outlet is unknown
    outlet_country: str | None
    outlet_kind: str | None
    official: bool
    state_funded: bool
    published_at: datetime | None
    modified_at: datetime | None
    first_seen_at: datetime = Field(index=True)  # of the article: equal in all its revisions
    revised_at: datetime  # when this revision was seen; equals first_seen_at in the first
    date_source: str
    language: str | None
    text: str
    headings: list[Any] = Field(sa_type=JSON)  # [[start, end], ...]
    sentences: list[Any] = Field(sa_type=JSON)  # [[start, end], ...]
    topics: list[Any] = Field(sa_type=JSON)  # [[slug, score, [evidence, ...]], ...]
    countries: list[Any] = Field(sa_type=JSON)
    people: list[Any] = Field(sa_type=JSON)  # [[name, title, country], ...]
    quotes: list[Any] = Field(sa_type=JSON)  # [[start, end, speaker, role, country], ...]
    relevance: float
    source_id: int | None = Field(
        sa_type=RowId,
        sa_column_args=(ForeignKey("source.id", ondelete="SET NULL"),),
        index=True,
    )
    story_id: int | None = Field(
        sa_type=RowId,
        sa_column_args=(ForeignKey("story.id", ondelete="SET NULL"),),
        index=True,
    )
    duplicate_of: int | None = Field(
        sa_type=RowId,
        sa_column_args=(ForeignKey("article.id", ondelete="SET NULL"),),
        index=True,
    )
    owner: int | None = Field(sa_type=BigInteger)  # as of a source
    is_backlog: bool = Field(sa_column_kwargs={"server_default": false()})
    withheld: str | None  # what stood on its page in place of the text


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
    follow: list[Any] = Field(sa_type=JSON, sa_column_kwargs={"server_default": NOTHING})
    saved: list[Any] = Field(sa_type=JSON, sa_column_kwargs={"server_default": NOTHING})
    alerts: bool = Field(sa_column_kwargs={"server_default": false()})
    sound: bool = Field(sa_column_kwargs={"server_default": false()})
    warned: bool = Field(
        default=False, sa_column_kwargs={"server_default": false()}
    )  # somebody was told that nothing arrives; no part of the settings
    refusals: int = Field(
        default=0, sa_column_kwargs={"server_default": text("0")}
    )  # one after the other, of the kind that may pass
    refused_since: datetime | None = Field(default=None)  # the first of them
    minutes: int
    zone: str
    at: list[Any] = Field(sa_type=JSON)
    weekdays: list[Any] = Field(sa_type=JSON)
    quiet_from: str | None
    quiet_to: str | None
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


def _belongs_to_a_chat() -> ForeignKeyConstraint:
    """Rows of a chat go where it goes: deleted with it, renumbered with it."""
    return ForeignKeyConstraint(
        ["chat", "thread"], ["chat.id", "chat.thread"], ondelete="CASCADE", onupdate="CASCADE"
    )


def _has_a_body() -> ForeignKeyConstraint:
    """A row's text, which ``unused_texts`` alone removes; a server does without the check.

    PostgreSQL looks for each row's key by itself, 6 µs a digest of the 33 that storing it took. On a file the
    same statements run with the check.
    """
    return ForeignKeyConstraint(["body_id"], ["body.id"]).ddl_if(dialect="sqlite")


class BodyRow(Row, table=True):
    """A text that was composed once, for however many it is sent to."""

    __tablename__ = "body"
    __table_args__ = (NEVER_REUSED,)

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    text: str


class SlotRow(Row, table=True):
    """One digest of one chat and thread for one local date and hour."""

    __tablename__ = "slot"
    __table_args__ = (
        _belongs_to_a_chat(),
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
    asked: bool = Field(
        default=False, sa_column_kwargs={"server_default": false()}
    )  # an owner was asked whether it is sent again
    keyboard: list[Any] = Field(sa_type=JSON)  # [[[label, data, url], ...], ...]
    body_id: int = Field(sa_type=RowId, index=True)  # of the HTML
    due_at: datetime  # as its slot's
    for_all: bool  # a message to all: thousands of those would make a digest late


class HoldRow(Row, table=True):
    """Until when nothing is sent at all: one row, once there was reason."""

    __tablename__ = "hold"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    until: datetime


class ShowingRow(Row, table=True):
    """What one digest has shown to however many got it; gone with the last of them."""

    __tablename__ = "showing"
    __table_args__ = (NEVER_REUSED,)

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    print: int = Field(sa_type=BigInteger)  # what it adds to the number of a chat's history


def _of_a_showing() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["showing_id"], ["showing.id"], ondelete="CASCADE")


class ShowingStoryRow(Row, table=True):
    """A story that a digest has shown, and its local date."""

    __tablename__ = "showing_story"
    __table_args__ = (_of_a_showing(), {"sqlite_with_rowid": False})

    showing_id: int = Field(primary_key=True, sa_type=RowId)
    story_id: int = Field(primary_key=True, sa_type=RowId, index=True)
    local_date: date


class ShowingSentenceRow(Row, table=True):
    """A sentence that a digest has shown, under the short key that the engine gives it."""

    __tablename__ = "showing_sentence"
    __table_args__ = (_of_a_showing(), {"sqlite_with_rowid": False})

    showing_id: int = Field(primary_key=True, sa_type=RowId)
    sentence: str = Field(primary_key=True)
    shown_at: datetime


class ShownRow(Row, table=True):
    """A showing that a chat was given.

    Nothing else leads here: 25,000 rows would take SQLite 34 ms in place of 22 with an index of the
    showings, and PostgreSQL 100 ms more with a foreign key to them. Whoever removes one looks here.
    """

    __tablename__ = "shown"
    __table_args__ = (_belongs_to_a_chat(), {"sqlite_with_rowid": False})

    chat: int = Field(primary_key=True, sa_type=BigInteger)
    thread: int = Field(primary_key=True, sa_type=BigInteger)
    showing_id: int = Field(primary_key=True, sa_type=RowId)


class OfferRow(Row, table=True):
    """What a chat was offered by buttons; they carry its number."""

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
    """A person or chat that is turned away, and whether it knows."""

    __tablename__ = "banned"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    banned_at: datetime
    told: bool


class AlarmRow(Row, table=True):
    """What somebody who runs the bot is still to be told; of each kind the latest."""

    __tablename__ = "alarm"

    chat: int = Field(
        primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False}
    )
    kind: str = Field(primary_key=True)
    html: str
    not_before: datetime | None  # while messages may not be sent, or a process is telling it


class UpdateRow(Row, table=True):
    """An update of Telegram's that has been handled, or is in somebody's hands."""

    __tablename__ = "handled_update"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(index=True)
    done: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


class WaitingRow(Row, table=True):
    """An article that was stored beside other processes and is not placed in a story yet."""

    __tablename__ = "waiting"

    article_id: int = Field(
        primary_key=True,
        sa_type=RowId,
        sa_column_args=(ForeignKey("article.id", ondelete="CASCADE"),),
        sa_column_kwargs={"autoincrement": False},
    )


class MovedRow(Row, table=True):
    """An article that was moved to another story, in order: other processes follow."""

    __tablename__ = "moved"
    __table_args__ = (NEVER_REUSED,)

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    article_id: int = Field(
        sa_type=RowId,
        sa_column_args=(ForeignKey("article.id", ondelete="CASCADE"),),
        index=True,
    )


def _table(row: type[Row]) -> Table:
    return Row.metadata.tables[str(row.__tablename__)]


sources = _table(SourceRow)
stories = _table(StoryRow)
articles = _table(ArticleRow)
chats = _table(ChatRow)
WHOSE = (chats.c.id, chats.c.thread)  # by which a subscription is known
bodies = _table(BodyRow)
slots = _table(SlotRow)
parts = _table(PartRow)
holds = _table(HoldRow)
showings = _table(ShowingRow)
showing_stories = _table(ShowingStoryRow)
showing_sentences = _table(ShowingSentenceRow)
shown = _table(ShownRow)
offers = _table(OfferRow)
letters = _table(LetterRow)
banned = _table(BannedRow)
alarms = _table(AlarmRow)
updates = _table(UpdateRow)
moved = _table(MovedRow)
waiting = _table(WaitingRow)

# Only the dialects' own INSERT knows ON CONFLICT.
INSERT: Mapping[str, Callable[[Table], sqlite.Insert | postgresql.Insert]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}
