"""Whose words a paragraph has: the outlet's own, or those of somebody it lets speak at length."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ...gather.phrases.folding import label
from ...gather.phrases.wordlists import phrases
from ...model.gathered import Paragraph
from ..vocabulary.reporting import verbs, vocabulary
from .transcripts import transcript

_LEAD = 120  # code points before a colon in which a verb says that somebody speaks
_MARKS = tuple("\"'“‘«„>")
_ITEM_ENDS = (";", ",", "; and", ", and")


def own(
    paragraphs: Sequence[Paragraph], *, official: bool = False, language: str | None = "en"
) -> tuple[int, ...]:
    """Indices of the paragraphs in which an outlet, or an ``official`` text, tells the news itself.

    Left out are headings; the claim that a fact check looks into, which would be believed if it stood
    alone; the turns of a transcript; and what stands without marks after "the minister said:", which would
    be taken for facts.
    """
    spoken = (at for block in statements(paragraphs, language) for at in block)
    turns = transcript(paragraphs, official=official, language=language)
    others = {*_claims(paragraphs), *turns, *spoken}
    return tuple(
        at for at, each in enumerate(paragraphs) if each.kind != "heading" and at not in others
    )


def statements(paragraphs: Sequence[Paragraph], language: str | None) -> Iterator[tuple[int, ...]]:
    """Indices of what somebody says without quotation marks, each statement with the line that says who.

    They are the paragraphs that the page sets apart; if it sets none apart, only the next one.
    """
    for at, lead in enumerate(paragraphs[:-1]):
        verb = _verb_of(lead, language)
        if verb is None:
            continue
        block = tuple(_set_apart(paragraphs, at + 1)) if lead.kind == "p" else ()
        if not block and verb not in vocabulary().resolved and not _is_item(paragraphs[at + 1]):
            block = (at + 1,)
        if block and not any(paragraphs[each].text.startswith(_MARKS) for each in block):
            yield block


def _verb_of(lead: Paragraph, language: str | None) -> str | None:
    """The last verb that reports speech in a line that introduces a statement by a colon."""
    if lead.kind == "heading" or not lead.text.endswith(":"):
        return None
    found = tuple(verbs(language).finditer(lead.text[-_LEAD:]))
    return found[-1].group() if found else None


def _set_apart(paragraphs: Sequence[Paragraph], start: int) -> Iterator[int]:
    while start < len(paragraphs) and paragraphs[start].kind == "quote":
        yield start
        start += 1


def _is_item(paragraph: Paragraph) -> bool:
    """Whether it is only one item of a list, or a heading."""
    text = paragraph.text
    return paragraph.kind in ("heading", "item") or text[:1].islower() or text.endswith(_ITEM_ENDS)


def _claims(paragraphs: Sequence[Paragraph]) -> Iterator[int]:
    """The label "Claim" of a fact check, and the paragraph below."""
    for at, (before, _) in enumerate(pairwise(paragraphs)):
        if label(before.text) in phrases("claims"):
            yield from (at, at + 1)
