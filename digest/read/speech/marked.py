"""Finds the words in quotation marks, in one pass over the marks of a text.

Marks pair within a paragraph: “ ”, " ", « », „ “ and, where a comma or a full stop stands before the
closing mark, ‘ ’, ' ', “ " and " ”. What is opened and never closed is no quotation.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...model.articles import Span

LONGEST = 2000  # code points between the marks; what is longer lacks its closing mark
_MARKS = re.compile("[\"“”«»„‘’'\n]")
_CLOSERS = {"“": "”", "«": "»", "„": "“”", '"': '"', "‘": "’", "'": "'"}
_DOUBLE = '"“”'
_CLIPPED = re.compile(r"(?:\d|(?:em|til|tis|twas|cause|bout|n)\b)")  # "'em", "the '90s"
_LONGEST_WORDED = 90  # code points; farther off it is a plural's apostrophe
_SINGLE = "‘'"
_BEFORE_OPENING = frozenset(" \t\u00a0([{—–-/…:")


@dataclass(frozen=True, slots=True)
class Marked:
    """The quotations of a text, and the marks that its paragraphs leave open."""

    spans: tuple[Span, ...]  # with their marks, outermost only, in text order
    unclosed: tuple[int, ...]  # where such a mark stands, in text order


def quotations(text: str) -> tuple[Span, ...]:
    """Spans of the quotations with their marks, outermost only, in text order."""
    return marked(text).spans


def marked(text: str) -> Marked:
    """The quotations of a text, with the marks that stay open, as in a speech of many paragraphs."""
    found = tuple(_pairs(text))
    return Marked(
        tuple(span for span in found if span.end > span.start),
        tuple(span.start for span in found if span.end == span.start),
    )


def with_blocks(found: Marked, blocks: Sequence[Span]) -> Marked:
    """The quotations, with those that only the layout shows; marks inside of these belong to them.

    ``blocks`` come in text order, none inside another.
    """
    starts = [block.start for block in blocks]

    def is_outside(at: int) -> bool:
        index = bisect_right(starts, at) - 1
        return index < 0 or at >= blocks[index].end

    spans = (span for span in found.spans if is_outside(span.start))
    return Marked(
        tuple(sorted((*spans, *blocks), key=lambda span: span.start)),
        tuple(at for at in found.unclosed if is_outside(at)),
    )


def _pairs(text: str) -> Iterator[Span]:
    """Each quotation, and an empty span for each mark that stays open."""
    opened = inner = worded = -1  # the mark that is open, the last double one, a "'" behind a word
    for match in _MARKS.finditer(text):
        at, mark = match.start(), match.group()
        if opened >= 0 and (mark == "\n" or at - opened > LONGEST):
            yield from _given_up(opened, worded)
            opened = -1
        if opened >= 0 and _is_closed(text, opened, at, nested=inner > opened):
            yield Span(opened, at + 1)
            opened = -1
        elif mark in _CLOSERS and _may_replace(text, opened, mark) and _opens(text, at):
            yield from _given_up(opened, worded)
            opened = at
        elif mark in _DOUBLE:
            inner = at
        elif worded < opened and _ends_word(text, opened, at):
            worded = at


def _given_up(opened: int, worded: int) -> Iterator[Span]:
    """The mark that stays open, unless it only encloses a word or two in single marks: 'so called'."""
    if opened >= 0 and not opened < worded <= opened + _LONGEST_WORDED:
        yield Span(opened, opened)


def _may_replace(text: str, opened: int, mark: str) -> bool:
    """Whether the mark may open although ``opened`` is open: it repeats it, or outranks it."""
    if opened < 0 or text[opened] == mark:
        return True
    return text[opened] in _SINGLE and mark not in _SINGLE


def _opens(text: str, at: int) -> bool:
    if text[at] in "“«„":
        return True
    if text[at] in "‘'" and _CLIPPED.match(text, at + 1):
        return False
    after_gap = at == 0 or text[at - 1] in _BEFORE_OPENING or text[at - 1] == "\n"
    return after_gap and at + 1 < len(text) and not text[at + 1].isspace()


def _ends_word(text: str, opened: int, at: int) -> bool:
    """Whether a single mark follows a word: it closes 'so called', or belongs to a plural."""
    if text[opened] not in _SINGLE or text[at] not in _CLOSERS[text[opened]]:
        return False
    return text[at - 1].isalnum() and not text[at + 1 : at + 2].isalnum()


def _is_closed(text: str, opened: int, at: int, *, nested: bool) -> bool:
    if text[at] in _CLOSERS[text[opened]]:
        return _closes(text, at)
    return not nested and _closes_other(text, opened, at)


def _closes_other(text: str, opened: int, at: int) -> bool:
    """Whether a mark closes one of the other shape, curly or straight: “It is so."."""
    if text[opened] + text[at] not in ('“"', '"”') or text[at - 1] not in ",.!?…":
        return False
    return at + 1 == len(text) or text[at + 1].isspace()


def _closes(text: str, at: int) -> bool:
    """Whether the mark closes: never between letters; a single one only after punctuation."""
    if at + 1 < len(text) and text[at + 1].isalnum():
        return False
    if text[at] in "’'":
        return text[at - 1] in ",.!?…"
    return text[at] != '"' or not text[at - 1].isspace() or at + 1 == len(text)
