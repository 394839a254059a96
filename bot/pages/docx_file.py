"""A press review as an Office Open XML document, by python-docx."""

from collections.abc import Iterable
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

from ..talk.markup import Block, Blocks, Line, Run

_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_BLUE = (0x05, 0x63, 0xC1)


def as_docx(review: Blocks, day: date, *, language: str) -> bytes:
    """The blocks as headings, paragraphs and quotations in a Word file, with working links.

    The first line of the first block is the title; a block of one bold line is a heading.
    """
    from docx import Document  # a tenth of a second and 20 MB, for who exports only

    document = Document()
    title, *below = review[0].lines
    _properties(document, _plain(title), day, language)
    document.add_heading(_plain(title), level=0)
    _paragraphs(document, below, style=None)
    for block in review[1:]:
        _block(document, block)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _properties(document: Any, title: str, day: date, language: str) -> None:
    """What the file says about itself, in place of the template's author and date."""
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title[:255], "Attaché", ""
    properties.language = language
    properties.created = properties.modified = datetime.combine(day, time())


def _block(document: Any, block: Block) -> None:
    if _is_heading(block):
        document.add_heading(_plain(block.lines[0]), level=1)
    else:
        _paragraphs(document, block.lines, style="Quote" if block.quote else None)


def _is_heading(block: Block) -> bool:
    return len(block.lines) == 1 and all(r.bold and r.url is None for r in block.lines[0])


def _paragraphs(document: Any, lines: Iterable[Line], *, style: str | None) -> None:
    for line in lines:
        paragraph = document.add_paragraph(style=style)
        for one in line:
            _run(paragraph, one)


def _run(paragraph: Any, one: Run) -> None:
    """A run of text, inside a link if it has one: the library has no call for links."""
    made = paragraph.add_run(_sayable(one.text))
    made.bold, made.italic = one.bold or None, one.italic or None
    if one.url is None:
        return
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    made.font.underline, made.font.color.rgb = True, RGBColor(*_BLUE)
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(_sayable(one.url), _LINK, is_external=True))
    link.append(made._r)
    paragraph._p.append(link)


def _plain(line: Line) -> str:
    return _sayable("".join(one.text for one in line))


def _sayable(text: str) -> str:
    """The text without characters that XML 1.0 cannot write (production 2)."""
    return "".join(c for c in text if _is_character(ord(c)))


def _is_character(code: int) -> bool:
    if code < 0x20:
        return code in (0x9, 0xA, 0xD)
    return not (0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF))
