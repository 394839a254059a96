"""Plain text as paragraphs: lines wrapped at a column are joined, others stand for themselves."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .meta import split_meta

WIDEST = 132  # columns; no editor or mailer wraps text further out
NARROWEST = 30  # columns
FEWEST_WRAPPED = 3  # lines that go on in the next one
LEAST_WRAPPED = 0.5  # of the lines that are followed by another

_ENDED = re.compile(r"[.!?…:;。][\"'”’»“)\]]{0,3}$")
_ITEM = re.compile(r"(?:[•·▪●■◦‣*–—-]\s|\(?\d{1,2}[.)]\s|#{1,6}\s|>\s)")
_NAME = re.compile(r"[^\W\d_a-zа-яёіїєґ][\w'’-]+(?: [^\W\d_a-zа-яёіїєґ][\w'’-]+){1,2}")
_STAMP_LIKE = re.compile(r"\d{1,2}[:.]\d\d\b")
_MARKDOWN = re.compile(r"^(?:#{1,6}|>)\s+")
_PICTURE = re.compile(r"!\[[^\]]{0,300}\]\([^)]{0,500}\)")
_LINKED = re.compile(r"\[([^\]]{1,300})\]\(https?://[^)]{1,500}\)")
_UNDERLINE = re.compile(r"={3,}")  # of a heading in Markdown
# Signs without a shape of their own: where a word may break, and what turns the order of reading (UAX 9).
INVISIBLE = "\u00ad\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
_UNSEEN = re.compile(f"[{INVISIBLE}]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph, heading or label of a text; white space folded."""

    text: str
    is_apart: bool  # an empty line, or the end, follows


def rows_of(text: str) -> tuple[Row, ...]:
    """The paragraphs of a text in order, without empty ones."""
    lines = [visible(line).rstrip() for line in text.splitlines()]
    return tuple(row for block in _unwrapped(lines) for row in _rows(block))


def lines_of(text: str) -> tuple[str, ...]:
    """The same with their Markdown and white space; only the lines of a wrapped one are joined."""
    return tuple(line for block in _unwrapped(visible(text).splitlines()) for line in block)


def visible(text: str) -> str:
    """The text without the signs that nobody sees: behind them no rule would know a word or an end."""
    return _UNSEEN.sub("", text)  # str.translate takes eight times as long


def _unwrapped(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    """Blocks of lines between empty ones, those joined that were one line before wrapping."""
    width = _wrapped_at(lines)
    for block in _blocks(lines):
        yield block if width is None else tuple(_joined(block, width))


def _blocks(lines: Sequence[str]) -> Iterator[list[str]]:
    block: list[str] = []
    for line in lines:
        if line.strip() and not _UNDERLINE.fullmatch(line.strip()):
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _wrapped_at(lines: Sequence[str]) -> int | None:
    """The column at which the text is wrapped, or None if a line is a paragraph."""
    full = sorted(len(line) for line in lines if line.strip())
    if not full:
        return None
    width = full[min(len(full) - 1, len(full) * 95 // 100)]
    if not NARROWEST <= width <= WIDEST:
        return None
    followed = [
        line for line, after in pairwise(lines) if after.strip() and len(line) >= 0.6 * width
    ]
    going_on = sum(not _ENDED.search(line[-8:]) for line in followed)
    is_wrapped = going_on >= FEWEST_WRAPPED and going_on >= LEAST_WRAPPED * len(followed)
    return width if is_wrapped else None


def _rows(block: Sequence[str]) -> Iterator[Row]:
    texts = map(_plain, block)
    kept = [text for text in texts if text]
    for text in kept[:-1]:
        yield Row(text, is_apart=False)
    if kept:
        yield Row(kept[-1], is_apart=True)


def _joined(block: Sequence[str], width: int) -> Iterator[str]:
    """The lines of one block, those joined that were one line before wrapping."""
    parts = [block[0]]  # joined at the end: one by one, a megabyte takes seconds
    labels = [split_meta(line) is not None for line in block]
    for (above, line), is_label in zip(pairwise(block), map(any, pairwise(labels)), strict=True):
        if is_label or _breaks(above, line, width):
            yield "".join(parts)
            parts = [line]
        else:
            parts.append(_behind(above, line.strip()))
    yield "".join(parts)


def _breaks(above: str, line: str, width: int) -> bool:
    """Whether a new paragraph begins with ``line``: its first word had room on the line above."""
    if _ITEM.match(line.lstrip()):
        return True
    if _NAME.fullmatch(line.strip()) and len(above) + 1 + len(line) <= width:
        return True
    is_indented = len(line) - len(line.lstrip()) > len(above) - len(above.lstrip()) + 1
    if is_indented and _ENDED.search(above):
        return True
    word = line.split(maxsplit=1)[0]
    had_room = len(above) + 1 + len(word) <= width - 4
    return had_room and (not line.lstrip()[:1].islower()) and not _is_ragged(above, line, width)


def _is_ragged(above: str, line: str, width: int) -> bool:
    """Whether the line above was only broken early: nearly full, not ended, no label."""
    return len(above) >= 0.75 * width and not _ENDED.search(above) and not _STAMP_LIKE.match(line)


def _behind(above: str, line: str) -> str:
    """The line as it goes on: a hyphen at the end of the one above is one of the word, broken there."""
    is_split = above.endswith("-") and above[-2:-1].isalpha() and line[:1].islower()
    return line if is_split else f" {line}"


def _plain(text: str) -> str:
    """Without the marks of Markdown."""
    bare = _LINKED.sub(r"\1", _PICTURE.sub("", _MARKDOWN.sub("", text.strip())))
    if bare.startswith("**") and bare.endswith("**"):
        bare = bare.strip("*")
    return " ".join(bare.split())
