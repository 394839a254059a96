"""Whose own a source or an article is, and what was offered to a chat and waits for its answer."""

import sqlalchemy as sa
from alembic import op

from storage.migrations import search
from storage.migrations.rebuilding import rebuild

revision = "0004"
down_revision = "0003"

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

COUNTING = {"sqlite_autoincrement": True}  # else a rebuilt table gives ids twice


def upgrade() -> None:
    """All that is there belongs to everybody; an address may be once public and once each reader's."""
    with op.batch_alter_table("article", recreate=rebuild(), table_kwargs=COUNTING) as batch:
        batch.add_column(sa.Column("owner", sa.BigInteger(), nullable=True))
    with op.batch_alter_table("source", recreate=rebuild(), table_kwargs=COUNTING) as batch:
        batch.add_column(sa.Column("owner", sa.BigInteger(), nullable=True))
        batch.drop_constraint("uq_source_url", type_="unique")
    for name, table, columns, where in (
        ("ix_article_owner", "article", ["owner"], "owner IS NOT NULL"),
        ("ix_source_url_public", "source", ["url"], "owner IS NULL"),
        ("ix_source_owner_url", "source", ["owner", "url"], "owner IS NOT NULL"),
    ):
        op.create_index(
            name,
            table,
            columns,
            unique=table == "source",
            sqlite_where=sa.text(where),
            postgresql_where=sa.text(where),
        )
    op.create_table(
        "offer",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("chat", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_offer"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_offer_chat", "offer", ["chat"])
    if op.get_bind().dialect.name == "sqlite":
        search.watch(op.execute)
