"""What there is to do for the processes that share the work."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Job:
    """Something for one of the workers to do; while one waits or is done, its equal is not added."""

    name: str
    about: str = ""
    urgency: int = 0  # the higher goes first
    after: timedelta = timedelta(0)
