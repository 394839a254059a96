"""Whether the file of a database is still the one that was opened, and holds what it held.

A file that is removed, or replaced by a copy, stays open without a name: SQLite goes on in it, and all that
is stored there is lost with the process. In one that is overwritten in its place, as by cp, SQLite goes on
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

_OPEN = Path("/dev/fd")  # each open file of this process
_HEADER = 100  # bytes (https://www.sqlite.org/fileformat2.html, section 1.3)


def keep_to(engine: Engine, path: Path) -> None:
    """Let every transaction of the engine raise StoreError once the file at ``path`` is another or gone."""
    kept = _File(path)
    event.listen(engine, "do_connect", kept.look)
    event.listen(engine, "connect", kept.note)
    event.listen(engine, "begin", kept.look)


def new_mark() -> str:
    """The statement that gives a database a number, by which it is told from all others."""
    return f"PRAGMA user_version = {1 + randbelow(2**31 - 1)}"


def mark_copy(copy: sqlite3.Connection) -> None:
    """Let a copy be another database than the one in use."""
    copy.execute(new_mark())


class _Head(NamedTuple):
    """What the first page says of the file, as of the last time that it was brought up to date."""

    mark: int  # of the database; 0 until it has one
    changes: int  # counted, never backwards; many of one connection may count as one
    pages: int


class _File:
    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self._first: tuple[int, int] | None = None
        self._written: tuple[int, int] | None = None  # when it last was, and how long it is
        self._head: _Head | None = None
        self._fault = ""

    def note(self, *_: object) -> None:
        """Keep in mind which file was opened first."""
        there = self._found()
        if self._first is None and there is not None:
            self._first = there.st_dev, there.st_ino

    def look(self, *_: Any) -> None:
        """A connection that is made would make a new file as well."""
        if self._first is not None and not self._fault:
            self._fault = self._changed(self._first, self._found())
        if self._fault:
            raise StoreError(
                f"the database {self._path} was {self._fault} while in use: nothing is stored any more;"
                " stop this program, and then put the file in its place"
            )

    def _changed(self, first: tuple[int, int], there: os.stat_result | None) -> str:
        """What was done to the file; nothing where it was only written to, by whichever program."""
        if there is None or (there.st_dev, there.st_ino) != first:
            return "removed or replaced"
        written = there.st_mtime_ns, there.st_size
        if written == self._written:
            return ""
        said = _first_page(first)
        if said is None:
            return ""
        last, self._written, self._head = self._head, written, _head_of(said)
        return "overwritten" if last and not _follows(last, self._head) else ""

    def _found(self) -> os.stat_result | None:
        try:
            return self._path.stat()
        except OSError:
            return None


def _first_page(file: tuple[int, int]) -> bytes | None:
    """The header, by way of a connection that has the file open; None where none has.

    Who opens and closes it once more lets go of the locks that SQLite holds there (the same, section 2.2).
    """
    for entry in _OPEN.iterdir():
        with suppress(OSError):
            number = int(entry.name)
            if _is(file, number):
                said = os.pread(number, _HEADER, 0)
                if _is(file, number):  # it was not closed meanwhile
                    return said
    return None


def _is(file: tuple[int, int], number: int) -> bool:
    there = os.fstat(number)
    return (there.st_dev, there.st_ino) == file


def _head_of(said: bytes) -> _Head | None:
    """None of a file that has no page yet."""
    if len(said) < _HEADER:
        return None
    mark, changes, pages = (int.from_bytes(said[at : at + 4]) for at in (60, 24, 28))
    return _Head(mark, changes, pages)


def _follows(last: _Head, head: _Head | None) -> bool:
    """Whether a file of the one header can have the other later on; with no page it cannot."""
    if head is None or last.mark not in (0, head.mark):
        return False
    return (last.changes, last.pages) <= (head.changes, head.pages)
