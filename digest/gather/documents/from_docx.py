"""The text of a Word file (.docx), a paragraph each, tables cell by cell."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.blkcntnr import BlockItemContainer
from docx.document import Document as DocumentOf
from docx.opc.exceptions import OpcError
from docx.table import Table
from lxml.etree import LxmlError

from ...errors import Unreadable

MOST_BYTES = 60_000_000  # of all its parts, unpacked; a book of 1,000 pages has 10
MOST_PARTS = 3_000  # pictures are parts too
_PIECE = 65_536  # bytes unpacked at once
_DEEPEST = 4  # tables in tables
_OLD = b"\xd0\xcf\x11\xe0"  # the container of .doc, and of a .docx with a password
# What malformed files make the libraries raise.
_MALFORMED = (
    BadZipFile, OpcError, LxmlError, ValueError, LookupError, AttributeError, TypeError, RuntimeError,
    EOFError, OSError, zlib.error,
)  # fmt: skip
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def docx_text(data: bytes, *, name: str) -> str:
    """The paragraphs of the file, with an empty line between two.

    Raises Unreadable for a file that is damaged, locked by a password, or far larger unpacked than any
    text; for an old .doc; and if there is no word in it.
    """
    _refuse_old(data, name)
    try:
        text = "\n\n".join(_paragraphs(Document(_unpacked(data, name)), 0))
    except _MALFORMED as error:
        raise Unreadable(f"{name} is damaged: {error}", why="damaged") from error
    if not text:
        raise Unreadable(f"{name} holds no text.", why="scanned")
    return text


def _refuse_old(data: bytes, name: str) -> None:
    if not data.startswith(_OLD):
        return
    if _LOCKED in data:
        raise Unreadable(f"{name} is locked by a password.", why="locked")
    raise Unreadable(f"{name} is of an old kind of Word; save it as .docx.", why="unknown")


def _unpacked(data: bytes, name: str) -> BytesIO:
    """The same file with its parts stored uncompressed, unpacked piece by piece up to the limit.

    The size that a part states cannot be trusted: zipfile unpacks up to 1 GB at once on one read.
    """
    stream, left = BytesIO(), MOST_BYTES
    with ZipFile(BytesIO(data)) as parts, ZipFile(stream, "w") as copy:
        if len(parts.namelist()) > MOST_PARTS:
            raise _too_long(name)
        for part in {one.filename: one for one in parts.infolist()}.values():
            with parts.open(part) as packed, copy.open(part.filename, "w") as stored:
                left -= _copied(packed, stored, left)
            if left < 0:
                raise _too_long(name)
    stream.seek(0)
    return stream


def _copied(packed: IO[bytes], stored: IO[bytes], most: int) -> int:
    """How many bytes were copied: all, or up to and including the piece that exceeds ``most``."""
    size = 0
    while size <= most and (piece := packed.read(_PIECE)):
        size += len(piece)
        stored.write(piece)
    return size


def _too_long(name: str) -> Unreadable:
    return Unreadable(f"{name} is far too large once it is unpacked.", why="long")


def _paragraphs(held: BlockItemContainer | DocumentOf, depth: int) -> Iterator[str]:
    for item in held.iter_inner_content():
        if isinstance(item, Table):
            yield from _cells(item, depth + 1)
        elif words := " ".join(item.text.split()):
            yield words


def _cells(table: Table, depth: int) -> Iterator[str]:
    """Each cell once, however many columns it spans."""
    if depth > _DEEPEST:
        return
    seen = set()
    for row in table.rows:
        for cell in row.cells:
            if cell._tc not in seen:
                seen.add(cell._tc)
                yield from _paragraphs(cell, depth)
