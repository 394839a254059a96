"""What is read and was read: sources, articles, stories, and what is still to be placed."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, UniqueConstraint, false, text
from sqlmodel import Field

from .base import NEVER_REUSED, Row, RowId, table


def _unique_where(name: str, where: str, *columns: str) -> Index:
    """A constraint: unique among some rows only."""
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
    """One story; the articles that point to it are its members."""

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


class WaitingRow(Row, table=True):
    """An article that was stored beside other processes and has no story yet."""

    __tablename__ = "waiting"

    article_id: int = Field(
        primary_key=True,
        sa_type=RowId,
        sa_column_args=(ForeignKey("article.id", ondelete="CASCADE"),),
        sa_column_kwargs={"autoincrement": False},
    )


class MovedRow(Row, table=True):
    """An article that was moved to another story, in order, so that other processes can follow."""

    __tablename__ = "moved"
    __table_args__ = (NEVER_REUSED,)

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    article_id: int = Field(
        sa_type=RowId,
        sa_column_args=(ForeignKey("article.id", ondelete="CASCADE"),),
        index=True,
    )


sources = table(SourceRow)
stories = table(StoryRow)
articles = table(ArticleRow)
waiting = table(WaitingRow)
moved = table(MovedRow)
