"""Texts once instead of once a chat, and the queue in an index that a claim reads from its front."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0006"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COUNTING = {"sqlite_autoincrement": True}  # else a rebuilt table gives ids twice
UNFINISHED = sa.text("state IN ('waiting', 'sending', 'uncertain')")
SENDING = sa.text("state = 'sending'")


def upgrade() -> None:
    """Equal texts become one row; each part knows when it is due and whether it is for all."""
    op.create_table(
        "body",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_body"),
        sqlite_autoincrement=True,
    )
    op.execute("INSERT INTO body (text) SELECT html FROM part UNION SELECT digest FROM slot")
    # PostgreSQL's index entries hold some 2,700 bytes, so a digest itself is too long for one.
    key = "text" if op.get_bind().dialect.name == "sqlite" else "md5(text)"
    op.execute(f"CREATE INDEX ix_body_text ON body ({key})")
    _add_columns(key)
    op.execute("DROP INDEX ix_body_text")
    _replace_columns()
    op.create_index("ix_slot_body_id", "slot", ["body_id"])
    op.create_index("ix_part_body_id", "part", ["body_id"])
    _create_queue()


def _add_columns(key: str) -> None:
    op.drop_index("ix_part_unfinished", "part")
    for table in ("slot", "part"):
        op.add_column(table, sa.Column("body_id", ROW_ID, nullable=True))
    op.add_column("part", sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("part", sa.Column("for_all", sa.Boolean(), nullable=True))
    for table, column in (("slot", "digest"), ("part", "html")):
        mine = key.replace("text", f"{table}.{column}")
        found = f"SELECT min(id) FROM body WHERE {key} = {mine} AND text = {table}.{column}"
        op.execute(f"UPDATE {table} SET body_id = ({found})")
    its = "FROM slot WHERE slot.id = part.slot_id"
    op.execute(f"UPDATE part SET due_at = (SELECT due_at {its})")
    op.execute(f"UPDATE part SET for_all = (SELECT at LIKE 'broadcast %' {its})")


def _replace_columns() -> None:
    for table, old, new in (
        ("slot", "digest", ("body_id",)),
        ("part", "html", ("body_id", "due_at", "for_all")),
    ):
        with op.batch_alter_table(table, recreate="auto", table_kwargs=COUNTING) as batch:
            batch.drop_column(old)
            for column in new:
                batch.alter_column(column, nullable=False)
            name = f"fk_{table}_body_id_body"
            batch.create_foreign_key(name, "body", ["body_id"], ["id"])


def _create_queue() -> None:
    columns = ["for_all", "due_at", "slot_id", "position", "state", "not_before"]
    op.create_index(
        "ix_part_queue", "part", columns, sqlite_where=UNFINISHED, postgresql_where=UNFINISHED
    )
    op.create_index(
        "ix_part_sending", "part", ["slot_id"], sqlite_where=SENDING, postgresql_where=SENDING
    )
