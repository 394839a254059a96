"""Work that processes hand each other."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Job:
    """Something for one of the workers to do; no equal job is added while it waits or is being done."""

    name: str
    about: str = ""
    urgency: int = 0  # higher goes first
    after: timedelta = timedelta(0)
