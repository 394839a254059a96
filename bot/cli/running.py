"""What every command does: read the settings, run to its end, and leave with an exit code."""

import asyncio
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

if TYPE_CHECKING:
    from ..settings import Settings

_T = TypeVar("_T")

FAILED, WRONG_USAGE = 1, 2  # exit codes
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def settings() -> "Settings":
    """The settings of the environment; logging is set up by them. Raises InputError if one is wrong."""
    from .. import logs
    from .. import settings as read

    found = read.load()
    logs.set_up(style=found.log_format, level=found.log_level)
    return found


def finish(task: Coroutine[Any, Any, _T]) -> _T:
    """Run a command's work to its end, and return what it gives."""
    return asyncio.run(task)
