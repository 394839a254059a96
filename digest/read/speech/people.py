"""The people whom an article names, each by the fullest name that it has for them."""

import re
from bisect import bisect_left
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache, cached_property
from itertools import pairwise
from operator import attrgetter

from ..about.actors import PersonMention, people
from ..about.gazetteer import Alias, Official, Tenure, found
from ..vocabulary.given_names import clashes, formal, is_known
from ..vocabulary.reporting import vocabulary
from .bodies import is_no_body
from .name_words import bare, is_title, without_possessive
from .names import Named, Names, name_run, word_before

_TITLE_REACH = 5  # code points before a name in which "Mrs" stands
_ALIKE = 5  # code points at the beginning of two spellings of a name
_NEAR = 500  # code points before a surname in which its bearer is named in full
_INTRODUCED = re.compile(r", (?:\d{1,3}|an? [^.,;\n]{3,60}),")

_Words = tuple[str, ...]  # of a name


@cache
def of_kin() -> re.Pattern[str]:
    """A pattern for words that make a name that of a relative: the surname may then mean either."""
    return re.compile(rf"[’']s (?:\w+ )?(?:{'|'.join(sorted(vocabulary().kin))})\b")


class People:
    """The people whom one article names. Built once for an article; every answer is repeatable."""

    def __init__(self, text: str, names: Names, *, title: str, day: date) -> None:
        self._text, self._names, self._title, self._day = text, names, title, day
        self._known: dict[_Words, set[_Words]] = {}
        self._serving: dict[str, Official] = {}

    def fullest(self, named: Named) -> str | None:
        """The fullest name that the article has for this person; None if that is not certain."""
        known = self._known.get(named.words)
        if known is None:
            known = self._known[named.words] = self._full_names(named.words)
        if known:
            return self._one_of(known, named)
        if len(named.words) > 1:
            with_article = self._names.stands_with_article(named)
            return None if with_article else " ".join(named.words)
        return self._of_surname(named.words[0], named.name_start)

    def lone(self, named: Named) -> str | None:
        """A single name that is never beside another, and occurs twice or with an age or occupation."""
        stripped = named.name_start > named.start and not named.titled  # "Islamic Jihad"
        if stripped or len(named.words) > 1 or is_no_body(named.words[0]):
            return None
        if self._names.stands_with_article(named):
            return None
        runs = tuple(self._names.runs_with(named.words[0]))
        told = len(runs) > 1 or self._is_introduced(named)
        alone = all(other is not None and self._is_same(other, named) for other in runs)
        return named.words[0] if alone and told else None

    def catalogued(self, surname: str) -> PersonMention | None:
        """The one known person whom the article means by a surname."""
        return self._mentions.get(surname.lower())

    def all_catalogued(self) -> Collection[PersonMention]:
        """Every known person whose surname means nobody else in the article."""
        return self._mentions.values()

    def tenure(self, speaker: str) -> Tenure | None:
        """The office of a person who was known only by a surname: "Obama said"."""
        bearer = self._serving.get(speaker)
        return bearer.office(self._day) if bearer else None

    @cached_property
    def _mentions(self) -> Mapping[str, PersonMention]:
        """For each surname, in lower case, the one known person whom the article means by it."""
        by_surname: dict[str, list[PersonMention]] = {}
        for mention in people(self._text, title=self._title, at=self._day):
            words = {mention.name, self._text[mention.start : mention.end] or mention.name}
            for surname in {word.split()[-1].lower() for word in words}:
                by_surname.setdefault(surname, []).append(mention)
        return {surname: found[0] for surname, found in by_surname.items() if len(found) == 1}

    # --- a single name

    def _is_introduced(self, named: Named) -> bool:
        """Whether an age or an occupation follows a name that is joined to no other."""
        joined = word_before(self._text, named.start) == "and"
        return not joined and _INTRODUCED.match(self._text, named.end) is not None

    def _is_same(self, other: Named, named: Named) -> bool:
        """Whether exactly these words stand there, not as in "Anna [Novak, who left]"."""
        return other.words == named.words and self._text[other.start - 1 : other.start] != "["

    def _of_surname(self, surname: str, at: int) -> str | None:
        """The person meant by a surname that is in none of the article's full names."""
        mention = self.catalogued(surname)
        if mention:
            return _as_written(mention.name, surname)
        if self._is_titled(surname):
            return surname
        return self._in_title(surname) or self._in_office(surname, at)

    def _is_titled(self, surname: str) -> bool:
        """Whether it follows a title, and is nobody else's surname."""
        same = tuple(self._names.with_word(surname))
        others = any(len(named.words) > 1 and named.words[-1] == surname for named in same)
        return not others and any(named.titled and named.words == (surname,) for named in same)

    def _in_title(self, surname: str) -> str | None:
        """The one full name that the title has for a surname."""
        names = {name for name in self._title_names if name.endswith(f" {surname}")}
        others = any(len(named.words) > 1 for named in self._names.with_word(surname))
        return next(iter(names)) if len(names) == 1 and not others else None

    @cached_property
    def _title_names(self) -> Collection[str]:
        """Names in a title that begin with a common given name; a title all in capitals tells nothing."""
        words = [word for word in self._title.split() if len(word) > 3]
        if 2 * sum(word[0].isupper() for word in words) > len(words) + 4:
            return ()
        runs = (
            run.group().split()
            for run in name_run().finditer(self._title)
            if not of_kin().match(self._title, run.end() - 2)
        )
        names = {
            f"{given} {without_possessive(surname)}"
            for run in runs
            for given, surname in pairwise(run)
        }
        return set(filter(is_known, names))

    def _in_office(self, surname: str, start: int) -> str | None:
        """The one known person in office with a surname that stands alone: "Obama said"."""
        matches = found(self._text)
        index = bisect_left(matches, start, key=attrgetter("start"))
        if index == len(matches) or matches[index].start != start:
            return None
        bearers = [value.person for value in matches[index].values if isinstance(value, Alias)]
        if len(bearers) != 1 or bearers[0].office(self._day) is None:
            return None
        name = _as_written(bearers[0].name, surname)
        self._serving[name] = bearers[0]
        return name

    # --- the full name

    def _full_names(self, words: _Words) -> set[_Words]:
        """The full names that end in these words, or begin so, or have only one word more: "Smith Jr." """
        full = [named for named in self._names.with_word(words[-1]) if len(named.words) > 1]
        if len(words) == 1 and all(of_kin().match(self._text, named.end) for named in full):
            return set()
        names = {named.words for named in full}
        ending = {full for full in names if _fits(full, words)}
        if ending or len(words) > 1:
            return ending
        beginning = {full for full in names if full[0].lower() == words[0].lower()}
        if beginning or self.catalogued(words[0]):
            return beginning  # "Trump" is not the Donald Trump Jr. of the article
        return {full for full in names if len(full) > 2 and full[-2] == words[0]}

    def _one_of(self, known: set[_Words], named: Named) -> str | None:
        """The full name that is meant, or whose bearer is in office; None in case of doubt."""
        if len(named.words) > 1:
            return _sole(known)
        pronoun = self._pronoun(named)
        if len(known) > 1:
            known = {full for full in known if not clashes(" ".join(full), pronoun)} or known
        if not _is_one(known):
            known = self._named_before(named) & known or known
        holder = self.catalogued(named.words[0])
        if holder is None or pronoun == "she" or (_is_one(known) and self._is_in_full(holder)):
            return _sole(known)
        fitting = {full for full in known if full[0][0] == holder.name[0]}
        if fitting:  # the President among the Obamas
            return _longest(fitting)
        return holder.name if named.titled else None

    def _named_before(self, named: Named) -> set[_Words]:
        """The one full name right before a surname of several: "Ann Smith", then "Smith"."""
        near = self._names.between(max(0, named.start - _NEAR), named.start)
        same = [other for other in near if other.words[-1] == named.words[0]]
        names = {other.words for other in same if len(other.words) > 1}
        if len(names) != 1 or len(same[-1].words) == 1 or self._is_kin(same[-1]):
            return set()
        return names if is_known(" ".join(same[-1].words)) else set()

    def _is_kin(self, named: Named) -> bool:
        """Whether a name is that of somebody's relative: "Smith's wife Ann Smith"."""
        return word_before(self._text, named.start) in vocabulary().kin

    def _is_in_full(self, holder: PersonMention) -> bool:
        """Whether the article has more of a known person than a surname after a title."""
        written = self._text[holder.start : holder.end].split()
        return len(written) > 1 and not is_title(written[0])

    def _pronoun(self, named: Named) -> str:
        """ "he" or "she", if a title before a name shows it."""
        before = self._text[max(0, named.start - _TITLE_REACH) : named.name_start].split()[-1:]
        title = bare(before[0]) if before else ""
        return "she" if title in ("mrs", "ms", "miss", "lady") else "he" if title == "mr" else ""


def _as_written(name: str, surname: str) -> str:
    """The name with its surname as the article spells it: "Zelenskyy" for "Zelensky"."""
    given, _, known = name.rpartition(" ")
    is_spelling = known[:_ALIKE].lower() == surname[:_ALIKE].lower() and surname[0].isupper()
    return f"{given} {surname}" if given and is_spelling else name


def _sole(names: set[_Words]) -> str | None:
    return _longest(names) if _is_one(names) else None


def _longest(names: set[_Words]) -> str:
    return " ".join(max((len(full), full) for full in names)[1])


def _is_one(names: set[_Words]) -> bool:
    """Whether full names are one person's: they begin alike, or one ends with the other."""
    if len(names) == 1:
        return True
    folded = set(map(_folded, names))
    longest = max(folded, key=len)
    given = formal(longest[0])
    return all(formal(name[0]) == given or longest[-len(name) :] == name for name in folded)


def _fits(full: _Words, words: _Words) -> bool:
    """Whether a shorter name may mean the bearer of the full one."""
    whole, part = _folded(full), _folded(words)
    if whole[-len(part) :] == part:
        return True
    return len(part) > 1 and whole[-1] == part[-1] and whole[0] == part[0]


def _folded(name: _Words) -> _Words:
    return tuple(word.lower() for word in name)
