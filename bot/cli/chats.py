"""``attache chats``: the subscriptions, for a back-up or a move."""

from pathlib import Path
from typing import Annotated

import typer

from .running import FAILED, finish, settings

group = typer.Typer(
    help="The subscriptions: back-up and move.\n\nExample: attache chats export",
    no_args_is_help=True,
)


@group.command("export")
def export_chats() -> None:
    """Print every subscription as a line of JSON.   Example: attache chats export > chats.jsonl"""
    from ..operate import chats as operate

    finish(operate.export_chats(settings()))


@group.command("import")
def import_chats(
    path: Annotated[Path, typer.Argument(metavar="F.jsonl", help="As export prints it.")],
) -> None:
    """Store subscriptions, over any that are there; a wrong line is named and skipped.

    Example: attache chats import chats.jsonl
    """
    from ..operate import chats as operate

    skipped = finish(operate.import_chats(settings(), path))
    raise SystemExit(FAILED if skipped else 0)
