"""Whose words a paragraph has: the outlet's own, or those of somebody whom it lets speak at length."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ...gather.phrases.folding import label
from ...gather.phrases.wordlists import phrases
from ...model.gathered import Paragraph
from ..vocabulary.reporting import verbs, vocabulary

FEWEST_TURNS = 3  # of a transcript; fewer are labels
_FEWEST_ASKED = 2  # where a question and an answer are called so
_ASKING = frozenset("Q Question QUESTION Вопрос ВОПРОС Запитання Frage Pregunta".split())
_ANSWERING = frozenset("A R Answer ANSWER Ответ ОТВЕТ Відповідь Antwort Respuesta Réponse".split())
_LONGEST_LABEL = 60  # code points of a line that may be one
_LONGEST_TITLE = 100  # code points before a colon: "Minister of Foreign Affairs of ..."
_NAME = r"[A-ZÀ-ÞА-ЯЁІЇЄҐ][\w.’'/-]*"
_SMALL = r"(?:and|d[aeiou]|de[rs]|del|du|for|für|la|of|the|und|van|von) "
_LABEL = (  # "Vladimir Putin: ", "Q: ", "R - ", "NATO Spokesperson, Anna Novak: "
    rf"(?P<who>{_NAME}(?:,? (?:{_SMALL}){{0,2}}{_NAME}){{0,10}})(?: \([^\W\d][^()]{{1,40}}\)){{0,2}}"
    r"(?: ?:|(?<=^[QR]) [-–—]) (?=\S)"
)
_TURN = re.compile(_LABEL)
_INNER_TURN = re.compile(rf"(?<=[.!?…\"”»)]) {_LABEL}")  # several that a page has in one paragraph
_ASKED, _ANSWERED = "Q. ", "A. "  # without the first, the second may be a name's
_LEAD = 120  # code points before a colon in which a verb says that somebody speaks
_MARKS = tuple("\"'“‘«„>")
_ITEM_ENDS = (";", ",", "; and", ", and")


def own(
    paragraphs: Sequence[Paragraph], *, official: bool = False, language: str | None = "en"
) -> tuple[int, ...]:
    """Indices of the paragraphs in which an outlet, or an ``official`` text, tells the news itself.

    Left out are headings, the claim that a fact check looks into, which would be believed as a sentence
    of its own, the turns of a transcript and what stands without marks behind "the minister said:", which
    would be told as facts.
    """
    spoken = (at for block in statements(paragraphs, language) for at in block)
    others = {*_claims(paragraphs), *_transcript(paragraphs, official), *spoken}
    return tuple(
        at for at, each in enumerate(paragraphs) if each.kind != "heading" and at not in others
    )


def statements(paragraphs: Sequence[Paragraph], language: str | None) -> Iterator[tuple[int, ...]]:
    """Indices of what somebody says without quotation marks, each statement behind who "said:" it.

    They are the paragraphs that the page sets apart; where it sets none apart, the next one alone.
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
    """The last verb that reports speech in a line that leads up to it by a colon."""
    if lead.kind == "heading" or not lead.text.endswith(":"):
        return None
    found = tuple(verbs(language).finditer(lead.text[-_LEAD:]))
    return found[-1].group() if found else None


def _set_apart(paragraphs: Sequence[Paragraph], start: int) -> Iterator[int]:
    while start < len(paragraphs) and paragraphs[start].kind == "quote":
        yield start
        start += 1


def _is_item(paragraph: Paragraph) -> bool:
    """Whether it is none but one of a list, or a heading."""
    text = paragraph.text
    return paragraph.kind in ("heading", "item") or text[:1].islower() or text.endswith(_ITEM_ENDS)


def _claims(paragraphs: Sequence[Paragraph]) -> Iterator[int]:
    """The label "Claim" of a fact check, and the paragraph below."""
    for at, (before, _) in enumerate(pairwise(paragraphs)):
        if label(before.text) in phrases("claims"):
            yield from (at, at + 1)


def _transcript(paragraphs: Sequence[Paragraph], official: bool) -> Iterator[int]:
    """From the first turn to the last, or to the end of an article that is mostly a transcript.

    One speaker has two turns, with or without an office, or one asks and one answers. An official text
    that begins with a statement has no other news: it is told, but for the line that says who makes it.
    """
    turns = {at: found for at, found in enumerate(_turns(paragraphs)) if found}
    times = Counter(label for found in turns.values() for label in found)
    is_asked = not (_ASKING.isdisjoint(times) or _ANSWERING.isdisjoint(times))
    sure = {label for label in times if times[label] > 1 or (is_asked and label in _ASKING)}
    again = [at for at, found in turns.items() if not sure.isdisjoint(found)]
    fewest = _FEWEST_ASKED if is_asked else FEWEST_TURNS
    if times.total() < fewest or not again:
        return
    first, last = again[0], max(turns)
    is_most = 2 * (last - first) >= len(paragraphs) - first
    opens = official and all(len(p.text) <= _LONGEST_LABEL for p in paragraphs[:first])
    if opens and len(turns[first]) == 1 and last > first:
        yield first
        first = next(at for at in turns if at > first)
    yield from range(first, len(paragraphs) if is_most else last + 1)


def _turns(paragraphs: Sequence[Paragraph]) -> Sequence[Sequence[str]]:
    """Who speaks in each paragraph, turn by turn, with or without an office."""
    asked = any(paragraph.text.startswith(_ASKED) for paragraph in paragraphs)
    turns = [_labels(paragraph.text, asked=asked) for paragraph in paragraphs]
    labels = frozenset(label for found in turns for label in found)
    return [[_without_office(label, labels) for label in found] for found in turns]


def _labels(text: str, *, asked: bool) -> Sequence[str]:
    if asked and text.startswith((_ASKED, _ANSWERED)):
        return [text[0]]
    head = text[:_LONGEST_TITLE]
    first = _TURN.match(head) if ":" in head or head[:1] in "QR" else None
    # Few paragraphs have a colon within: to look for turns in all took 2 % of reading.
    inner = [found["who"] for found in _INNER_TURN.finditer(text)] if ": " in text else []
    if first:
        return [first["who"], *inner]
    return [] if _ASKING.isdisjoint(inner) else inner


def _without_office(label: str, labels: frozenset[str]) -> str:
    """The shortest of ``labels`` that this one ends with; at least it is itself."""
    words = label.split()
    ends = (" ".join(words[at:]) for at in reversed(range(len(words))))
    return next(end for end in ends if end in labels)
