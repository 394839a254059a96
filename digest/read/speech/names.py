"""Where an article names somebody: runs of capitalised words without offices, states and days."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice

from ..about.actors import Mention
from ..vocabulary.reporting import POSSESSIVE, vocabulary
from .name_words import (
    PlacedWord,
    bare,
    behind_credits,
    behind_starters,
    end_of,
    ends_before_name,
    in_no_name,
    is_name,
    is_title,
    openers,
    unrepeated,
    without_possessive,
)

_MOST_NAMESAKES = 30  # places of one word that are looked at; keeps a hostile text linear
_TITLE_REACH = 6  # code points before a name in which "Mrs" stands
_REACH = 24  # code points beside a name in which a word is looked for
_ARTICLE_REACH = 5  # the same for "the"
_UPPER = "".join(chr(code) for code in range(0x41, 0x530) if chr(code).isupper())
_PARTICLE = "(?:de|da|di|du|del|della|der|den|van|von|bin|bint|ibn|al|el|la|le|dos|do|ter|ten)"
_UNSPACED = re.compile(r"\S+")
_ADJECTIVE_END = re.compile(r"(?:an|sh|se|ch|li|qi|sk|ka|US|S\.|EU)$")  # of "Russian", "British"
_POST = re.compile(  # "minister for Europe and the Middle East [Anna Novak]"
    r"\b(?:[Mm]inister(?: of [Ss]tate)?|[Ss]ecretary of [Ss]tate|[Uu]nder-?[Ss]ecretary|[Aa]mbassador"
    r"|[Ee]nvoy|[Rr]apporteur|[Cc]ommissioner|(?:[Ss]pecial|[Hh]igh) [Rr]epresentative)"
    r"(?: of (?:the )?[A-Z]\w+)? (?:to|for) (?:the )?"
    r"(?:[A-Z][\w-]*(?:,? and(?: the)?|,)? )*$"
)
_POST_REACH = 100  # code points
_LEADING_TO_PLACE = frozenset("to for the and".split())
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())


@dataclass(frozen=True, slots=True)
class Named:
    """A run of capitalised words that ends in somebody's name."""

    start: int  # of the run, an office before the name included
    name_start: int
    end: int
    words: tuple[str, ...]  # of the name
    titled: bool  # an office or "Mr" stands before it


class Names:
    """The places where one article names somebody.

    ``states`` has the states that the text names, by start: they are no part of a name.
    """

    def __init__(self, text: str, states: Mapping[int, Mention]) -> None:
        self._text, self.states = text, states
        runs, left_out = name_run().finditer(text), in_no_name()
        self._runs = [run.span() for run in runs if run.group() not in left_out]
        self._cleaned: dict[int, Named | None] = {}  # per run, as far as it was asked for

    def ending_at(self, end: int) -> Named | None:
        """The person named right before the place."""
        index = bisect_left(self._runs, (end,)) - 1
        named = self._named(index) if index >= 0 and self._runs[index][1] >= end else None
        return named if named and end in (named.end, self._runs[index][1]) else None

    def between(self, start: int, end: int) -> tuple[Named, ...]:
        """The persons named from ``start`` on and before ``end``, in text order."""
        first, last = bisect_left(self._runs, (start,)), bisect_left(self._runs, (end,))
        return tuple(named for index in range(first, last) if (named := self._named(index)))

    def with_word(self, word: str) -> Iterator[Named]:
        """Names that may contain the word, in text order; only its first places."""
        for named in self.runs_with(word):
            if named and not self.stands_with_article(named):
                yield named

    def runs_with(self, word: str) -> Iterator[Named | None]:
        """For each run with the word, whom it names, or None for nobody; only its first places."""
        indices = self._runs_by_word.get(word.lower(), ())
        return map(self._named, islice(indices, _MOST_NAMESAKES))

    def stands_with_article(self, named: Named) -> bool:
        """Whether "the" stands before a name, which is then no person's."""
        if named.start != named.name_start:
            return False
        return word_before(self._text, named.start, within=_ARTICLE_REACH).lower() == "the"

    def titles_before(self, named: Named) -> frozenset[str]:
        """The words right before a name, and its office, bare: "mrs", "sir"."""
        low = max(0, named.start - _TITLE_REACH)
        return frozenset(map(bare, self._text[low : named.name_start].split()))

    @cached_property
    def _runs_by_word(self) -> Mapping[str, Sequence[int]]:
        by_word = defaultdict[str, list[int]](list)
        for index, (start, end) in enumerate(self._runs):
            for word in self._text[start:end].lower().split():
                by_word[word[:-2] if word[-2:] in POSSESSIVE else word].append(index)
        return by_word

    def _named(self, index: int) -> Named | None:
        if index not in self._cleaned:
            self._cleaned[index] = self._clean(*self._runs[index])
        return self._cleaned[index]

    def _clean(self, start: int, end: int) -> Named | None:
        """What is left of a run without offices, states and days; None if that is no name."""
        before = word_before(self._text, start)
        if before.lower() in vocabulary().companies:
            return None
        words = [(w.start(), w.group()) for w in _UNSPACED.finditer(self._text, start, end)]
        at, last = words[-1]
        words[-1] = (at, without_possessive(last))
        if len(words) > 1 and bare(last) in _DAYS:  # "Smith Tuesday"
            words.pop()
        until = 0
        # "Anna Smith MP, Foreign Secretary".
        if len(words) > 2 and words[-1][1] in vocabulary().members:
            until = end_of(words)
            words.pop()
        office = self._post(start, before)
        post = self._behind_place(words, before) if office else 0
        first = self._name_begins(words, before, post)
        name = unrepeated(words[first:], self._text[end_of(words) : end_of(words) + _REACH])
        if not name or not is_name([word for _, word in name]) or self._is_state(name):
            return None
        if post and len(name) < 2:  # "ambassador to Addis Ababa"
            return None
        leading = [word for _, word in words[:first]] or [before]
        titled = post > 0 or any(map(is_title, leading[-2:]))
        begin = office.start() if office and post else start
        return Named(
            begin, name[0][0], until or end_of(name), tuple(word for _, word in name), titled
        )

    def _name_begins(self, words: Sequence[PlacedWord], before: str, post: int) -> int:
        """The index of the first word of the name: after the last word that can be in none."""
        first = self._behind_offices(words) or post or behind_credits(words)
        first = behind_starters(words, first, titled=first > 0 or is_title(before))
        return self._behind_states(words, first)

    def _post(self, start: int, before: str) -> re.Match[str] | None:
        """The office before a place that is joined to a name: "minister for Europe Anna Novak"."""
        if before not in _LEADING_TO_PLACE:
            return None
        return _POST.search(self._text, max(0, start - _POST_REACH), start)

    def _behind_place(self, words: Sequence[PlacedWord], before: str) -> int:
        """How many words the place has, at least one.

        After "and" only words that no name contains: "minister for Europe and Anna Novak" are two.
        """
        state = self.states.get(words[0][0])
        if state:
            return next((i for i, (at, _) in enumerate(words) if at >= state.end), len(words))
        known = max(
            (i for i, (_, word) in enumerate(words, 1) if bare(word) in _places()), default=0
        )
        return known or int(before != "and")

    def _behind_offices(self, words: Sequence[PlacedWord]) -> int:
        first, opening = 0, openers()
        for index, (_, word) in enumerate(words):
            opens = bare(word) in opening and index < len(words) - 1
            if opens or (ends_before_name(word) and not self._is_surname(words, first, index)):
                first = index + 1
        return first

    def _is_surname(self, words: Sequence[PlacedWord], first: int, index: int) -> bool:
        """Whether "King" ends a name, as in "Rep. Peter King", and is not "Saudi King"."""
        if (
            index + 1 < len(words)
            or index == first
            or bare(words[index][1]) not in vocabulary().royal_surnames
        ):
            return False
        at, before = words[index - 1]
        return (
            at not in self.states
            and bare(before) not in vocabulary().starters
            and bare(before) not in vocabulary().modifiers
        )

    def _behind_states(self, words: Sequence[PlacedWord], first: int) -> int:
        """``first`` moved past states ("Russian Lavrov"), but never into "Chad Smith"."""
        while first < len(words) and words[first][0] in self.states:
            until = self.states[words[first][0]].end
            behind = next((i for i, (at, _) in enumerate(words) if at >= until), len(words))
            if behind == len(words) or (len(words) - behind == 1 and not self._is_adjective(until)):
                break
            first = behind
        return first

    def _is_adjective(self, end: int) -> bool:
        return _ADJECTIVE_END.search(self._text, max(0, end - 2), end) is not None

    def _is_state(self, name: Sequence[PlacedWord]) -> bool:
        state = self.states.get(name[0][0])
        at, last = name[-1]
        return state is not None and state.end >= at + len(last.rstrip("."))


@cache
def name_run() -> re.Pattern[str]:
    """A pattern for capitalised words in a row, with what may stand between parts of a name."""
    titles = "|".join(
        rf"(?<=\b{title}\.)" for title in (*sorted(vocabulary().abbreviated_titles), "Cmdr")
    )
    # A pattern that begins with one set of signs is searched for five times as fast.
    capitalised = (
        rf"[{_UPPER}](?<!\w.)(?:\.(?:-?[{_UPPER}]\.)*|\w*(?:[-’'][^\W\d_]+)*(?:\.(?:{titles}))?)"
    )
    following = rf"(?:{_PARTICLE}[ \u00a0]){{0,2}}(?:(?:al|el|ad|as|an|ul)-)?{capitalised}"
    return re.compile(rf"{capitalised}(?:[ \u00a0]{following}){{0,9}}")


@cache
def _places() -> frozenset[str]:
    """Words for what a minister or an envoy is for, or sent to."""
    return vocabulary().never_in_names | vocabulary().starters | vocabulary().cared_for


def word_before(text: str, at: int, *, within: int = _REACH) -> str:
    """The last word before the place with its punctuation; empty if there is none near.

    ``within`` is in code points; of a longer word only the end is given.
    """
    before = text[max(0, at - within) : at].split()
    return before[-1] if before else ""
