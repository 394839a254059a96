"""Alarms that an owner was not told yet outlive the process that raised them."""

import sqlalchemy as sa
from alembic import op

revision = "0066"
down_revision = "0065"


def upgrade() -> None:
    """None is there: they were kept in memory."""
    op.create_table(
        "alarm",
        sa.Column("chat", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("chat", "kind", name="pk_alarm"),
    )
