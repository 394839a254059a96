"""Whether the file of a database is still the one that was opened.

A file that is removed, or replaced by a copy, stays open without a name: SQLite goes on in it, and all that
is stored there is lost with the process.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from digest.errors import StoreError


def keep_to(engine: Engine, path: Path) -> None:
    """Let every transaction of the engine raise StoreError once the file at ``path`` is another or gone."""
    kept = _File(path)
    event.listen(engine, "do_connect", kept.look)
    event.listen(engine, "connect", kept.note)
    event.listen(engine, "begin", kept.look)


class _File:
    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self._first: tuple[int, int] | None = None

    def note(self, *_: object) -> None:
        """Keep in mind which file was opened first."""
        if self._first is None:
            self._first = self._found()

    def look(self, *_: Any) -> None:
        """A connection that is made would make a new file as well."""
        if self._first is not None and self._found() != self._first:
            raise StoreError(
                f"the database {self._path} was removed or replaced while in use: nothing is stored any more;"
                " stop this program, and put the file in its place"
            )

    def _found(self) -> tuple[int, int] | None:
        try:
            there = self._path.stat()
        except OSError:
            return None
        return there.st_dev, there.st_ino
