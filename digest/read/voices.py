"""Whose words a paragraph has: the outlet's own, or those of somebody whom it lets speak at length."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..gather.folding import label
from ..gather.wordlists import phrases
from ..model import Paragraph

FEWEST_TURNS = 3  # of a transcript; fewer are labels
_LONGEST_LABEL = 60  # code points of a line that may be one
_TURN = re.compile(  # "Vladimir Putin: ", "MR NOVAK: ", "Question: ", "Q: "
    r"((?:[A-ZÀ-ÞА-ЯЁІЇЄҐ][\w.’'-]*)(?: [A-ZÀ-ÞА-ЯЁІЇЄҐ][\w.’'-]*){0,4}) ?: (?=\S)"
)


def own(paragraphs: Sequence[Paragraph]) -> tuple[int, ...]:
    """Indices of the paragraphs in which an outlet tells the news itself.

    Left out are headings, the claim that a fact check looks into, which would be believed as a sentence
    of its own, and the turns of a transcript, which would be told as facts.
    """
    others = {*_claims(paragraphs), *_transcript(paragraphs)}
    return tuple(at for at, each in enumerate(paragraphs) if each.kind == "p" and at not in others)


def _claims(paragraphs: Sequence[Paragraph]) -> Iterator[int]:
    """The label "Claim" of a fact check, and the paragraph below."""
    for at, (before, _) in enumerate(pairwise(paragraphs)):
        if label(before.text[:_LONGEST_LABEL]) in phrases("claims"):
            yield from (at, at + 1)


def _transcript(paragraphs: Sequence[Paragraph]) -> range:
    """From the first turn to the last, or to the end of an article that is mostly a transcript.

    One speaker has two turns.
    """
    turns = [(at, found[1]) for at, p in enumerate(paragraphs) if (found := _TURN.match(p.text))]
    speakers = Counter(speaker for _, speaker in turns)
    again = [at for at, speaker in turns if speakers[speaker] > 1]
    if len(turns) < FEWEST_TURNS or not again:
        return range(0)
    first, last = again[0], turns[-1][0]
    is_most = 2 * (last - first) >= len(paragraphs) - first
    return range(first, len(paragraphs) if is_most else last + 1)
