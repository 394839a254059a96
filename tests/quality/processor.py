"""Seconds of processor that a process and all below it have taken, as the kernel counts them."""

import os
from pathlib import Path

from sqlalchemy import make_url

TICKS = os.sysconf("SC_CLK_TCK")


def seconds(pid: int) -> float:
    """Of a process, what is below it, and what was and has ended; 0 where it is gone."""
    return sum(map(_own, family(pid)))


def family(pid: int) -> list[int]:
    """A process and all below it; nothing where it is gone."""
    try:
        tasks = [one / "children" for one in Path(f"/proc/{pid}/task").iterdir()]
        children = [int(child) for task in tasks for child in task.read_text().split()]
    except FileNotFoundError:
        return []
    return [pid, *(one for child in children for one in family(child))]


def postmaster(url: str) -> int:
    """The first process of a server of the tests, by an address of it."""
    place = Path(str(make_url(url).query["host"]))
    return int((place / "data" / "postmaster.pid").read_text().split()[0])


def _own(pid: int) -> float:
    """With its children that have ended."""
    try:
        spent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:15]
    except FileNotFoundError:
        return 0.0
    return sum(map(int, spent)) / TICKS
