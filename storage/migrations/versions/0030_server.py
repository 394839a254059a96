"""What PostgreSQL has and SQLite has otherwise: its search index."""

from alembic import op

from storage.migrations import server_search

revision = "0030"
down_revision = "0020"


def upgrade() -> None:
    """Build the index on a server; SQLite has had its own from the first."""
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        server_search.build(bind.exec_driver_sql)
