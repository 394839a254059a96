"""The sentences of paragraphs, each from where it begins behind what its page set before it."""

from collections.abc import Sequence

from ..model.articles import Span
from .alone.set_before import begins_at
from .splitting.sentences import sentences


def told(text: str, paragraphs: Sequence[Span], language: str | None) -> tuple[Span, ...]:
    """Spans of the sentences of ``paragraphs`` of ``text``, in offsets into ``text``."""
    spans = sentences(text, paragraphs, language)
    if language != "en":
        return spans
    return tuple(
        Span(span.start + begins_at(text[span.start : span.end]), span.end) for span in spans
    )
