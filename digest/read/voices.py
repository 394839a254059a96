"""Whose words a paragraph has: the outlet's own, or those of somebody whom it lets speak at length."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..gather.folding import label
from ..gather.wordlists import phrases
from ..model.gathered import Paragraph

FEWEST_TURNS = 3  # of a transcript; fewer are labels
_LONGEST_LABEL = 60  # code points of a line that may be one
_LONGEST_TITLE = 100  # code points before a colon: "Minister of Foreign Affairs of ..."
_NAME = r"[A-ZÀ-ÞА-ЯЁІЇЄҐ][\w.’'/-]*"
_SMALL = r"(?:and|d[aeiou]|de[rs]|del|du|for|für|la|of|the|und|van|von) "
_TURN = re.compile(  # "Vladimir Putin: ", "Q: ", "R - ", "NATO Spokesperson, Anna Novak: "
    rf"({_NAME}(?:,? (?:{_SMALL}){{0,2}}{_NAME}){{0,10}})(?: \([^\W\d][^()]{{1,40}}\)){{0,2}}"
    r"(?: ?:|(?<=^[QR]) [-–—]) (?=\S)"
)


def own(paragraphs: Sequence[Paragraph], *, official: bool = False) -> tuple[int, ...]:
    """Indices of the paragraphs in which an outlet, or an ``official`` text, tells the news itself.

    Left out are headings, the claim that a fact check looks into, which would be believed as a sentence
    of its own, and the turns of a transcript, which would be told as facts.
    """
    others = {*_claims(paragraphs), *_transcript(paragraphs, official)}
    return tuple(at for at, each in enumerate(paragraphs) if each.kind == "p" and at not in others)


def _claims(paragraphs: Sequence[Paragraph]) -> Iterator[int]:
    """The label "Claim" of a fact check, and the paragraph below."""
    for at, (before, _) in enumerate(pairwise(paragraphs)):
        if label(before.text[:_LONGEST_LABEL]) in phrases("claims"):
            yield from (at, at + 1)


def _transcript(paragraphs: Sequence[Paragraph], official: bool) -> Iterator[int]:
    """From the first turn to the last, or to the end of an article that is mostly a transcript.

    One speaker has two turns, with or without an office before the name. An official text that begins
    with a statement has no other news: it is told, but for the line that says who makes it.
    """
    turns = {at: found[1] for at, p in enumerate(paragraphs) if (found := _turn(p))}
    labels = frozenset(turns.values())
    speakers = {at: _without_office(label, labels) for at, label in turns.items()}
    times = Counter(speakers.values())
    again = [at for at, speaker in speakers.items() if times[speaker] > 1]
    if len(turns) < FEWEST_TURNS or not again:
        return
    first, last = again[0], max(turns)
    is_most = 2 * (last - first) >= len(paragraphs) - first
    if official and all(len(p.text) <= _LONGEST_LABEL for p in paragraphs[:first]):
        yield first
        first = next(at for at in turns if at > first)
    yield from range(first, len(paragraphs) if is_most else last + 1)


def _turn(paragraph: Paragraph) -> re.Match[str] | None:
    return _TURN.match(paragraph.text[:_LONGEST_TITLE])


def _without_office(label: str, labels: frozenset[str]) -> str:
    """The shortest of ``labels`` that this one ends with; at least it is itself."""
    words = label.split()
    ends = (" ".join(words[at:]) for at in reversed(range(len(words))))
    return next(end for end in ends if end in labels)
