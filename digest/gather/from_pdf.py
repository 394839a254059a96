"""The text of a PDF, as lines; what is only a picture of text is refused."""

import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from ..errors import Unreadable

MOST_PAGES = 300
FEWEST_LETTERS = 40  # in the whole file; a scan has none, or a stamp of its scanner
_OFTEN = 3  # pages on which a first or last line stands to be the head or foot of all
# What malformed files make the library raise beside its own errors.
_MALFORMED = (
    PyPdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError,
    NotImplementedError, OSError, AssertionError, struct.error, zlib.error,
)  # fmt: skip
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\x00": ""}
)
_NUMBER = re.compile(r"\W*(?:\w+\s+)?\d{1,4}(?:\s*(?:/|\w{1,4})\s*\d{1,4})?\W*")
_DIGITS = re.compile(r"\d+")
_SPLIT = re.compile(r"\b([^\W\d_]+)-\n([^\W\d_]+)")


def pdf_text(data: bytes, *, name: str) -> str:
    """Its pages as one text, without page numbers and what stands on every page.

    Raises Unreadable for a file that is damaged, locked by a password, longer than 300 pages, or
    holds no text.
    """
    try:
        pages = _pages(data, name)
    except (DependencyError, FileNotDecryptedError) as error:
        raise Unreadable(f"{name} is locked by a password.", why="locked") from error
    except _MALFORMED as error:
        raise Unreadable(f"{name} is damaged: {error}", why="damaged") from error
    text = _whole("\n".join(line for page in _bare(pages) for line in page))
    if sum(map(str.isalpha, text)) < FEWEST_LETTERS:
        raise Unreadable(f"{name} holds pictures of text, and no text.", why="scanned")
    return text


def _pages(data: bytes, name: str) -> list[list[str]]:
    """The lines of each page."""
    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable(f"{name} is locked by a password.", why="locked")
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise Unreadable(f"{name} has {count:,} pages; at most {MOST_PAGES} are read.", why="long")
    texts = (page.extract_text().translate(_LIGATURES) for page in reader.pages)
    return [[line.rstrip() for line in text.splitlines() if line.strip()] for text in texts]


def _bare(pages: Sequence[list[str]]) -> Iterator[list[str]]:
    """The pages without their numbers, and without the line that many begin or end with."""
    ends = Counter(_DIGITS.sub("", line) for page in pages for line in {*page[:1], *page[-1:]})

    def is_margin(line: str) -> bool:
        is_repeated = 2 * ends[_DIGITS.sub("", line)] > len(pages) >= _OFTEN
        return is_repeated or _NUMBER.fullmatch(line) is not None

    for page in pages:
        inner = page[1:] if page and is_margin(page[0]) else page
        yield inner[:-1] if inner and is_margin(inner[-1]) else inner


def _whole(text: str) -> str:
    """Words that were split at the end of a line, put together; a compound keeps its hyphen.

    What is a compound is told by the rest of the text: it stands there in one line.
    """

    def joined(split: re.Match[str]) -> str:
        left, right = split.groups()
        is_compound = f"{left}-{right}" in text or not right[0].islower()
        return f"{left}-{right}" if is_compound else f"{left}{right}"

    return _SPLIT.sub(joined, text)
