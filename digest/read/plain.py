"""The sentences of a text that was not gathered: cleaned and split as those of an article are."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from ..gather.lines.clean import clean_paragraphs
from ..gather.lines.layout import INVISIBLE, lines_of
from ..model.articles import Span
from .language import language
from .speech.voices import own
from .telling import told

_WORD = re.compile(rf"[^\s{INVISIBLE}]+")


def plain_sentences(text: str, *, title: str = "") -> tuple[str, ...]:
    """The sentences of a text in lines, without headings and lines that belong to its page.

    White space is folded and invisible characters are removed; ``as_they_stand`` restores both. ``title``
    helps to find where the title is repeated in the text. The language of both decides how the text is
    split.
    """
    spoken = language(f"{title}\n{text}")
    paragraphs = clean_paragraphs(lines_of(text), title=title).paragraphs
    texts = (paragraphs[at].text for at in own(paragraphs, language=spoken))
    return tuple(
        each[span.start : span.end]
        for each in texts
        for span in told(each, (Span(0, len(each)),), spoken)
    )


def as_they_stand(sentences: Sequence[str], text: str) -> tuple[str, ...]:
    """The parts of ``text`` that its plain ``sentences``, in order, were before white space was folded."""
    if _stand(sentences, text):
        return tuple(sentences)
    words = tuple(_WORD.finditer(text))
    told = "".join(word[0] for word in words)
    begins = (0, *accumulate(len(word[0]) for word in words))  # of each word in ``told``

    def place(sign: int) -> int:
        at = bisect_right(begins, sign) - 1
        return words[at].start() + sign - begins[at]

    found, end = [], 0
    for bare in ("".join(sentence.split()) for sentence in sentences):
        start = told.index(bare, end)
        end = start + len(bare)
        found.append(text[place(start) : place(end - 1) + 1])
    return tuple(found)


def _stand(sentences: Sequence[str], text: str) -> bool:
    """Whether each of them stands in the text unchanged, as nearly all do."""
    end = 0
    for sentence in sentences:
        start = text.find(sentence, end)
        if start < 0:
            return False
        end = start + len(sentence)
    return True
