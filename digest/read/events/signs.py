"""A headline in which one sign stands for each place that names a state, for patterns to match. Pure."""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, TypeGuard

from seeds.wordlists import word_lists

from ..about.gazetteer import Alias, Claim, Tenure, Value, demonyms, found, title_before
from ..about.lexicon import Lexicon, Match, fold

TABLE = "actions.toml"
FIRST_SIGN = 0xE000  # of the signs, all in the first private use area
STATE = "[\ue000-\uf8ff]"
_STATE = re.compile(STATE)

Kind = Literal["name", "people", "person"]
_Place = tuple[int, int, "Named"]


@dataclass(frozen=True, slots=True)
class Named:
    """A state as a headline names it."""

    code: str | None  # a country, EU, UN, NATO ...; None where it can be one of several
    kind: Kind
    is_short: bool = False  # "US", which stands for "American" too


@dataclass(frozen=True, slots=True)
class Signed:
    """A folded headline with a sign in place of each state."""

    text: str
    named: tuple[Named, ...]

    def of(self, part: str) -> tuple[Named, ...]:
        """The states whose signs are in a part of the text."""
        return tuple(self.named[ord(sign) - FIRST_SIGN] for sign in _STATE.findall(part))


def signed(headline: str, *, countries: Set[str], people: Set[str], day: date) -> Signed:
    """The headline with a sign in place of each state.

    An ambiguous phrase counts if its article is about the state, and a bare surname if the article names
    the person, who stands for a state by an office held on the day. Signs that the headline itself contains
    become spaces.
    """
    folded, parts, named, at = fold(_STATE.sub(" ", headline)), list[str](), list[Named](), 0
    for start, end, one in _places(headline, countries, people, day):
        parts += [folded[at:start], chr(FIRST_SIGN + len(named))]
        named.append(one)
        at = end
    return Signed("".join((*parts, folded[at:])), tuple(named))


def _places(headline: str, countries: Set[str], people: Set[str], day: date) -> list[_Place]:
    """The places where states are named, in order; not inside the name of a body."""
    states = _states(headline, countries, people, day)
    return sorted((*_of_bodies(headline), *states), key=lambda place: place[0])


def _of_bodies(headline: str) -> Iterator[_Place]:
    for match in _bodies().matches(headline):
        yield match.start, match.end, Named(match.values[0], "name", is_short=True)


def _states(headline: str, countries: Set[str], people: Set[str], day: date) -> Iterator[_Place]:
    for match in found(headline):
        codes = {value.code for value in match.values if _speaks(value, countries, day)}
        kind: Kind = "people" if match.phrase in demonyms() else "name"
        if not codes:
            codes, kind = _held(match, headline, people, day), "person"
        if codes and match.phrase not in _no_states():
            code = codes.pop() if len(codes) == 1 else None
            yield match.start, match.end, Named(code, kind, is_short=match.phrase.isupper())


def _speaks(value: Value, countries: Set[str], day: date) -> TypeGuard[Claim]:
    """Whether a phrase speaks of the state."""
    if not isinstance(value, Claim) or value.kind in ("with", "unless") or not value.holds(day):
        return False
    return value.kind == "claim" or value.code in countries


def _held(match: Match[Value], headline: str, people: Set[str], day: date) -> set[str]:
    """The states for which the person meant by the phrase acts."""
    aliases = [value for value in match.values if isinstance(value, Alias)]
    has_title = bool(aliases) and title_before(headline, match.start) != ""
    meant = (a.person for a in aliases if a.full or has_title or a.person.name in people)
    offices = [person.office(day) for person in meant]
    return {state for office in offices if office and (state := _acts_for(office))}


def _acts_for(office: Tenure) -> str | None:
    """The state for which an office acts, or the body that it belongs to."""
    if _no_offices().search(office.title):
        return None
    of_body = next(iter(_bodies().matches(office.title)), None)
    return office.country or (of_body.values[0] if of_body else None)


@cache
def _bodies() -> Lexicon[str]:
    coded = (phrase.split(maxsplit=1) for phrase in word_lists(TABLE).phrases("bodies", "en"))
    return Lexicon((words, code.replace("_", " ")) for code, words in coded)


@cache
def _no_states() -> frozenset[str]:
    return frozenset(word_lists(TABLE).phrases("no_states", "en"))


@cache
def _no_offices() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(word_lists(TABLE).phrases('no_offices', 'en'))})\b")
