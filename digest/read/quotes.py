"""Who said what: direct quotations whose speaker an article names.

A speaker who is not certain is left out: what a digest puts into somebody's mouth must be right.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ..model import Quote, Span
from .marked import quotations
from .naming import Named, Office, People
from .reporting import (
    ADVERBS_BEHIND,
    FOREIGN_WORK,
    HE_OR_SHE,
    INDIRECT,
    INSTITUTIONS,
    NOT_FIRST,
    OFFICES,
    PREPOSITIONS,
    PRONOUNS,
    verbs,
    verbs_before,
)

LEAST_WORDS = 5  # fewer are a phrase that the article borrows
_REACH = 240  # code points beside a quotation within which its speaker is looked for
_SHORT_GAP = 3  # words: "He added:" between two quotations
_TAIL = 130  # code points between a reporting verb and the quotation that it leads up to
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»“)\]]*\s+(?=[\"'“‘«„(\[]*[^\W\d_a-zа-яё])")
_SHORT_WORD = re.compile(
    r"(?:^|[\s(.\"“])(?:[^\W\d_]|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Prof|Rev|Hon|Amb|St|"
    r"Jr|Sr|U\.S|U\.N|U\.K|No|vs|г|им)$"
)
_OPEN_WORD = re.compile(r"[\s,—–-]*")
_JOINS = re.compile(
    r"\s*[,—–-]?\s*(?:(?:and|but|or|that|to|then|even|also|it|is|was|were|are|would|could|will|"
    r"had|has|be|been|as|a|an|the|with|for|of|in|on|by|which|because|not|—|–|,)\s+){0,8}[,:—–-]?\s*"
)
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_PARTY = re.compile(r",? [RDI][-–][\w. -]{2,12},$| \([^()]{1,40}\)$")
_ACCORDING = re.compile(
    r"\s*,?\s*(?:according to|wie|selon|según|по словам|за словами)\s", re.IGNORECASE
)
_NP_ENDS = re.compile(
    r"[,.;:()!?—–\n\"“”«»„]|\b(?:in|on|at|during|after|before|as|when|while|who|about|to|told|adding|outside|by|"
    r"that|because|with|through|via|last|this|earlier|late|following|yesterday|today|speaking|and|but|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|im|am|dans|lors|à|en|в|на|во)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What stands beside a quotation: who said it, by name or by a pronoun, or nobody known."""

    until: int  # where the attribution ends
    speaker: str | None = None
    office: Office | None = None  # where the speaker is an institution
    pronoun: bool = False


def quotes(
    text: str, *, language: str | None = "en", at: date | None = None, title: str = ""
) -> tuple[Quote, ...]:
    """Quotations of at least five words with a certain speaker, in text order.

    ``text[start:end]`` is the whole quotation with its marks. The role is in the article's words
    where it has them, else the office that a person of the catalogue held on the day ``at``.
    """
    spans = quotations(text)
    if not any(_is_long(text, span) for span in spans):
        return ()
    reader = _Reader(text, spans, People(text, title=title, at=at), language)
    return tuple(reader.quotes())


class _Reader:
    """One article, read for its speakers."""

    def __init__(
        self, text: str, spans: Sequence[Span], people: People, language: str | None
    ) -> None:
        self._text, self._spans, self._people = text, spans, people
        self._verbs, self._verbs_before = verbs(language), verbs_before(language)

    def quotes(self) -> Iterator[Quote]:
        """Those with a certain speaker, in text order."""
        offices: dict[str, Office] = {}
        for span, said in zip(self._spans, self._said(), strict=True):
            if said is None or said.speaker is None or not self._is_speech(span):
                continue
            if said.speaker not in offices:
                offices[said.speaker] = said.office or self._people.office(said.speaker)
            office = offices[said.speaker]
            yield Quote(span.start, span.end, said.speaker, office.role, office.country)

    def _is_speech(self, span: Span) -> bool:
        return _is_long(self._text, span) and not _is_title(self._text, span)

    def _said(self) -> Iterator[_Said | None]:
        previous: _Said | None = None
        for index, span in enumerate(self._spans):
            previous = self._attributed(index, span, previous)
            yield previous

    def _attributed(self, index: int, span: Span, previous: _Said | None) -> _Said | None:
        low = self._spans[index - 1].end if index else 0
        high = self._spans[index + 1].start if index + 1 < len(self._spans) else len(self._text)
        if self._is_introduced(low, span):
            said = self._before(low, span) or self._behind(span, high)
        else:
            said = self._behind(span, high) or self._before(low, span)
        if said and not said.pronoun:
            return said
        near = said is not None  # a pronoun may look back over the end of a paragraph
        speaker = self._carried(low, span, previous, near) or self._antecedent(low, span, near)
        if said:
            return _Said(max(said.until, span.end), speaker)
        return _Said(span.end, speaker) if speaker and self._text[span.end - 2] != "," else None

    def _is_introduced(self, low: int, span: Span) -> bool:
        """Whether words lead up to the quotation, and no comma closes it: 'X asked, "Q?"'"""
        before = self._text[max(low, span.start - 2) : span.start].rstrip()
        return before.endswith((":", ",")) and not self._closes_clause(span)

    # --- "Q," X said

    def _behind(self, span: Span, high: int) -> _Said | None:
        """The attribution that follows the quotation."""
        end = min(high, span.end + _REACH)
        if self._text[span.end - 2] == "." or self._text[span.end : span.end + 1] in (".", ";"):
            return None
        end = self._line_end(span.end, end)
        according = _ACCORDING.match(self._text, span.end, end)
        if according:
            return self._noun_phrase(according.end(), end)
        verb = self._verbs.search(self._text, span.end, end)
        if not verb or self._has_sentence_end(span.end, verb.start()):
            return None
        if _OPEN_WORD.fullmatch(
            ADVERBS_BEHIND.sub("", self._text[span.end : verb.start()].rstrip())
        ):
            return self._noun_phrase(verb.end(), end)
        if not self._closes_clause(span) and INDIRECT.match(self._text, verb.end()):
            return None
        return self._subject_behind(span.end, verb)

    def _closes_clause(self, span: Span) -> bool:
        """Whether a comma shows that what follows is no clause of its own."""
        return "," in (self._text[span.end - 2], self._text[span.end : span.end + 1])

    def _subject_behind(self, start: int, verb: re.Match[str]) -> _Said | None:
        opened = _OPEN_WORD.match(self._text, start)
        first = opened.end() if opened else start
        phrase = self._text[first : verb.start()]
        words = phrase.split()
        if len(words) > 25 or words[0].lower().rstrip(",") in NOT_FIRST:
            return None
        until = self._clause_end(verb.end())
        if (
            words[0].lower() in PRONOUNS
            and len(ADVERBS_BEHIND.sub("", phrase.rstrip()).split()) == 1
        ):
            return _Said(until, pronoun=words[0].lower() in HE_OR_SHE)
        return self._subject(first, verb.start(), until, whole=True) or _Said(until)

    def _noun_phrase(self, start: int, high: int) -> _Said:
        """The speaker in the words that follow a verb."""
        stop = _NP_ENDS.search(self._text, start, high)
        while stop and self._is_abbreviated(stop):
            stop = _NP_ENDS.search(self._text, stop.end(), high)
        end = stop.start() if stop else high
        until = self._clause_end(start)
        if self._text[start:end].strip().lower() in HE_OR_SHE:
            return _Said(until, pronoun=True)
        named = next(iter(self._people.between(start, end)), None)
        if named is None and stop and stop.group() == ",":
            return self._named_behind(start, stop.end(), until)
        if named is None:
            return self._institution(start, end, until) or _Said(until)
        return _Said(until, self._people.fullest(named) if self._is_alone(named) else None)

    def _named_behind(self, start: int, comma: int, until: int) -> _Said:
        """ "said the group's president, John Smith" """
        named = next(iter(self._people.between(comma, comma + 40)), None)
        fits = named and named.start == comma + 1 and self._holds_office(start, comma)
        return _Said(until, self._people.fullest(named) if fits and named else None)

    def _is_alone(self, named: Named) -> bool:
        """Whether nobody speaks with them ("Smith and Jones"), nor somebody for them."""
        following = self._text[named.end : named.end + 8]
        return not re.match(r"[’']|\s+(?:and|und|et|y|и|та|&)\s+[^\W\d_a-zа-я]", following)

    # --- X said: "Q"

    def _before(self, low: int, span: Span) -> _Said | None:
        """The attribution that leads up to the quotation in the same sentence."""
        low = max(low, span.start - 2 * _REACH, self._sentence_start(span.start))
        low = max(low, self._text.rfind("\n", low, span.start) + 1)
        according = _ACCORDING.match(self._text, low, span.start)
        if according and self._text[low : span.start].rstrip().endswith(","):
            return self._noun_phrase(according.end(), span.start)
        spoken = tuple(self._verbs_before.finditer(self._text, low, span.start))
        if not spoken or not self._leads_up(spoken[-1].end(), span.start):
            return None
        return self._subject(low, spoken[-1].start(), span.end, whole=False)

    def _leads_up(self, start: int, end: int) -> bool:
        """Whether the words from a verb to the quotation leave its speaker the same."""
        tail = self._text[start:end]
        if len(tail) > _TAIL or ";" in tail or FOREIGN_WORK.search(tail):
            return False
        if tail.rstrip().endswith((":", "that")):
            return True
        return all(self._is_object(named) for named in self._people.between(start, end))

    def _is_object(self, named: Named) -> bool:
        before = self._text[max(0, named.start - 24) : named.start].split()
        return bool(before) and (
            before[-1].lower() in PREPOSITIONS or before[-1] in ("told", "the")
        )

    def _subject(self, low: int, high: int, until: int, *, whole: bool) -> _Said | None:
        """The speaker whose name ends before a verb; ``whole``: nothing else may stand before it."""
        phrase = _PARTY.sub("", ADVERBS_BEHIND.sub("", self._text[low:high].rstrip()))
        end = low + len(phrase)
        if phrase.endswith(","):
            return self._apposed(low, end - 1, until, whole)
        named = self._people.ending_at(end)
        if named is None:
            return self._without_name(low, end, until, whole)
        if not self._is_subject(named, low, whole):
            return None
        return _Said(until, self._people.fullest(named))

    def _without_name(self, low: int, end: int, until: int, whole: bool) -> _Said | None:
        """The subject of a verb before which no name stands: pronoun, house or "Smith of X"."""
        last = self._text[low:end].split()[-1:]
        if last and last[0].lower() in PRONOUNS:
            if last[0] == "who":
                return self._relative(low, end, until)
            return _Said(until, pronoun=last[0].lower() in HE_OR_SHE)
        comma = self._text.rfind(",", low, end)
        start = max(low, comma + 1)
        for named in self._people.between(start, end):
            belongs = re.match(r" (?:of|from|with) [^,]{2,50}$", self._text[named.end : end])
            if belongs and self._is_subject(named, low, whole):
                return _Said(until, self._people.fullest(named))
        return self._institution(start, end, until)

    def _relative(self, low: int, end: int, until: int) -> _Said | None:
        named = self._people.ending_at(self._text.rfind(",", low, end))
        return _Said(until, self._people.fullest(named)) if named else None

    def _apposed(self, low: int, end: int, until: int, whole: bool) -> _Said | None:
        """ "Smith, a spokesman for X, said" and "the group's president, John Smith, said" """
        named, comma = self._people.ending_at(end), end
        for _ in range(4):
            comma = self._text.rfind(",", low, comma)
            if comma < 0:
                return None
            if named and named.start == comma + 2:
                fits = not self._people.ending_at(comma)
                return _Said(until, self._people.fullest(named)) if fits else None
            head = self._people.ending_at(comma)
            if head and self._is_apposition(comma, end):
                fits = self._is_subject(head, low, whole)
                return _Said(until, self._people.fullest(head)) if fits else None
        return None

    def _is_apposition(self, start: int, end: int) -> bool:
        words = self._text[start + 1 : end]
        return len(words) <= 140 and not self._verbs.search(re.sub(r"^ who .*", "", words))

    def _is_subject(self, named: Named, low: int, whole: bool) -> bool:
        """Whether a name is the subject: nothing governs it, nobody is joined to it."""
        before = self._text[low : named.start]
        words = before.split()
        if not words:
            return True
        if whole and not self._describes(words):
            return False
        last = words[-1].lower()
        if last in ("and", "und", "et", "y", "и", "та"):
            return (
                not whole
                and len(words) > 1
                and not (words[-2][0].isupper() or words[-2].lower() in PRONOUNS)
            )
        return last not in PREPOSITIONS or (
            named.titled and named.name_start > named.start and last not in ("by", "to")
        )

    def _describes(self, words: Sequence[str]) -> bool:
        """Whether words before a name only describe its bearer."""
        bare = [word.lower().rstrip(",") for word in words]
        return bare[0] not in NOT_FIRST and "and" not in bare[-2:] and not words[-1].endswith(",")

    def _institution(self, low: int, end: int, until: int) -> _Said | None:
        """A house that speaks under its own name."""
        opened = _OPEN_WORD.match(self._text, low)
        match = INSTITUTIONS.fullmatch(self._text, opened.end() if opened else low, max(low, end))
        if not match:
            return None
        office = Office(None, self._people.state_in(match.start(1), match.end(1)))
        return _Said(until, match.group(1), office)

    # --- the same speaker again

    def _carried(self, low: int, span: Span, previous: _Said | None, pronoun: bool) -> str | None:
        """The speaker of the quotation before, if nothing but the attribution stands between."""
        if previous is None or previous.speaker is None or previous.office:
            return None
        gap = self._text[low : span.start]
        if pronoun and len(gap.split()) <= _SHORT_GAP:
            return previous.speaker
        if previous.until <= low:
            return previous.speaker if _JOINS.fullmatch(gap) else None
        rest = self._text[previous.until : span.start]
        near = len(rest.split()) <= 2 and (pronoun or "\n" not in gap)
        return (
            previous.speaker
            if near and self._is_alone_in(low, span.start, previous.speaker)
            else None
        )

    def _is_alone_in(self, start: int, end: int, speaker: str) -> bool:
        """Whether nobody else is the subject of anything between two places."""
        return all(
            self._people.fullest(named) == speaker or self._is_object(named)
            for named in self._people.between(start, end)
        )

    def _antecedent(self, low: int, span: Span, pronoun: bool) -> str | None:
        """The one person of the sentence before, if its subject and speaking.

        Without a pronoun the quotation must stand alone in the same paragraph.
        """
        here = max(low, self._sentence_start(span.start))
        here = max(here, self._text.rfind("\n", here, span.start) + 1)
        end = here
        while end > low and self._text[end - 1].isspace():
            end -= 1
        start = max(low, end - 2 * _REACH, self._sentence_start(end - 1))
        start = max(start, self._text.rfind("\n", start, end) + 1)
        if end == low or (not pronoun and (here != span.start or "\n" in self._text[end:here])):
            return None
        near = pronoun and "\n" not in self._text[end:here]
        return self._only_subject(start, end, speaking=not near)

    def _only_subject(self, start: int, end: int, *, speaking: bool) -> str | None:
        """The subject of a sentence that names nobody else; ``speaking``: of one of speech."""
        named = self._people.between(start, end)
        if not named or len({self._people.fullest(person) for person in named}) != 1:
            return None
        if speaking and not self._verbs.match(self._text, named[0].end + 1, end):
            return None
        words = self._text[start : named[0].start].lower().split()
        owns = self._text[named[0].end : named[0].end + 1] in ("'", "’")
        if owns or len(words) > 6 or not PRONOUNS.isdisjoint(words):
            return None
        if not self._is_subject(named[0], start, whole=True):
            return None
        return self._people.fullest(named[0])

    # --- places

    @cached_property
    def _sentence_starts(self) -> Sequence[int]:
        return [
            match.end()
            for match in _SENTENCE_END.finditer(self._text)
            if not (
                match.group()[0] == "."
                and _SHORT_WORD.search(self._text[max(0, match.start() - 12) : match.start()])
            )
        ]

    def _sentence_start(self, at: int) -> int:
        index = bisect_right(self._sentence_starts, at)
        return self._sentence_starts[index - 1] if index else 0

    def _has_sentence_end(self, start: int, end: int) -> bool:
        return self._sentence_start(end) > start + 2

    def _line_end(self, start: int, end: int) -> int:
        line = self._text.find("\n", start, end)
        return end if line < 0 else line

    def _clause_end(self, start: int) -> int:
        """Where the clause of an attribution ends: its full stop or its last word."""
        index = bisect_right(self._sentence_starts, start)
        high = (
            self._sentence_starts[index] if index < len(self._sentence_starts) else len(self._text)
        )
        return self._line_end(start, min(high, start + 2 * _REACH))

    def _is_abbreviated(self, stop: re.Match[str]) -> bool:
        return stop.group() == "." and bool(
            _SHORT_WORD.search(self._text[max(0, stop.start() - 12) : stop.start()])
        )

    def _holds_office(self, start: int, end: int) -> bool:
        return any(word.lower().strip(",") in OFFICES for word in self._text[start:end].split())


def _is_long(text: str, span: Span) -> bool:
    words = _WORD.finditer(text, span.start, span.end)
    return sum(1 for _, _ in zip(range(LEAST_WORDS), words, strict=False)) == LEAST_WORDS


def _is_title(text: str, span: Span) -> bool:
    """Whether a quotation looks like the title of a work: capitals, and no end of a sentence."""
    words = [word for word in _WORD.findall(text[span.start : span.end]) if len(word) > 3]
    capitals = sum(word[0].isupper() for word in words)
    return text[span.end - 2] not in ".,!?…" and capitals >= 0.7 * max(1, len(words))
