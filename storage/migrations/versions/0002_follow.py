"""What a chat follows and keeps, whether it wants alerts, and until when it rests."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.rebuilding import rebuild

revision = "0002"
down_revision = "0001"

NOTHING = sa.text("'[]'")


def upgrade() -> None:
    """Give every subscription empty lists, no alerts and no pause."""
    with op.batch_alter_table("chat", recreate=rebuild()) as batch:
        batch.add_column(sa.Column("follow", sa.JSON(), server_default=NOTHING, nullable=False))
        batch.add_column(sa.Column("saved", sa.JSON(), server_default=NOTHING, nullable=False))
        batch.add_column(
            sa.Column("alerts", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch.add_column(sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True))
