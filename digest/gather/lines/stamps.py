"""When an article was published or changed: lines such as "Updated: 10 February 2026"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

from ..phrases.date_words import is_date, is_date_word
from ..phrases.wordlists import wording
from .boilerplate import is_clock

LONGEST_STAMP = 160  # characters

_AROUND = " \t|•·,;-–—()[]"  # what stands around a stamp among others
_DIGIT = re.compile(r"\d")
_BETWEEN_WORDS = re.compile(r"[\s,|•·▪●■–—]")
SEPARATORS = re.compile(r"\s*[|•·▪●■]\s*|\s+/\s+|\t+|\s{3,}")


@dataclass(frozen=True, slots=True)
class Stamp:
    """When an article says it was published or changed, in its own words."""

    kind: Literal["published", "modified"]
    words: str


def stamps_of(line: str) -> tuple[Stamp, ...]:
    """The stamps of a line that holds nothing else; a date without a label counts as published."""
    if len(line) > LONGEST_STAMP or _DIGIT.search(line) is None or not _may_begin(line):
        return ()
    whole = _stamp(line)
    if whole is not None:
        return (whole,)
    found = tuple(_stamp(part) for part in _stamp_parts(line))
    return tuple(stamp for stamp in found if stamp) if found and all(found) else ()


def is_stamp_label(words: str) -> bool:
    """Whether they are the label of a stamp and nothing else: "Last updated:"."""
    return _label().fullmatch(words) is not None


def _may_begin(line: str) -> bool:
    """Whether the first word is a date's or a label's: of most lines it is not, which is seen at once."""
    start = line.strip(f"{_AROUND}*_/ ")
    first = _BETWEEN_WORDS.split(start, maxsplit=1)[0].strip(".,;:()[]*_")
    return not first or is_date_word(first) or _label().match(start) is not None


def _stamp_parts(line: str) -> Iterator[str]:
    """The line cut where a separator or another label stands."""
    starts = [found.start() for found in _start().finditer(line)] or [0]
    bounds = [0, *(start for start in starts if start), len(line)]
    for start, end in pairwise(bounds):
        piece = line[start:end].strip(_AROUND)
        pieces = [part for part in SEPARATORS.split(piece) if part]
        if not pieces:
            continue
        yield from (pieces if all(map(_stamp, pieces)) else [piece])


def _stamp(part: str) -> Stamp | None:
    labelled = _label().match(part.strip("*_ "))
    words = part.strip("*_ ")[labelled.end() :] if labelled else part
    words = words.strip(" :")
    if not (is_date(words) or (labelled and is_clock(words))):
        return None
    return Stamp("modified" if labelled and labelled["modified"] else "published", words)


@cache
def _label() -> re.Pattern[str]:
    """What stands before a date: "Last updated on: "."""
    return re.compile(
        rf"(?:(?P<modified>{wording('modified')})|(?P<published>{wording('published')}))\b"
        r"(?: (?:on|at|am|um|vom|le|el|la|il|op|em|в|о))?\s?[:\-–—]?\s?",
        re.IGNORECASE,
    )


@cache
def _start() -> re.Pattern[str]:
    """The same where a date follows, anywhere in a line."""
    return re.compile(
        rf"(?<!\w)(?:(?:{wording('modified')})|(?:{wording('published')}))"
        r"(?: (?:on|at|am|um|le|el|la|il))?\s?:?\s?(?=(?:[^\W\d_]{2,12}[.,]{0,2} ?){0,2}\d)",
        re.IGNORECASE,
    )
