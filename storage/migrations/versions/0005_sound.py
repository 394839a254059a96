"""Whether a channel's posts make a sound, and whether somebody was told that a chat cannot be written to."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.rebuilding import rebuild

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Every channel is silent, and nobody has been told anything yet."""
    with op.batch_alter_table("chat", recreate=rebuild()) as batch:
        for name in ("sound", "warned"):
            batch.add_column(
                sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False)
            )
