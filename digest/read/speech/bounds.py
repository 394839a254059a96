"""Where the sentences of an article begin and end, its quotations left whole or not."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache, cached_property

from ...model.articles import Span
from ..vocabulary.reporting import vocabulary

ENDS = (".", "!", "?", "…")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»“)\]]*\s+(?=[\"'“‘«„(\[]*[^\W\d_a-zа-яё])")
_LONGEST_ABBREVIATION = 12  # code points
_LINE = re.compile(r"\n\s*")


class Bounds:
    """The bounds of the sentences of one article, and of the quotations in them."""

    def __init__(self, text: str, spans: Sequence[Span]) -> None:
        self._text, self._spans = text, spans
        self._span_starts = [span.start for span in spans]

    def sentence_start(self, at: int) -> int:
        """The start of the sentence that contains the place, also within a quotation."""
        index = bisect_right(self._sentence_starts, at)
        return self._sentence_starts[index - 1] if index else 0

    def sentence_end(self, at: int) -> int:
        """The start of the sentence after the one that contains the place."""
        return self._start_or_end(self._sentence_starts, bisect_right(self._sentence_starts, at))

    def line_end(self, start: int, end: int) -> int:
        """The end of the first line between two places."""
        line = self._text.find("\n", start, end)
        return end if line < 0 else line

    def whole_start(self, at: int) -> int:
        """The start of the sentence with quotations kept whole; no sentence crosses a line."""
        return self._whole_starts[max(0, bisect_right(self._whole_starts, at) - 1)]

    def stands_alone(self, span: Span) -> bool:
        """Whether a quotation is one or several sentences with nothing beside it."""
        if self.whole_start(span.start) != span.start or self._text[span.end - 2] not in ENDS:
            return False
        until = self._start_or_end(self._whole_starts, bisect_left(self._whole_starts, span.end))
        return not self._text[span.end : until].strip()

    def is_abbreviated(self, stop: int) -> bool:
        """Whether the full stop at the place ends an abbreviation."""
        before = self._text[max(0, stop - _LONGEST_ABBREVIATION) : stop]
        return _abbreviation().search(before) is not None

    def is_quoted(self, at: int) -> bool:
        """Whether the place is inside a quotation."""
        index = bisect_left(self._span_starts, at) - 1
        return index >= 0 and at < self._spans[index].end

    def quotations(self, start: int, end: int) -> slice:
        """Which of the quotations begin between two places."""
        return slice(bisect_left(self._span_starts, start), bisect_left(self._span_starts, end))

    def outside(self, start: int, end: int) -> str:
        """The words of a sentence that are in no quotation."""
        inside = self._spans[self.quotations(start, end)]
        starts = [start, *(span.end for span in inside)]
        ends = [*(span.start for span in inside), end]
        return " ".join(self._text[low:high] for low, high in zip(starts, ends, strict=True))

    @cached_property
    def _sentence_starts(self) -> Sequence[int]:
        return [
            match.end()
            for match in _SENTENCE_END.finditer(self._text)
            if not (match.group()[0] == "." and self.is_abbreviated(match.start()))
        ]

    @cached_property
    def _whole_starts(self) -> Sequence[int]:
        lines = (match.end() for match in _LINE.finditer(self._text))
        places = {0, *self._sentence_starts, *lines}
        return [at for at in sorted(places) if not self.is_quoted(at)]

    def _start_or_end(self, starts: Sequence[int], index: int) -> int:
        return starts[index] if index < len(starts) else len(self._text)


@cache
def _abbreviation() -> re.Pattern[str]:
    titles = "|".join(sorted(vocabulary().abbreviated_titles))
    return re.compile(rf"(?:^|[\s(.\"“])(?:[^\W\d_]|{titles}|U\.S|U\.N|U\.K|No|vs|г|им)$")
