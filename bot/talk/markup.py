"""Formatted text as values: built from runs and blocks, measured as Telegram measures, never cut. Pure.

The same blocks become Telegram's HTML, a terminal's colours, or Markdown.
"""

import html as _html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.style import Style
from rich.text import Text

MOST_UNITS = 4096  # UTF-16 code units after parsing (Bot API, sendMessage)
MOST_ENTITIES = 100  # Telegram drops the rest in silence
LONGEST_HEADLINE = 250  # code points that are shown; the data keep all
MOST_LINK_BYTES = 8000  # of about 9,500 for all entities; the rest is for their types and offsets

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BREAKS = dict.fromkeys(map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029"), " ")
_ANGLES = str.maketrans({"<": "%3C", ">": "%3E", "\n": "%0A", "\r": "%0D", "\\": "%5C"})
# Controls, unpaired surrogates, bidirectional marks, overrides and isolates (UAX 9), byte order marks.
_HARMFUL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_MARKDOWN = frozenset("\\`*_[]<>#&~|")  # each may mean something in the middle of a line


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style, perhaps a link."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str | None = None


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together; a quote is indented and may be folded by the client."""

    lines: tuple[Line, ...]
    quote: bool = False
    folded: bool = False


Blocks = tuple[Block, ...]


def run(text: str, *, bold: bool = False, italic: bool = False, url: str | None = None) -> Run:
    """A run of text on one line: line breaks become blanks, and ``harmless`` removes what disturbs.

    An empty address counts as none: Telegram would take the text for the address.
    """
    return Run(harmless(text.translate(_BREAKS)), bold, italic, url or None)


def harmless(text: str) -> str:
    """``text`` without control characters, unpaired surrogates and marks that change the reading order.

    Line feeds stay. Unicode's separators of lines and paragraphs, which no text of ours has, become blanks.
    """
    return _HARMFUL.sub("", text.replace("\u2028", " ").replace("\u2029", " "))


def shortened(text: str, most: int = LONGEST_HEADLINE) -> str:
    """The text, cut after a whole word and with "…" if it has more than ``most`` code points."""
    if len(text) <= most:
        return text
    beginning = text[: most - 1]
    words = beginning.rpartition(" ")[0]
    whole = words if len(words) > most * 0.8 else beginning
    return whole.rstrip(" ,;:–—-\u200d") + "…"


def superscript(number: int) -> str:
    """The number in superscript digits, as it follows a sentence: "¹²"."""
    return str(number).translate(_SUPERSCRIPT)


def html(blocks: Sequence[Block]) -> str:
    """Telegram's HTML, each block on lines of its own."""
    return "\n".join(_block_html(block) for block in blocks)


def escape(text: str) -> str:
    """``text`` escaped for Telegram's HTML, after ``harmless``."""
    return _html.escape(harmless(text), quote=True)


def units(blocks: Sequence[Block]) -> int:
    """UTF-16 code units of the message once it is parsed."""
    return len(plain(blocks).encode("utf-16-le")) // 2


def entities(blocks: Iterable[Block]) -> int:
    """How many entities Telegram will count: bold, italic, links and quotes."""
    return sum(
        block.quote
        + sum(r.bold + r.italic + (r.url is not None) for line in block.lines for r in line)
        for block in blocks
    )


def link_bytes(blocks: Iterable[Block]) -> int:
    """Bytes in UTF-8 of all addresses that the text links to."""
    lines = (line for block in blocks for line in block.lines)
    return sum(len((r.url or "").encode("utf-8", "replace")) for line in lines for r in line)


def fits(blocks: Sequence[Block]) -> bool:
    """Whether Telegram takes the blocks as one message."""
    return (
        units(blocks) <= MOST_UNITS
        and entities(blocks) <= MOST_ENTITIES
        and link_bytes(blocks) <= MOST_LINK_BYTES
    )


def plain(blocks: Sequence[Block]) -> str:
    """The text as a reader sees it, without any styles."""
    return "\n".join(
        "\n".join("".join(r.text for r in line) for line in block.lines) for block in blocks
    )


def coloured(blocks: Sequence[Block]) -> Text:
    """The text for a terminal: quotes behind a bar, links clickable where it can."""
    text = Text()
    for block in blocks:
        for line in block.lines:
            text.append("▎ " if block.quote else "", "cyan")
            for r in line:
                text.append(r.text, _style(r))
            text.append("\n")
    return text


def markdown(blocks: Sequence[Block]) -> str:
    """CommonMark; every line is its own paragraph or item of a quote."""
    return "\n\n".join(
        "  \n".join(
            ("> " if block.quote else "") + "".join(map(_run_markdown, line))
            for line in block.lines
        )
        for block in blocks
    )


def _block_html(block: Block) -> str:
    inner = "\n".join("".join(map(_run_html, line)) for line in block.lines)
    if not block.quote:
        return inner
    return f"<blockquote{' expandable' if block.folded else ''}>{inner}</blockquote>"


def _run_html(r: Run) -> str:
    text = escape(r.text)
    if r.bold:
        text = f"<b>{text}</b>"
    if r.italic:
        text = f"<i>{text}</i>"
    return f'<a href="{escape(r.url)}">{text}</a>' if r.url is not None else text


def _run_markdown(r: Run) -> str:
    """Blanks at the ends stay outside the marks: "**1 **" would show its asterisks."""
    inner = r.text.strip()
    before, _, after = r.text.partition(inner) if inner else (r.text, "", "")
    marks = "*" * (2 * r.bold + r.italic) if inner else ""
    text = marks + "".join(f"\\{c}" if c in _MARKDOWN else c for c in inner) + marks
    if r.url is not None:
        text = f"[{text}](<{r.url.translate(_ANGLES)}>)"
    return before + text + after


def _style(r: Run) -> Style:
    return Style(bold=r.bold or None, italic=r.italic or None, link=r.url)
