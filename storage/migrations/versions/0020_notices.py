"""What a source keeps of grave answers, and which articles were old when their source was first read."""

import sqlalchemy as sa
from alembic import op

from storage.migrations import search
from storage.migrations.rebuilding import rebuild

revision = "0020"
down_revision = "0010"

COUNTING = {"sqlite_autoincrement": True}  # else a rebuilt table gives ids twice


def upgrade() -> None:
    """Nothing has been noticed yet, and no article is of a backlog."""
    instant = sa.DateTime(timezone=True)
    with op.batch_alter_table("source", recreate=rebuild(), table_kwargs=COUNTING) as batch:
        for name, kind in (
            ("notice_kind", sa.String()),
            ("notice_target", sa.String()),
            ("notice_times", sa.Integer()),
            ("notice_since", instant),
            ("notice_at", instant),
            ("moved_from", sa.String()),
            ("newest_at", instant),
        ):
            batch.add_column(sa.Column(name, kind, nullable=True))
    with op.batch_alter_table("article", recreate=rebuild(), table_kwargs=COUNTING) as batch:
        batch.add_column(
            sa.Column("is_backlog", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    if op.get_bind().dialect.name == "sqlite":
        search.watch(op.execute)
