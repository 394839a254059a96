"""The first schema: sources, stories, articles with their search index, chats and the ledger."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from storage.migrations import search

revision = "0001"
down_revision = None

TEXT = sa.String()
FLAG = sa.Boolean()
JSON = sa.JSON()
BIG = sa.BigInteger()
INSTANT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UNFINISHED = sa.text("state IN ('waiting', 'sending', 'uncertain')")


def upgrade() -> None:
    """Create everything; the search index is SQLite's own."""
    _source()
    _story()
    _article()
    _chat()
    _slot()
    _part()
    _shown_story()
    _shown_sentence()
    if op.get_bind().dialect.name == "sqlite":
        search.build(op.execute)


def required(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    """A column that always holds a value."""
    return sa.Column(name, kind, nullable=False)


def optional(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    """A column that may hold nothing."""
    return sa.Column(name, kind, nullable=True)


def _source() -> None:
    op.create_table(
        "source",
        required("id", ROW_ID),
        required("url", TEXT),
        required("outlet_name", TEXT),
        optional("outlet_country", TEXT),
        optional("outlet_kind", TEXT),
        required("official", FLAG),
        required("state_funded", FLAG),
        optional("language", TEXT),
        required("enabled", FLAG),
        optional("etag", TEXT),
        optional("last_modified", TEXT),
        optional("body_hash", TEXT),
        optional("next_check_at", INSTANT),
        required("failures", sa.Integer()),
        optional("last_ok_at", INSTANT),
        optional("last_error", TEXT),
        optional("added_at", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_source"),
        sa.UniqueConstraint("url", name="uq_source_url"),
        sqlite_autoincrement=True,
    )


def _story() -> None:
    op.create_table(
        "story",
        required("id", ROW_ID),
        required("started_at", INSTANT),
        required("last_at", INSTANT),
        optional("language", TEXT),
        sa.PrimaryKeyConstraint("id", name="pk_story"),
        sqlite_autoincrement=True,
    )


def _article() -> None:
    op.create_table(
        "article",
        required("id", ROW_ID),
        required("key", TEXT),
        required("revision", sa.Integer()),
        required("is_newest", FLAG),
        required("fingerprint", TEXT),
        optional("url", TEXT),
        optional("file", TEXT),
        optional("title", TEXT),
        optional("byline", TEXT),
        optional("outlet_name", TEXT),
        optional("outlet_country", TEXT),
        optional("outlet_kind", TEXT),
        required("official", FLAG),
        required("state_funded", FLAG),
        optional("published_at", INSTANT),
        optional("modified_at", INSTANT),
        required("first_seen_at", INSTANT),
        required("revised_at", INSTANT),
        required("date_source", TEXT),
        optional("language", TEXT),
        required("text", TEXT),
        required("headings", JSON),
        required("sentences", JSON),
        required("topics", JSON),
        required("countries", JSON),
        required("people", JSON),
        required("quotes", JSON),
        required("relevance", sa.Float()),
        optional("source_id", ROW_ID),
        optional("story_id", ROW_ID),
        optional("duplicate_of", ROW_ID),
        sa.ForeignKeyConstraint(
            ["duplicate_of"],
            ["article.id"],
            name="fk_article_duplicate_of_article",
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["source.id"], name="fk_article_source_id_source", ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["story.id"], name="fk_article_story_id_story", ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
        sa.UniqueConstraint("key", "revision", name="uq_article_key_revision"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_article_duplicate_of", "article", ["duplicate_of"])
    op.create_index("ix_article_fingerprint", "article", ["fingerprint"])
    op.create_index("ix_article_first_seen_at", "article", ["first_seen_at"])
    op.create_index(
        "ix_article_key_newest",
        "article",
        ["key"],
        unique=True,
        sqlite_where=sa.text("is_newest = 1"),
        postgresql_where=sa.text("is_newest"),
    )
    op.create_index("ix_article_source_id", "article", ["source_id"])
    op.create_index("ix_article_story_id", "article", ["story_id"])


def _chat() -> None:
    op.create_table(
        "chat",
        required("id", BIG),
        required("thread", BIG),
        required("kind", TEXT),
        required("title", TEXT),
        required("topics", JSON),
        required("countries", JSON),
        required("words", JSON),
        required("muted", JSON),
        required("read", JSON),
        required("minutes", sa.Integer()),
        required("zone", TEXT),
        required("at", JSON),
        required("weekdays", JSON),
        optional("quiet_from", TEXT),
        optional("quiet_to", TEXT),
        required("language", TEXT),
        required("active", FLAG),
        optional("pause_reason", TEXT),
        optional("owner", BIG),
        optional("covered_until", INSTANT),
        optional("next_due_at", INSTANT),
        required("version", sa.Integer()),
        sa.PrimaryKeyConstraint("id", "thread", name="pk_chat"),
    )
    op.create_index(
        "ix_chat_due",
        "chat",
        ["next_due_at"],
        sqlite_where=sa.text("active = 1"),
        postgresql_where=sa.text("active"),
    )
    op.create_index("ix_chat_owner", "chat", ["owner"])


def _slot() -> None:
    op.create_table(
        "slot",
        required("id", ROW_ID),
        required("chat", BIG),
        required("thread", BIG),
        required("local_date", sa.Date()),
        required("at", TEXT),
        required("due_at", INSTANT),
        required("digest", TEXT),
        sa.ForeignKeyConstraint(
            ["chat", "thread"],
            ["chat.id", "chat.thread"],
            name="fk_slot_chat_thread_chat",
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_slot"),
        sa.UniqueConstraint(
            "chat", "thread", "local_date", "at", name="uq_slot_chat_thread_local_date_at"
        ),
        sqlite_autoincrement=True,
    )


def _part() -> None:
    op.create_table(
        "part",
        required("id", ROW_ID),
        required("slot_id", ROW_ID),
        required("position", sa.Integer()),
        required("silent", FLAG),
        required("state", TEXT),
        required("attempts", sa.Integer()),
        optional("not_before", INSTANT),
        optional("message_id", BIG),
        optional("sent_at", INSTANT),
        optional("error", TEXT),
        required("was_uncertain", FLAG),
        required("keyboard", JSON),
        required("html", TEXT),
        sa.ForeignKeyConstraint(
            ["slot_id"], ["slot.id"], name="fk_part_slot_id_slot", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_part"),
        sa.UniqueConstraint("slot_id", "position", name="uq_part_slot_id_position"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_part_unfinished",
        "part",
        ["slot_id", "position", "state", "not_before"],
        sqlite_where=UNFINISHED,
        postgresql_where=UNFINISHED,
    )


def _shown_story() -> None:
    op.create_table(
        "shown_story",
        required("chat", BIG),
        required("thread", BIG),
        required("story_id", ROW_ID),
        required("local_date", sa.Date()),
        sa.ForeignKeyConstraint(
            ["chat", "thread"],
            ["chat.id", "chat.thread"],
            name="fk_shown_story_chat_thread_chat",
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("chat", "thread", "story_id", name="pk_shown_story"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_shown_story_story_id", "shown_story", ["story_id"])


def _shown_sentence() -> None:
    op.create_table(
        "shown_sentence",
        required("chat", BIG),
        required("thread", BIG),
        required("sentence", TEXT),
        required("shown_at", INSTANT),
        sa.ForeignKeyConstraint(
            ["chat", "thread"],
            ["chat.id", "chat.thread"],
            name="fk_shown_sentence_chat_thread_chat",
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("chat", "thread", "sentence", name="pk_shown_sentence"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_shown_sentence_shown_at", "shown_sentence", ["shown_at"])
