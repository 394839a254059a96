"""What stood on an article's page in place of its text."""

import sqlalchemy as sa
from alembic import op

from storage.migrations import search
from storage.migrations.rebuilding import rebuild

revision = "0062"
down_revision = "0061"

COUNTING = {"sqlite_autoincrement": True}  # else a rebuilt table gives ids twice


def upgrade() -> None:
    """No page was looked at before."""
    with op.batch_alter_table("article", recreate=rebuild(), table_kwargs=COUNTING) as batch:
        batch.add_column(sa.Column("withheld", sa.String(), nullable=True))
    if op.get_bind().dialect.name == "sqlite":
        search.watch(op.execute)
