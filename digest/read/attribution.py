"""Who is named beside a quotation as its speaker, or by which pronoun or role."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ..model import Span
from .bodies import body, is_noun
from .given_names import agrees
from .naming import Named, Office, People
from .reporting import (
    ADVERBS_BEHIND,
    FOREIGN_WORK,
    HE_OR_SHE,
    INDIRECT,
    NOT_FIRST,
    OFFICES,
    OWN_WORK,
    PARTY_OF,
    PRONOUNS,
    YEAR_OLD,
)
from .subjects import Subjects

_REACH = 240  # code points beside a quotation within which its speaker is looked for
_TAIL = 130  # code points between a reporting verb and the quotation that it leads up to
LONGEST_JOINT = 90  # code points between two quotations of one sentence
_LONGEST_LABEL = 60  # code points before the name in "Comedian Ann Smith: "
ENDS = (".", "!", "?", "…")
_OPEN_WORD = re.compile(r"[\s,—–-]*")
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
class Said:
    """What stands beside a quotation: who said it, by name or by a pronoun, or nobody known."""

    until: int  # where the attribution ends
    speaker: str | None = None
    office: Office | None = None  # where the speaker is an institution
    pronoun: str = ""  # "he" or "she", where that is all
    at: int = 0  # where the pronoun or the verb stands
    credited: bool = False  # behind the quotation, which nothing goes on from


class Attributions:
    """What one article says right beside its quotations."""

    def __init__(
        self,
        text: str,
        people: People,
        subjects: Subjects,
        spoken: re.Pattern[str],
        before: re.Pattern[str],
    ) -> None:
        self._text, self._people, self._subjects = text, people, subjects
        self._verbs, self._verbs_before = spoken, before

    def credited(self, span: Span) -> Said | None:
        """The writer whom a press review names behind what it quotes."""
        if self._text[span.end - 2] not in ENDS:
            return None
        credit = _CREDIT.match(self._text, span.end, span.end + _REACH)
        named = self._people.ending_at(credit.end("name")) if credit else None
        if not credit or named is None or named.start != credit.start("name"):
            return None
        speaker = self._people.fullest(named) if len(named.words) > 1 else None
        return Said(credit.end(), speaker, credited=True) if speaker else None

    # --- "Q," X said

    def behind(self, span: Span, high: int) -> Said | None:
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
        if not self.closes_clause(span) and INDIRECT.match(self._text, verb.end()):
            return None
        return self._subject_behind(span.end, verb)

    def closes_clause(self, span: Span) -> bool:
        """Whether a comma shows that what follows is no clause of its own."""
        return "," in (self._text[span.end - 2], self._text[span.end : span.end + 1])

    def _subject_behind(self, start: int, verb: re.Match[str]) -> Said | None:
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
            return Said(until, pronoun=_third(words[0]), at=first)
        said = self._subject(first, verb.start(), until, whole=True)
        if said is None and phrase.endswith(", "):  # '"Q" is what we want, says Smith'
            said = self._noun_phrase(verb.end(), self._line_end(verb.end(), verb.end() + _REACH))
        said = said or Said(until)
        return replace(said, at=said.at or verb.start())

    def _noun_phrase(self, start: int, high: int) -> Said:
        """The speaker in the words that follow a verb."""
        stop = _NP_ENDS.search(self._text, start, high)
        while stop and self._is_abbreviated(stop):
            stop = _NP_ENDS.search(self._text, stop.end(), high)
        end = stop.start() if stop else high
        until = self._clause_end(start)
        if _third(self._text[start:end].strip()):
            return Said(until, pronoun=_third(self._text[start:end].strip()), at=start)
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
            return said or Said(until)
        speaker = self._name_of(named) if self._is_alone(named) else None
        body = None if speaker else self._institution(start, end, until)
        return body if body and self._is_alone(named) else Said(until, speaker, at=end)

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

    def _named_behind(self, start: int, comma: int, until: int) -> Said:
        """ "said the group's president, John Smith" """
        named = next(iter(self._people.between(comma, comma + 40)), None)
        fits = named and named.start == comma + 1 and self._subjects.holds_office(start, comma)
        return Said(until, self._people.fullest(named) if fits and named else None)

    def _is_alone(self, named: Named) -> bool:
        """Whether nobody speaks with them ("Smith and Jones"), nor somebody for them."""
        following = self._text[named.end : named.end + 8]
        return not re.match(r"[’']|\s+(?:and|und|et|y|и|та|&)\s+[^\W\d_a-zа-я]", following)

    # --- X said: "Q"

    def before(self, low: int, span: Span) -> Said | None:
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

    def _labelled(self, low: int, span: Span) -> Said | None:
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
        return Said(span.end, speaker) if sure else None

    def _of_participle(
        self, saying: re.Match[str], spoken: Sequence[re.Match[str]], low: int, span: Span
    ) -> Said | None:
        """ "..., he said, adding": who spoke before, else whom the clause is about."""
        said = (
            self._subject(low, spoken[-1].start(), span.end, whole=False)
            if spoken and saying.start() - spoken[-1].end() <= LONGEST_JOINT
            else None
        )
        return said or self._of_clause(saying.start(), span)

    def _of_clause(self, high: int, span: Span) -> Said | None:
        """ "X met them and said" """
        subject = self._subjects.of_clause(span.start, high)
        if subject in HE_OR_SHE:
            return Said(span.end, pronoun=subject, at=self._subjects.whole_start(span.start))
        return Said(span.end, subject) if subject else None

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

    def _subject(self, low: int, high: int, until: int, *, whole: bool) -> Said | None:
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
        return body or Said(until, speaker)

    def _of_somewhere(self, low: int, end: int, until: int, whole: bool) -> Said | None:
        """ "Smith of X said" """
        comma = self._text.rfind(",", low, end)
        for named in self._people.between(max(low, comma + 1), end):
            belongs = _BELONGS.match(self._text, named.end, end)
            if belongs and self._subjects.is_subject(named, low, whole=whole):
                return Said(until, self._people.fullest(named))
        return None

    def _without_name(self, low: int, end: int, until: int, whole: bool) -> Said | None:
        """The subject of a verb before which no name stands: pronoun, house or "Smith of X"."""
        last = self._text[low:end].split()[-1:]
        if last and last[0].lower() in PRONOUNS:
            if last[0] == "who":
                return self._relative(low, end, until)
            return Said(until, pronoun=_third(last[0]), at=end - len(last[0]))
        start = max(low, self._text.rfind(",", low, end) + 1)
        return (
            self._institution(start, end, until)
            or self._by_role(start, end, until)
            or self._of_somewhere(low, end, until, whole)
        )

    def _by_role(self, start: int, end: int, until: int) -> Said | None:
        """A role that stands for a name: "the foreign minister", "the 24-year-old"."""
        role = _THE_ROLE.fullmatch(self._text, start, end)
        if role is None or not (
            role[2].lower() in OFFICES
            or role[2].lower() in PARTY_OF
            or role[2].endswith(YEAR_OLD)
            or is_noun(role[2])
        ):
            return None
        return Said(until, pronoun=role[1].lower(), at=start)

    def _relative(self, low: int, end: int, until: int) -> Said | None:
        named = self._people.ending_at(self._text.rfind(",", low, end))
        return Said(until, self._people.fullest(named)) if named else None

    def _apposed(self, low: int, end: int, until: int, whole: bool) -> Said | None:
        """ "Smith, a spokesman for X, said" and "the group's president, John Smith, said" """
        named, comma = self._people.ending_at(end), end
        for _ in range(4):
            comma = self._text.rfind(",", low, comma)
            if comma < 0:
                return None
            if named and named.start == comma + 2:
                fits = not self._people.ending_at(comma)
                return Said(until, self._people.fullest(named)) if fits else None
            head = self._people.ending_at(comma)
            if head and self._is_apposition(comma, end):
                fits = self._subjects.is_subject(head, low, whole=whole)
                name = self._name_of(head) if whole else self._people.fullest(head)
                return Said(until, name) if fits else None
        return None

    def _is_apposition(self, start: int, end: int) -> bool:
        words = self._text[start + 1 : end]
        return len(words) <= 140 and not self._verbs.search(re.sub(r"^ who .*", "", words))

    def _institution(self, low: int, end: int, until: int) -> Said | None:
        """A body that speaks under its own name."""
        opened = _OPEN_WORD.match(self._text, low)
        start = opened.end() if opened else low
        name = body(self._text[start:end].rstrip(), self._text)
        if not name:
            return None
        state = self._people.state_in(start, end)
        if name.lower().endswith("ministry") and not state:
            return None
        return Said(until, name, Office(None, state), at=start)

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
