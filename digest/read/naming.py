"""The people whom an article names: where, by which fullest name, in which office."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import islice, pairwise
from operator import attrgetter

from .actors import LATEST, PersonMention, people
from .bodies import reports_news
from .gazetteer import Alias, Claim, found
from .given_names import agrees, clashes, formal
from .reporting import (
    COMPANIES,
    HONORIFICS,
    HOUSES,
    MODIFIERS,
    NEVER_IN_NAMES,
    OFFICES,
    OFFICES_OF_ONE,
    PARTIES,
    PARTY_OF,
    PREPOSITIONS,
    ROYAL_SURNAMES,
    STARTERS,
)

LONGEST_ROLE = 9  # words
_MOST_NAMESAKES = 30  # places of one word that are looked at; keeps a hostile text linear
_ROLE_REACH = 100  # code points beside a name
_UPPER = "".join(chr(code) for code in range(0x41, 0x530) if chr(code).isupper())
_SHORT = "Mr Mrs Ms Dr Sen Rep Gov Gen Lt Col Maj Capt Sgt Adm Prof Rev Hon Amb St Jr Sr Cmdr"
_SHORTENED = "|".join(rf"(?<=\b{word}\.)" for word in _SHORT.split())
# A pattern that begins with one set of signs is searched for five times as fast.
_CAPITALISED = (
    rf"[{_UPPER}](?<!\w.)(?:\.(?:-?[{_UPPER}]\.)*|\w*(?:[-’'][^\W\d_]+)*(?:\.(?:{_SHORTENED}))?)"
)
_PARTICLE = "(?:de|da|di|du|del|della|der|den|van|von|bin|bint|ibn|al|el|la|le|dos|do|ter|ten)"
_FOLLOWING = rf"(?:{_PARTICLE}[ \u00a0]){{0,2}}(?:(?:al|el|ad|as|an|ul)-)?{_CAPITALISED}"
_RUN = re.compile(rf"{_CAPITALISED}(?:[ \u00a0]{_FOLLOWING}){{0,9}}")
_POSSESSIVE = ("'s", "’s")
_ADJECTIVE_END = re.compile(r"(?:an|sh|se|ch|li|qi|sk|ka|US|S\.|EU)$")  # of "Russian", "British"
# "CNET Mark Smith": a credit before a text; "Watching Smith".
_OPENER = re.compile(r"[A-Z]{3,}|(?!Sterling)[A-Z][a-z]{4,}ing")
_GLUED = re.compile(r"[a-z][A-Z]{2}")  # "TrumpGOP": two pieces of a page
_UNSPACED = re.compile(r"\S+")
_WORD = re.compile(r"[^\W_][\w.’'-]*")
_BEHIND = re.compile(
    r",\s+(?:\d{1,3},\s+)?(?:who (?:is|was|serves as) (?:also )?)?"
    r"(?P<role>[^,.;:()\n\"“”«»]{3,80})(?=[,.;]|$)"
)
_OF_KIN = re.compile(  # the same surname may mean the other
    r"[’']s (?:\w+ )?"
    r"(?:brother|sister|father|mother|son|daughter|wife|husband|widow|widower|parents|family)\b"
)
_PARTY = re.compile(r",? \(?([RD])[-–)]")
_INTRODUCED = re.compile(r", (?:\d{1,3}|an? [^.,;\n]{3,60}),")
_DETERMINER = re.compile(r"(?:an?|the|its|their|his|her|one of the)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A run of capitalised words that ends in somebody's name."""

    start: int  # of the run, an office before the name included
    name_start: int
    end: int
    words: tuple[str, ...]  # of the name
    titled: bool  # an office or "Mr" stands before it


@dataclass(frozen=True, slots=True)
class Office:
    """What an article says of somebody's office."""

    role: str | None
    country: str | None


NO_OFFICE = Office(None, None)


class People:
    """Those whom one article names. Built once for an article; every answer is repeatable."""

    def __init__(self, text: str, *, title: str = "", at: date | None = None) -> None:
        self._text, self._title, self._day = text, title, at or LATEST
        self._states = {
            match.start: (match.end, value.code)
            for match in found(text)
            for value in match.values
            if isinstance(value, Claim) and value.role == "claim" and value.holds(self._day)
        }
        self._runs = [run.span() for run in _RUN.finditer(text)]
        self._cleaned: dict[int, Named | None] = {}  # per run, as far as it was asked for
        self._fullest: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
        self._offices: dict[str, Office] = {}
        self._holders: dict[str, str | None] = {}

    def ending_at(self, end: int) -> Named | None:
        """Who is named right before the place."""
        index = bisect_left(self._runs, (end,)) - 1
        return self._named(index) if index >= 0 and self._runs[index][1] == end else None

    def between(self, start: int, end: int) -> tuple[Named, ...]:
        """Who is named from ``start`` on and before ``end``, in text order."""
        first, last = bisect_left(self._runs, (start,)), bisect_left(self._runs, (end,))
        return tuple(named for index in range(first, last) if (named := self._named(index)))

    def fullest(self, named: Named) -> str | None:
        """The fullest name that the article has for this person; None where it is not certain."""
        known = self._fullest.get(named.words)
        if known is None:
            known = self._fullest[named.words] = self._known(named.words)
        if known:
            return self._one_of(known, named)
        if len(named.words) > 1:
            return None if self._stands_with_article(named) else " ".join(named.words)
        surname = named.words[0]
        mention = self._mentions.get(surname.lower())
        if mention:
            return mention.name
        if self._is_titled(surname):
            return surname
        return self._in_title(surname) or self._in_office(named.name_start)

    def lone(self, named: Named) -> str | None:
        """A single name that is never beside another, and stands twice or with an age or a trade."""
        stripped = named.name_start > named.start and not named.titled  # "Islamic Jihad"
        if (
            stripped
            or len(named.words) > 1
            or reports_news(named.words[0])
            or self._stands_with_article(named)
        ):
            return None
        runs = self._runs_by_word.get(named.words[0].lower(), ())[:_MOST_NAMESAKES]
        alike = (self._named(index) for index in runs)
        alone = all(
            other is not None
            and other.words == named.words
            and self._text[other.start - 1 : other.start] != "["  # "Anna [Novak, who left]"
            for other in alike
        )
        joined = self._word_before(named.start) == "and"
        told = len(runs) > 1 or (not joined and _INTRODUCED.match(self._text, named.end))
        return named.words[0] if alone and told else None

    def _in_title(self, surname: str) -> str | None:
        """The one full name that the title has for a surname."""
        names = {name for name in self._titled if name.endswith(f" {surname}")}
        others = any(len(named.words) > 1 for named in self._with_word(surname))
        return next(iter(names)) if len(names) == 1 and not others else None

    @cached_property
    def _titled(self) -> Collection[str]:
        """Names in a title that begin with a common given name; capitals all over tell nothing."""
        words = [word for word in self._title.split() if len(word) > 3]
        if 2 * sum(word[0].isupper() for word in words) > len(words) + 4:
            return ()
        runs = (
            run.group().split()
            for run in _RUN.finditer(self._title)
            if not _OF_KIN.match(self._title, run.end() - 2)
        )
        pairs = (
            (given, name.removesuffix("'s").removesuffix("’s"))
            for run in runs
            for given, name in pairwise(run)
        )
        names = {" ".join(pair) for pair in pairs}
        return {name for name in names if agrees(name, "he") or agrees(name, "she")}

    def _one_of(self, known: set[tuple[str, ...]], named: Named) -> str | None:
        """The full name of those known that is meant, or who is in office; None where in doubt."""
        if len(named.words) == 1 and len(known) > 1:
            pronoun = self._pronoun(named)
            known = {full for full in known if not clashes(" ".join(full), pronoun)} or known
        holder = self._mentions.get(named.words[0].lower()) if len(named.words) == 1 else None
        if holder is None or self._is_mrs(named):
            return _longest(known) if _is_one(known) else None
        written = self._text[holder.start : holder.end].split()
        if _is_one(known) and len(written) > 1 and not _is_title(written[0]):
            return _longest(known)
        fitting = {full for full in known if full[0][0] == holder.name[0]}
        if fitting:  # the President among the Obamas
            return _longest(fitting)
        return holder.name if named.titled else None

    def _is_mrs(self, named: Named) -> bool:
        return self._pronoun(named) == "she"

    def _pronoun(self, named: Named) -> str:
        """ "he" or "she", where a title before a name tells."""
        before = self._text[max(0, named.start - 5) : named.name_start].split()[-1:]
        title = _bare(before[0]) if before else ""
        return "she" if title in ("mrs", "ms", "miss", "lady") else "he" if title == "mr" else ""

    def office(self, speaker: str) -> Office:
        """The office of a speaker: in the article's own words, else as the catalogue has it."""
        if speaker not in self._offices:
            self._offices[speaker] = self._office_of(speaker)
        return self._offices[speaker]

    def _office_of(self, speaker: str) -> Office:
        same = (
            named
            for named in self._with_word(speaker.split()[-1])
            if self.fullest(named) == speaker
        )
        said = next(
            (office for named in same if (office := self._office_beside(named)).role), NO_OFFICE
        )
        held = self._held(speaker)
        if held is None:
            return said
        return Office(said.role or held.office, said.country or held.country)

    def party(self, speaker: str) -> str:
        """ "R" or "D", where the article has it beside a name: "(R-Iowa)", "Republican Ann Smith"."""
        found = set[str]()
        for named in self._with_word(speaker.split()[-1]):
            behind = _PARTY.match(self._text, named.end)
            before = self._text[max(0, named.start - 12) : named.name_start].lower().split()
            found |= {behind[1]} if behind else set()
            found |= {letter for party, letter in PARTY_OF.items() if party in before}
        return found.pop() if len(found) == 1 else ""

    def holder(self, role: str) -> str | None:
        """The one person whom the article names in the office; None where it names another too."""
        if role not in self._holders:
            speakers = self._holders_of(role) if role.split()[-1] in OFFICES_OF_ONE else ()
            self._holders[role] = next(iter(speakers)) if len(speakers) == 1 else None
        return self._holders[role]

    def _holders_of(self, role: str) -> Collection[str]:
        holders = {
            mention.name
            for mention in self._mentions.values()
            if mention.office and mention.office.lower() == role
        }
        for place in re.finditer(rf"\b{role}\b", self._text, re.IGNORECASE):
            for named in self.between(place.start() - _ROLE_REACH, place.end() + _ROLE_REACH):
                speaker = self.fullest(named)
                if speaker and (self._office_beside(named).role or "").lower() == role:
                    holders.add(speaker)
        return holders

    def state_in(self, start: int, end: int) -> str | None:
        """The first state that the text names between two places."""
        return next((self._states[at][1] for at in range(start, end) if at in self._states), None)

    # --- who is named

    def _named(self, index: int) -> Named | None:
        if index not in self._cleaned:
            self._cleaned[index] = self._clean(*self._runs[index])
        return self._cleaned[index]

    def _with_word(self, word: str) -> Iterator[Named]:
        """Whose name may hold the word, in text order."""
        for index in islice(self._runs_by_word.get(word.lower(), ()), _MOST_NAMESAKES):
            named = self._named(index)
            if named and not self._stands_with_article(named):
                yield named

    @cached_property
    def _runs_by_word(self) -> Mapping[str, Sequence[int]]:
        by_word = defaultdict[str, list[int]](list)
        for index, (start, end) in enumerate(self._runs):
            for word in self._text[start:end].lower().split():
                bare = word[:-2] if word.endswith(_POSSESSIVE) else word
                by_word[bare].append(index)
        return by_word

    def _clean(self, start: int, end: int) -> Named | None:
        """What is left of a run without offices, states, days; None where that is no name."""
        words = [(w.start(), w.group()) for w in _UNSPACED.finditer(self._text, start, end)]
        if self._word_before(start).lower() in COMPANIES:
            return None
        at, last = words[-1]
        owned = 2 * last.endswith(_POSSESSIVE)
        words[-1], end = (at, last[: len(last) - owned]), end - owned
        first = self._name_begins(words)
        name: Sequence[tuple[int, str]] = words[first:]
        if len(name) > 2:
            name = _unrepeated(name, self._text[end : end + 24])
            end = name[-1][0] + len(name[-1][1])
        if not name or not _is_name([word for _, word in name]) or self._is_state(name):
            return None
        before = [word for _, word in words[:first]] or [self._word_before(start)]
        titled = any(_is_title(word) for word in before[-2:])
        return Named(start, name[0][0], end, tuple(word for _, word in name), titled)

    def _name_begins(self, words: Sequence[tuple[int, str]]) -> int:
        """The index of the first word of the name: behind the last that can be in none."""
        first = 0
        for index, (_, word) in enumerate(words):
            bare = _bare(word)
            if (
                bare in OFFICES
                or bare in HONORIFICS
                or bare in PARTIES
                or word.endswith(_POSSESSIVE)
            ):
                if bare in ROYAL_SURNAMES and self._is_surname(words, first, index):
                    break
                first = index + 1
        if len(words) - first > 1:
            first = _behind_credits(words, first)
        titled = first > 0 or _is_title(self._word_before(words[0][0]))
        while first < len(words) and _bare(words[first][1]) in STARTERS:
            bare = _bare(words[first][1])
            if bare in _MONTHS and (titled or len(words) == 1):
                break
            if bare == "christian" and len(words) - first == 2:
                break
            first += 1
        return self._behind_states(words, first)

    def _is_surname(self, words: Sequence[tuple[int, str]], first: int, index: int) -> bool:
        """Whether "King" ends a name, as in "Rep. Peter King", and no "Saudi King" is meant."""
        if index + 1 < len(words) or index == first:
            return False
        at, before = words[index - 1]
        bare = _bare(before)
        return at not in self._states and bare not in STARTERS and bare not in MODIFIERS

    def _behind_states(self, words: Sequence[tuple[int, str]], first: int) -> int:
        """``first`` moved over states ("Russian Lavrov"), but never over a "Chad Smith"."""
        while first < len(words) and words[first][0] in self._states:
            until = self._states[words[first][0]][0]
            behind = next((i for i, (at, _) in enumerate(words) if at >= until), len(words))
            if behind == len(words) or (len(words) - behind == 1 and not self._is_adjective(until)):
                break
            first = behind
        return first

    def _is_adjective(self, end: int) -> bool:
        return _ADJECTIVE_END.search(self._text, max(0, end - 2), end) is not None

    def _is_state(self, name: Sequence[tuple[int, str]]) -> bool:
        at = name[0][0]
        return at in self._states and self._states[at][0] >= name[-1][0] + len(
            name[-1][1].rstrip(".")
        )

    def _word_before(self, start: int) -> str:
        before = self._text[max(0, start - 24) : start].split()
        return before[-1] if before else ""

    def _stands_with_article(self, named: Named) -> bool:
        if named.start != named.name_start:
            return False
        return self._text[max(0, named.start - 5) : named.start].lower().split()[-1:] == ["the"]

    # --- by which name

    def _known(self, words: tuple[str, ...]) -> set[tuple[str, ...]]:
        """The full names that end in these words; where there are none, those that begin so."""
        full = [named for named in self._with_word(words[-1]) if len(named.words) > 1]
        if len(words) == 1 and all(_OF_KIN.match(self._text, named.end) for named in full):
            return set()
        names = {named.words for named in full}
        ending = {full for full in names if _fits(full, words)}
        if ending or len(words) > 1:
            return ending
        return {full for full in names if full[0].lower() == words[0].lower()}

    def _is_titled(self, surname: str) -> bool:
        """Whether it stands behind a title, and is nobody else's surname."""
        same = tuple(self._with_word(surname))
        others = any(len(named.words) > 1 and named.words[-1] == surname for named in same)
        return not others and any(named.titled and named.words == (surname,) for named in same)

    @cached_property
    def _mentions(self) -> Mapping[str, PersonMention]:
        """Per surname, lower case, the one known person whom the article means by it."""
        by_surname: dict[str, list[PersonMention]] = {}
        for mention in people(self._text, title=self._title, at=self._day):
            words = {mention.name, self._text[mention.start : mention.end] or mention.name}
            for surname in {word.split()[-1].lower() for word in words}:
                by_surname.setdefault(surname, []).append(mention)
        return {surname: found[0] for surname, found in by_surname.items() if len(found) == 1}

    def _in_office(self, start: int) -> str | None:
        """The one known bearer in office of a surname that stands alone: "Obama said"."""
        matches = found(self._text)
        index = bisect_left(matches, start, key=attrgetter("start"))
        if index == len(matches) or matches[index].start != start:
            return None
        bearers = [value.person for value in matches[index].values if isinstance(value, Alias)]
        return bearers[0].name if len(bearers) == 1 and bearers[0].office(self._day) else None

    # --- in which office

    def _office_beside(self, named: Named) -> Office:
        before = self._office_before(named.name_start)
        return before if before.role else self._office_behind(named.end)

    def _office_before(self, end: int) -> Office:
        """The words of an office that lead up to a name, and the state before them."""
        low = max(0, end - _ROLE_REACH)
        words = list(_WORD.finditer(self._text, low, end))
        role: list[re.Match[str]] = []
        state = None
        for word in reversed(words):
            until, state = self._states.get(word.start(), (0, None))
            house = self._text[word.start() : until] in HOUSES and bool(role)
            if state and self._text[until : role[0].start() if role else end].strip():
                state = None
                break
            if (state and not house) or not self._may_be_in_role(word, role, end):
                break
            role.insert(0, word)
        return self._as_office(role, state)

    def _may_be_in_role(self, word: re.Match[str], role: Sequence[re.Match[str]], end: int) -> bool:
        """Whether the word goes on, to the left, with the words of an office."""
        following = role[0].start() if role else end
        gap = self._text[word.end() : following]
        if len(role) >= LONGEST_ROLE or gap.strip() not in ("", ","):
            return False
        if gap.strip() and role:
            return False
        bare = _bare(word.group())
        if bare == "of":
            return bool(role) and _bare(role[0].group()) in STARTERS
        if bare in HONORIFICS or (word.group().endswith(".") and len(bare) > 4):
            return False
        return bare in OFFICES or bare in MODIFIERS or self._is_proper(word, bare)

    def _is_proper(self, word: re.Match[str], bare: str) -> bool:
        capital = word.group()[0].isupper() and not re.search(r"\d|[’']", word.group())
        return capital and (bare not in STARTERS or bare in _PORTFOLIOS)

    def _as_office(self, role: Sequence[re.Match[str]], state: str | None) -> Office:
        if not any(_bare(word.group()) in OFFICES for word in role):
            return NO_OFFICE
        start, end = role[0].start(), role[-1].end()
        return Office(self._text[start:end], state or self.state_in(start, end))

    def _office_behind(self, start: int) -> Office:
        """The office in an apposition behind a name: ", the Russian foreign minister,"."""
        match = _BEHIND.match(self._text, start, start + _ROLE_REACH)
        if not match:
            return NO_OFFICE
        at, end = match.span("role")
        determiner = _DETERMINER.match(self._text, at, end)
        at = determiner.end() if determiner else at
        state = self._states.get(at)
        if state:
            at = state[0] + 2 * (self._text[state[0] : state[0] + 2] in ("'s", "’s"))
        words = self._text[at:end].split(" who ")[0].split()
        if not _names_office(words):
            return NO_OFFICE
        role = " ".join(words)
        return Office(role, state[1] if state else self._state_of(at, end))

    def _state_of(self, start: int, end: int) -> str | None:
        """The state in "president of Ukraine", where nothing follows it."""
        places = (at for at in range(start + 1, end) if self._states.get(at, (0,))[0] == end)
        at = next(places, None)
        of = at is not None and self._word_before(at) in ("of", "the", "to")
        return self._states[at][1] if at is not None and of else None

    def _held(self, speaker: str) -> PersonMention | None:
        words = speaker.split()
        mention = self._mentions.get(words[-1].lower())
        if mention is None or len(words) == 1:
            return mention
        written = self._text[mention.start : mention.end]
        return (
            mention if mention.name == speaker or (written in speaker and " " in written) else None
        )


_PORTFOLIOS = frozenset(
    "state defence defense homeland security treasury interior finance health education energy justice "
    "commerce agriculture transportation affairs foreign prime vice deputy former acting senior war "
    "trade economy press chief first house senate supreme majority minority associate assistant "
    "executive national staff new los las".split()
)


_MONTHS = frozenset(("may", "april", "june", "august"))  # people are called so


def _is_title(word: str) -> bool:
    return _bare(word) in OFFICES or _bare(word) in HONORIFICS


@lru_cache(maxsize=8192)  # a name is looked at some ten times; this halves what it costs
def _bare(word: str) -> str:
    return word.lower().rstrip(".,").removeprefix("then-").removeprefix("ex-")


def _is_name(words: Sequence[str]) -> bool:
    """Whether words may be a person's name: few, none of an organisation, no acronym."""
    if len(words) > 5 or not NEVER_IN_NAMES.isdisjoint(map(_bare, words[_begins_a_name(words) :])):
        return False
    ordinal = len(words) > 2 and words[-1] in ("II", "III", "IV")
    last = words[-2 if ordinal else -1].rstrip(".")
    if len(words) > 1 and all(word.isupper() and len(word) > 2 for word in words):
        return False  # a headline in capitals
    if len(last) < 2 or last[1] == "-" or _GLUED.search(last) or (last.isupper() and len(last) < 6):
        return False
    return _bare(last) in _MONTHS or _bare(last) not in STARTERS


def _behind_credits(words: Sequence[tuple[int, str]], first: int) -> int:
    """``first`` moved over what may stand before a name, unless nothing but capitals follows."""
    behind = first
    while behind < len(words) - 1 and _OPENER.fullmatch(words[behind][1]):
        behind += 1
    return first if behind == first or words[behind][1].isupper() else behind


def _unrepeated(words: Sequence[tuple[int, str]], behind: str) -> Sequence[tuple[int, str]]:
    """A name up to where a page's register repeats it: "Ann Gray Ann Mary Gray", "(Ann)"."""
    again = (index for index in range(2, len(words)) if words[index][1] == words[0][1])
    if behind.startswith(f" ({words[0][1]}) "):
        return words[:-1]
    return words[: next(again, len(words))]


def _longest(names: set[tuple[str, ...]]) -> str:
    return " ".join(max((len(full), full) for full in names)[1])


def _begins_a_name(words: Sequence[str]) -> bool:
    """Whether the first word is one that also means a thing: Bill Richardson, Park Geun-hye."""
    if len(words) < 2:
        return False
    return words[0] in ("Bill", "Will") or (words[0] == "Park" and "-" in words[1])


def _is_one(names: set[tuple[str, ...]]) -> bool:
    """Whether full names are one person's: they begin alike, or one ends in the other."""
    if len(names) == 1:
        return True
    folded = {tuple(" ".join(name).lower().split()) for name in names}
    longest = max(folded, key=len)
    given = formal(longest[0])
    return all(formal(name[0]) == given or longest[-len(name) :] == name for name in folded)


def _fits(full: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether a shorter name may mean the bearer of the full one."""
    whole, part = " ".join(full).lower().split(), " ".join(words).lower().split()
    if whole[-len(part) :] == part:
        return True
    return len(part) > 1 and whole[-1] == part[-1] and whole[0] == part[0]


def _names_office(words: Sequence[str]) -> bool:
    """Whether the first words hold an office that goes on in small letters, if at all."""
    for index, word in enumerate(words[:6]):
        if _bare(word) in PREPOSITIONS or _bare(word) in ("who", "whose", "and"):
            return False
        if _bare(word) in OFFICES:
            following = words[index + 1 : index + 2]
            return len(words) <= LONGEST_ROLE + 3 and (not following or following[0][0].islower())
    return False
