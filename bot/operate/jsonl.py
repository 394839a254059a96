"""Rows of JSON, one a line, in and out of files and streams."""

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any

from digest.errors import AttacheError, InputError, Unreadable

Row = dict[str, Any]


def refuse_same(source: str, target: str) -> None:
    """Raise InputError if both are the same file: opening it for writing would empty it unread."""
    if source == "-" or target == "-":
        return
    try:
        same = Path(target).samefile(source)
    except OSError:  # one of them is not there: they are not the same
        return
    if same:
        raise InputError(f"{target} is both IN and OUT; name another file for OUT")


def opened(source: str, stack: ExitStack) -> Iterable[str]:
    """The lines of a file, or of standard input for "-". Raises Unreadable if it cannot be read."""
    if source == "-":
        if sys.stdin is None:  # a shell's <&-
            raise Unreadable("standard input is closed; name a file for IN")
        if isinstance(sys.stdin, TextIOWrapper):
            sys.stdin.reconfigure(encoding="utf-8-sig", errors="replace")
        return sys.stdin
    try:
        return stack.enter_context(Path(source).open(encoding="utf-8-sig", errors="replace"))
    except OSError as error:
        raise Unreadable(f"{source} cannot be read: {error.strerror}") from error


@contextmanager
def writable(target: str) -> Iterator[IO[str]]:
    """A file, or standard output for "-". Raises AttacheError where it cannot be opened, or can
    hold no more.
    """
    if target == "-":
        if sys.stdout is None:
            raise AttacheError("standard output is closed; name a file for OUT")
        yield sys.stdout
        return
    try:
        file = Path(target).open("w", encoding="utf-8")  # noqa: SIM115 - closed below, where it may fail
    except OSError as error:
        raise AttacheError(f"{target} cannot be written: {error.strerror}") from error
    try:
        with file:
            yield file
    except OSError as error:
        raise AttacheError(f"{target} could not be written: {error.strerror}") from error


def parsed(line: str) -> Row:
    """The row in a line. Raises InputError if it is no JSON object with an id."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise InputError("it is no JSON") from None
    if not isinstance(row, dict) or not isinstance(row.get("id"), str | int):
        raise InputError("it is no JSON object with an id")
    return row


def text_of(row: Row, key: str) -> str:
    """The text under a key. Raises InputError if it is no text, KeyError if there is none."""
    if not isinstance(row[key], str):
        raise InputError(f"{key!r} is no text")
    return whole(row[key])


def text_or_none(row: Row, key: str) -> str | None:
    """As ``text_of``, but None if it is empty, null or missing."""
    return None if row.get(key) is None else text_of(row, key) or None


def whole(text: str) -> str:
    """The text with unpaired surrogates replaced, which neither files nor databases can hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def write(rows: Iterable[Row], out: IO[str]) -> None:
    """Write a line for each row."""
    for row in rows:
        out.write(whole(json.dumps(row, ensure_ascii=False)) + "\n")
