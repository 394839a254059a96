"""The text of a PDF as paragraphs; a PDF that is only a picture of text is refused."""

import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from ...errors import Unreadable

MOST_PAGES = 300
FEWEST_LETTERS = 40  # in the whole file; a scan has none, or a stamp of its scanner
_MOST_EMPTY = 1.7  # lines to one with text; from there on the text is set with wide gaps
_FULL_WIDTH, _ENDED_WIDTH = 0.75, 0.9  # of the longest lines; below it a line leaves room
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
_ENDED = re.compile(r"[.!?…:;][\"'”’»)\]]{0,2}$")
_ITEM = re.compile(r"\s*(?:[•·▪●■◦‣]|[–—]\s|\(?\d{1,2}[.)]\s)")
_DIGITS = re.compile(r"\d+")
_SPLIT = re.compile(r"\b([^\W\d_]+)-\n([^\W\d_]+)")


def pdf_text(data: bytes, *, name: str) -> str:
    """The paragraphs of the file, with an empty line between two, without page numbers and running heads.

    Raises Unreadable for a file that is damaged, locked by a password, longer than 300 pages, or without
    text.
    """
    try:
        pages = _pages(data, name)
    except (DependencyError, FileNotDecryptedError) as error:
        raise Unreadable(f"{name} is locked by a password.", why="locked") from error
    except _MALFORMED as error:
        raise Unreadable(f"{name} is damaged: {error}", why="damaged") from error
    text = "\n\n".join(_paragraphs([line for page in _bare(pages) for line in page]))
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
    return [[line.rstrip() for line in text.strip().splitlines()] for text in texts]


def _bare(pages: Sequence[list[str]]) -> Iterator[list[str]]:
    """The pages without their numbers, and without a line that many of them begin or end with."""
    ends = Counter(_DIGITS.sub("", line) for page in pages for line in {*page[:1], *page[-1:]})

    def is_margin(line: str) -> bool:
        is_repeated = 2 * ends[_DIGITS.sub("", line)] > len(pages) >= _OFTEN
        return is_repeated or _NUMBER.fullmatch(line) is not None

    for page in pages:
        inner = page[1:] if page and is_margin(page[0]) else page
        yield inner[:-1] if inner and is_margin(inner[-1]) else inner


def _paragraphs(lines: Sequence[str]) -> Iterator[str]:
    """Lines joined to paragraphs; empty lines separate these, unless every other line is empty."""
    full = [line for line in lines if line]
    is_parted = len(lines) < _MOST_EMPTY * len(full)
    width = sorted(map(len, full))[len(full) * 9 // 10] if full else 0
    whole = "\n".join(full)
    held: list[str] = []
    for line in lines if is_parted else full:
        if held and (not line or _is_end(held[-1], line, width)):
            yield _joined(held, whole)
            held = []
        held += [line] if line else []
    if held:
        yield _joined(held, whole)


def _is_end(above: str, line: str, width: int) -> bool:
    """Whether a paragraph ends with ``above``: it is not full, or ``line`` begins an item of a list.

    Letters differ in width, so a full line may have a fifth fewer of them than the longest.
    """
    if _ITEM.match(line):
        return True
    if above.endswith("-") or line.lstrip()[:1].islower():
        return False
    return len(above) < (_ENDED_WIDTH if _ENDED.search(above) else _FULL_WIDTH) * width


def _joined(lines: Sequence[str], whole: str) -> str:
    """One paragraph; words that were split at the end of a line are put together.

    A compound keeps its hyphen: it stands in one line elsewhere, or goes on with a capital.
    """

    def mended(split: re.Match[str]) -> str:
        left, right = split.groups()
        is_compound = f"{left}-{right}" in whole or not right[0].islower()
        return f"{left}-{right}" if is_compound else f"{left}{right}"

    return " ".join(_SPLIT.sub(mended, "\n".join(lines)).split())
