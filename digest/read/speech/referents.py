"""Whom "he" or "she" means, if only one of the persons named so far is possible."""

import re
from collections.abc import Sequence
from functools import cache

from ..vocabulary.given_names import agrees, clashes
from ..vocabulary.reporting import vocabulary
from .bounds import ENDS
from .names import Named
from .people import of_kin
from .reading import Reading

# Chosen on the tuning halves of six corpora on 2026-11-29, what it adds read by eye.
_NEAR = 2  # sentences before the one of the pronoun in which the person is named
_REACH = 1200  # code points that these may fill


class Referents:
    """The persons whom one article names, as far as it is read, by the pronoun that may mean them."""

    def __init__(self, reading: Reading, spoken: re.Pattern[str]) -> None:
        self._text, self._bounds, self._verbs = reading.text, reading.bounds, spoken
        self._names, self._people, self._offices = reading.names, reading.people, reading.offices
        self._subjects = reading.subjects
        self._until = self._heard = 0  # how far the text and the speakers are read
        self._sex: dict[str, str] = {}  # "he", "she", or empty where neither name nor title tells
        self._first: dict[str, int] = {}  # where somebody is named first
        self._last: dict[str, int] = {}  # where somebody is named last
        self._meant: dict[str, set[str]] = {"he": set(), "she": set()}
        self._spoken: set[str] = set()
        self._kin: set[str] = set()  # of whose relatives the article speaks
        self._saying: set[str] = set()  # whose name a verb that reports speech follows

    def sole(self, at: int, pronoun: str, speakers: Sequence[str | None]) -> str | None:
        """The only person whom the pronoun can mean; None if there is none or more than one.

        The person is named nearby and of its sex, or has spoken before and agrees with it. ``speakers`` has
        one entry for each quotation before the place.
        """
        here = self._bounds.whole_start(at)
        near = self._near(here)
        if not self._is_any(near, at, pronoun, speakers):
            return None
        self._read(at)
        self._hear(speakers)
        meant = self._meant["he" if pronoun in vocabulary().he else "she"]
        if len(meant) != 1:
            return None
        (person,) = meant
        if person in self._kin or self._is_of_another(near, at, person, pronoun):
            return None
        if re.search(rf"\b{pronoun}\b", self._before(person)):
            return None  # somebody else was "she" before the name
        if self._last[person] >= near:
            return person
        heard = person in self._spoken and agrees(person, pronoun)
        return person if heard else None

    def _before(self, person: str) -> str:
        """The words right before somebody is first named."""
        first = self._first[person]
        return self._text[max(0, first - _REACH) : first]

    def _is_any(self, near: int, at: int, pronoun: str, speakers: Sequence[str | None]) -> bool:
        """Whether exactly one person may be meant, and nobody unnamed: a quick check before all are read."""
        if _somebody().search(self._bounds.outside(near, at)):
            return False
        named = self._subjects.named(near, at)
        sexes = {self._people.fullest(name): self._sex_of(name, "") for name in named}
        found = {
            name
            for name in {*sexes, *speakers}
            if name and not clashes(name, pronoun) and (agrees(name, pronoun) or name in speakers)
        }
        return len(found) == 1 or (not found and any(sexes.values()))

    def _read(self, at: int) -> None:
        for named in self._names.between(self._until, at):
            if not self._bounds.is_quoted(named.start):
                self._add(named)
        self._until = max(self._until, at)

    def _add(self, named: Named) -> None:
        person = self._people.fullest(named) or self._people.lone(named)
        if person is None or self._names.stands_with_article(named):
            return
        sex = self._sex.get(person) or self._sex_of(named, person)
        self._sex[person], self._last[person] = sex, named.start
        self._first.setdefault(person, named.start)
        if of_kin().match(self._text, named.end):
            self._kin.add(person)
        if self._verbs.match(self._text, named.end + 1):
            self._saying.add(person)
        if sex:
            self._meant[sex].add(person)
            self._meant["she" if sex == "he" else "he"].discard(person)
        elif self._people.catalogued(named.words[-1]):
            self._may_be_meant(person)

    def _hear(self, speakers: Sequence[str | None]) -> None:
        for speaker in speakers[self._heard :]:
            if speaker and speaker in self._sex:
                self._spoken.add(speaker)
                if not self._sex[speaker]:
                    self._may_be_meant(speaker)
        self._heard = len(speakers)

    def _may_be_meant(self, person: str) -> None:
        """Keep persons of unknown sex."""
        for meant in self._meant.values():
            meant.add(person)

    def _sex_of(self, named: Named, person: str) -> str:
        titles = self._names.titles_before(named)
        if not vocabulary().mrs.isdisjoint(titles) or agrees(person, "she"):
            return "she"
        return "he" if not vocabulary().mister.isdisjoint(titles) or agrees(person, "he") else ""

    def _near(self, here: int) -> int:
        """Where the text that counts as near begins, before the sentence that begins at ``here``."""
        start = here
        for _ in range(_NEAR):
            start = self._bounds.whole_start(start - 1) if start else 0
        return max(start, here - _REACH)

    def _is_of_another(self, near: int, at: int, person: str, pronoun: str) -> bool:
        """Whether the words before name somebody else whose sex is unknown."""
        names = self._subjects.named(near, at)
        return any(self._may_be(named, pronoun) for named in self._subjects.others(person, names))

    def _may_be(self, named: Named, pronoun: str) -> bool:
        """Whether a name of unknown sex is a speaker's or an office holder's, or ends a sentence."""
        name = self._people.fullest(named)
        if name is None:
            ends = self._text[named.end : named.end + 1] in ENDS
            return ends and not self._subjects.is_object(named)
        if clashes(name, pronoun) or self._sex.get(name):
            return False
        return name in self._saying or self._offices.of(name).role is not None


@cache
def _somebody() -> re.Pattern[str]:
    """A pattern for somebody unnamed, whom the pronoun may mean as well."""
    offices = filter(str.isascii, vocabulary().offices)
    unnamed = "|".join(sorted({"man", "woman", "someone", *offices}))
    return re.compile(
        rf"\b(?:an?|one|another|other|some|two|three) (?:[\w’'-]+ ){{0,4}}?(?:{unnamed})s?\b",
        re.IGNORECASE,
    )
