"""Formatted text as values: built from runs and blocks, measured as Telegram measures, never cut.

The same blocks become Telegram's HTML, a terminal's colours, or Markdown.
"""

import html as _html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.text import Text

MOST_UNITS = 4096  # UTF-16 code units after parsing (Bot API, sendMessage)
MOST_ENTITIES = 100  # Telegram drops the rest in silence


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
    """A run of visible text: control and bidirectional override characters are left out."""
    return Run("".join(c for c in text if _is_harmless(c)), bold, italic, url)


def html(blocks: Sequence[Block]) -> str:
    """Telegram's HTML, an empty line between two blocks that are not glued by a quote."""
    return "\n".join(_block_html(block) for block in blocks)


def escape(text: str) -> str:
    """``text`` with the characters that mean something in Telegram's HTML made harmless."""
    return _html.escape(text, quote=True)


def units(blocks: Sequence[Block]) -> int:
    """UTF-16 code units of the message once it is parsed."""
    return len(plain(blocks).encode("utf-16-le")) // 2


def entities(blocks: Iterable[Block]) -> int:
    """Entities that Telegram will count."""
    return sum(
        block.quote
        + sum(r.bold + r.italic + (r.url is not None) for line in block.lines for r in line)
        for block in blocks
    )


def fits(blocks: Sequence[Block]) -> bool:
    """Whether Telegram takes the blocks as one message."""
    return units(blocks) <= MOST_UNITS and entities(blocks) <= MOST_ENTITIES


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
    text = "".join(f"\\{c}" if c in "\\`*_[]<>#" else c for c in r.text)
    if r.bold and text.strip():
        text = f"**{text}**"
    if r.italic and text.strip():
        text = f"*{text}*"
    return f"[{text}](<{r.url}>)" if r.url is not None else text


def _style(r: Run) -> str:
    styles = [name for name, on in (("bold", r.bold), ("italic", r.italic)) if on]
    if r.url is not None:
        styles.append(f"link {r.url}" if not r.url.startswith("file:") else "underline")
    return " ".join(styles)


def _is_harmless(character: str) -> bool:
    """Not a control, an unpaired surrogate or a bidirectional override or isolate (UAX 9)."""
    code = ord(character)
    return not (
        code < 0x20
        or 0x7F <= code < 0xA0
        or 0xD800 <= code <= 0xDFFF
        or 0x202A <= code <= 0x202E
        or 0x2066 <= code <= 0x2069
        or code in (0x200E, 0x200F, 0xFEFF)
    )
