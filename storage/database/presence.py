"""Detect that the file of a SQLite database was removed, replaced or overwritten while it is in use.

A file that is removed, or replaced by a copy, stays open without a name: SQLite goes on in it, and all that
is stored there is lost with the process. In a file that is overwritten in place, as by cp, SQLite goes on
with pages of both (https://www.sqlite.org/howtocorrupt.html, section 1).
"""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from secrets import randbelow
from typing import Any, NamedTuple

from sqlalchemy import Engine, event

from digest.errors import StoreError

_OPEN = Path("/dev/fd")  # has an entry for each open file of this process
_HEADER = 100  # bytes (https://www.sqlite.org/fileformat2.html, section 1.3)


def keep_to(engine: Engine, path: Path) -> None:
    """Let all transactions of the engine raise StoreError once the file at ``path`` is another or gone."""
    kept = _File(path)
    event.listen(engine, "do_connect", kept.look)
    event.listen(engine, "connect", kept.note)
    event.listen(engine, "begin", kept.look)


def new_mark() -> str:
    """The statement that gives a database a random number, which tells it from all others."""
    return f"PRAGMA user_version = {1 + randbelow(2**31 - 1)}"


def mark_copy(copy: sqlite3.Connection) -> None:
    """Give a copy a number of its own, so that it counts as another database than the one in use."""
    copy.execute(new_mark())


class _Header(NamedTuple):
    """Fields of the file's header, as of the last time that SQLite updated it."""

    mark: int  # the number of ``new_mark``; 0 until the database has one
    changes: int  # SQLite's counter; never goes back, but many changes may count as one
    pages: int  # size of the database


class _File:
    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self._first: tuple[int, int] | None = None
        self._checked: tuple[int, int] | None = None  # mtime in ns and size, as last checked
        self._head: _Header | None = None
        self._fault = ""

    def note(self, *_: object) -> None:
        """Remember which file was opened first, by device and inode."""
        there = self._stat()
        if self._first is None and there is not None:
            self._first = there.st_dev, there.st_ino

    def look(self, *_: Any) -> None:
        """Check the file. Before each connection as well, since connecting would create a new file."""
        if self._first is not None and not self._fault:
            self._fault = self._changed(self._first, self._stat())
        if self._fault:
            raise StoreError(
                f"the database {self._path} was {self._fault} while in use: nothing is stored any more;"
                " stop this program, and then put the file in its place"
            )

    def _changed(self, first: tuple[int, int], there: os.stat_result | None) -> str:
        """What was done to the file, for the error; "" if it was only written to, by whichever program."""
        if there is None or (there.st_dev, there.st_ino) != first:
            return "removed or replaced"
        written = there.st_mtime_ns, there.st_size
        if written == self._checked:
            return ""
        said = _first_page(first)
        if said is None:
            return ""
        last, self._checked, self._head = self._head, written, _head_of(said)
        return "overwritten" if last and not _follows(last, self._head) else ""

    def _stat(self) -> os.stat_result | None:
        try:
            return self._path.stat()
        except OSError:
            return None


def _first_page(file: tuple[int, int]) -> bytes | None:
    """The header, read by a descriptor that a connection has open; None if there is none.

    Opening and closing the file once more would free the locks that SQLite holds on it (the same page,
    section 2.2).
    """
    for entry in _OPEN.iterdir():
        with suppress(OSError):
            number = int(entry.name)
            if _is_same_file(file, number):
                said = os.pread(number, _HEADER, 0)
                if _is_same_file(file, number):  # it was not closed meanwhile
                    return said
    return None


def _is_same_file(file: tuple[int, int], number: int) -> bool:
    there = os.fstat(number)
    return (there.st_dev, there.st_ino) == file


def _head_of(said: bytes) -> _Header | None:
    """The fields of the header; None if the file has no page yet."""
    if len(said) < _HEADER:
        return None
    mark, changes, pages = (int.from_bytes(said[at : at + 4]) for at in (60, 24, 28))
    return _Header(mark, changes, pages)


def _follows(last: _Header, head: _Header | None) -> bool:
    """Whether a file with the header ``last`` can have ``head`` after mere writing; never without a page."""
    if head is None or last.mark not in (0, head.mark):
        return False
    return (last.changes, last.pages) <= (head.changes, head.pages)
