"""The speaker whom the words beside a reporting verb name: by name, pronoun or role."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ..vocabulary.reporting import (
    IT_OR_THEY,
    PARTY_OF,
    YEAR_OLD,
    adverbs_behind,
    he_or_she,
    vocabulary,
)
from .bodies import body, is_noun
from .names import Named
from .office_words import Office, holds_office
from .reading import Reading

REACH = 240  # code points beside a quotation within which its speaker is looked for
LONGEST_JOINT = 90  # code points between two quotations, or verbs, of one sentence
_LONGEST_APPOSITION = 140  # code points
_LONGEST_JOINED = 60  # code points behind "said the group's president, " up to the name's end
_MOST_COMMAS = 4  # between a name and its verb
OPENING = re.compile(r"[\s,—–-]*")
_PARTY = re.compile(r",? [RDI][-–][\w. -]{2,12},?$| \([^()]{1,40}\)$")
_BELONGS = re.compile(r"(?: \([^()]{1,20}\))? (?:of|from|with) [^,]{2,50}$")
_THE_ROLE = re.compile(r"\s*[Tt]he ((?:[\w-]+ ){0,2}(\d+-year-old|[A-Za-z-]+))\s*")
_ARTICLE = re.compile(r"\s*(?:an?|the|his|her|its|their|one|two|some|other|both)\b")
_ROLE_BETWEEN = re.compile(r" (?!(?:of|from|in|at|for|with)\b)[a-z][\w’'-]*(?: [\w’'-]+){0,3} ")
_HOUSE_NAME = (  # "Ways and Means Committee Chairman Smith" is one
    r"(?! (?:Means|Human|Government|"
    r"Commonwealth|Urban|Drug|Trade|Industry|Security|Technology|Immigration|Border|"
    r"Governmental|Development|Cooperation|Pensions|Culture|Sport|Medicaid)\b)"
)
_IN_POST = frozenset(("to", ",", "and"))  # "ambassador to Ukraine", "for Europe, Asia and Africa"
_PLACE = re.compile(  # "the ambassador [in Washington,] Anna Novak."
    r"(?:to|in|at)(?: the)?(?: [A-Z][\w’'-]*){1,4},"
    r"(?= [A-Z][\w’'-]*(?: [A-Z][\w’'-]*){1,3}(?:[.,;]|\s*$))"
)
_PHRASE_END = re.compile(
    r"[,.;:()!?—–\n\"“”«»„]|\b(?:in|on|at|during|after|before|as|when|while|who|about|to|told|adding|outside|by|"
    r"that|because|with|through|via|last|this|earlier|late|following|yesterday|today|speaking|"
    rf"and{_HOUSE_NAME}|but|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|im|am|dans|lors|à|en|в|на|во)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """What stands beside a quotation: who said it, by name or pronoun, or nobody known."""

    until: int  # where the attribution ends
    speaker: str | None = None
    office: Office | None = None  # where the speaker is an institution
    pronoun: str = ""  # "he" or "she", where that is all
    at: int = 0  # where the pronoun or the verb stands
    credited: bool = False  # behind the quotation, which nothing goes on from


class Speakers:
    """Finds speakers in one article, from the words before or after a reporting verb.

    Each answer has ``until``, where the attribution ends.
    """

    def __init__(self, reading: Reading, spoken: re.Pattern[str]) -> None:
        self._text, self._bounds, self._spoken = reading.text, reading.bounds, spoken
        self._names, self._people, self._offices = reading.names, reading.people, reading.offices
        self._subjects = reading.subjects

    def clause_end(self, start: int) -> int:
        """Where the clause of an attribution ends: at its full stop or its last word."""
        high = self._bounds.sentence_end(start)
        return self._bounds.line_end(start, min(high, start + 2 * REACH))

    # --- said X

    def behind_verb(self, start: int, high: int) -> Attribution:
        """The speaker in the words that follow a verb."""
        stop = self._phrase_end(start, high)
        end = stop.start() if stop else high
        until = self.clause_end(start)
        pronoun = third_person(self._text[start:end].strip())
        if pronoun:
            return Attribution(until, pronoun=pronoun, at=start)
        named = self._last_of(start, end) or self._joined(start, stop, high)
        if named:
            return self._as_named(named, start, end, until)
        if stop and stop.group() == ",":
            return self._named_behind(start, stop.end(), until)
        place = _PLACE.match(self._text, stop.start(), high) if stop else None
        if place and holds_office(self._text[start:end].rstrip().rpartition(" ")[2]):
            return self._named_behind(start, place.end(), until)
        joined = stop is not None and stop.group() == "and"
        institution = None if joined else self._institution(start, end, until)
        return institution or self._by_role(start, end, until) or Attribution(until)

    def _phrase_end(self, start: int, high: int) -> re.Match[str] | None:
        stop = _PHRASE_END.search(self._text, start, high)
        while stop and self._is_within(stop):
            stop = _PHRASE_END.search(self._text, stop.end(), high)
        return stop

    def _is_within(self, stop: re.Match[str]) -> bool:
        """Whether a phrase goes on: after "Mr." and in "ambassador to Ukraine Anna Novak"."""
        if stop.group() == ".":
            return self._bounds.is_abbreviated(stop.start())
        if stop.group() not in _IN_POST:
            return False
        following = self._names.between(stop.end(), stop.end() + _LONGEST_JOINED)
        return any(named.start < stop.start() for named in following)

    def _joined(self, start: int, stop: re.Match[str] | None, high: int) -> Named | None:
        """The person named after the "and" of a phrase: "founder and director Ann Smith"."""
        if not stop or stop.group() != "and" or _ARTICLE.match(self._text, start):
            return None
        end = _PHRASE_END.search(self._text, stop.end(), high)
        return self._last_of(start, end.start() if end else high)

    def _last_of(self, start: int, end: int) -> Named | None:
        """The person named in a noun phrase; of two runs with lower-case words between, the second."""
        names = self._names.between(start, end)
        for named, following in pairwise(names):
            if not self._is_role_between(named.end, following.start):
                return named
        return names[-1] if names else None

    def _is_role_between(self, start: int, end: int) -> bool:
        if not _ROLE_BETWEEN.fullmatch(self._text, start, end):
            return False
        words = self._text[start:end]
        return len(words.split()) == 1 or holds_office(words)

    def _as_named(self, named: Named, start: int, end: int, until: int) -> Attribution:
        if _not_alone().match(self._text, named.end, named.end + 8):
            return Attribution(until, at=end)
        speaker = self._name_of(named)
        institution = None if speaker else self._institution(start, end, until)
        return institution or Attribution(until, speaker, at=end)

    def _named_behind(self, start: int, comma: int, until: int) -> Attribution:
        """ "said the group's president, John Smith", or "council member John Smith" """
        stop = _PHRASE_END.search(self._text, comma, comma + _LONGEST_JOINED)
        end = stop.start() if stop else comma + _LONGEST_JOINED
        names = self._names.between(comma, end)
        if not names or names[0].start != comma + 1 or not holds_office(self._text[start:comma]):
            return Attribution(until)
        named = self._last_of(comma, end)
        return Attribution(until, self._people.fullest(named) if named else None)

    # --- X said

    def before_verb(self, low: int, high: int, until: int, *, whole: bool) -> Attribution | None:
        """The speaker whose name ends before a verb; ``whole``: nothing else may stand before it."""
        phrase = _PARTY.sub("", adverbs_behind().sub("", self._text[low:high].rstrip()))
        end = low + len(phrase)
        if phrase.endswith(","):
            return self._apposed(low, end - 1, until, whole)
        named = self._names.ending_at(end)
        if named is None or named.end != end:
            return self._without_name(low, end, until, whole)
        if not self._subjects.is_subject(named, low, whole=whole):
            institution = self._institution(self._behind_comma(low, end), end, until)
            return institution or self._of_somewhere(low, end, until, whole)
        speaker = self._name_of(named)
        institution = None if speaker else self._institution(low, end, until)
        return institution or Attribution(until, speaker)

    def _of_somewhere(self, low: int, end: int, until: int, whole: bool) -> Attribution | None:
        """ "Smith of X said" """
        for named in self._names.between(self._behind_comma(low, end), end):
            belongs = _BELONGS.match(self._text, named.end, end)
            if belongs and self._subjects.is_subject(named, low, whole=whole):
                return Attribution(until, self._people.fullest(named))
        return None

    def _without_name(self, low: int, end: int, until: int, whole: bool) -> Attribution | None:
        """The subject of a verb without a name before it: a pronoun, a house or "Smith of X"."""
        last = self._text[low:end].split()[-1:]
        if last == ["who"]:
            return self._relative(low, end, until)
        if last and last[0].lower() in vocabulary().pronouns:
            return Attribution(until, pronoun=third_person(last[0]), at=end - len(last[0]))
        start = self._behind_comma(low, end)
        return (
            self._institution(start, end, until)
            or self._by_role(start, end, until)
            or self._of_somewhere(low, end, until, whole)
        )

    def _relative(self, low: int, end: int, until: int) -> Attribution | None:
        """ "Smith, who said" """
        named = self._names.ending_at(self._text.rfind(",", low, end))
        return Attribution(until, self._people.fullest(named)) if named else None

    def _apposed(self, low: int, end: int, until: int, whole: bool) -> Attribution | None:
        """ "Smith, a spokesman for X, said" and "the group's president, John Smith, said" """
        named, comma = self._names.ending_at(end), end
        for _ in range(_MOST_COMMAS):
            comma = self._text.rfind(",", low, comma)
            if comma < 0:
                return None
            head = self._names.ending_at(comma)
            if named and named.start == comma + 2:
                return None if head else Attribution(until, self._people.fullest(named))
            if head and self._is_apposition(comma, end):
                fits = self._subjects.is_subject(head, low, whole=whole)
                name = self._name_of(head) if whole else self._people.fullest(head)
                return Attribution(until, name) if fits else None
        return None

    def _is_apposition(self, start: int, end: int) -> bool:
        """Whether words between commas have no verb that reports speech, except after "who"."""
        words = self._text[start + 1 : end]
        return len(words) <= _LONGEST_APPOSITION and (
            words.startswith(" who ") or not self._spoken.search(words)
        )

    def _behind_comma(self, low: int, end: int) -> int:
        return max(low, self._text.rfind(",", low, end) + 1)

    # --- by a name, a body's name, a role

    def _name_of(self, named: Named) -> str | None:
        """The speaker's name, even if it is a surname that the article never has in full."""
        return self._people.fullest(named) or self._people.lone(named)

    def _institution(self, low: int, end: int, until: int) -> Attribution | None:
        """A body that speaks under its own name."""
        opened = OPENING.match(self._text, low)
        start = opened.end() if opened else low
        name = body(self._text[start:end].rstrip(), self._text)
        if not name:
            return None
        state = self._offices.state_in(start, end)
        if name.lower().endswith("ministry") and not state:
            return None
        return Attribution(until, name, Office(None, state), at=start)

    def _by_role(self, start: int, end: int, until: int) -> Attribution | None:
        """A role in place of a name: "the foreign minister", "the 24-year-old"."""
        role = _THE_ROLE.fullmatch(self._text, start, end)
        if role is None or not _stands_for_name(role[2]):
            return None
        return Attribution(until, pronoun=role[1].lower(), at=start)


def third_person(word: str) -> str:
    """The pronoun, if it refers to somebody or a body: not "we"."""
    pronoun = word.lower()
    return pronoun if pronoun in he_or_she() or pronoun in IT_OR_THEY else ""


def _stands_for_name(noun: str) -> bool:
    """Whether "the" and the noun may mean a person or a body named before."""
    person = (
        noun.lower() in vocabulary().offices or noun.lower() in PARTY_OF or noun.endswith(YEAR_OLD)
    )
    return person or is_noun(noun)


@cache
def _not_alone() -> re.Pattern[str]:
    """A pattern for what follows a name that is not all: "Smith and Jones", "Smith's spokesman"."""
    return re.compile(rf"[’']|\s+(?:{'|'.join(sorted(vocabulary().ands))}|&)\s+[^\W\d_a-zа-я]")
