"""How a migration changes a table: SQLite wants it rebuilt, a server alters it in its place."""

from typing import Literal

from alembic import op


def rebuild() -> Literal["always", "never"]:
    """The ``recreate`` of ``batch_alter_table``: a server drops no table that others point to."""
    return "always" if op.get_bind().dialect.name == "sqlite" else "never"
