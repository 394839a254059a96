"""Shows that long work goes on."""

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
        # Lines above it, where both are one terminal; what goes into a file or pipe is none of its business.
        redirect_stdout=sys.stdout is not None and sys.stdout.isatty(),
    )
