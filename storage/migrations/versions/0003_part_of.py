"""Which story another has become part of, so that its number stays good."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.rebuilding import rebuild

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Let every story stand by itself."""
    whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    with op.batch_alter_table("story", recreate=rebuild(), table_kwargs=NEVER_REUSED) as batch:
        batch.add_column(sa.Column("part_of", whole, nullable=True))
        batch.create_foreign_key(
            "fk_story_part_of_story", "story", ["part_of"], ["id"], ondelete="CASCADE"
        )
        batch.create_index("ix_story_part_of", ["part_of"])


NEVER_REUSED = {"sqlite_autoincrement": True}
