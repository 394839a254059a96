"""Split values into batches that fit into one statement."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

_MOST = 5_000  # values in one IN (...); SQLite takes 32,766 parameters a statement

T = TypeVar("T")


def batches(values: Iterable[T], size: int = _MOST) -> Iterator[list[T]]:
    """The distinct values, in order, in batches of at most ``size``; no batch if there are no values."""
    rest = iter(dict.fromkeys(values))
    while batch := list(islice(rest, size)):
        yield batch
