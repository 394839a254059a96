"""Which office an article gives to a person it names, of which state, and who holds an office."""

import re
from collections.abc import Collection, Iterator

from ..about.actors import PersonMention
from ..vocabulary.reporting import PARTY_OF, vocabulary
from .names import Named, Names
from .office_words import NO_OFFICE, REACH, Office, OfficeWords
from .people import People

_MOST_ROLES = 30  # looked for in a whole article, which asks for 3 at most; keeps it linear
_PARTY_REACH = 12  # code points before a name
_PARTY = re.compile(r",? \(?([RD])[-–)]")


class Offices:
    """The offices of the persons whom one article names. Built once for an article."""

    def __init__(self, text: str, names: Names, people: People) -> None:
        self._text, self._names, self._people = text, names, people
        self._words = OfficeWords(text, names)
        self._offices: dict[str, Office] = {}
        self._holders: dict[str, str | None] = {}

    def of(self, speaker: str) -> Office:
        """The office of a speaker: in the article's own words, or else as the catalogue has it."""
        if speaker not in self._offices:
            self._offices[speaker] = self._of(speaker)
        return self._offices[speaker]

    def party(self, speaker: str) -> str:
        """ "R" or "D", if the article has it beside a name: "(R-Iowa)", "Republican Ann Smith"."""
        parties = set[str]()
        for named in self._names.with_word(speaker.split()[-1]):
            parties.update(self._parties_beside(named))
        return parties.pop() if len(parties) == 1 else ""

    def holder(self, role: str) -> str | None:
        """The one person whom the article names in the office; None if it names another in it too."""
        if role not in self._holders and len(self._holders) < _MOST_ROLES:
            speakers = (
                self._holders_of(role) if role.split()[-1] in vocabulary().offices_of_one else ()
            )
            self._holders[role] = next(iter(speakers)) if len(speakers) == 1 else None
        return self._holders.get(role)

    def state_in(self, start: int, end: int) -> str | None:
        """The first state that the text names between two places."""
        return self._words.state_in(start, end)

    def _of(self, speaker: str) -> Office:
        said, held = self._said(speaker), self._held(speaker)
        if held is None:
            tenure = self._people.tenure(speaker)
            if said.role or tenure is None:
                return said
            return Office(tenure.title, tenure.country)
        role = said.role or held.office
        if said.country in (None, held.country) or not (held.office and held.country):
            return Office(role, said.country or held.country)
        is_same = role is not None and role.lower().endswith(held.office.lower())
        return Office(role, held.country if is_same else None)

    def _said(self, speaker: str) -> Office:
        """The first office that the article puts beside the speaker's name."""
        same = (
            named
            for named in self._names.with_word(speaker.split()[-1])
            if self._people.fullest(named) == speaker
        )
        return next((office for office in map(self._words.beside, same) if office.role), NO_OFFICE)

    def _held(self, speaker: str) -> PersonMention | None:
        """The person of the catalogue who the speaker is."""
        words = speaker.split()
        mention = self._people.catalogued(words[-1])
        if mention is None or len(words) == 1 or mention.name == speaker:
            return mention
        written = self._text[mention.start : mention.end]
        return mention if written in speaker and " " in written else None

    def _parties_beside(self, named: Named) -> Iterator[str]:
        behind = _PARTY.match(self._text, named.end)
        if behind:
            yield behind[1]
        low = max(0, named.start - _PARTY_REACH)
        before = self._text[low : named.name_start].lower().split()
        yield from (letter for party, letter in PARTY_OF.items() if party in before)

    def _holders_of(self, role: str) -> Collection[str]:
        holders = {
            mention.name
            for mention in self._people.all_catalogued()
            if mention.office and mention.office.lower() == role
        }
        for place in re.finditer(rf"\b{role}\b", self._text, re.IGNORECASE):
            for named in self._names.between(place.start() - REACH, place.end() + REACH):
                speaker = self._people.fullest(named)
                if speaker and (self._words.beside(named).role or "").lower() == role:
                    holders.add(speaker)
        return holders
