"""Which states and which people an article is about, by the words that speak of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from .gazetteer import (
    FOREVER,
    Alias,
    Claim,
    Found,
    Official,
    Value,
    claims,
    found,
    states,
    title_before,
)
from .lexicon import Match, fold

# Swept on the labelled half of topics/allsides with an even hash (146 rows): the right country is
# among the first two in 94.5 % with these; titles ×1 to ×5, reach 3,000 to 10,000 and shares 0.05
# to 0.3 do as well, the rest costs what stands beside it. On the other half (137 rows): 94.9 %.
TITLE_WEIGHT = 3.0
# Of who holds an office, as of a seat of government: "Macron and Merz meet" names no state. Added
# to the weight of mentions, or at 0.35 or 1.0, it ranks alike on topics/allsides, 2026-11-29. In the
# title it is as good as a mention: of 628 articles of diplomacy it changes the first two of 37, by
# reading 27 for the better and 3 for the worse; 1.0 loses one of allsides, 2026-12-01.
LEADER_WEIGHT = 0.7
REACH = 3000  # code points, after which a mention is worth FAR; 1,000: -0.7 points
FAR = 0.3  # of a mention at the start
MOST_COUNTS = 3  # of one phrase in the text; 1 or 2: -0.7 points
HALF_SCORE = 3.0  # this many mentions at the start make a score of 0.5
LEAST_WEIGHT = 0.6  # lets a lone capital in the lead in; 0.9: -0.7 points, 1.2: -4.1
LEAST_SHARE = 0.12  # of the weight of the foremost country
REGIONAL_INDICATOR_A = 0x1F1E6
LATEST = date(9999, 12, 30)  # where no day is given: what has no end

_Matched = Match[Value]
_Claimed = tuple[Claim, _Matched]


@dataclass(frozen=True, slots=True)
class _Judge:
    """Decides whether a phrase speaks of a state in one article."""

    day: date
    beside: frozenset[str]  # states with a phrase of their `with` in the article
    against: frozenset[str]  # the same for `unless`

    def holds(self, claim: Claim) -> bool:
        """Whether the phrase speaks of the state here."""
        if claim.kind in ("with", "unless") or not claim.start <= self.day < claim.end:
            return False
        if claim.kind == "claim" or claim.code in self.beside:
            return True
        return claim.kind == "spares" and claim.code not in self.against


class Mention(NamedTuple):
    """A place where a text speaks of a state. A tuple, since it is made in half the time of a dataclass."""

    code: str
    start: int  # code points into the text
    end: int


@dataclass(frozen=True, slots=True)
class CountryScore:
    """A state that an article is about."""

    code: str
    score: float  # 0..1; 0.5 for three mentions at the start
    mentions: tuple[Mention, ...]  # in the text, not the title; text order


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A known person whom an article names."""

    name: str
    office: str | None  # held on the day of the article
    country: str | None  # of that office, else the person's own; None for an institution
    start: int  # of the first mention in the text; 0 and 0 where only the title has one
    end: int
    count: int  # mentions in title and text
    in_title: bool


def countries(text: str, *, title: str = "", at: date | None = None) -> tuple[CountryScore, ...]:
    """The states that an article is about, foremost first; states named only in passing are left out.

    A state that is not named is represented by whoever holds its offices on the day. ``at`` is the day of
    the article: "Moscow" is SU in 1962. Without it, states and offices of today count.
    """
    titled, said = _claims(found(title)), _claims(found(text))
    judge = _judge(titled + said, at or LATEST)
    claimed = [pair for pair in said if judge.holds(pair[0])]
    weights = _text_weights(claimed)
    leaders = _leaders(people(text, title=title, at=at))
    for code, weight in _title_weights([c for c, _ in titled if judge.holds(c)], leaders).items():
        weights[code] += TITLE_WEIGHT * weight
    for code, person in leaders:
        weights[code] = max(weights[code], LEADER_WEIGHT * _nearness(person.start))
    return tuple(_ranked(weights, claimed))


def people(text: str, *, title: str = "", at: date | None = None) -> tuple[PersonMention, ...]:
    """The known people whom an article names, most often named first, then by first mention.

    A bare surname counts only if the full name, or a title before the surname, is in the same article.
    ``at`` is the day of the article and decides who holds which office.
    """
    return _named(text, title, at or LATEST)


@lru_cache(maxsize=8)  # of one article the countries ask for them too
def _named(text: str, title: str, day: date) -> tuple[PersonMention, ...]:
    places = [(title, match, True) for match in _aliased(found(title))]
    places += [(text, match, False) for match in _aliased(found(text))]
    sure = [_meant(match, words, day) for words, match, _ in places]
    known = {person for person in sure if person}
    named: dict[Official, list[tuple[int, int]]] = {}
    for (_, match, in_title), meant in zip(places, sure, strict=True):
        person = meant or _surnamed(match, known, day)
        if person:
            spot = (0, 0) if in_title else (match.start, match.end)
            named.setdefault(person, []).append(spot)
    mentions = (_mention(person, spots, day) for person, spots in named.items())
    return tuple(sorted(mentions, key=lambda mention: (-mention.count, mention.start)))


def states_named(text: str, day: date) -> Mapping[int, Mention]:
    """For each place where the text names a state, the state; whatever the article is about."""
    return {
        match.start: Mention(claim.code, match.start, match.end)
        for claim, match in _claims(found(text))
        if claim.kind == "claim" and claim.holds(day)
    }


def regions(codes: Iterable[str]) -> tuple[str, ...]:
    """The regions of the states, each once. Raises KeyError for an unknown code."""
    return tuple(dict.fromkeys(region for code in codes for region in states()[code].regions))


def flag(code: str) -> str:
    """The emoji of a country's flag, or the United Nations'; empty for a former or unknown state."""
    state = states().get(code)
    if code != "UN" and (state is None or state.end != FOREVER):
        return ""
    return "".join(chr(REGIONAL_INDICATOR_A + ord(letter) - ord("A")) for letter in code)


def country_code(words: str) -> str | None:
    """The state meant by a typed code, name, demonym or capital; None if unknown."""
    key = " ".join(words.split())
    if key.upper() in states():
        return key.upper()
    return _codes_by_words().get(fold(key))


@cache
def _codes_by_words() -> Mapping[str, str]:
    """The state that each folded phrase means; present states win over former ones."""
    meant = [
        (phrase, claim) for phrase, claim in claims() if claim.kind in ("claim", "needs", "spares")
    ]
    by_words: dict[str, str] = {}
    for phrase, claim in sorted(
        meant, key=lambda pair: (pair[1].end != FOREVER, pair[1].kind != "claim")
    ):
        by_words.setdefault(fold(phrase), claim.code)
    return by_words


def _claims(matches: Found) -> list[_Claimed]:
    return [
        (value, match) for match in matches for value in match.values if isinstance(value, Claim)
    ]


def _leaders(named: Iterable[PersonMention]) -> list[tuple[str, PersonMention]]:
    """Who holds an office of the states."""
    return [(person.country, person) for person in named if person.office and person.country]


def _title_weights(
    titled: Iterable[Claim], leaders: Iterable[tuple[str, PersonMention]]
) -> dict[str, float]:
    """What the title says of each state, counted once: by its strongest phrase, or by who leads it."""
    weights: dict[str, float] = defaultdict(float)
    for claim in titled:
        weights[claim.code] = max(weights[claim.code], claim.weight)
    for code, person in leaders:
        if person.in_title:
            weights[code] = max(weights[code], LEADER_WEIGHT)
    return weights


def _text_weights(claimed: Iterable[_Claimed]) -> dict[str, float]:
    weights: dict[str, float] = defaultdict(float)
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for claim, match in claimed:
        counted = counts[claim.code, match.phrase] = counts[claim.code, match.phrase] + 1
        if counted <= MOST_COUNTS:
            weights[claim.code] += claim.weight * _nearness(match.start)
    return weights


def _nearness(start: int) -> float:
    """What a mention at the place is worth, where one at the start is worth 1."""
    return max(FAR, 1 - (1 - FAR) * start / REACH)


def _ranked(weights: Mapping[str, float], claimed: Iterable[_Claimed]) -> Iterator[CountryScore]:
    """Every state above both thresholds, with its mentions; equal weights by code."""
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for claim, match in claimed:
        mentions[claim.code].append(Mention(claim.code, match.start, match.end))
    least = max(LEAST_WEIGHT, LEAST_SHARE * max(weights.values(), default=0))
    for code, weight in sorted(weights.items(), key=lambda pair: (-pair[1], pair[0])):
        if weight >= least:
            yield CountryScore(code, weight / (weight + HALF_SCORE), tuple(mentions[code]))


def _judge(said: Iterable[_Claimed], day: date) -> _Judge:
    guards = [claim for claim, _ in said if claim.kind in ("with", "unless")]
    return _Judge(
        day,
        frozenset([claim.code for claim in guards if claim.kind == "with"]),
        frozenset([claim.code for claim in guards if claim.kind == "unless"]),
    )


def _aliased(matches: Found) -> list[_Matched]:
    # Aliases are entered after masks and claims, so one of them is last.
    return [match for match in matches if isinstance(match.values[-1], Alias)]


def _meant(match: _Matched, words: str, day: date) -> Official | None:
    """The one person meant by a full name, or by a surname after a title."""
    aliases = [value for value in match.values if isinstance(value, Alias)]
    full = [a.person for a in aliases if a.full and (not a.styled or a.person.office(day))]
    if full:
        return _only(full, day)
    written = title_before(words, match.start)
    surnamed = [alias.person for alias in aliases if not alias.full]
    return _holder(surnamed, written, day) if written else None


def _holder(people: Iterable[Official], written: str, day: date) -> Official | None:
    """The one person in office on the day; if there are several, the one whose title is written."""
    held = [(person, office.title.lower()) for person in people if (office := person.office(day))]
    exact = [person for person, title in held if title == written]
    return _only(exact or [person for person, _ in held], day)


def _surnamed(match: _Matched, known: Set[Official], day: date) -> Official | None:
    """The one person known from the article whom a bare surname means."""
    aliases = [value for value in match.values if isinstance(value, Alias) and not value.full]
    return _only([alias.person for alias in aliases if alias.person in known], day)


def _only(candidates: list[Official], day: date) -> Official | None:
    if len(candidates) > 1:
        candidates = [person for person in candidates if person.office(day)]
    return candidates[0] if len(candidates) == 1 else None


def _mention(person: Official, spots: Sequence[tuple[int, int]], day: date) -> PersonMention:
    office = person.office(day)
    start, end = next((spot for spot in spots if spot[1]), (0, 0))
    return PersonMention(
        name=person.name,
        office=office.title if office else None,
        country=office.country if office else person.country,
        start=start,
        end=end,
        count=len(spots),
        in_title=(0, 0) in spots,
    )
