"""Where a text is a transcript: names of speakers, each with a colon and what they say."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from ...model.gathered import Paragraph
from ..alone.standing import LONGEST, noise_of
from ..vocabulary.given_names import is_known
from ..vocabulary.reporting import verbs

FEWEST_TURNS = 3  # of a transcript; fewer are labels
_FEWEST_ASKED = 2  # where a question and an answer are called so
_QUESTION = frozenset("Q Question QUESTION Вопрос ВОПРОС Запитання Frage Pregunta".split())
_REPORTERS = frozenset(
    "Reporter REPORTER Journalist Interviewer Корреспондент Кореспондент".split()
)
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
# "ANNA NOVAK: ", "JAN BORG, HOST: ", "PRESIDENT NOVAK: " before what is no heading in capitals itself.
_LOUD = re.compile(
    r"(?:(?<=[.!?…\"”»)\]] )|^)((?:[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+ ){1,3}(?:Mc|Mac|De)?[A-ZÀ-Þ][A-ZÀ-Þ.'’-]+)"
    r"(?:, [A-Z][A-Z &'’-]{2,30}| \([^()]{2,40}\))?: (?=[\"“(\[]?(?:[A-ZÀ-Þ][a-zß-ÿ’',]|[AI] [a-z]|[A-Z]\.))"
)
_BEGINS = re.compile(r"[\"“‘'(\[]*[A-ZÀ-ÞА-ЯЁІЇЄҐ]")  # of a sentence
_RANKED = frozenset("MR MS MRS DR SEN REP GOV GEN PRESIDENT SENATOR SECRETARY MINISTER".split())

_Kind = Literal["asked", "loud", "repeated"]


@dataclass(frozen=True, slots=True)
class _Turn:
    """A speaker, and where in a paragraph, after a colon, their words begin."""

    who: str
    asks: bool  # in a paragraph with a question
    is_loud: bool = False  # a name in capitals


def told_until(text: str) -> int:
    """Where in a paragraph somebody begins to speak after a name; its length if nobody does.

    A name is certain if it is in capitals, or comes again after another's: "Anna: ... Jan: ... Anna: ...".
    Of 6,756 English texts 22 have such a paragraph; all were read on 2026-12-01 and are transcripts.
    """
    begins = (*_loud(text), *_rounds(text)) if ": " in text else ()
    return min(begins, default=len(text))


def transcript(
    paragraphs: Sequence[Paragraph], *, official: bool, language: str | None
) -> Iterator[int]:
    """The paragraphs of a transcript: from the first turn until narration resumes, or to the end.

    It is one if a speaker has two turns, with or without an office, or a name in capitals, or if one asks
    and another answers. A paragraph in which the first turn only begins does not belong to it. An official
    text that begins with a statement has no other news: it is told, but for the line that says who makes
    it.
    """
    turns = {at: found for at, found in enumerate(_turns(paragraphs)) if found}
    kind, sure = _sure(turns, official)
    if not sure:
        return
    first, last = _first(turns, sure), max(turns)
    is_most = 2 * (last - first) >= len(paragraphs) - first
    opens = official and all(len(p.text) <= _LONGEST_LABEL for p in paragraphs[:first])
    if opens and len(turns[first]) == 1 and last > first:
        yield first
        first = next(at for at in turns if at > first)
    elif 0 < told_until(paragraphs[first].text) < len(paragraphs[first].text):
        first += 1
    behind = last + 1 if kind == "repeated" else _end(paragraphs, last, language)
    yield from range(first, len(paragraphs) if is_most else behind)


def _end(paragraphs: Sequence[Paragraph], last: int, language: str | None) -> int:
    """Where the outlet plainly speaks itself again after the last turn."""
    behind = range(last + 1, len(paragraphs))
    return next((at for at in behind if _is_narration(paragraphs[at], language)), len(paragraphs))


def _is_narration(paragraph: Paragraph, language: str | None) -> bool:
    """Whether it introduces what follows, or says who said something without "I" or "you"."""
    if paragraph.kind == "heading":
        return True
    text = paragraph.text[:LONGEST]
    return verbs(language).search(text) is not None and noise_of(text, language) != "person"


def _sure(turns: Mapping[int, Sequence[_Turn]], official: bool) -> tuple[_Kind, Sequence[int]]:
    """What shows a transcript, and the paragraphs in which somebody certainly speaks; none otherwise."""
    order = [turn for found in turns.values() for turn in found]
    times = Counter(turn.who for turn in order)
    is_asked = any(_is_asked(one, other) for one, other in pairwise(order))
    is_loud = not official and any(turn.is_loud for turn in order)
    if len(order) < (_FEWEST_ASKED if is_asked else FEWEST_TURNS) and not is_loud:
        return "repeated", ()
    sure = {
        turn.who
        for turn in order
        if times[turn.who] > 1
        or (is_loud and turn.is_loud)
        or (is_asked and turn.who in _QUESTION | _REPORTERS)
    }
    kind: _Kind = "asked" if is_asked else "loud" if is_loud else "repeated"
    return kind, [at for at, found in turns.items() if any(turn.who in sure for turn in found)]


def _is_asked(one: _Turn, other: _Turn) -> bool:
    """Whether the second answers the first."""
    if one.who in _QUESTION:
        return other.who in _ANSWERING
    return one.who in _REPORTERS and one.asks and other.who not in _REPORTERS


def _first(turns: Mapping[int, Sequence[_Turn]], sure: Sequence[int]) -> int:
    """Where the first of them begins to speak: with one turn before, later ones may be by initials."""
    initials = {turn.who for at in sure for turn in turns[at] if turn.who.isupper()}
    before = [at for at in turns if at < sure[0]]
    named = (at for at in before if initials & {_initials(turn.who) for turn in turns[at]})
    first = next(named, sure[0])
    while first - 1 in turns:
        first -= 1
    return first


def _initials(who: str) -> str:
    return "".join(word[0] for word in who.split()) if " " in who else ""


def _turns(paragraphs: Sequence[Paragraph]) -> Sequence[Sequence[_Turn]]:
    """The speakers of each paragraph, turn by turn, with or without an office."""
    asked = any(paragraph.text.startswith(_ASKED) for paragraph in paragraphs)
    turns = [_labels(paragraph.text, asked=asked) for paragraph in paragraphs]
    labels = frozenset(turn.who for found in turns for turn in found)
    return [
        [replace(turn, who=_without_office(turn.who, labels)) for turn in found] for found in turns
    ]


def _labels(text: str, *, asked: bool) -> Sequence[_Turn]:
    asks = "?" in text
    if asked and text.startswith((_ASKED, _ANSWERED)):
        return [_Turn(text[0], asks=asks)]
    head = text[:_LONGEST_TITLE]
    first = _TURN.match(head) if ":" in head or head[:1] in "QR" else None
    # Few paragraphs have a colon within: to look for turns in all took 2 % of reading.
    inner = tuple(_INNER_TURN.finditer(text)) if ": " in text else ()
    loud = frozenset(_loud(text)) if ": " in text else frozenset()
    found = [
        _Turn(turn["who"].partition(", ")[0] if is_loud else turn["who"], asks, is_loud)
        for turn in filter(None, (first, *inner))
        for is_loud in [turn.start("who") in loud]
    ]
    if first or told_until(text) < len(text):
        return found
    return [] if _QUESTION.isdisjoint(turn.who for turn in found) else found


def _loud(text: str) -> Iterator[int]:
    """Where names in capitals begin, after which somebody speaks."""
    for found in _LOUD.finditer(text):
        words = found[1].split()
        if words[0].rstrip(".") in _RANKED or is_known(found[1]):
            yield found.start()


def _rounds(text: str) -> Iterator[int]:
    """Where somebody begins to speak who speaks again after another."""
    found = [*filter(None, [_TURN.match(text[:_LONGEST_TITLE])]), *_INNER_TURN.finditer(text)]
    for first, between, again in zip(found, found[1:], found[2:], strict=False):
        speak = all(_BEGINS.match(text, turn.end()) for turn in (first, between, again))
        if speak and first["who"] == again["who"] != between["who"]:
            yield first.start("who")


def _without_office(label: str, labels: frozenset[str]) -> str:
    """The shortest of ``labels`` that this one ends with, at least itself."""
    words = label.split()
    ends = (" ".join(words[at:]) for at in reversed(range(len(words))))
    return next(end for end in ends if end in labels)
