"""Which words beside a quotation say who said it: after it, or before it."""

import re
from dataclasses import replace

from ...model.articles import Span
from ..vocabulary.given_names import is_known
from ..vocabulary.reporting import (
    OWN_WORK,
    adverbs_behind,
    foreign_work,
    he_or_she,
    indirect,
    vocabulary,
)
from .bounds import ENDS
from .names import Named
from .reading import Reading
from .speakers import LONGEST_JOINT, OPENING, REACH, Attribution, Speakers, third_person

_TAIL = 130  # code points between a reporting verb and the quotation that it leads up to
_LONGEST_LABEL = 60  # code points before the name in "Comedian Ann Smith: "
_MOST_WORDS = 25  # of a subject between a quotation and its verb
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
_JOINT = "(?:and|while|but|then|also|later|[a-z]+ly)"
_PARTICIPLE = "saying|adding|writing|stating|arguing|warning|declaring|insisting|explaining"
_SAYING = re.compile(
    rf"(?:,| by| before| in)(?: {_JOINT})? "
    rf"(?:{_PARTICIPLE}|tweeting|(?:telling|calling) [^,:;\n]{{2,40}}|describing [^,:;\n]{{2,40}} as)"
    r"(?: that)?[,:]? ?(?:(?:it|they|he|she|this|the [a-z]+) (?:was|is|were|are|would be) )?(?:an? |the )?$"
)
_SAYING_THAT = re.compile(
    rf", (?:{_JOINT} )?(?:{_PARTICIPLE}|noting|stressing|claiming|predicting)\b"
    r"(?!.*, [a-z]+ing\b)"
)
_GOES_ON = re.compile(
    r" (?!(?:and(?! (?:that|to) )|but|while|as|who|which|when|so|yet|although|though)\b)[a-z]"
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


class Attributions:
    """What one article says right beside its quotations."""

    def __init__(
        self,
        reading: Reading,
        speakers: Speakers,
        spoken: re.Pattern[str],
        before: re.Pattern[str],
    ) -> None:
        self._text, self._bounds = reading.text, reading.bounds
        self._names, self._people = reading.names, reading.people
        self._subjects, self._speakers = reading.subjects, speakers
        self._verbs, self._verbs_before = spoken, before

    def credited(self, span: Span) -> Attribution | None:
        """The writer whom a press review names after what it quotes."""
        if self._text[span.end - 2] not in ENDS:
            return None
        credit = _CREDIT.match(self._text, span.end, span.end + REACH)
        named = self._names.ending_at(credit.end("name")) if credit else None
        if not credit or named is None or named.start != credit.start("name"):
            return None
        speaker = self._people.fullest(named) if len(named.words) > 1 else None
        return Attribution(credit.end(), speaker, credited=True) if speaker else None

    # --- "Q," X said

    def behind(self, span: Span, high: int) -> Attribution | None:
        """The attribution that follows the quotation."""
        if self._is_ended(span):
            return None
        end = self._bounds.line_end(span.end, min(high, span.end + REACH))
        according = _ACCORDING.match(self._text, span.end, end)
        if according:
            return self._speakers.behind_verb(according.end(), end)
        verb = self._verbs.search(self._text, span.end, end)
        if not verb or self._bounds.sentence_start(verb.start()) > span.end + 2:
            return None
        between = adverbs_behind().sub("", self._text[span.end : verb.start()].rstrip())
        if OPENING.fullmatch(between):
            return self._speakers.behind_verb(verb.end(), end)
        if not self.closes_clause(span) and indirect().match(self._text, verb.end()):
            return None
        said = self._subject_behind(span.end, verb)
        found = said and (said.speaker or said.pronoun)
        return said if found else self._clause_behind(span, verb, end) or said

    def _clause_behind(self, span: Span, verb: re.Match[str], end: int) -> Attribution | None:
        """The attribution, after a comma, of the clause that the quotation is a part of."""
        comma = self._text.rfind(",", span.end, verb.start())
        if comma < 0 or not self._is_part(span):
            return None
        phrase = self._text[comma + 1 : verb.start()]
        if not phrase.strip():
            return self._speakers.behind_verb(verb.end(), end)
        until = self._speakers.clause_end(verb.end())
        if _is_word(phrase) and third_person(phrase.split()[0]):
            return Attribution(until, pronoun=third_person(phrase.split()[0]), at=verb.start())
        said = self._speakers.before_verb(comma + 1, verb.start(), until, whole=True)
        return replace(said, at=verb.start()) if said else None

    def _is_part(self, span: Span) -> bool:
        """Whether a clause goes on after a quotation, and nobody else is quoted in it."""
        low = self._bounds.sentence_start(span.start)
        before = self._text[low : span.start]
        goes_on = self._text[span.end - 2] not in ENDS and _GOES_ON.match(self._text, span.end)
        return bool(goes_on) and not (
            foreign_work().search(before)
            or self._verbs_before.search(before)
            or any(map(self._subjects.owns, self._names.between(low, span.start)))
        )

    def _is_ended(self, span: Span) -> bool:
        """Whether a full stop, but not an ellipsis, ends the sentence with the quotation."""
        inside = self._text[span.end - 4 : span.end - 1]
        behind = self._text[span.end : span.end + 1]
        return (inside[-1:] == "." and inside != "...") or behind in (".", ";")

    def closes_clause(self, span: Span) -> bool:
        """Whether a comma shows that what follows is no clause of its own."""
        return "," in (self._text[span.end - 2], self._text[span.end : span.end + 1])

    def _subject_behind(self, start: int, verb: re.Match[str]) -> Attribution | None:
        opened = OPENING.match(self._text, start)
        first = opened.end() if opened else start
        if self._text[first : first + 3] == "as " and verb.group().startswith("put"):
            first += 3
        phrase = self._text[first : verb.start()]
        words = phrase.split()
        if len(words) > _MOST_WORDS or words[0].lower().rstrip(",") in vocabulary().not_first:
            return None
        until = self._speakers.clause_end(verb.end())
        if words[0].lower() in vocabulary().pronouns and _is_word(phrase):
            return Attribution(until, pronoun=third_person(words[0]), at=first)
        said = self._speakers.before_verb(first, verb.start(), until, whole=True)
        if said is None and phrase.endswith(", "):  # '"Q" is what we want, says Smith'
            high = self._bounds.line_end(verb.end(), verb.end() + REACH)
            said = self._speakers.behind_verb(verb.end(), high)
        said = said or Attribution(until)
        return replace(said, at=said.at or verb.start())

    # --- X said: "Q"

    def before(self, low: int, span: Span) -> Attribution | None:
        """The attribution that precedes the quotation in its sentence, or in its line if a colon ends it."""
        low = max(low, span.start - 2 * REACH, self._bounds.sentence_start(span.start))
        lead = low + len(self._text[low : span.start].rstrip())
        is_line = self._text[lead - 1 : lead] == ":"
        low = max(low, self._text.rfind("\n", low, lead if is_line else span.start) + 1)
        according = _ACCORDING.match(self._text, low, span.start)
        if according and self._text[low : span.start].rstrip().endswith(","):
            return self._speakers.behind_verb(according.end(), span.start)
        return self._labelled(low, span) or self._led_up_to(low, span)

    def _led_up_to(self, low: int, span: Span) -> Attribution | None:
        """The subject of the last verb or participle before the quotation."""
        verbs = tuple(self._verbs_before.finditer(self._text, low, span.start))
        verb = verbs[-1] if verbs else None
        saying = self._participle(verb.end() if verb else low, span)
        if saying:
            return self._of_participle(saying, verb, low, span)
        if not verb:
            return None
        if verb.group() != "accused" and not self._leads_up(verb.end(), span.start):
            return None
        if _SECOND_VERB.search(self._text, low, verb.start()):
            return self._of_clause(verb.start(), span)
        return self._speakers.before_verb(low, verb.start(), span.end, whole=False)

    def _participle(self, low: int, span: Span) -> re.Match[str] | None:
        """The "saying" or ", adding that" that introduces the quotation."""
        saying = _SAYING.search(self._text, max(low, span.start - _TAIL), span.start)
        if saying:
            return saying
        saying = _SAYING_THAT.search(self._text, low, span.start)
        return saying if saying and self._leads_up(saying.end(), span.start) else None

    def _labelled(self, low: int, span: Span) -> Attribution | None:
        """The name that is all there is before a colon: "Comedian Ann Smith: " """
        lead = self._text[low : span.start].rstrip()
        named = self._names.ending_at(low + len(lead) - 1) if lead.endswith(":") else None
        if named is None or len(named.words) < 2 or named.start - low > _LONGEST_LABEL:
            return None
        before = self._text[low : named.start].split()
        if not all(word[0].isupper() or word in vocabulary().offices for word in before):
            return None
        speaker = self._people.fullest(named)
        sure = speaker and (named.titled or is_known(speaker))
        return Attribution(span.end, speaker) if sure else None

    def _of_participle(
        self, saying: re.Match[str], verb: re.Match[str] | None, low: int, span: Span
    ) -> Attribution | None:
        """ "..., he said, adding": who spoke before, or else whom the clause is about."""
        said = None
        if verb and saying.start() - verb.end() <= LONGEST_JOINT:
            said = self._speakers.before_verb(low, verb.start(), span.end, whole=False)
        return said or self._of_clause(saying.start(), span)

    def _of_clause(self, high: int, span: Span) -> Attribution | None:
        """ "X met them and said" """
        subject = self._subjects.of_clause(span.start, high)
        if subject in he_or_she():
            return Attribution(span.end, pronoun=subject, at=self._bounds.whole_start(span.start))
        return Attribution(span.end, subject) if subject else None

    def _leads_up(self, start: int, end: int) -> bool:
        """Whether the words between a verb and the quotation leave its speaker the same."""
        tail = self._text[start:end]
        if len(tail) > _TAIL or ";" in tail or foreign_work().search(OWN_WORK.sub("", tail)):
            return False
        if tail.rstrip().endswith((":", "that")):
            return True
        return all(
            self._subjects.is_object(named)
            or (named.start > start + 1 and self._subjects.is_passive(named))
            or _IS.match(self._text, named.end, end)
            or self._is_spoken_of(named, end)
            for named in self._names.between(start, end)
        )

    def _is_spoken_of(self, named: Named, end: int) -> bool:
        """Whether the quotation describes a name: 'called Smith "the best of us"'."""
        beside = _OWNED.fullmatch(self._text, named.end, end)
        return beside is not None and self._text[end + 1 : end + 2].islower()


def _is_word(phrase: str) -> bool:
    """Whether a phrase is one word, apart from adverbs after it."""
    return len(adverbs_behind().sub("", phrase.rstrip()).split()) == 1
