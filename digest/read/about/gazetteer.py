"""The words that speak of states, people and topics, ready to be found in a text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import chain, zip_longest
from typing import Any, Literal

from seeds import catalogue
from seeds.wordlists import word_lists

from .lexicon import Layers, Match
from .phrases import DEFAULT_LANGUAGE, Weighed, other_subjects, weighed

FOREVER = date.max
# A seat or a house of government also names the place of talks between others, so it says less;
# 0.4, 0.7 and 1.0 rank alike on topics/allsides.
KINDS = {
    "names": 1.0,
    "people": 1.0,
    "seats": 0.7,
    "metonyms": 0.7,
    "abroad": 1.0,
    "inflected": 1.0,
}
FORMS = re.compile(r"\(([^)]*\|[^)]*)\)")
OPENING_MARKS = "\"'(“‘«„"
LONGEST_TITLE = 24  # code points looked at before a surname

# needs: only beside a `with`; spares: unless an `unless` is there and no `with`
ClaimKind = Literal["claim", "needs", "spares", "with", "unless"]


@dataclass(frozen=True, slots=True)
class _Titles:
    """The titles of offices in all languages, ready to be found before a name."""

    words: frozenset[str]
    phrases: tuple[str, ...]
    ends_of_phrases: frozenset[str]  # their last words
    styles: tuple[str, ...]  # each with a space behind


@dataclass(frozen=True, slots=True)
class Claim:
    """What a phrase says of a state between two days."""

    code: str
    kind: ClaimKind
    weight: float = 0.0
    start: date = date.min
    end: date = FOREVER

    def holds(self, day: date) -> bool:
        """Whether the phrase means this state on the day."""
        return self.start <= day < self.end


@dataclass(frozen=True, slots=True)
class Tenure:
    """An office that a person held from ``start`` until ``end``, exclusive."""

    title: str
    country: str | None  # None for an institution
    start: date
    end: date


@dataclass(frozen=True, slots=True, eq=False)
class Official:
    """Somebody who speaks for a state or an institution. Namesakes are not equal."""

    name: str
    country: str | None
    offices: tuple[Tenure, ...]

    def office(self, day: date) -> Tenure | None:
        """The office held on the day; the first named, if there are several."""
        return next((held for held in self.offices if held.start <= day < held.end), None)


@dataclass(frozen=True, slots=True)
class Alias:
    """One way to write a person's name."""

    person: Official
    full: bool  # False for a surname
    styled: bool = False  # "King Faisal": whoever holds the office


Value = Claim | Alias | None  # None masks: the phrase holds a state's name and speaks of none
Found = tuple[Match[Value], ...]


@dataclass(frozen=True, slots=True)
class State:
    """A state, past or present."""

    code: str
    name: str
    regions: tuple[str, ...]
    end: date


def found(text: str) -> Found:
    """All phrases of states and people in the text."""
    return _scanned(text)[0]


def weighed_found(text: str) -> tuple[Match[Weighed], ...]:
    """All English phrases in the text that speak of topics or of diplomacy."""
    return _scanned(text)[1]


def others_found(text: str) -> tuple[Match[float], ...]:
    """All English phrases in the text that speak of other subjects, with their weights."""
    return _scanned(text)[2]


def title_before(text: str, start: int) -> str:
    """The title of an office that ends right before the place, in lower case; empty if there is none."""
    before = text[max(0, start - LONGEST_TITLE) : start].lower()
    words = before.split()
    if not words or not before[-1].isspace():
        return ""
    last = words[-1].lstrip(OPENING_MARKS)
    phrase = " ".join(words)
    titles = _titles()
    phrases = titles.phrases if words[-1] in titles.ends_of_phrases else ()
    several = next((title for title in phrases if phrase.endswith(title)), "")
    return several or (last if last in titles.words else "")


@cache
def states() -> Mapping[str, State]:
    """Every state of the catalogue by its code."""
    return {
        code: State(code, table["name"], tuple(table["regions"]), table.get("to", FOREVER))
        for code, table in _tables()
    }


@cache
def places() -> frozenset[str]:
    """Names of states and capitals ("Ukraine", "Kyiv"), without demonyms and abbreviations such as "US"."""
    return frozenset(
        phrase
        for _, table in _tables()
        for kind in ("names", "seats")
        for phrase in table.get(kind, ())
        if not phrase.isupper()
    )


@cache
def demonyms() -> frozenset[str]:
    """Words for what belongs to a state and for its people: "Ukrainian", "Ukrainians"."""
    return frozenset(phrase for _, table in _tables() for phrase in table.get("people", ()))


@cache
def claims() -> tuple[tuple[str, Claim], ...]:
    """Every phrase with what it says of a state, in the order of the catalogue."""
    return tuple(chain.from_iterable(_state_claims(code, table) for code, table in _tables()))


@cache
def aliases() -> tuple[tuple[str, Alias], ...]:
    """Every way to write a person, in the order of the catalogue."""
    return tuple(chain.from_iterable(_person_aliases(table) for table in catalogue.people()))


@lru_cache(maxsize=8)
def _scanned(text: str) -> tuple[Found, tuple[Match[Weighed], ...], tuple[Match[float], ...]]:
    """All phrases of the text, found in one pass and kept: an article is asked four questions."""
    of_states, of_topics, of_others = _layers().matches(text)
    return of_states, of_topics, of_others


@cache
def _layers() -> Layers:
    masks = ((phrase, None) for phrase in catalogue.countries()["lexicon"]["masks"])
    return Layers(chain(masks, claims(), aliases()), weighed(DEFAULT_LANGUAGE), other_subjects())


def _tables() -> Iterator[tuple[str, Mapping[str, Any]]]:
    return ((code, table) for code, table in catalogue.countries().items() if code != "lexicon")


def _state_claims(code: str, table: Mapping[str, Any]) -> Iterator[tuple[str, Claim]]:
    start, end = table.get("from", date.min), table.get("to", FOREVER)
    for kind, weight in KINDS.items():
        claim = Claim(code, "claim", weight, start, end)
        yield from ((form, claim) for form in _forms(table.get(kind, ())))
    for dated in table.get("dated", ()):
        claim = Claim(code, "claim", 1.0, dated.get("from", start), dated.get("to", end))
        yield from ((form, claim) for form in _forms(dated["phrases"]))
    yield from _guarded_claims(code, table, start, end)


def _guarded_claims(
    code: str, table: Mapping[str, Any], start: date, end: date
) -> Iterator[tuple[str, Claim]]:
    kind: ClaimKind = "spares" if "unless" in table else "needs"
    claim = Claim(code, kind, 1.0, start, end)
    yield from ((phrase, claim) for phrase in table.get("guarded", ()))
    yield from ((phrase, Claim(code, "with")) for phrase in table.get("with", ()))
    yield from ((phrase, Claim(code, "unless")) for phrase in table.get("unless", ()))


def _forms(phrases: Iterable[str]) -> Iterator[str]:
    """Every form of phrases such as "Росси(я|и)" and "российск*"."""
    for phrase in phrases:
        if phrase.endswith("*"):
            endings = catalogue.countries()["lexicon"]["adjective_endings"]
            yield from (phrase[:-1] + ending for ending in endings)
        else:
            yield from _alternatives(phrase)


def _alternatives(phrase: str) -> Iterator[str]:
    """The forms with the first, second, ... ending of every word: the endings agree."""
    parts = FORMS.split(phrase)  # what stands, endings, what stands ...
    endings = [part.split("|") for part in parts[1::2]]
    if not endings:
        yield phrase
    for chosen in zip(*endings, strict=True):
        yield "".join(map("".join, zip_longest(parts[::2], chosen, fillvalue="")))


def _person_aliases(table: Mapping[str, Any]) -> Iterator[tuple[str, Alias]]:
    offices = tuple(_office(held) for held in table.get("offices", ()))
    person = Official(table["name"], table.get("country"), offices)
    for words in table["aliases"]:
        yield words, Alias(person, full=True, styled=words.lower().startswith(_titles().styles))
    for words in table.get("surnames", ()):
        yield words, Alias(person, full=False)


def _office(held: Mapping[str, Any]) -> Tenure:
    return Tenure(held["title"], held.get("country"), held["from"], held.get("to", FOREVER))


@cache
def _titles() -> _Titles:
    every = word_lists("reporting.toml").phrases("titles")
    phrases = tuple(title for title in every if " " in title)
    return _Titles(
        words=frozenset(every) - frozenset(phrases),
        phrases=phrases,
        ends_of_phrases=frozenset(title.split()[-1] for title in phrases),
        styles=tuple(f"{title} " for title in every),
    )
