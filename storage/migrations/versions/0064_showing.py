"""What a digest has shown once for all who got it, in place of a row for each chat and story or sentence."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0064"
down_revision = "0063"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# Chats with the same number have the same history: 0040 numbered the rows themselves, and whatever was
# shown later added the same to the number of all who got it.
FIRST = """
    WITH first AS (
        SELECT id, thread, history, row_number() OVER (PARTITION BY history ORDER BY id, thread) AS place
        FROM chat WHERE history != 0
    )
"""
COPY = """
    INSERT INTO showing_{what} (showing_id, {columns})
    {first}
    SELECT showing.id, {columns} FROM first
    JOIN showing ON showing.print = first.history
    JOIN shown_{what} AS old ON old.chat = first.id AND old.thread = first.thread
    WHERE first.place = 1 ORDER BY showing.id
"""


def upgrade() -> None:
    """Each chat's history as it was: one showing for all whose histories are equal."""
    _create()
    op.execute("INSERT INTO showing (print) SELECT DISTINCT history FROM chat WHERE history != 0")
    op.execute(COPY.format(what="story", columns="story_id, local_date", first=FIRST))
    op.execute(COPY.format(what="sentence", columns="sentence, shown_at", first=FIRST))
    op.execute(
        "DELETE FROM showing WHERE id NOT IN (SELECT showing_id FROM showing_story)"
        " AND id NOT IN (SELECT showing_id FROM showing_sentence)"
    )
    op.execute(
        "INSERT INTO shown (chat, thread, showing_id) SELECT chat.id, thread, showing.id FROM chat"
        " JOIN showing ON print = history ORDER BY chat.id, thread"
    )
    op.drop_table("shown_story")
    op.drop_table("shown_sentence")


def _create() -> None:
    op.create_table(
        "showing",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("print", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_showing"),
        sqlite_autoincrement=True,
    )
    _create_told("story", sa.Column("story_id", ROW_ID, nullable=False), "local_date", sa.Date())
    op.create_index("ix_showing_story_story_id", "showing_story", ["story_id"])
    sentence = sa.Column("sentence", sa.String(), nullable=False)
    _create_told("sentence", sentence, "shown_at", sa.DateTime(timezone=True))
    op.create_table(
        "shown",
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("thread", sa.BigInteger(), nullable=False),
        sa.Column("showing_id", ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["chat", "thread"],
            ["chat.id", "chat.thread"],
            name="fk_shown_chat_thread_chat",
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("chat", "thread", "showing_id", name="pk_shown"),
        sqlite_with_rowid=False,
    )


def _create_told(what: str, column: "sa.Column[Any]", when: str, kind: Any) -> None:
    op.create_table(
        f"showing_{what}",
        sa.Column("showing_id", ROW_ID, nullable=False),
        column,
        sa.Column(when, kind, nullable=False),
        sa.ForeignKeyConstraint(
            ["showing_id"],
            ["showing.id"],
            name=f"fk_showing_{what}_showing_id_showing",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("showing_id", column.name, name=f"pk_showing_{what}"),
        sqlite_with_rowid=False,
    )
