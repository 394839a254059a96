"""Whom sentences are about: the subject by name, and whom "he" or "the minister" takes up.

The subject of the sentence before is taken up, never simply the person named last, which was right
in 59 %.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

from ..model import Span
from .given_names import agrees, clashes
from .marked import Marked
from .naming import Named, People
from .reporting import (
    CLAUSE_OPENERS,
    HE,
    HE_OR_SHE,
    IN_FULL,
    MISTER,
    MODIFIERS,
    MRS,
    NOT_FIRST,
    OFFICES,
    OFFICES_OF_ONE,
    OTHER_SEX,
    PARTY_OF,
    PREPOSITIONS,
    PRONOUNS,
    UNNAMED,
    YEAR_OLD,
)

# Chosen on 124 articles of the tuning halves of four corpora on 2026-11-28, what it adds read by eye.
MOST_SENTENCES = 5  # that are walked back over "he" and nobody to a name
_LONGEST_DESCRIPTION = 8  # words before the name of a subject
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»“)\]]*\s+(?=[\"'“‘«„(\[]*[^\W\d_a-zа-яё])")
_SHORT_WORD = re.compile(
    r"(?:^|[\s(.\"“])(?:[^\W\d_]|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Prof|Rev|Hon|Amb|St|"
    r"Jr|Sr|U\.S|U\.N|U\.K|No|vs|г|им)$"
)
_LINE = re.compile(r"\n\s*")
_ADVERBIAL = re.compile(  # "On Tuesday, though, " stands before a subject
    r"(?:But |And |Still, )?(?:(?:In|On|At|During|After|Before|Earlier|Later|Speaking|Asked|Meanwhile|"
    r"However|As|While|When|Last|This|Also|By|For|Since|Responding|Writing|Yesterday|Today|That|Standing|"
    r"Sitting|Appearing|Addressing|Following|Despite|Though|Although|Outside|Inside|Amid|Among|Throughout|"
    r"With|Without|From|To|Once|Upon|Back|If|Because|"
    r"[A-Z][a-z]+(?:ed|ing) (?:in|on|at|to|by|for|with|from|about|as|the|an?|his|her)\b)\b"
    r"[^,\n]{0,200},[\"”’]?\s+(?:(?:in|on|at|during|after|before|while|as|when|speaking)\b[^,\n]{0,90},\s+)?|"
    r"An? [a-z][^,\n]{2,90} [a-z]+,\s+)?"  # "A member of the house, Smith"
    r"(?:though, |however, )?"
)
_APPOSED = re.compile(
    r"(?:, (?:[RD][-–][\w. ]{2,12}|[^.;:\n]{2,100}),)? (?:(?:also|has|had|have|later|then|\w+ly) )?"
)  # between a subject and its verb
_OF_ONE = re.compile(rf"[Tt]he ((?:(?:prime|foreign) )?(?:{'|'.join(sorted(OFFICES_OF_ONE))})) ")
_SHE = re.compile(r"\b(?:she|her|herself)\b")
_BY_ANOTHER = re.compile(
    r"\b(?:was|were|been|being) \w+(?:ed|en) by\b|\b(?:who|which|whose)\b"
)  # the participle at the end may be another's


class Subjects:
    """The sentences of one article, with the people and the quotations that stand in them."""

    def __init__(self, text: str, found: Marked, people: People, spoken: re.Pattern[str]) -> None:
        self._text, self._people, self._spoken = text, people, spoken
        self._spans, self._unclosed = found.spans, found.unclosed
        self._span_starts = [span.start for span in found.spans]

    # --- places

    def sentence_start(self, at: int) -> int:
        """Where the sentence begins that holds the place, within a quotation too."""
        index = bisect_right(self._sentence_starts, at)
        return self._sentence_starts[index - 1] if index else 0

    def sentence_end(self, at: int) -> int:
        """Where the sentence after the one that holds the place begins."""
        index = bisect_right(self._sentence_starts, at)
        return (
            self._sentence_starts[index] if index < len(self._sentence_starts) else len(self._text)
        )

    def whole_start(self, at: int) -> int:
        """Where the sentence begins whose quotations are whole; no sentence passes a line."""
        return self._whole_starts[max(0, bisect_right(self._whole_starts, at) - 1)]

    def stands_alone(self, span: Span) -> bool:
        """Whether a quotation is a sentence, or several, with nothing beside it."""
        if self.whole_start(span.start) != span.start or self._text[span.end - 2] not in ".!?…":
            return False
        following = bisect_left(self._whole_starts, span.end)
        until = (
            self._whole_starts[following]
            if following < len(self._whole_starts)
            else len(self._text)
        )
        return not self._text[span.end : until].strip()

    def is_abbreviated(self, stop: int) -> bool:
        """Whether the full stop at the place ends an abbreviation."""
        return _SHORT_WORD.search(self._text[max(0, stop - 12) : stop]) is not None

    @cached_property
    def _sentence_starts(self) -> Sequence[int]:
        return [
            match.end()
            for match in _SENTENCE_END.finditer(self._text)
            if not (match.group()[0] == "." and self.is_abbreviated(match.start()))
        ]

    @cached_property
    def _whole_starts(self) -> Sequence[int]:
        lines = (match.end() for match in _LINE.finditer(self._text))
        places = {0, *self._sentence_starts, *lines}
        return [at for at in sorted(places) if not self._is_quoted(at)]

    def _is_quoted(self, at: int) -> bool:
        index = bisect_left(self._span_starts, at) - 1
        return index >= 0 and at < self._spans[index].end

    # --- the part a name plays

    def is_subject(self, named: Named, low: int, *, whole: bool) -> bool:
        """Whether nothing governs a name, nobody is joined to it; ``whole``: nor precedes it."""
        words = self._text[low : named.start].split()
        if not words:
            return True
        if whole and not _describes(words):
            return False
        last = words[-1].lower()
        if last in ("and", "und", "et", "y", "и", "та"):
            return (
                not whole
                and len(words) > 1
                and not (words[-2][0].isupper() or words[-2].lower() in PRONOUNS)
            )
        inside = named.name_start > named.start
        if inside and last in ("to", "of") and len(words) > 1 and words[-2].lower() in OFFICES:
            return True  # "Ambassador to Israel Dan Shapiro"
        return last not in PREPOSITIONS or (named.titled and inside and last not in ("by", "to"))

    def is_object(self, named: Named) -> bool:
        """Whether a word before a name makes it no subject."""
        before = self._text[max(0, named.start - 24) : named.start].split()
        return bool(before) and (
            before[-1].lower() in PREPOSITIONS or before[-1] in ("told", "the")
        )

    def holds_office(self, start: int, end: int) -> bool:
        """Whether an office is named between two places."""
        return any(word.lower().strip(",") in OFFICES for word in self._text[start:end].split())

    def is_passive(self, named: Named) -> bool:
        """Whether a name can hardly be a subject: an owner, an object, behind a verb."""
        if self._text[named.end : named.end + 1] in ("'", "’"):
            return True
        if self._text[named.start - 1 : named.start] in ("(", "–"):
            return True
        before = self._text[max(0, named.start - 24) : named.start].split()[-1:]
        if not before or before[0].lower() in CLAUSE_OPENERS:
            return self._is_joined(named)
        alone = before[0].replace("-", "").isalpha() or before[0].endswith(("'s", "’s", "s'", "s’"))
        return alone or self.is_object(named)

    def _is_joined(self, named: Named) -> bool:
        """Whether "and" joins a name to another that can hardly be a subject."""
        joint = named.start - len(" and ")
        other = (
            self._people.ending_at(joint) if self._text[joint : named.start] == " and " else None
        )
        return other is not None and self.is_object(other)

    # --- the subject of a clause

    def of_clause(self, at: int, high: int) -> str | None:
        """The person or the pronoun that the clause up to ``high`` is about, if nobody else can be."""
        start = self.whole_start(at)
        opening = self._opening(start, high)
        first = self._text[opening:high].split()[:1]
        names = self._named(opening, high)
        if first and first[0].lower() in HE_OR_SHE:
            return first[0].lower() if all(map(self.is_passive, names)) else None
        if _BY_ANOTHER.search(self._text, start, high):
            return None
        head = self._head(names, opening)
        return self._alone(head, names) if head else None

    def of_sentence(self, at: int) -> str | None:
        """The person whose name is the subject that the sentence begins with."""
        start = self.whole_start(at)
        opening = self._opening(start, at)
        head = self._head(self._named(opening, at), opening)
        return self._people.fullest(head) if head else None

    def before_pronoun(self, at: int, high: int, pronoun: str) -> str | None:
        """Whom a pronoun at ``high`` means in whose own sentence people are named before it."""
        start = self.whole_start(at)
        opening = self._opening(start, high)
        names = self._named(opening, high)
        head = self._head(names, opening)
        if head is None or OTHER_SEX[pronoun].search(self._text, start, high):
            return None
        speaker = self._alone(head, names)
        if not speaker or not self._agrees(head, speaker, pronoun, alone=len(names) == 1):
            return None
        return speaker if self._text[head.end] != "," or agrees(speaker, pronoun) else None

    def _alone(self, head: Named, names: Sequence[Named]) -> str | None:
        speaker = self._people.fullest(head)
        others = self._others(speaker, [named for named in names if named.start > head.start])
        return speaker if all(map(self.is_passive, others)) else None

    def _others(self, speaker: str | None, names: Sequence[Named]) -> list[Named]:
        return [named for named in names if self._people.fullest(named) != speaker]

    def _named(self, start: int, end: int) -> list[Named]:
        """Who is named outside quotations."""
        return [
            named for named in self._people.between(start, end) if not self._is_quoted(named.start)
        ]

    def _opening(self, start: int, end: int) -> int:
        """Where the subject may begin: behind "On Tuesday, " and the like."""
        match = _ADVERBIAL.match(self._text, start, end)
        behind = match.end() if match else start
        if match and match.group() in ("But ", "And ") and self._people.between(start, behind):
            return start  # "But Senator Smith" is one run
        low = start + 1
        if self._text[behind : behind + 4].split(" ")[0] in HE_OR_SHE:
            opener = self._text[start:behind].lower().split()[:1]
            low -= not CLAUSE_OPENERS.isdisjoint(opener)  # "While Smith left, he"
        named = self._people.between(low, behind)
        return behind if all(map(self.is_passive, named)) else start

    def _head(self, names: Sequence[Named], opening: int) -> Named | None:
        """The name that is the subject: at most an office stands before it."""
        behind = [named for named in names if named.name_start >= opening]
        if not behind:
            return None
        head = behind[0]
        for following in behind[1:]:  # "Rite Aid spokeswoman Susan Henderson"
            between = self._text[head.end : following.start].lower().split()
            if not 0 < len(between) <= 4 or between[-1].strip(",") not in OFFICES:
                break
            head = following
        if self._text[head.end : head.end + 1] in ("'", "’"):
            return None
        return head if self._is_led_up_to(head, opening) else None

    def _is_led_up_to(self, head: Named, opening: int) -> bool:
        before = self._text[opening : head.start].split()
        if not before:
            return True
        words = [word.lower() for word in before]
        if len(before) > _LONGEST_DESCRIPTION or not PRONOUNS.isdisjoint(words):
            return False
        if words[-1].endswith(","):
            return self.holds_office(opening, head.start)
        office = words[-1] in OFFICES or words[-1] in MODIFIERS or head.titled
        office |= words[-1] in ("to", "of") and not OFFICES.isdisjoint(words[-2:-1])
        return (office or before[-1][0].isupper()) and self.is_subject(head, opening, whole=True)

    # --- whom a pronoun takes up

    def antecedent(self, at: int, pronoun: str, speakers: Sequence[str | None]) -> str | None:
        """Whom "he", "she" or "minister" means at the start of a sentence, or a quotation alone.

        ``speakers`` has one entry for each quotation before it; without a pronoun the subject
        must have spoken in the very sentence before.
        """
        here = self.whole_start(at)
        for _ in range(MOST_SENTENCES if pronoun else 1):
            start = self.whole_start(here - 1) if here else here
            if start == here or self._holds_unclosed(start, here) or self._is_caption(start, here):
                return None
            subject = self._of_sentence(start, here, pronoun, speakers)
            if subject != "":
                return subject
            here = start
        return None

    def _is_caption(self, start: int, end: int) -> bool:
        """Whether the full stop stands off, as pages leave it behind captions: "In Rome ." """
        quoting = bisect_left(self._span_starts, start) < bisect_left(self._span_starts, end)
        return not quoting and self._text[start:end].rstrip().endswith(" .")

    def _holds_unclosed(self, start: int, end: int) -> bool:
        at = bisect_left(self._unclosed, start)
        return at < len(self._unclosed) and self._unclosed[at] < end

    def _of_sentence(
        self, start: int, end: int, pronoun: str, speakers: Sequence[str | None]
    ) -> str | None:
        """Who is the subject; empty where the sentence leaves it to the one before."""
        first, last = (bisect_left(self._span_starts, place) for place in (start, end))
        outside = self._outside(start, end, self._spans[first:last])
        names = self._named(start, end)
        if pronoun in OTHER_SEX and OTHER_SEX[pronoun].search(outside):
            speaker = self._of_named(start, end, pronoun, speakers, names) if names else None
            return speaker if speaker and agrees(speaker, pronoun) else None
        return self._of_named(start, end, pronoun, speakers, names)

    def _of_named(
        self,
        start: int,
        end: int,
        pronoun: str,
        speakers: Sequence[str | None],
        names: Sequence[Named],
    ) -> str | None:
        first, last = (bisect_left(self._span_starts, place) for place in (start, end))
        outside = self._outside(start, end, self._spans[first:last])
        known = {speaker for speaker in speakers[first:last] if speaker}
        if len(known) == 1 and (pronoun or None not in speakers[first:last]):
            return self._of_quoting(known.pop(), names, end, pronoun)
        going_on = self._going_on(start, end, pronoun, names)
        if going_on:
            return "" if pronoun else self.antecedent(start, going_on, speakers)
        if names:
            return self._of_naming(names, start, end, pronoun, outside)
        return self._of_unnamed(start, end, pronoun, outside) if pronoun else None

    def _going_on(self, start: int, end: int, pronoun: str, names: Sequence[Named]) -> str:
        """ "he" or "she" where a sentence goes on about whom the one before is about."""
        opening = self._opening(start, end)
        words = self._text[opening:end].lower().split() or [""]
        again = pronoun or words[0]
        if again not in HE_OR_SHE or again not in words or not all(map(self.is_passive, names)):
            return ""
        return again if words[0] == pronoun or self._says(again, start, end) else ""

    def _of_unnamed(self, start: int, end: int, pronoun: str, outside: str) -> str | None:
        """Who is the subject of a sentence without names."""
        opening = self._opening(start, end)
        words = self._text[opening:end].lower().split() or [""]
        if not outside.strip():
            return None
        if words[0] in HE_OR_SHE:
            return "" if pronoun not in OTHER_SEX else None
        role = _OF_ONE.match(self._text, opening, end)
        if role and pronoun in OTHER_SEX:
            speaker = self._people.holder(role[1])
            return speaker if speaker and not clashes(speaker, pronoun) else None
        unnamed = (word.strip(",.") for word in outside.lower().split())
        return None if any(word in OFFICES or word in UNNAMED for word in unnamed) else ""

    def _of_quoting(
        self, speaker: str, names: Sequence[Named], end: int, pronoun: str
    ) -> str | None:
        """The speaker of the sentence's quotations, if it has no other subject."""
        others = self._others(speaker, names)
        reports = bool(names) and names[0] not in others
        reports = reports and (self._reports(names[0], end) or self._is_behind_verb(names[0]))
        if not reports and not all(map(self.is_passive, others)):
            return None
        if pronoun in OTHER_SEX or not pronoun:
            return None if clashes(speaker, pronoun) else speaker
        return speaker if self._has_role(speaker, pronoun) else None

    def _of_naming(
        self, names: Sequence[Named], start: int, end: int, pronoun: str, outside: str
    ) -> str | None:
        head = self._head(names, self._opening(start, end))
        last = None if head and self._reports(head, end) else self._said_last(names, start, end)
        head = last or head
        speaker = self._people.fullest(head) if head else None
        if head is None or speaker is None:
            return None
        others = self._others(speaker, [named for named in names if named.start > head.start])
        if not (last or self._reports(head, end) or all(map(self.is_passive, others))):
            return None
        if not pronoun:
            return speaker if self._spoken.search(self._text, head.end, end) else None
        alone = len(names) == 1 or _SHE.search(outside) is not None
        return speaker if self._agrees(head, speaker, pronoun, alone=alone) else None

    def _said_last(self, names: Sequence[Named], start: int, end: int) -> Named | None:
        """Who reports what the sentence says: "The talks failed, Smith said" or "says Smith"."""
        for named in reversed(names[-3:]):
            comma = self._text.rfind(",", start, named.start) + 1
            if comma and self._reports(named, end) and self.is_subject(named, comma, whole=True):
                return named
            spoken = self._spoken.match(self._text, comma + 1, named.start) if comma else None
            if spoken and self._is_introduced(spoken, named.start):
                return named
        return None

    def _is_introduced(self, verb: re.Match[str], end: int) -> bool:
        """Whether nothing but an office stands between a verb and its speaker."""
        return verb.group() not in ("told", "tells", "asked") and all(
            word[0].isupper() or word in OFFICES or word in MODIFIERS
            for word in self._text[verb.end() : end].split()
        )

    def _outside(self, start: int, end: int, inside: Sequence[Span]) -> str:
        """The words of a sentence that are in no quotation."""
        places = [start, *(place for span in inside for place in (span.start, span.end)), end]
        return " ".join(
            self._text[low:high] for low, high in zip(places[::2], places[1::2], strict=True)
        )

    def _says(self, pronoun: str, start: int, end: int) -> bool:
        """Whether the pronoun is the subject of a verb that reports speech."""
        places = re.finditer(rf"\b{pronoun} ", self._text[start:end], re.IGNORECASE)
        return any(self._spoken.match(self._text, start + place.end(), end) for place in places)

    def _reports(self, head: Named, end: int) -> bool:
        """Whether the verb of a subject reports speech: "Smith, the envoy, said"."""
        match = _APPOSED.match(self._text, head.end, end)
        return bool(match and self._spoken.match(self._text, match.end(), end))

    def _agrees(self, head: Named, speaker: str, pronoun: str, *, alone: bool) -> bool:
        """Whether a pronoun may mean somebody, by title, given name and office."""
        if pronoun not in OTHER_SEX:
            return self._has_role(speaker, pronoun)
        titles = self._text[max(0, head.start - 6) : head.name_start].lower().split()
        titles += (self._people.office(speaker).role or "").lower().split()
        she = not MRS.isdisjoint(titles) or agrees(speaker, "she")
        if pronoun in HE:
            return not she
        return she or (alone and MISTER.isdisjoint(titles) and not clashes(speaker, pronoun))

    def _is_behind_verb(self, named: Named) -> bool:
        """Whether a verb that reports speech stands right before a name: "said Smith"."""
        words = self._text[max(0, named.start - 24) : named.start].split()
        return bool(words) and self._spoken.fullmatch(words[-1]) is not None

    def _has_role(self, speaker: str, role: str) -> bool:
        if role.endswith(YEAR_OLD):
            return True
        if role.split()[-1] in PARTY_OF:
            return self._people.party(speaker) == PARTY_OF[role.split()[-1]]
        words = (self._people.office(speaker).role or "").lower().replace(".", "").split()
        return role.split()[-1] in (*words, *(IN_FULL.get(word) for word in words))


def _describes(words: Sequence[str]) -> bool:
    """Whether words before a name only describe its bearer."""
    bare = [word.lower().rstrip(",") for word in words]
    return bare[0] not in NOT_FIRST and "and" not in bare[-2:] and not words[-1].endswith(",")
