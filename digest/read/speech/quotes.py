"""Who said what: direct quotations whose speaker an article names.

A speaker who is not certain is left out: what a digest puts into somebody's mouth must be right.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice, pairwise

from ...model.articles import Quote, Span
from ..about.actors import LATEST
from ..alone.judged import pattern
from ..vocabulary.given_names import clashes
from ..vocabulary.reporting import other_sex, verbs, verbs_before
from .antecedents import Antecedents
from .attribution import Attributions
from .bodies import means_body, takes_up
from .bounds import ENDS
from .carried import Carried
from .marked import LONGEST, marked, with_blocks
from .reading import Reading, read
from .referents import Referents
from .speakers import Attribution, Speakers

LEAST_WORDS = 5  # fewer are a phrase that the article borrows
# Code points before a quotation of its sentence, in which its pronoun is looked up: each does so anew.
_LONGEST_SENTENCE = 2_000
_LONGEST_TITLE = 6  # long words before a full stop
# Their words are the outlet's, not those of a party: of 4,689 texts of allsides nine had such a speaker.
_REPORTING = (
    r"\b(?:{broadcasters})[’']s ((?:[A-Z][\w’-]+ ){1,2}[A-Z][\w’-]+)"
    r" (?:reports|reported|adds|emails|is reporting|tells (?:us|our))\b"
)
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")


def quotes(
    text: str,
    *,
    language: str | None = "en",
    at: date | None = None,
    title: str = "",
    blocks: Sequence[Sequence[Span]] = (),
) -> tuple[Quote, ...]:
    """Quotations of at least five words with a certain speaker, in text order.

    ``text[start:end]`` is the whole quotation with its marks; a speech of several paragraphs has one for
    each. The role is in the article's words if it has them, or else the office that a person of the
    catalogue held on the day ``at``. ``blocks`` are quotations without marks that the page sets apart: the
    paragraphs of each, in text order.
    """
    set_apart = {Span(block[0].start, block[-1].end): tuple(block) for block in blocks}
    found = with_blocks(marked(text), tuple(set_apart))
    if not any(_is_long(text, span) for span in found.spans):
        return ()
    reading = read(text, found, title=title, day=at or LATEST)
    return tuple(_Reader(reading, language, set_apart).quotes())


class _Reader:
    """Finds the speakers in one article."""

    def __init__(
        self, reading: Reading, language: str | None, blocks: Mapping[Span, Sequence[Span]]
    ) -> None:
        self._blocks = blocks
        self._text, self._bounds, self._names = reading.text, reading.bounds, reading.names
        self._offices = reading.offices
        self._spans, self._unclosed = reading.found.spans, reading.found.unclosed
        spoken, before = verbs(language), verbs_before(language)
        self._beside = Attributions(reading, Speakers(reading, spoken), spoken, before)
        self._antecedents = Antecedents(reading, spoken)
        self._carried = Carried(reading, before)
        self._referents = Referents(reading, spoken)
        self._speakers: list[str | None] = []  # per quotation, as far as they are read

    def quotes(self) -> Iterator[Quote]:
        """Those with a certain speaker, in text order, without speakers who only report for the outlet."""
        reporters = _reporters(self._text)
        for index, said in enumerate(self._said()):
            if said is None or said.speaker is None or said.speaker in reporters:
                continue
            office = said.office or self._offices.of(said.speaker)
            for part in self._parts(index):
                yield Quote(part.start, part.end, said.speaker, office.role, office.country)

    def _parts(self, index: int) -> Iterator[Span]:
        """The quotation, or the paragraphs of a speech, as far as they are speech."""
        span = self._spans[index]
        opened = self._opened(self._end_before(index), span.start)
        paragraphs = self._blocks.get(span, ())
        if opened and self._is_of_speech(opened, span):
            paragraphs = tuple(self._paragraphs((*opened, span.start)))
        yield from (part for part in paragraphs if _is_long(self._text, part))
        is_marked = span not in self._blocks
        if is_marked and _is_long(self._text, span) and not _is_title(self._text, span):
            yield span

    def _paragraphs(self, marks: Sequence[int]) -> Iterator[Span]:
        """What each mark but the last opens, if its line ends with it; otherwise narration may be inside."""
        for start, following in pairwise(marks):
            end = self._bounds.line_end(start, following)
            if end < following:
                yield Span(start, end)

    def _end_before(self, index: int) -> int:
        """The end of the quotation before."""
        return self._spans[index - 1].end if index else 0

    def _said(self) -> Iterator[Attribution | None]:
        previous: Attribution | None = None
        for index, span in enumerate(self._spans):
            said = self._attributed(index, span, previous)
            previous = None if said and said.credited else said
            is_person = previous and not previous.office
            self._speakers.append(previous.speaker if previous and is_person else None)
            yield said

    def _attributed(
        self, index: int, span: Span, previous: Attribution | None
    ) -> Attribution | None:
        low = self._end_before(index)
        high = self._spans[index + 1].start if index + 1 < len(self._spans) else len(self._text)
        credited = self._beside.credited(span)
        if credited:
            return credited
        opened = self._opened(low, span.start)
        if opened and self._is_of_speech(opened, span):
            return self._of_speech(low, Span(opened[0], span.end), span, high, previous)
        if opened and self._is_nested(opened[-1], span):
            return None
        if self._is_introduced(low, span):
            said = self._beside.before(low, span) or self._beside.behind(span, high)
        else:
            said = self._beside.behind(span, high) or self._beside.before(low, span)
        if said and said.pronoun and self._is_led_up_to(low, span):
            said = self._beside.before(low, span) or said
        return self._looked_up(low, span, said, previous)

    def _is_introduced(self, low: int, span: Span) -> bool:
        """Whether words introduce the quotation and no comma closes it: 'X asked, "Q?"'"""
        before = self._text[max(low, span.start - 2) : span.start].rstrip()
        return before.endswith((":", ",")) and not self._beside.closes_clause(span)

    def _looked_up(
        self, low: int, span: Span, said: Attribution | None, previous: Attribution | None
    ) -> Attribution | None:
        """The attribution; if it is a pronoun or missing, with the speaker found elsewhere."""
        if said and not said.pronoun:
            return said
        if said is None:
            return self._unattributed(low, span, previous)
        said = replace(said, until=max(said.until, span.end))
        if means_body(said.pronoun):
            return self._of_body(low, span, said, previous)
        at = min(said.at, span.start)
        speaker = self._taken_up(low, span, said, previous)
        is_wanted = speaker is None and said.pronoun in other_sex() and _is_long(self._text, span)
        if is_wanted and not self._is_far_in(at):
            speaker = self._referents.sole(at, said.pronoun, self._speakers)
        return replace(said, speaker=speaker)

    def _unattributed(
        self, low: int, span: Span, previous: Attribution | None
    ) -> Attribution | None:
        """The speaker of the quotation before, or the person whom the sentence before is about."""
        if self._text[span.end - 2] == ",":
            return None
        carried = self._carried.speaker(low, span, previous, "")
        if carried and previous:
            return Attribution(span.end, carried, previous.office)
        if not self._bounds.stands_alone(span) or self._is_led_up_to(low, span):
            return None
        speaker = self._antecedents.before_sentence(span.start, "", self._speakers)
        return Attribution(span.end, speaker) if speaker else None

    def _of_body(
        self, low: int, span: Span, said: Attribution, previous: Attribution | None
    ) -> Attribution:
        """The attribution to "it" or "the ministry", resolved to the body that spoke before."""
        again = previous and previous.office and takes_up(said.pronoun, previous.speaker or "")
        speaker = self._carried.speaker(low, span, previous, said.pronoun) if again else None
        office = previous.office if previous and speaker else None
        return replace(said, speaker=speaker, office=office, pronoun="")

    def _taken_up(
        self, low: int, span: Span, said: Attribution, previous: Attribution | None
    ) -> str | None:
        """The person whom a pronoun, or a role in place of a name, means."""
        is_role = said.pronoun not in other_sex()
        carried = None if is_role else self._carried.speaker(low, span, previous, said.pronoun)
        if carried and not clashes(carried, said.pronoun):
            return carried
        if self._is_far_in(span.start):
            return None
        here = self._bounds.whole_start(span.start)
        if not self._names.between(here, min(said.at, span.start)):
            speaker = self._antecedents.before_sentence(span.start, said.pronoun, self._speakers)
            return speaker or (self._offices.holder(said.pronoun) if is_role else None)
        if is_role or (said.at > span.start and not self._is_led_up_to(low, span)):
            return None
        return self._antecedents.within_sentence(span.start, min(said.at, span.start), said.pronoun)

    def _is_far_in(self, at: int) -> bool:
        """Whether so much of a sentence precedes the place that it is hardly one."""
        return at - self._bounds.whole_start(at) > _LONGEST_SENTENCE

    def _is_led_up_to(self, low: int, span: Span) -> bool:
        return self._text[low : span.start].rstrip().endswith(":")

    # --- a speech of several paragraphs: each opens with a mark, the last alone is closed

    def _opened(self, low: int, high: int) -> tuple[int, ...]:
        """The marks between two quotations that stay open."""
        return self._unclosed[bisect_left(self._unclosed, low) : bisect_left(self._unclosed, high)]

    def _is_of_speech(self, opened: tuple[int, ...], span: Span) -> bool:
        places = (*opened, span.start)
        marks = {self._text[at] for at in places}
        if len(marks) > 1 and marks != {'"', "“"}:
            return False
        parts = [self._text[start:end].rstrip() for start, end in pairwise(places)]
        return all(part.endswith(ENDS) and "\n" not in part for part in parts) and (
            len(parts[-1]) <= LONGEST
        )

    def _of_speech(
        self, low: int, speech: Span, span: Span, high: int, previous: Attribution | None
    ) -> Attribution | None:
        """The attribution after the last paragraph, or else that of the first."""
        behind = self._beside.behind(span, high)
        if behind and not behind.pronoun:
            return behind
        first = self._looked_up(low, speech, self._beside.before(low, speech), previous)
        if first is None and behind:
            again = self._carried.speaker(low, speech, previous, behind.pronoun)
            first = (
                Attribution(span.end, again)
                if again and not clashes(again, behind.pronoun)
                else None
            )
        return replace(first, until=max(span.end, behind.until if behind else 0)) if first else None

    def _is_nested(self, opened: int, span: Span) -> bool:
        """Whether the quotation stands in a speech that is never closed."""
        if "\n" in self._text[opened : span.start]:
            return False
        begins = self._text[max(0, opened - 2) : opened] in (". ", "! ", "? ", ", ")
        return begins and self._text[opened] != self._text[span.start]


def _reporters(text: str) -> frozenset[str]:
    """Persons whom an outlet names as its own: "LPR's Anna Novak reports"."""
    return frozenset(found[1] for found in pattern(_REPORTING).finditer(text))


def _is_long(text: str, span: Span) -> bool:
    words = _WORD.finditer(text, span.start, span.end)
    return len(tuple(islice(words, LEAST_WORDS))) == LEAST_WORDS


def _is_title(text: str, span: Span) -> bool:
    """Whether a quotation looks like the title of a work: capitals, and hardly a sentence."""
    words = [word for word in _WORD.findall(text[span.start : span.end]) if len(word) > 3]
    capitals = sum(word[0].isupper() for word in words)
    closing = text[span.end - 2]
    if closing == ",":
        return len(words) >= 4 and len(words) == capitals
    if closing == "." and len(words) > _LONGEST_TITLE:
        return False
    return closing not in "!?…" and capitals >= 0.7 * max(1, len(words))
