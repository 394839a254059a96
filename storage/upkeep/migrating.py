"""Schema migrations by Alembic, which is slow to import: imported only if some are missing."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from digest.errors import WrongVersion


def migrate(connection: Connection, stored: str | None, migrations: Path) -> None:
    """Run the missing migrations. Raises WrongVersion if ``stored`` is none of them: the schema is newer."""
    config = configured(migrations)
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if stored is not None and stored not in known:
        raise WrongVersion(
            f"the database was made by a newer attache (revision {stored}); install that version"
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def configured(migrations: Path) -> Config:
    """The configuration of Alembic."""
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
