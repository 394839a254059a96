"""A chat keeps the name of the place that was chosen, where the zone's own city has another."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.rebuilding import rebuild

revision = "0068"
down_revision = "0067"


def upgrade() -> None:
    """Which place was meant before is not known: the zone's own city stands for it."""
    with op.batch_alter_table("chat", recreate=rebuild()) as batch:
        batch.add_column(sa.Column("place", sa.String(), server_default="", nullable=False))
