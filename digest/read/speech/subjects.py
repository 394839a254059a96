"""Whom clauses and sentences are about: the subject, if it is a name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ..vocabulary.reporting import POSSESSIVE, he_or_she, vocabulary
from .bounds import Bounds
from .names import Named, Names, word_before
from .office_words import holds_office
from .people import People

_LONGEST_DESCRIPTION = 8  # words before the name of a subject
_ADVERBIAL = re.compile(  # "On Tuesday, though, " stands before a subject
    r"(?:But |And |Still, )?(?:(?:In|On|At|During|After|Before|Earlier|Later|Speaking|Asked|Meanwhile|"
    r"However|As|While|When|Last|This|Also|By|For|Since|Responding|Writing|Yesterday|Today|That|Standing|"
    r"Sitting|Appearing|Addressing|Following|Despite|Though|Although|Outside|Inside|Amid|Among|Throughout|"
    r"With|Without|From|To|Once|Upon|Back|If|Because|Now|Instead|Rather|Even|Just|Soon|Shortly|Hours|"
    r"Days|Weeks|Months|Years|Minutes|Moments|Over|Under|Across|Between|Against|Within|Where|Unlike|"
    r"Like|According|Given|Along|Beyond|Besides|Through|Until|Around|Near|"
    r"(?:[A-Z][a-z]+ly )?[A-Za-z][a-z]+(?:(?P<ing>ing)(?= \w)|"
    r"ed (?:in|on|at|to|by|for|with|from|about|as|that|the|an?|his|her)))\b"
    r"[^,\n]{0,200},[\"”’]?\s+(?:(?:in|on|at|during|after|before|while|as|when|speaking)\b[^,\n]{0,90},\s+)?|"
    r"An? [a-z][^,\n]{2,90} [a-z]+,\s+)?"  # "A member of the house, Smith"
    r"(?:though, |however, )?"
)
_OWNING = frozenset("by to of for from".split())  # "an ally of Foreign Secretary Ann Smith"
_BY_ANOTHER = re.compile(  # the participle at the end may be another's
    r"\b(?:was|were|been|being) \w+(?:ed|en) by\b|\b(?:who|which|whose)\b"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """The words of a sentence up to a place."""

    start: int  # of the sentence
    opening: int  # where its subject may begin
    names: tuple[Named, ...]  # from there on, outside quotations
    head: Named | None  # the name that is the subject


class Subjects:
    """Finds the subjects in one article, and the parts that names play beside them."""

    def __init__(self, text: str, bounds: Bounds, names: Names, people: People) -> None:
        self._text, self._bounds, self._names, self._people = text, bounds, names, people

    # --- the part a name plays

    def is_subject(self, named: Named, low: int, *, whole: bool) -> bool:
        """Whether a name is governed by nothing and joined to nobody; ``whole``: and nothing precedes it."""
        words = self._text[low : named.start].split()
        if not words:
            return True
        if whole and not _describes(words):
            return False
        last = words[-1].lower()
        if last in vocabulary().ands:
            return not whole and len(words) > 1 and not _may_be_subject(words[-2])
        inside = named.name_start > named.start
        if inside and _end_in_office_of(words):
            return True
        return last not in vocabulary().prepositions or (
            named.titled and inside and last not in _OWNING
        )

    def is_object(self, named: Named) -> bool:
        """Whether a word before a name makes it no subject."""
        before = word_before(self._text, named.start)
        return before.lower() in vocabulary().prepositions or before in ("told", "the")

    def is_passive(self, named: Named) -> bool:
        """Whether a name can hardly be a subject: an owner, an object, or after a verb."""
        if self.owns(named) or self._text[named.start - 1 : named.start] in ("(", "–"):
            return True
        before = word_before(self._text, named.start)
        if not before or before.lower() in vocabulary().clause_openers:
            return self._is_joined(named)
        plain = before.replace("-", "").isalpha() or before.endswith((*POSSESSIVE, "s'", "s’"))
        return plain or self.is_object(named)

    def is_sole(self, speaker: str | None, names: Sequence[Named]) -> bool:
        """Whether nobody named but the speaker can be a subject."""
        return all(map(self.is_passive, self.others(speaker, names)))

    def others(self, speaker: str | None, names: Sequence[Named]) -> list[Named]:
        """Those named who are not the speaker."""
        return [named for named in names if self._people.fullest(named) != speaker]

    def owns(self, named: Named) -> bool:
        """Whether a name is the owner of what follows: "Smith's"."""
        return self._text.startswith(("'", "’"), named.end)

    def _is_joined(self, named: Named) -> bool:
        """Whether "and" joins a name to another that can hardly be a subject."""
        joint = named.start - len(" and ")
        if self._text[joint : named.start] != " and ":
            return False
        other = self._names.ending_at(joint)
        return other is not None and self.is_object(other)

    # --- the subject of a clause

    def of_clause(self, at: int, high: int) -> str | None:
        """The person or pronoun that the clause up to ``high`` is about, if nobody else can be."""
        clause = self.clause(at, high)
        first = self._text[clause.opening : high].split(maxsplit=1)[:1]
        if first and first[0].lower() in he_or_she():
            return first[0].lower() if all(map(self.is_passive, clause.names)) else None
        if _BY_ANOTHER.search(self._text, clause.start, high):
            return None
        return self.alone(clause)

    def of_sentence(self, at: int) -> str | None:
        """The person whose name is the subject that the sentence begins with."""
        head = self.clause(at, at).head
        return self._people.fullest(head) if head else None

    def clause(self, at: int, high: int) -> Clause:
        """The words, up to ``high``, of the sentence that contains the place."""
        start = self._bounds.whole_start(at)
        opening = self.opening(start, high)
        names = self.named(opening, high)
        return Clause(start, opening, names, self.head(names, opening))

    def alone(self, clause: Clause) -> str | None:
        """The person whose name is the subject of a clause, if nobody named after it can be another."""
        if clause.head is None:
            return None
        speaker = self._people.fullest(clause.head)
        return speaker if self.is_sole(speaker, named_after(clause.head, clause.names)) else None

    def named(self, start: int, end: int) -> tuple[Named, ...]:
        """The persons named outside quotations."""
        names = self._names.between(start, end)
        return tuple(named for named in names if not self._bounds.is_quoted(named.start))

    def opening(self, start: int, end: int) -> int:
        """Where the subject may begin: after "On Tuesday, " and the like."""
        match = _ADVERBIAL.match(self._text, start, end)
        behind = match.end() if match else start
        if self._text[start:behind] in ("But ", "And ") and self._names.between(start, behind):
            return start  # "But Senator Smith" is one run
        if match and match["ing"] and self._begins_with_subject(start, end):
            return start
        low = start if self._leads_to_pronoun(start, behind) else start + 1
        return behind if all(map(self.is_passive, self.named(low, behind))) else start

    def _begins_with_subject(self, start: int, end: int) -> bool:
        """Whether a word in "ing" is a name, or stands before one: "Kunming mayor Li Wei"."""
        head = self.head(self.named(start, end), start)
        return head is not None and (head.start > start or self._people.fullest(head) is not None)

    def head(self, names: Sequence[Named], opening: int) -> Named | None:
        """The name that is the subject: at most an office stands before it."""
        begun = [named for named in names if named.name_start >= opening]
        head = self._bearer(begun) if begun else None
        if head is None or self.owns(head):
            return None
        return head if self._is_led_up_to(head, opening) else None

    def _leads_to_pronoun(self, start: int, end: int) -> bool:
        """Whether a clause of its own stands before a pronoun: "While Smith left, he"."""
        opener = self._text[start:end].lower().split(maxsplit=1)[:1]
        following = self._text[end : end + 4].split(" ")[0]
        return following in he_or_she() and not vocabulary().clause_openers.isdisjoint(opener)

    def _bearer(self, names: Sequence[Named]) -> Named:
        """The last of several names that offices join: "Rite Aid spokeswoman Susan Henderson"."""
        for named, following in pairwise(names):
            between = self._text[named.end : following.start].lower().split()
            if not 0 < len(between) <= 4 or between[-1].strip(",") not in vocabulary().offices:
                return named
        return names[-1]

    def _is_led_up_to(self, head: Named, opening: int) -> bool:
        words = self._text[opening : head.start].split()
        if not words:
            return True
        if len(words) > _LONGEST_DESCRIPTION or any(
            word.lower() in vocabulary().pronouns for word in words
        ):
            return False
        last = words[-1].lower()
        if last.endswith(","):
            return holds_office(" ".join(words))
        office = (
            last in vocabulary().offices
            or last in vocabulary().modifiers
            or head.titled
            or _end_in_office_of(words)
        )
        return (office or words[-1][0].isupper()) and self.is_subject(head, opening, whole=True)


def named_after(head: Named, names: Sequence[Named]) -> list[Named]:
    """Those of the names that begin after another."""
    return [named for named in names if named.start > head.start]


def _may_be_subject(word: str) -> bool:
    """Whether a word before "and" looks like a name or a pronoun."""
    return word[0].isupper() or word.lower() in vocabulary().pronouns


def _end_in_office_of(words: Sequence[str]) -> bool:
    """Whether words end as they do before a country: "Ambassador to" Israel Dan Shapiro."""
    if len(words) < 2 or words[-1].lower() not in ("to", "of"):
        return False
    of_matters = words[-2][0].isupper() and holds_office(" ".join(words[-5:-2]))
    # "Minister of Foreign Affairs of".
    return words[-2].lower() in vocabulary().offices or of_matters


def _describes(words: Sequence[str]) -> bool:
    """Whether words before a name only describe its bearer."""
    bare = [word.lower().rstrip(",") for word in words]
    return (
        bare[0] not in vocabulary().not_first
        and "and" not in bare[-2:]
        and not words[-1].endswith(",")
    )
