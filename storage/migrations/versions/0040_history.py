"""A number for what a chat was shown, so that the database can put those together that know the same."""

from collections import defaultdict
from collections.abc import Iterator
from hashlib import blake2b
from itertools import groupby

import sqlalchemy as sa
from alembic import op

from storage.migrations.rebuilding import rebuild

revision = "0040"
down_revision = "0030"

PRINTS = (1 << 61) - 1
SHOWN = (("shown_story", "story_id", "local_date"), ("shown_sentence", "sentence", "shown_at"))


def upgrade() -> None:
    """Equal histories get equal numbers; without any it is 0."""
    new = sa.Column("history", sa.BigInteger(), nullable=False, server_default=sa.text("0"))
    with op.batch_alter_table("chat", recreate=rebuild()) as batch:
        batch.add_column(new)
        batch.drop_index("ix_chat_due")
    op.create_index(
        "ix_chat_due",
        "chat",
        ["next_due_at", "id", "thread"],
        sqlite_where=sa.text("active = 1"),
        postgresql_where=sa.text("active"),
    )
    chat = sa.table("chat", sa.column("id"), sa.column("thread"), sa.column("history"))
    here = (chat.c.id == sa.bindparam("of")) & (chat.c.thread == sa.bindparam("in"))
    rows = list(_numbers())
    if rows:
        op.get_bind().execute(sa.update(chat).where(here).values(history=sa.bindparam("is")), rows)


def _numbers() -> Iterator[dict[str, int]]:
    prints: defaultdict[tuple[int, int], int] = defaultdict(int)
    for table, what, when in SHOWN:
        order = f"chat, thread, {what}, {when}"
        rows = op.get_bind().execute(sa.text(f"SELECT {order} FROM {table} ORDER BY {order}"))
        for (id_, thread), some in groupby(rows, key=lambda row: (row[0], row[1])):
            told = blake2b("\n".join(f"{row[2]} {row[3]}" for row in some).encode(), digest_size=8)
            prints[id_, thread] += int.from_bytes(told.digest()) & PRINTS
    for (id_, thread), number in prints.items():
        yield {"of": id_, "in": thread, "is": number & PRINTS}
