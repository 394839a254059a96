"""Whose words the articles of a source get: its feed's, their pages', or none but the title."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.rebuilding import rebuild

revision = "0061"
down_revision = "0060"

COUNTING = {"sqlite_autoincrement": True}  # else a rebuilt table gives ids twice


def upgrade() -> None:
    """Every source goes on as before."""
    with op.batch_alter_table("source", recreate=rebuild(), table_kwargs=COUNTING) as batch:
        batch.add_column(sa.Column("full_text", sa.String(), server_default="feed", nullable=False))
