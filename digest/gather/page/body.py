"""The text of the article in a web page, among all that stands around it."""

from collections import defaultdict
from collections.abc import Sequence

from lxml import etree
from trafilatura import bare_extraction
from trafilatura.settings import Document

from ...model.gathered import Paragraph
from ..paragraphs import MOST, blocks

MOST_LINKED = 0.9  # of a block's letters; above it the block leads to another page
LONGEST_LINK = 200  # characters; a longer block is text, whatever it links to
LEAST_SHARE = 0.6  # of the page's text in paragraphs that a body in pieces must hold
_LEAST_TEXT = 80  # characters of a paragraph that is surely one
_LEADING_AWAY = frozenset({"p", "li", "h2", "h3", "h4", "h5", "h6", "div"})
_LENGTH = etree.XPath("string-length(normalize-space())")  # compiled once: asked 270 times a page
_BLOCKS = (*_LEADING_AWAY, "article", "blockquote", "body", "figure", "ol", "section", "td", "ul")


def page_body(tree: etree._Element) -> tuple[Paragraph, ...]:
    """The article's paragraphs and headings; none where there is no article. Changes ``tree``.

    trafilatura in its fast mode, which never fetches anything, after two mendings of ours:
    blocks that only lead to other pages go, and a body that is cut into pieces (by
    advertisements) is put together. Both are worth a point of F1 on tests/quality.
    """
    _join_pieces(tree)
    _drop_links(tree)
    document = bare_extraction(tree, fast=True, include_comments=False, with_metadata=False)
    return tuple(blocks(document.body))[:MOST] if isinstance(document, Document) else ()


def _drop_links(tree: etree._Element) -> None:
    """Remove blocks that are one link to another page: "READ MORE: ...", lists of other stories."""
    linked: dict[etree._Element, float] = defaultdict(float)
    for link in tree.iter("a"):
        block = next(link.iterancestors(*_BLOCKS), None)
        if block is not None and block.tag in _LEADING_AWAY and link.get("href"):
            linked[block] += _letters(link)
    for block, letters in linked.items():
        if _leads_away(block, letters):
            block.drop_tree()


def _leads_away(block: etree._Element, linked: float) -> bool:
    if linked > LONGEST_LINK or next(block.iterdescendants(*_BLOCKS), None) is not None:
        return False
    return 0 < MOST_LINKED * _letters(block) <= linked


def _letters(element: etree._Element) -> float:
    """Characters of an element, white space folded."""
    return float(_LENGTH(element))


def _join_pieces(tree: etree._Element) -> None:
    """Put together a body that stands in several elements of one class under one roof."""
    texts = {p: len("".join(p.itertext())) for p in tree.iter("p")}
    groups: dict[tuple[str, str], dict[etree._Element, int]] = defaultdict(dict)
    for paragraph, length in texts.items():
        box = paragraph.getparent()
        if length >= _LEAST_TEXT and box is not None and box.get("class"):
            pieces = groups[box.tag, box.get("class")]
            pieces[box] = pieces.get(box, 0) + length
    whole = sum(length for length in texts.values() if length >= _LEAST_TEXT)
    for pieces in groups.values():
        if len(pieces) > 1 and sum(pieces.values()) >= LEAST_SHARE * whole:
            _join(tuple(pieces))


def _join(pieces: Sequence[etree._Element]) -> None:
    """Move all into the first, if they stand under one roof and not inside of each other."""
    first, *others = pieces
    above = list(first.iterancestors())
    roof = above[:2][-1]
    for piece in others:
        if piece not in above and roof in piece.iterancestors():
            first.extend(piece)
