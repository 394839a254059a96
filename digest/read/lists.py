"""Lists as communiqués have them: the introduction is told together with the first items."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..model.articles import Span
from ..model.gathered import Paragraph
from .alone.standing import MAX_WORDS
from .splitting.sentences import split
from .vocabulary.reporting import vocabulary

_AND = "(?:,? (?:and|or|und|oder|et|ou|y|o|и|або|та))?$"
_ITEM_END = re.compile(rf"(?:;|[.!?][\"”’)]*)(?={_AND})")
_GOES_ON = re.compile(rf"[;,]{_AND}")
_LONGEST_WORD = 24  # code points, with what stands between it and the colon
_WORD = re.compile(r"(\w+)\W*:$")


def kept_spans(
    paragraphs: Sequence[Paragraph],
    spans: Sequence[Span],
    kept: Sequence[int],
    language: str | None,
) -> Iterator[Span]:
    """The spans of the kept paragraphs; of a list, its introduction with the items that make a sentence.

    It takes as many items as a sentence may have words, up to a semicolon or a full stop. If the
    introduction means nothing without the list, nothing else of the list is told.
    """
    place = 0
    while place < len(kept):
        at = kept[place]
        items = _items(paragraphs, kept, place, language)
        end, joined = _joined(paragraphs, spans, at, items, language)
        yield Span(spans[at].start, end)
        if not _leads(paragraphs[at].text, language):
            yield from (spans[item] for item in items[joined:])
        place += 1 + len(items)


def _items(
    paragraphs: Sequence[Paragraph], kept: Sequence[int], place: int, language: str | None
) -> Sequence[int]:
    """The items right after a kept paragraph, if it introduces a list."""
    lead = paragraphs[kept[place]]
    if lead.kind != "p" or not lead.text.endswith(":"):
        return ()
    leads = _leads(lead.text, language)
    found: list[int] = []
    for before, at in pairwise(kept[place:]):
        each = paragraphs[at]
        is_item = each.kind == "item" or not found or _GOES_ON.search(paragraphs[before].text)
        if at != before + 1 or not (each.text[:1].islower() or (leads and is_item)):
            break
        found.append(at)
    return found


def _leads(text: str, language: str | None) -> bool:
    word = _WORD.search(text[-_LONGEST_WORD:]) if language == "en" and text[-1:] == ":" else None
    return word is not None and word[1].lower() in vocabulary().unfinished


def _joined(
    paragraphs: Sequence[Paragraph],
    spans: Sequence[Span],
    at: int,
    items: Sequence[int],
    language: str | None,
) -> tuple[int, int]:
    """The end of the sentence that an introduction makes with items, and how many items it takes."""
    end, joined = spans[at].end, 0
    words = len(paragraphs[at].text.split())
    for count, item in enumerate(items, 1):
        text = paragraphs[item].text
        words += len(text.split())
        if words > MAX_WORDS:
            break
        if len(split(text, language)) > 1:
            return spans[item].end, count
        stop = _ITEM_END.search(text)
        if stop:
            end, joined = spans[item].start + stop.end(), count
        if not _GOES_ON.search(text):
            break
    return end, joined
