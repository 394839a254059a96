"""Who said what: direct quotations whose speaker an article names.

A speaker who is not certain is left out: what a digest puts into somebody's mouth must be right.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from ..model import Quote, Span
from .bodies import body, is_noun, takes_up
from .given_names import agrees, clashes
from .marked import LONGEST, Marked, marked
from .naming import Named, Office, People
from .reporting import (
    ADVERBS_BEHIND,
    FOREIGN_WORK,
    HE_OR_SHE,
    INDIRECT,
    NOT_FIRST,
    OFFICES,
    OTHER_SEX,
    OWN_WORK,
    PARTY_OF,
    PRONOUNS,
    YEAR_OLD,
    verbs,
    verbs_before,
)
from .subjects import Subjects

LEAST_WORDS = 5  # fewer are a phrase that the article borrows
_REACH = 240  # code points beside a quotation within which its speaker is looked for
_SHORT_GAP = 3  # words: "He added:" between two quotations
# Chosen by reading what they add and take on the tuning halves of five corpora, 2026-11-28.
_LONG_GAP = 6  # words: "He went on to say that" behind an attribution
_LONGEST_TITLE = 6  # long words before a full stop
_TAIL = 130  # code points between a reporting verb and the quotation that it leads up to
_LONGEST_JOINT = 90  # code points between two quotations of one sentence
_LONGEST_LABEL = 60  # code points before the name in "Comedian Ann Smith: "
_ENDS = (".", "!", "?", "…")
_OPEN_WORD = re.compile(r"[\s,—–-]*")
_JOINS = re.compile(
    r"\s*[,—–-]?\s*(?:(?:and|but|or|that|to|then|even|also|it|is|was|were|are|would|could|will|"
    r"had|has|he|she|be|been|as|a|an|the|with|for|of|in|on|by|which|because|not|—|–|,)\s+){0,8}[,:—–-]?\s*"
)
_NEW_CLAUSE = re.compile(
    r"[.;!?\n]|\b(?:but|while|whereas|though|although|who|he|she|they|it|we|I|as|after|when|because)\b"
)
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_PARTY = re.compile(r",? [RDI][-–][\w. -]{2,12},?$| \([^()]{1,40}\)$")
_BELONGS = re.compile(r"(?: \([^()]{1,20}\))? (?:of|from|with) [^,]{2,50}$")
_THE_ROLE = re.compile(r"\s*[Tt]he ((?:[\w-]+ ){0,2}(\d+-year-old|[A-Za-z-]+))\s*")
_ARTICLE = re.compile(r"\s*(?:an?|the|his|her|its|their|one|two|some|other|both)\b")
_ROLE_BETWEEN = re.compile(r" (?!(?:of|from|in|at|for|with)\b)[a-z][\w’'-]*(?: [\w’'-]+){0,3} ")
_IS = re.compile(  # goes on about somebody of whom another speaks
    r"(?:, \d\d,|[’']s [\w ]{2,30})? (?:was|were|is|are|had|has|would|could|should|will|must|may|"
    r"might|can)(?:n?[’']t)?\b"
    r"(?! (?:\w+ )?(?:said|told|called|described|written|warned|declared|argued|wanted|hoped))"
)
_OWNED = re.compile(  # between a name and what is quoted about it
    r"(?:[’']s (?!.*\b(?:lines?|motto|joke|vow|argument|message|tweets?|letter|speech|answer|question|"
    r"advice) )[\w ]{2,30}| and (?:his|her) [\w ]{2,30}|"
    r"(?! (?:want|hop|think|thought|believ|felt|feel|fear|cit))(?: [a-z]+){1,3})? "
)
_SAYING = re.compile(
    r"(?:,| by| before| in)(?: (?:and|while|but|then|also|later|[a-z]+ly))? "
    r"(?:saying|adding|telling [^,:;\n]{2,40}|writing|stating|arguing|warning|declaring|insisting|explaining|"
    r"tweeting|calling [^,:;\n]{2,40}|describing [^,:;\n]{2,40} as)"
    r"(?: that)?[,:]? ?(?:(?:it|they|he|she|this|the [a-z]+) (?:was|is|were|are|would be) )?(?:an? |the )?$"
)
_SAYING_THAT = re.compile(
    r", (?:(?:and|while|but|then|also|later|[a-z]+ly) )?"
    r"(?:saying|adding|arguing|warning|insisting|explaining|declaring|stating|writing|noting|stressing|"
    r"claiming|predicting)\b(?!.*, [a-z]+ing\b)"
)
_AND_SAID = re.compile(r",? (?:and|but) (?:also |then |later )?[a-z]+(?: that)?[:,]? $")
_SECOND_VERB = re.compile(r"\b(?:and|but)(?: (?:also|then|later|has|had))? $")
_ACCORDING = re.compile(
    r"\s*,?\s*(?:according to|wie|selon|según|по словам|за словами)\s", re.IGNORECASE
)
_CREDIT = re.compile(  # "Dana Milbank, Washington Post" behind what a press review quotes
    r"\s*[—–-]?\s*(?P<name>[^\W\d_][^,\n]{3,40}), (?:The )?(?:[A-Z]\w+ ){0,3}"
    r"(?:Times|Post|Guardian|Atlantic|Vox|Slate|Politico|Bloomberg|News|CNN|BBC|Republic|Review|Jones|"
    r"Kos|DailyKos|Nation|Hill|Week|Reason|Axios|Economist|Journal|Examiner|Beast|Memo|Independent|"
    r"Telegraph|Tribune|Policy|Affairs|Today|Monitor|Intercept|Spectator|Federalist|NPR)"
    r"(?=\s*(?:$|[\n“\".]| [A-Z]))"
)
_HOUSE_NAME = (  # "Ways and Means Committee Chairman Smith" is one
    r"(?! (?:Means|Human|Government|"
    r"Commonwealth|Urban|Drug|Trade|Industry|Security|Technology|Immigration|Border|"
    r"Governmental|Development|Cooperation|Pensions|Culture|Sport|Medicaid)\b)"
)
_NP_ENDS = re.compile(
    r"[,.;:()!?—–\n\"“”«»„]|\b(?:in|on|at|during|after|before|as|when|while|who|about|to|told|adding|outside|by|"
    r"that|because|with|through|via|last|this|earlier|late|following|yesterday|today|speaking|"
    rf"and{_HOUSE_NAME}|but|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|im|am|dans|lors|à|en|в|на|во)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Said:
    """What stands beside a quotation: who said it, by name or by a pronoun, or nobody known."""

    until: int  # where the attribution ends
    speaker: str | None = None
    office: Office | None = None  # where the speaker is an institution
    pronoun: str = ""  # "he" or "she", where that is all
    at: int = 0  # where the pronoun or the verb stands
    credited: bool = False  # behind the quotation, which nothing goes on from


def quotes(
    text: str, *, language: str | None = "en", at: date | None = None, title: str = ""
) -> tuple[Quote, ...]:
    """Quotations of at least five words with a certain speaker, in text order.

    ``text[start:end]`` is the whole quotation with its marks. The role is in the article's words
    where it has them, else the office that a person of the catalogue held on the day ``at``.
    """
    found = marked(text)
    if not any(_is_long(text, span) for span in found.spans):
        return ()
    reader = _Reader(text, found, People(text, title=title, at=at), language)
    return tuple(reader.quotes())


class _Reader:
    """One article, read for its speakers."""

    def __init__(self, text: str, found: Marked, people: People, language: str | None) -> None:
        self._text, self._people = text, people
        self._spans, self._unclosed = found.spans, found.unclosed
        self._verbs, self._verbs_before = verbs(language), verbs_before(language)
        self._subjects = Subjects(text, found, people, self._verbs)
        self._speakers: list[str | None] = []  # per quotation, as far as they are read

    def quotes(self) -> Iterator[Quote]:
        """Those with a certain speaker, in text order."""
        for span, said in zip(self._spans, self._said(), strict=True):
            if said is None or said.speaker is None or not self._is_speech(span):
                continue
            office = said.office or self._people.office(said.speaker)
            yield Quote(span.start, span.end, said.speaker, office.role, office.country)

    def _is_speech(self, span: Span) -> bool:
        return _is_long(self._text, span) and not _is_title(self._text, span)

    def _said(self) -> Iterator[_Said | None]:
        previous: _Said | None = None
        for index, span in enumerate(self._spans):
            said = self._attributed(index, span, previous)
            previous = None if said and said.credited else said
            is_person = previous and not previous.office
            self._speakers.append(previous.speaker if previous and is_person else None)
            yield said

    def _attributed(self, index: int, span: Span, previous: _Said | None) -> _Said | None:
        low = self._spans[index - 1].end if index else 0
        high = self._spans[index + 1].start if index + 1 < len(self._spans) else len(self._text)
        credited = self._credited(span)
        if credited:
            return credited
        opened = self._opened(low, span.start)
        if opened and self._is_of_speech(low, opened, span):
            return self._of_speech(low, Span(opened[0], span.end), span, high, previous)
        if opened and self._is_nested(opened[-1], span):
            return None
        if self._is_introduced(low, span):
            said = self._before(low, span) or self._behind(span, high)
        else:
            said = self._behind(span, high) or self._before(low, span)
        if said and said.pronoun and self._text[low : span.start].rstrip().endswith(":"):
            said = self._before(low, span) or said
        return self._looked_up(low, span, said, previous)

    def _is_introduced(self, low: int, span: Span) -> bool:
        """Whether words lead up to the quotation, and no comma closes it: 'X asked, "Q?"'"""
        before = self._text[max(low, span.start - 2) : span.start].rstrip()
        return before.endswith((":", ",")) and not self._closes_clause(span)

    def _looked_up(
        self, low: int, span: Span, said: _Said | None, previous: _Said | None
    ) -> _Said | None:
        """The attribution, where it is a pronoun or missing with the speaker taken up."""
        if said and not said.pronoun:
            return said
        if said and self._is_of_body(said.pronoun):
            again = previous and previous.office and takes_up(said.pronoun, previous.speaker or "")
            speaker = self._carried(low, span, previous, said.pronoun) if again else None
            office = previous.office if previous and speaker else None
            return replace(
                said, until=max(said.until, span.end), speaker=speaker, office=office, pronoun=""
            )
        if said:
            speaker = self._taken_up(low, span, said, previous)
            return replace(said, until=max(said.until, span.end), speaker=speaker)
        if self._text[span.end - 2] == ",":
            return None
        carried = self._carried(low, span, previous, "")
        if carried and previous:
            return _Said(span.end, carried, previous.office)
        alone = self._subjects.stands_alone(span)
        speaker = self._subjects.antecedent(span.start, "", self._speakers) if alone else None
        return _Said(span.end, speaker) if speaker else None

    def _is_of_body(self, pronoun: str) -> bool:
        return pronoun in ("it", "they") or is_noun(pronoun.split(" ")[-1])

    def _taken_up(self, low: int, span: Span, said: _Said, previous: _Said | None) -> str | None:
        """Whom the pronoun means, or the role that stands for one."""
        is_role = said.pronoun not in OTHER_SEX
        carried = None if is_role else self._carried(low, span, previous, said.pronoun)
        if carried and not clashes(carried, said.pronoun):
            return carried
        here = self._subjects.whole_start(span.start)
        if not self._people.between(here, min(said.at, span.start)):
            speaker = self._subjects.antecedent(span.start, said.pronoun, self._speakers)
            return speaker or (self._people.holder(said.pronoun) if is_role else None)
        if is_role or (said.at > span.start and not self._is_led_up_to(low, span)):
            return None
        return self._subjects.before_pronoun(span.start, min(said.at, span.start), said.pronoun)

    def _is_led_up_to(self, low: int, span: Span) -> bool:
        return self._text[low : span.start].rstrip().endswith(":")

    def _credited(self, span: Span) -> _Said | None:
        """The writer whom a press review names behind what it quotes."""
        if self._text[span.end - 2] not in _ENDS:
            return None
        credit = _CREDIT.match(self._text, span.end, span.end + _REACH)
        named = self._people.ending_at(credit.end("name")) if credit else None
        if not credit or named is None or named.start != credit.start("name"):
            return None
        speaker = self._people.fullest(named) if len(named.words) > 1 else None
        return _Said(credit.end(), speaker, credited=True) if speaker else None

    # --- a speech of several paragraphs: each opens with a mark, the last alone is closed

    def _opened(self, low: int, high: int) -> tuple[int, ...]:
        """The marks between two quotations that stay open."""
        return self._unclosed[bisect_left(self._unclosed, low) : bisect_left(self._unclosed, high)]

    def _is_of_speech(self, low: int, opened: tuple[int, ...], span: Span) -> bool:
        places = (*opened, span.start)
        marks = {self._text[at] for at in places}
        if len(marks) > 1 and marks != {'"', "“"}:
            return False
        parts = [self._text[start:end].rstrip() for start, end in pairwise(places)]
        return all(part.endswith(_ENDS) and "\n" not in part for part in parts) and (
            len(parts[-1]) <= LONGEST
        )

    def _of_speech(
        self, low: int, speech: Span, span: Span, high: int, previous: _Said | None
    ) -> _Said | None:
        """The attribution behind the last paragraph, else the one of the first."""
        behind = self._behind(span, high)
        if behind and not behind.pronoun:
            return behind
        first = self._looked_up(low, speech, self._before(low, speech), previous)
        if first is None and behind:
            again = self._carried(low, speech, previous, behind.pronoun)
            first = _Said(span.end, again) if again and not clashes(again, behind.pronoun) else None
        return replace(first, until=max(span.end, behind.until if behind else 0)) if first else None

    def _is_nested(self, opened: int, span: Span) -> bool:
        """Whether the quotation stands in somebody's speech that is never closed."""
        if "\n" in self._text[opened : span.start]:
            return False
        begins = self._text[max(0, opened - 2) : opened] in (". ", "! ", "? ", ", ")
        return begins and self._text[opened] != self._text[span.start]

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
        if self._text[first : first + 3] == "as " and verb.group().startswith("put"):
            first += 3
        phrase = self._text[first : verb.start()]
        words = phrase.split()
        if len(words) > 25 or words[0].lower().rstrip(",") in NOT_FIRST:
            return None
        until = self._clause_end(verb.end())
        if (
            words[0].lower() in PRONOUNS
            and len(ADVERBS_BEHIND.sub("", phrase.rstrip()).split()) == 1
        ):
            return _Said(until, pronoun=_third(words[0]), at=first)
        said = self._subject(first, verb.start(), until, whole=True)
        if said is None and phrase.endswith(", "):  # '"Q" is what we want, says Smith'
            said = self._noun_phrase(verb.end(), self._line_end(verb.end(), verb.end() + _REACH))
        said = said or _Said(until)
        return replace(said, at=said.at or verb.start())

    def _noun_phrase(self, start: int, high: int) -> _Said:
        """The speaker in the words that follow a verb."""
        stop = _NP_ENDS.search(self._text, start, high)
        while stop and self._is_abbreviated(stop):
            stop = _NP_ENDS.search(self._text, stop.end(), high)
        end = stop.start() if stop else high
        until = self._clause_end(start)
        if _third(self._text[start:end].strip()):
            return _Said(until, pronoun=_third(self._text[start:end].strip()), at=start)
        named = self._last_of(start, end)
        if (
            named is None
            and stop
            and stop.group() == "and"
            and not _ARTICLE.match(self._text, start)
        ):
            joined = _NP_ENDS.search(self._text, stop.end(), high)
            named = self._last_of(start, joined.start() if joined else high)
        if named is None and stop and stop.group() == ",":
            return self._named_behind(start, stop.end(), until)
        if named is None:
            alone = not stop or stop.group() != "and"
            said = self._institution(start, end, until) if alone else None
            said = said or self._by_role(start, end, until)
            return said or _Said(until)
        speaker = self._name_of(named) if self._is_alone(named) else None
        body = None if speaker else self._institution(start, end, until)
        return body if body and self._is_alone(named) else _Said(until, speaker, at=end)

    def _name_of(self, named: Named) -> str | None:
        """The speaker's name, be it a surname that the article never has in full."""
        return self._people.fullest(named) or self._people.lone(named)

    def _last_of(self, start: int, end: int) -> Named | None:
        """Who is named in a noun phrase: of two runs with small letters between the second."""
        names = self._people.between(start, end)
        for named, following in pairwise(names):
            between = _ROLE_BETWEEN.fullmatch(self._text, named.end, following.start)
            words = self._text[named.end : following.start].split()
            if not between or not (
                len(words) == 1 or self._subjects.holds_office(named.end, following.start)
            ):
                return named
        return names[-1] if names else None

    def _named_behind(self, start: int, comma: int, until: int) -> _Said:
        """ "said the group's president, John Smith" """
        named = next(iter(self._people.between(comma, comma + 40)), None)
        fits = named and named.start == comma + 1 and self._subjects.holds_office(start, comma)
        return _Said(until, self._people.fullest(named) if fits and named else None)

    def _is_alone(self, named: Named) -> bool:
        """Whether nobody speaks with them ("Smith and Jones"), nor somebody for them."""
        following = self._text[named.end : named.end + 8]
        return not re.match(r"[’']|\s+(?:and|und|et|y|и|та|&)\s+[^\W\d_a-zа-я]", following)

    # --- X said: "Q"

    def _before(self, low: int, span: Span) -> _Said | None:
        """The attribution that leads up to the quotation in the same sentence."""
        low = max(low, span.start - 2 * _REACH, self._subjects.sentence_start(span.start))
        low = max(low, self._text.rfind("\n", low, span.start) + 1)
        according = _ACCORDING.match(self._text, low, span.start)
        if according and self._text[low : span.start].rstrip().endswith(","):
            return self._noun_phrase(according.end(), span.start)
        labelled = self._labelled(low, span)
        if labelled:
            return labelled
        spoken = tuple(self._verbs_before.finditer(self._text, low, span.start))
        behind = spoken[-1].end() if spoken else low
        saying = _SAYING.search(self._text, max(behind, span.start - _TAIL), span.start)
        if saying:
            return self._of_participle(saying, spoken, low, span)
        saying = _SAYING_THAT.search(self._text, behind, span.start)
        if saying and self._leads_up(saying.end(), span.start):
            return self._of_participle(saying, spoken, low, span)
        if not spoken:
            return None
        accused = spoken[-1].group() == "accused"
        if not accused and not self._leads_up(spoken[-1].end(), span.start):
            return None
        if _SECOND_VERB.search(self._text, low, spoken[-1].start()):
            return self._of_clause(spoken[-1].start(), span)
        return self._subject(low, spoken[-1].start(), span.end, whole=False)

    def _labelled(self, low: int, span: Span) -> _Said | None:
        """The name that is all there is before a colon: "Comedian Ann Smith: " """
        lead = self._text[low : span.start].rstrip()
        named = self._people.ending_at(low + len(lead) - 1) if lead.endswith(":") else None
        if named is None or len(named.words) < 2 or named.start - low > _LONGEST_LABEL:
            return None
        before = self._text[low : named.start].split()
        if not all(word[0].isupper() or word in OFFICES for word in before):
            return None
        speaker = self._people.fullest(named)
        sure = speaker and (named.titled or agrees(speaker, "he") or agrees(speaker, "she"))
        return _Said(span.end, speaker) if sure else None

    def _of_participle(
        self, saying: re.Match[str], spoken: Sequence[re.Match[str]], low: int, span: Span
    ) -> _Said | None:
        """ "..., he said, adding": who spoke before, else whom the clause is about."""
        said = (
            self._subject(low, spoken[-1].start(), span.end, whole=False)
            if spoken and saying.start() - spoken[-1].end() <= _LONGEST_JOINT
            else None
        )
        return said or self._of_clause(saying.start(), span)

    def _of_clause(self, high: int, span: Span) -> _Said | None:
        """ "X met them and said" """
        subject = self._subjects.of_clause(span.start, high)
        if subject in HE_OR_SHE:
            return _Said(span.end, pronoun=subject, at=self._subjects.whole_start(span.start))
        return _Said(span.end, subject) if subject else None

    def _leads_up(self, start: int, end: int) -> bool:
        """Whether the words from a verb to the quotation leave its speaker the same."""
        tail = self._text[start:end]
        if len(tail) > _TAIL or ";" in tail or FOREIGN_WORK.search(OWN_WORK.sub("", tail)):
            return False
        if tail.rstrip().endswith((":", "that")):
            return True
        return all(
            self._subjects.is_object(named)
            or (named.start > start + 1 and self._subjects.is_passive(named))
            or _IS.match(self._text, named.end, end)
            or self._is_spoken_of(named, end)
            for named in self._people.between(start, end)
        )

    def _is_spoken_of(self, named: Named, end: int) -> bool:
        """Whether the quotation goes on about a name: 'called Smith "the best of us"'."""
        beside = _OWNED.fullmatch(self._text, named.end, end)
        return beside is not None and self._text[end + 1 : end + 2].islower()

    def _subject(self, low: int, high: int, until: int, *, whole: bool) -> _Said | None:
        """The speaker whose name ends before a verb; ``whole``: nothing else may stand before it."""
        phrase = _PARTY.sub("", ADVERBS_BEHIND.sub("", self._text[low:high].rstrip()))
        end = low + len(phrase)
        if phrase.endswith(","):
            return self._apposed(low, end - 1, until, whole)
        named = self._people.ending_at(end)
        if named is None or named.end != end:
            return self._without_name(low, end, until, whole)
        if not self._subjects.is_subject(named, low, whole=whole):
            body = self._institution(self._text.rfind(",", low, end) + 1 or low, end, until)
            return body or self._of_somewhere(low, end, until, whole)
        speaker = self._name_of(named)
        body = None if speaker else self._institution(low, end, until)
        return body or _Said(until, speaker)

    def _of_somewhere(self, low: int, end: int, until: int, whole: bool) -> _Said | None:
        """ "Smith of X said" """
        comma = self._text.rfind(",", low, end)
        for named in self._people.between(max(low, comma + 1), end):
            belongs = _BELONGS.match(self._text, named.end, end)
            if belongs and self._subjects.is_subject(named, low, whole=whole):
                return _Said(until, self._people.fullest(named))
        return None

    def _without_name(self, low: int, end: int, until: int, whole: bool) -> _Said | None:
        """The subject of a verb before which no name stands: pronoun, house or "Smith of X"."""
        last = self._text[low:end].split()[-1:]
        if last and last[0].lower() in PRONOUNS:
            if last[0] == "who":
                return self._relative(low, end, until)
            return _Said(until, pronoun=_third(last[0]), at=end - len(last[0]))
        start = max(low, self._text.rfind(",", low, end) + 1)
        return (
            self._institution(start, end, until)
            or self._by_role(start, end, until)
            or self._of_somewhere(low, end, until, whole)
        )

    def _by_role(self, start: int, end: int, until: int) -> _Said | None:
        """A role that stands for a name: "the foreign minister", "the 24-year-old"."""
        role = _THE_ROLE.fullmatch(self._text, start, end)
        if role is None or not (
            role[2].lower() in OFFICES
            or role[2].lower() in PARTY_OF
            or role[2].endswith(YEAR_OLD)
            or is_noun(role[2])
        ):
            return None
        return _Said(until, pronoun=role[1].lower(), at=start)

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
                fits = self._subjects.is_subject(head, low, whole=whole)
                return _Said(until, self._people.fullest(head)) if fits else None
        return None

    def _is_apposition(self, start: int, end: int) -> bool:
        words = self._text[start + 1 : end]
        return len(words) <= 140 and not self._verbs.search(re.sub(r"^ who .*", "", words))

    def _institution(self, low: int, end: int, until: int) -> _Said | None:
        """A body that speaks under its own name."""
        opened = _OPEN_WORD.match(self._text, low)
        start = opened.end() if opened else low
        name = body(self._text[start:end].rstrip(), self._text)
        if not name:
            return None
        state = self._people.state_in(start, end)
        if name.lower().endswith("ministry") and not state:
            return None
        return _Said(until, name, Office(None, state), at=start)

    # --- the same speaker again

    def _carried(self, low: int, span: Span, previous: _Said | None, pronoun: str) -> str | None:
        """The speaker of the quotation before, if nothing but the attribution stands between."""
        if previous is None or previous.speaker is None:
            return None
        if previous.office and pronoun and not self._is_of_body(pronoun):
            return None
        gap = self._text[low : span.start]
        if pronoun and len(gap.split()) <= _SHORT_GAP:
            return previous.speaker
        if previous.until <= low:
            goes_on = _JOINS.fullmatch(gap) or (
                not pronoun and self._goes_on(low, span.start, previous.speaker)
            )
            return previous.speaker if goes_on else None
        rest = self._text[previous.until : span.start]
        most = _LONG_GAP if pronoun in rest.lower().split() else 2
        near = len(rest.split()) <= most and (pronoun or "\n" not in gap)
        alone = near and self._is_alone_in(max(low, previous.at), span.start, previous.speaker)
        return previous.speaker if alone else None

    def _goes_on(self, start: int, end: int, speaker: str) -> bool:
        """Whether a sentence leads from one of its quotations to the next without a new subject."""
        gap = self._text[start:end]
        first = gap.split(maxsplit=1)[:1]
        begins = self._text[start - 2] in _ENDS and bool(first) and first[0][0].isupper()
        if begins and first[0].lower() not in HE_OR_SHE:
            return False
        if len(gap) > _LONGEST_JOINT or _NEW_CLAUSE.search(gap):
            return False
        if self._verbs_before.search(gap) and not (
            _AND_SAID.match(gap) and self._subjects.of_sentence(start) == speaker
        ):
            return False
        return not self._people.between(start, end)

    def _is_alone_in(self, start: int, end: int, speaker: str) -> bool:
        """Whether nobody else is the subject of anything between two places."""
        return all(
            self._people.fullest(named) == speaker or self._subjects.is_passive(named)
            for named in self._people.between(start, end)
        )

    # --- places

    def _has_sentence_end(self, start: int, end: int) -> bool:
        return self._subjects.sentence_start(end) > start + 2

    def _line_end(self, start: int, end: int) -> int:
        line = self._text.find("\n", start, end)
        return end if line < 0 else line

    def _clause_end(self, start: int) -> int:
        """Where the clause of an attribution ends: its full stop or its last word."""
        high = self._subjects.sentence_end(start)
        return self._line_end(start, min(high, start + 2 * _REACH))

    def _is_abbreviated(self, stop: re.Match[str]) -> bool:
        return stop.group() == "." and self._subjects.is_abbreviated(stop.start())


def _third(word: str) -> str:
    """The pronoun, where it takes up somebody or a body: no "we"."""
    return word.lower() if word.lower() in HE_OR_SHE or word.lower() in ("it", "they") else ""


def _is_long(text: str, span: Span) -> bool:
    words = _WORD.finditer(text, span.start, span.end)
    return sum(1 for _, _ in zip(range(LEAST_WORDS), words, strict=False)) == LEAST_WORDS


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
