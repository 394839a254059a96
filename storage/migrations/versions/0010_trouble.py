"""What makes trouble: refusals that may pass, our own faults, who is gone, which updates are handled."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.rebuilding import rebuild

revision = "0010"
down_revision = "0011"

NEVER_REUSED = {"sqlite_autoincrement": True}
AWARE = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Nothing is known of what has been; who is gone already is gone from the next refusal on."""
    with op.batch_alter_table("chat", recreate=rebuild()) as batch:
        batch.add_column(sa.Column("gone_at", AWARE, nullable=True))
        batch.add_column(
            sa.Column("refusals", sa.Integer(), server_default=sa.text("0"), nullable=False)
        )
        batch.add_column(sa.Column("refused_since", AWARE, nullable=True))
    with op.batch_alter_table("part", recreate=rebuild(), table_kwargs=NEVER_REUSED) as batch:
        batch.add_column(sa.Column("flaw", sa.String(), nullable=True))
        batch.add_column(
            sa.Column("asked", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    op.create_table(
        "handled_update",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", AWARE, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handled_update")),
    )
    op.create_index(op.f("ix_handled_update_at"), "handled_update", ["at"])
