"""HTML as paragraphs: what a reader would see as separate blocks of text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape

from lxml import etree, html

from ..model.gathered import Paragraph, ParagraphKind
from .lines.layout import INVISIBLE
from .mending import NEVER_XML, with_signs

MOST = 2_000  # paragraphs of one article; cleaning compares them with each other
_DROPPED = (
    "audio", "button", "canvas", "embed", "fieldset", "figure", "form", "frame", "frameset", "head",
    "iframe", "math", "nav", "noscript", "object", "script", "select", "style", "svg", "template",
    "textarea", "title", "video",
)  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "head"})  # head, item, lb: trafilatura's
_BLOCKS = _HEADINGS | {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt",
    "footer", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "item", "list", "quote", "row", "cell", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
_WITHIN: Mapping[str, ParagraphKind] = {
    "blockquote": "quote",
    "quote": "quote",
    "li": "item",
    "item": "item",
}
_LINE_ENDS = frozenset({"br", "lb"})
_SPACE = re.compile(r"\s+")
_TWO_LINE_ENDS = re.compile(r"\n *\n")
_MARKUP = re.compile(r"<(?:[/?]?[A-Za-z]|!)|&[#A-Za-z]")
_BLANK_LINES = re.compile(r"\n[ \t\r]*\n")
_UNSEEN = re.compile(f"[{INVISIBLE}]")
_TAG = re.compile(r"<[A-Za-z]")
_ESCAPED = re.compile(  # by a feed that escaped its markup twice
    r"&lt;(?:/(?:p|div|a|span|strong|em|ul|ol|li|h[1-6])|br ?/?)&gt;", re.IGNORECASE
)
_ENTITY = re.compile(
    r"&(?:nbsp|amp|quot|apos|[lr][sd]quo|[mn]dash|hellip|#\d{2,5}|#x[\da-fA-F]{2,4});"
)
_MARK = re.compile(r"[\[(]?(?:\d{1,3}|[a-z]|[*†‡§]{1,3})[\])]?")
_NOTED = re.compile(r"(?:[.,;:!?”\"’»)]|[^\W\d_]{4}) ?$")  # "signed.¹", "Riga¹", but "km²"
_CAPTION = re.compile(
    r"(?:^|\s)(?:wp-caption(?:-text|-dd)?|(?:image|photo|picture|media|figure)[-_]?(?:caption|credit)"
    r"|caption[-_]text)(?:\s|$)"
)
_LONGEST_CAPTION = 400  # characters


def paragraphs(markup: str) -> tuple[Paragraph, ...]:
    """The text of a piece of HTML, block by block, white space folded; two <br> end a block.

    Text without any markup is taken as it is, an empty line between two paragraphs. Scripts,
    frames, forms and figures with their captions are left out, and what comes after 2,000
    paragraphs.
    """
    if _ESCAPED.search(markup) and not _TAG.search(markup):
        markup = unescape(markup)
    if not _MARKUP.search(markup):
        texts = (_folded(text) for text in _BLANK_LINES.split(markup))
        return tuple(Paragraph("p", text) for text in texts if text)[:MOST]
    tree = _tree(markup)
    return () if tree is None else tuple(blocks(tree))[:MOST]


def _tree(markup: str) -> etree._Element | None:
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        body = html.document_fromstring(NEVER_XML.sub(" ", with_signs(markup)), parser=parser)
    except etree.ParserError:  # nothing but comments
        return None
    etree.strip_elements(body, *_DROPPED, with_tail=False)
    for element in [
        *filter(_is_note, body.iter("sup")),
        *filter(_is_caption, body.iterfind(".//*[@class]")),
    ]:
        element.drop_tree()
    return body


def _is_note(sup: html.HtmlElement) -> bool:
    """Whether it is a footnote mark, and no exponent or ordinal."""
    text = sup.text_content().strip()
    if not _MARK.fullmatch(text):
        return False
    if not text.isalnum() or sup.find(".//a") is not None or sup.getparent().tag == "a":
        return True
    before = sup.getprevious()
    words = sup.getparent().text if before is None else before.tail or before.text_content()
    return text.isdigit() and _NOTED.search(words or "") is not None


def _is_caption(element: html.HtmlElement) -> bool:
    called = _CAPTION.search(element.get("class", "")) is not None
    return called and len(element.text_content()) <= _LONGEST_CAPTION


def _folded(text: str) -> str:
    """The text on one line, without invisible characters and doubly escaped entities."""
    if "&" in text and _ENTITY.search(text):
        text = unescape(text)
    return " ".join(_UNSEEN.sub("", text).split())


def blocks(tree: etree._Element) -> Iterator[Paragraph]:
    """The text of a tree, block by block; of HTML, or of what trafilatura makes of it."""
    kind: ParagraphKind = "p"
    words: list[str] = []
    within: list[ParagraphKind] = ["p"]  # the block quotations and items that are open
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        begins = event == "start"
        if element.tag in _BLOCKS:
            yield from _lines(kind, words)
            if element.tag in _WITHIN and begins:
                within.append("quote" if within[-1] == "quote" else _WITHIN[element.tag])
            elif element.tag in _WITHIN:
                within.pop()
            is_heading = begins and element.tag in _HEADINGS
            kind, words = "heading" if is_heading else within[-1], []
        words.append(_SPACE.sub(" ", (element.text if begins else element.tail) or ""))
        if begins and element.tag in _LINE_ENDS:
            words.append("\n")
    yield from _lines(kind, words)


def _lines(kind: ParagraphKind, words: list[str]) -> Iterator[Paragraph]:
    for block in _TWO_LINE_ENDS.split("".join(words)):
        text = _folded(block)
        if text:
            yield Paragraph(kind, text)


def retyped(kept: Sequence[Paragraph], source: Iterable[Paragraph]) -> tuple[Paragraph, ...]:
    """The same paragraphs, each of the kind that the same text has in ``source``; headings stay headings."""
    told = {each.text: each for each in source if each.kind != "p"}
    return tuple(each if each.kind == "heading" else told.get(each.text, each) for each in kept)
