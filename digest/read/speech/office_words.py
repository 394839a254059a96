"""The office that an article puts beside a name: "the Russian foreign minister Novak", "Novak, an envoy,"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..about.actors import Mention
from ..about.gazetteer import places
from ..vocabulary.reporting import POSSESSIVE, houses, vocabulary
from .name_words import bare
from .names import Named, Names, word_before
from .office_forms import ends_sentence, head_of, shown

_LONGEST_ROLE = 9  # words
_LONGEST_APPOSITION = 12  # words
REACH = 100  # code points beside a name
_LONGEST_STATE = 40  # code points
_WORD = re.compile(r"[^\W_][\w.’'-]*")
_JOINED = re.compile("(?:then|ex)-")  # "then-Mexican president", "the ex-FBI director"
_NO_NAME = re.compile(r"[\d’']")
_BEHIND = re.compile(
    r",\s+(?:\d{1,3},\s+)?(?:who (?:is|was|serves as) (?:also )?)?"
    r"(?P<role>(?:U\.[SNK]\.|[^,.;:()\n\"“”«»]){3,80})(?=[,.;]|$)"
)
_CAPITALISED = "(?:[A-Z][\\w’'-]*|U\\.[SNK]\\.)"
_POSTED = re.compile(  # "ambassador to Ukraine": where an office is held, which is not whose it is
    rf" (?:to|for|in|at) (?P<place>(?:the )?{_CAPITALISED}"
    rf"(?:(?:,? and|,| of)? (?:the )?{_CAPITALISED}){{0,6}}),? $"
)
_OF = re.compile(r" of (?:the )?$")
_OF_STATE = re.compile(r" of (?:the )?(?=[A-Z])")
_ABROAD = (" to ", " in ", " at ")
_CLOSED = re.compile(r"\s*(?:[.;:()!?—–\n\"“”»]|$)|, (?=[a-z\d“\"])|,? and (?=[a-z])")
_LISTED = re.compile(r",|,? and\b")
_OPENS = re.compile(r"(?:^|\n|[.!?][”\"]? |, the )(?:[A-Z][\w’'.]* ){0,3}$")  # a sentence, a clause
_DETERMINER = re.compile(r"(?:an?|the|its|their|his|her|one of the)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Office:
    """What an article says about somebody's office."""

    role: str | None
    country: str | None


NO_OFFICE = Office(None, None)


class _Held(NamedTuple):
    """The place of the words of an office, and its state."""

    start: int
    end: int
    state: str | None


class OfficeWords:
    """The words of offices in one article. Built once for an article."""

    def __init__(self, text: str, names: Names) -> None:
        self._text, self._names = text, names
        self._states = names.states

    def beside(self, named: Named) -> Office:
        """The office before a name, or else the one after it; an empty Office if there is neither."""
        before = self._before(named)
        if before is None:
            return self._behind(named.end)
        state = before.state or self._state_behind(named.end)
        start = self._head_of(before)
        return Office(shown(self._text[start : before.end]), state)

    def _head_of(self, held: _Held) -> int:
        """The start of an office of which a body with a rank is only the end."""
        words = self._text[held.start : held.end]
        return head_of(self._text, held.start - REACH, words, held.start)

    def state_in(self, start: int, end: int) -> str | None:
        """The first state that the text names between two places."""
        return next((self._states[at].code for at in range(start, end) if at in self._states), None)

    def _state_behind(self, end: int) -> str | None:
        """The state in "Prime Minister Anna Novak of Norway"."""
        of = _OF_STATE.match(self._text, end)
        state = self._states.get(of.end()) if of else None
        return state.code if state else None

    def _before(self, named: Named) -> _Held | None:
        """The office before a name."""
        held = self._held_at(named.name_start) or self._posted(named.name_start)
        is_apposed = self._text[max(0, named.name_start - 2) : named.name_start] == ", "
        return None if held and is_apposed and not self._belongs(held, named) else held

    def _belongs(self, held: _Held, named: Named) -> bool:
        """Whether an office before a comma is of the person named there: no list, no "met him, X said"."""
        if _CLOSED.match(self._text, named.end):
            return True
        opens = _OPENS.search(self._text, max(0, held.start - REACH), held.start)
        if opens is None or _LISTED.match(self._text, named.end):
            return False
        return opens.group()[:1] != "," or self._names.ending_at(opens.start()) is None

    def _posted(self, end: int) -> _Held | None:
        """The "ambassador to Ukraine", whose state is the one that sends."""
        post = _POSTED.search(self._text, max(0, end - REACH), end)
        held = self._held_at(post.start()) if post else None
        return held._replace(end=post.end("place")) if post and held else None

    def _held_at(self, end: int) -> _Held | None:
        """The office whose words end at the place, including a state after "of"."""
        is_near = " of " in self._text[max(0, end - _LONGEST_STATE) : end]
        state = self._state_ending(end) if is_near else None
        of = state and _OF.search(self._text, max(0, state.start - REACH), state.start)
        if not (state and of):
            return self._led_up(end)
        held = self._led_up(of.start())
        return _Held(held.start, state.end, state.code) if held else None

    def _state_ending(self, end: int) -> Mention | None:
        """The state right before the place, or before a comma there."""
        behind = self._text[max(0, end - 2) : end]
        end -= len(behind) - len(behind.rstrip(", "))
        near = (self._states.get(at) for at in range(max(0, end - _LONGEST_STATE), end))
        return next((state for state in near if state and state.end == end), None)

    def _led_up(self, end: int) -> _Held | None:
        """The words of an office up to the place, and the state before them."""
        words = list(_WORD.finditer(self._text, max(0, end - REACH), end))
        role: list[re.Match[str]] = []
        state = None
        for word in reversed(words):
            following = role[0].start() if role else end
            if "\n" in self._text[word.end() : following]:
                break
            state = self._states.get(word.start())
            if state and self._is_apart(state, following):
                return self._as_held(role, None)
            house = role and state and self._text[state.start : state.end] in houses()
            if (state and not house) or not self._goes_on(word, role, following):
                break
            role.insert(0, word)
        return self._as_held(role, state)

    def _is_apart(self, state: Mention, following: int) -> bool:
        """Whether more than "'s" stands between a state and the words of an office."""
        between = self._text[state.end : following].strip()
        return between not in ("", *POSSESSIVE)

    def _as_held(self, role: Sequence[re.Match[str]], state: Mention | None) -> _Held | None:
        offices = [
            bare(word.group()) for word in role if bare(word.group()) in vocabulary().offices
        ]
        if not offices:
            return None
        first = role[1] if role[0].group() == "of" else role[0]  # "an ally of Foreign Secretary"
        start, end = first.start(), role[-1].end()
        if state is None:
            return _Held(start, end, self.state_in(start, end))
        code = state.code if self._is_owner(state, offices[-1]) else None
        limited = self._limited_from(state.start)
        return _Held(start if limited == state.start else limited, end, code)

    def _limited_from(self, start: int) -> int:
        """Where "Former deputy" begins before the state of "Former deputy Mexican president"."""
        while start and self._text[start - 1] == " ":
            before = word_before(self._text, start)
            at = start - 1 - len(before)
            # "Then Mexican president Novak left" says when, unlike "the then Mexican president".
            is_when = before.lower() == "then" and word_before(self._text, at) != "the"
            if bare(before) not in vocabulary().limiting or is_when:
                break
            start = at
        return start

    def _is_owner(self, state: Mention, office: str) -> bool:
        """Whether an office belongs to the state before it: not in "Syria envoy" or "in Rome President"."""
        owns = self._text.startswith(POSSESSIVE, state.end)
        if owns or self._text[state.start : state.end] not in places():
            return True
        if office in vocabulary().students or office in vocabulary().sent:
            return False
        return word_before(self._text, state.start).lower() not in vocabulary().whereabouts

    def _goes_on(self, word: re.Match[str], role: Sequence[re.Match[str]], following: int) -> bool:
        """Whether the word, to the left, still belongs to the words of an office."""
        gap = self._text[word.end() : following].strip()
        if len(role) >= _LONGEST_ROLE or gap not in ("", ",") or (gap and role):
            return False
        plain = bare(word.group())
        if plain == "of":
            return bool(role) and bare(role[0].group()) in vocabulary().starters
        unjoined = _JOINED.sub("", word.group())
        if word.end() - len(unjoined) in self._states:  # not reached at the state's own beginning
            return True
        if plain in vocabulary().honorifics or ends_sentence(unjoined):
            return False
        return (
            plain in vocabulary().offices or plain in vocabulary().modifiers or _is_proper(unjoined)
        )

    def _behind(self, start: int) -> Office:
        """The office in an apposition after a name: ", the Russian foreign minister,"."""
        match = _BEHIND.match(self._text, start, start + REACH)
        if not match:
            return NO_OFFICE
        at, end = match.span("role")
        determiner = _DETERMINER.match(self._text, at, end)
        at = determiner.end() if determiner else at
        state = self._states.get(at)
        if state:
            owns = self._text.startswith(POSSESSIVE, state.end)
            at = state.end + len("'s") if owns else state.end
        words = self._text[at:end].split(" who ")[0].split()
        if not _names_office(words):
            return NO_OFFICE
        office = next(bare(word) for word in words if bare(word) in vocabulary().offices)
        if state:
            return Office(" ".join(words), state.code if self._is_owner(state, office) else None)
        return Office(
            " ".join(words), None if office in vocabulary().students else self._state_of(at, end)
        )

    def _state_of(self, start: int, end: int) -> str | None:
        """The state in "president of Ukraine" or "envoy of Norway to Ukraine"."""
        for of in _OF_STATE.finditer(self._text, start, end):
            state = self._states.get(of.end())
            if state and (state.end == end or self._text.startswith(_ABROAD, state.end)):
                return state.code
        return None


def holds_office(phrase: str) -> bool:
    """Whether one of the words is an office."""
    return any(word.lower().strip(",") in vocabulary().offices for word in phrase.split())


def _is_proper(word: str) -> bool:
    """Whether a capitalised word may be part of an office's name: "Treasury"."""
    if not word[0].isupper() or _NO_NAME.search(word):
        return False
    return bare(word) not in vocabulary().starters or bare(word) in vocabulary().portfolios


def _names_office(words: Sequence[str]) -> bool:
    """Whether the first words contain an office that goes on in lower case, if at all."""
    for index, word in enumerate(words[:6]):
        if bare(word) in vocabulary().prepositions or bare(word) in ("who", "whose", "and"):
            return False
        if bare(word) in vocabulary().offices:
            following = words[index + 1 : index + 2]
            return len(words) <= _LONGEST_APPOSITION and (
                not following or following[0][0].islower()
            )
    return False
