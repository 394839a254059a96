"""Files on disk: which of them are articles, feeds or pages, and their text."""

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ...errors import Unreadable
from ..decode import decode as decode_any

LARGEST = 20 * 1024 * 1024  # bytes
SNIFFED = 4096  # bytes that show what a file is
DEEPEST = 32  # folders below folders
MOST_BROKEN = 0.02  # of the characters replaced, or the text is of another encoding

Kind = Literal["text", "html", "feed", "pdf", "docx"]

_KINDS: dict[str, Kind] = {
    ".txt": "text", ".text": "text", ".md": "text", ".markdown": "text", "": "text", ".html": "html",
    ".htm": "html", ".xhtml": "html", ".xml": "feed", ".rss": "feed", ".atom": "feed", ".rdf": "feed",
    ".json": "feed", ".pdf": "pdf", ".docx": "docx",
}  # fmt: skip
_UNFINISHED = (".tmp", ".part", ".partial", ".crdownload", ".swp", "~")
_FEEDS = ("<rss", "<feed", "<rdf:rdf", "<channel", "jsonfeed.org/version")
_PAGES = ("<!doctype html", "<html", "<head", "<body")
_BINARY = (
    b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"\x7fELF", b"MZ",
    b"RIFF", b"OggS", b"ID3", b"7z\xbc\xaf", b"Rar!", b"SQLite format", b"\xd0\xcf\x11\xe0", b"BZh",
)  # fmt: skip
# A PDF may have a few bytes before it; an old or locked Word file is refused by name where it is read.
_DOCUMENTS: dict[Kind, tuple[bytes, ...]] = {
    "pdf": (b"%PDF",),
    "docx": (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"),
}
_CONTROLS = tuple(chr(code) for code in range(1, 32) if chr(code) not in "\t\n\r\f\v\x1a\x1b\x1c")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
# Without O_NONBLOCK a named pipe would be waited for.
_READING = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_REASONS = {
    errno.EACCES: "may not be read: its rights forbid it",
    errno.EPERM: "may not be read: its rights forbid it",
    errno.ELOOP: "is a link; links are not followed",
    errno.ENOENT: "does not exist",
    errno.ENOTDIR: "does not exist",
    errno.ENAMETOOLONG: "has a name that is too long",
    errno.EISDIR: "is a folder",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A file that can be read as what ``kind`` says."""

    path: Path
    kind: Kind


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or folder that is left out, with the reason in words that follow its name."""

    path: Path
    reason: str


def find(path: Path) -> Iterator[Found | Skipped]:
    """The file, or all files below the folder, by name; those that cannot be read are named as skipped.

    Links are not followed; hidden and unfinished files are passed over silently. The kind is known by the
    ending of the name and, if that is ambiguous, by the content. Raises Unreadable if ``path`` itself does
    not exist or may not be read.
    """
    try:
        mode = path.lstat().st_mode
    except (OSError, ValueError) as error:
        raise Unreadable(f"{path} {_reason(error)}.") from error
    if stat.S_ISDIR(mode):
        yield from _below(path, 0)
    elif stat.S_ISREG(mode):
        yield _judged(path)
    else:
        raise Unreadable(f"{path} {_not_regular(mode)}.")


def kind_of(name: str, data: bytes) -> Found | Skipped:
    """The kind of a file by its name and content, wherever it came from."""
    path = Path(name)
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        return Skipped(path, f"is of an unknown kind ({path.suffix.lower()})")
    return _sniffed(path, kind, data[:SNIFFED])


def read_bytes(path: Path, cap: int = LARGEST) -> bytes:
    """The content of a regular file of at most ``cap`` bytes; a link is not followed.

    Raises Unreadable with the file's name and the reason.
    """
    try:
        handle = os.open(path, _READING)
    except (OSError, ValueError) as error:
        raise Unreadable(f"{path} {_reason(error)}.") from error
    try:
        found = os.fstat(handle)
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable(f"{path} {_not_regular(found.st_mode)}.")
        if found.st_size > cap:
            raise Unreadable(f"{path} {_too_large(found.st_size, cap)}.")
        with os.fdopen(handle, "rb", closefd=False) as stream:
            body = stream.read(cap + 1)
    finally:
        os.close(handle)
    if len(body) > cap:  # it grew meanwhile
        raise Unreadable(f"{path} {_too_large(len(body), cap)}.")
    return body


def decode(data: bytes) -> str:
    """The text of ``data``: by its mark, as UTF-8, or by the likeliest encoding.

    Raises Unreadable for what is no text: known binary formats, NUL bytes outside UTF-16, control
    characters, or more than 2 % of characters that no encoding gives.
    """
    if data.startswith(_BINARY):
        raise Unreadable("the content is binary, not text.")
    encoding = _unmarked_wide(data)
    text = data.decode(encoding, "replace") if encoding else decode_any(data)
    text = text.removeprefix("\ufeff")
    controls = sum(text.count(sign) for sign in _CONTROLS)
    if "\x00" in text or controls > MOST_BROKEN * len(text):
        raise Unreadable("the content is binary, not text.")
    broken = text.count("\ufffd")
    if broken > MOST_BROKEN * len(text):
        raise Unreadable(f"the content is in no known encoding: {broken:,} characters are broken.")
    return text


def _below(folder: Path, depth: int) -> Iterator[Found | Skipped]:
    """What is in the folder, by name."""
    if depth > DEEPEST:
        yield Skipped(folder, f"lies more than {DEEPEST} folders deep")
        return
    try:
        with os.scandir(folder) as entries:
            names = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        if depth == 0:
            raise Unreadable(f"{folder} {_reason(error)}.") from error
        yield Skipped(folder, _reason(error))
        return
    for entry in names:
        if not _is_passed_over(entry.name):
            yield from _entry(entry, depth)


def _entry(entry: "os.DirEntry[str]", depth: int) -> Iterator[Found | Skipped]:
    path = Path(entry.path)
    try:
        mode = entry.stat(follow_symlinks=False).st_mode
    except OSError as error:
        yield Skipped(path, _reason(error))
        return
    if stat.S_ISDIR(mode):
        yield from _below(path, depth + 1)
    elif stat.S_ISREG(mode):
        yield _judged(path)
    else:
        yield Skipped(path, _not_regular(mode))


def _is_passed_over(name: str) -> bool:
    return name.startswith(".") or name.lower().endswith(_UNFINISHED)


def _judged(path: Path) -> Found | Skipped:
    """The kind of the file by its ending and its first bytes."""
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        return Skipped(path, f"is of an unknown kind ({path.suffix.lower()})")
    try:
        size, beginning = _beginning(path)
    except OSError as error:
        return Skipped(path, _reason(error))
    if size > LARGEST:
        return Skipped(path, _too_large(size, LARGEST))
    return _sniffed(path, kind, beginning)


def _sniffed(path: Path, kind: Kind, beginning: bytes) -> Found | Skipped:
    if kind in _DOCUMENTS:
        is_one = any(sign in beginning for sign in _DOCUMENTS[kind])
        return Found(path, kind) if is_one else Skipped(path, f"is no {kind} file inside")
    if beginning.startswith(_BINARY) or (b"\x00" in beginning and not _is_wide(beginning)):
        return Skipped(path, "is binary, not text")
    words = beginning.replace(b"\x00", b"").decode("latin-1").lower()
    has_feed = any(sign in words for sign in _FEEDS)
    if kind == "feed" and not has_feed:
        is_page = any(sign in words for sign in _PAGES)
        return Found(path, "html") if is_page else Skipped(path, "holds no feed")
    if kind == "html" and has_feed and not any(sign in words for sign in _PAGES):
        return Found(path, "feed")
    return Found(path, _text_as(words) if kind == "text" else kind)


def _text_as(words: str) -> Kind:
    """A page or feed that was saved as text is treated as what it is."""
    start = words.lstrip("\xef\xbb\xbf\xff\xfe \t\r\n")[:200]
    if start.startswith(_PAGES):
        return "html"
    is_feed = start.startswith(("<?xml", *_FEEDS)) and any(sign in words for sign in _FEEDS)
    return "feed" if is_feed else "text"


def _beginning(path: Path) -> tuple[int, bytes]:
    """The size in bytes, and the first bytes, which show what the file is."""
    handle = os.open(path, _READING)
    with os.fdopen(handle, "rb") as stream:
        return os.fstat(handle).st_size, stream.read(SNIFFED)


def _is_wide(data: bytes) -> bool:
    return data.startswith(_WIDE_MARKS) or _unmarked_wide(data) is not None


def _unmarked_wide(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte is NUL, at least at spaces and line ends."""
    sample = data[:SNIFFED]
    if data.startswith(_WIDE_MARKS) or b"\x00" not in sample or len(sample) < 4:
        return None
    little = sample.count(b" \x00") + sample.count(b"\n\x00")
    big = sample.count(b"\x00 ") + sample.count(b"\x00\n")
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if little and odd > 0.1 * len(sample) / 2 and even == 0:
        return "utf-16-le"
    return "utf-16-be" if big and even > 0.1 * len(sample) / 2 and odd == 0 else None


def _reason(error: OSError | ValueError) -> str:
    if isinstance(error, OSError):
        return _REASONS.get(error.errno or 0, f"cannot be read: {error.strerror}")
    return "is no name of a file"  # a NUL character in it


def _not_regular(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return _REASONS[errno.ELOOP]
    return _REASONS[errno.EISDIR] if stat.S_ISDIR(mode) else "is no regular file"


def _too_large(size: int, cap: int) -> str:
    return f"is too large: {size / 1e6:,.0f} MB, and at most {cap / 1e6:,.0f} MB are read"
