"""Jobs for the processes that read what strangers wrote: a function is found there by its module."""

import os
import time
from pathlib import Path

from digest.errors import Refused

_kept: list[str] = []


def refuse() -> None:
    """Raise an error of ours."""
    raise Refused("the desk answered 403", status=403)


def stumble() -> None:
    """Raise what nobody expected."""
    raise ZeroDivisionError("by nothing")


def run() -> None:
    """Never end."""
    while True:
        pass


def after(seconds: float) -> int:
    """The number of the process, a little later."""
    time.sleep(seconds)
    return os.getpid()


def keep() -> None:
    """Load something."""
    _kept.append("loaded first")


def die(mark: Path) -> None:
    """End the process, unless ``mark`` says that one has died already."""
    if not mark.exists():
        mark.touch()
        os._exit(1)


def kept() -> str:
    """What was loaded."""
    return "".join(_kept)
