"""``attache db``: the database's schema, copies and integrity."""

from pathlib import Path
from typing import Annotated

import typer

from .running import finish, settings

group = typer.Typer(
    help="The database: schema, copies, integrity.\n\nExample: attache db check",
    no_args_is_help=True,
)


@group.command("upgrade")
def upgrade_database() -> None:
    """Bring the database to this program's schema.   Example: attache db upgrade"""
    from ..operate import database as operate

    finish(operate.upgrade(settings()))


@group.command("backup")
def backup_database(target: Path) -> None:
    """Write a consistent copy while the bot runs.   Example: attache db backup copy.db"""
    from ..operate import database as operate

    finish(operate.back_up(settings(), target))


@group.command("move")
def move_database(
    source: Annotated[str, typer.Argument(metavar="SQLITE_URL", help="Where everything is.")],
    target: Annotated[str, typer.Argument(metavar="POSTGRES_URL", help="An empty database.")],
) -> None:
    """Move everything to a server, and compare. Interrupted, the same command goes on.

    Example: attache db move sqlite+aiosqlite:///attache.db postgresql+asyncpg://ada:pw@localhost/attache
    """
    from ..operate import database as operate
    from ..settings import load

    load()
    finish(operate.move(source, target))


@group.command("check")
def check_database() -> None:
    """Check the integrity of the database.   Example: attache db check"""
    from ..operate import database as operate

    finish(operate.check(settings()))
