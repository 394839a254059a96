"""Ends the process, whatever will not end by itself.

Some work cannot be cut short: a thread in which a digest is composed or the database waits for another
program, a command that waits for a stranger's server. On 2026-11-30 a stop took 29 s while /add waited for
a slow page, and 58 s while another program held the database.
"""

import os
from threading import Timer

import structlog

log = structlog.get_logger(__name__)

LAST = 9.5  # seconds from the signal, of the 10 that a stop may take


def end_soon(seconds: float = LAST) -> None:
    """Leave the process after so long, unless it has ended by then; work under way is lost as in a crash."""
    timer = Timer(seconds, _end)
    timer.daemon = True
    timer.start()


def _end() -> None:
    log.warning("ended in the middle of something")
    os._exit(0)
