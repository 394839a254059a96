"""How long work shows that it goes on."""

import sys

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn


def progress() -> Progress:
    """A spinner with words on standard error, and only where somebody watches."""
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        console=Console(stderr=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
