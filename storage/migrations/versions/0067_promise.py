"""A source is left alone as long as it asked, whatever makes others due."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.rebuilding import rebuild

revision = "0067"
down_revision = "0066"

COUNTING = {"sqlite_autoincrement": True}  # else a rebuilt table gives ids twice


def upgrade() -> None:
    """What was asked before is not known; it ends within a day."""
    with op.batch_alter_table("source", recreate=rebuild(), table_kwargs=COUNTING) as batch:
        batch.add_column(sa.Column("promised_until", sa.DateTime(timezone=True), nullable=True))
