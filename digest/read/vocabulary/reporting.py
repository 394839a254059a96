"""The words by which news says who spoke: reporting verbs, offices, words that are no name.

They are in ``seeds/reporting.toml``.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter

from seeds.wordlists import word_lists

_TABLE = "reporting.toml"
_ACCUSED = (  # whom somebody accuses "of" what is quoted; "was accused" says not by whom
    r"(?<!was )(?<!were )(?<!been )(?<!is )(?<!are )(?<!being )"
    r"accused(?= (?!by|of)[^.;:\n]{2,100} of (?:[a-z]+ing )?(?:to )?(?:an? |the )?$)"
)
_AS = r"(?=[^.;:\n]{1,100} as (?:being )?(?:an? |the )?$)"
_IN_LY = r"(?-i:(?!family|ally|assembly)[a-z]+ly)"
_ON_A_DAY = r"(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day"
IT_OR_THEY = frozenset(("it", "they"))  # a body, spoken of before
YEAR_OLD = "-year-old"  # "the 24-year-old" stands for whomever was spoken of
OWN_WORK = re.compile(  # "said in a statement that" is no other's statement
    r"\b(?:in|on|at) (?:an?|his|her|the) (?:[\w-]+ ){0,2}"
    r"(?:statement|interview|speech|letter|tweet|message|report|post)\b"
)
PARTY_OF = {"republican": "R", "democrat": "D"}
IN_FULL = {"gov": "governor", "sen": "senator", "rep": "representative", "gen": "general"}
POSSESSIVE = ("'s", "’s")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Lists of words of all languages together; the file says what each is for."""

    he: frozenset[str]
    she: frozenset[str]
    pronouns: frozenset[str]
    mister: frozenset[str]
    mrs: frozenset[str]
    ands: frozenset[str]
    clause_openers: frozenset[str]
    prepositions: frozenset[str]
    not_first: frozenset[str]
    unnamed: frozenset[str]
    offices: frozenset[str]
    offices_of_one: frozenset[str]
    abbreviated_titles: frozenset[str]
    honorifics: frozenset[str]
    modifiers: frozenset[str]
    limiting: frozenset[str]
    members: frozenset[str]
    royal_surnames: frozenset[str]
    starters: frozenset[str]
    parties: frozenset[str]
    companies: frozenset[str]
    never_in_names: frozenset[str]
    portfolios: frozenset[str]
    students: frozenset[str]
    sent: frozenset[str]
    whereabouts: frozenset[str]
    cared_for: frozenset[str]
    kin: frozenset[str]
    bodies: frozenset[str]
    no_bodies: frozenset[str]
    acronyms: frozenset[str]
    resolved: frozenset[str]
    unfinished: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The words by which speakers and their names are recognised."""
    return Vocabulary(**{field.name: frozenset(_words(field.name)) for field in fields(Vocabulary)})


@cache
def he_or_she() -> frozenset[str]:
    """The pronouns that refer back to one person."""
    return vocabulary().he | vocabulary().she


@cache
def other_sex() -> Mapping[str, re.Pattern[str]]:
    """For each pronoun, words after which it means somebody who is not named."""
    men, women = (
        re.compile(rf"\b(?:{'|'.join(_words(name))})\b", re.IGNORECASE) for name in ("men", "women")
    )
    return {word: women if word in vocabulary().he else men for word in he_or_she()}


@cache
def houses() -> frozenset[str]:
    """Bodies that are named in place of a state, such as "the Kremlin"."""
    return frozenset(_phrases("houses"))


@lru_cache(maxsize=16)  # languages, as in sentences
def verbs(language: str | None) -> re.Pattern[str]:
    """Verbs that report speech, in English and, if it is another, in the given language."""
    return _spoken(language, _words("verbs", "en"))


@lru_cache(maxsize=16)
def verbs_before(language: str | None) -> re.Pattern[str]:
    """Verbs that may introduce a quotation; the search ends at its mark."""
    voiced = (f"{verb}(?= $)" for verb in _words("voiced"))
    judged = (f"{verb}{_AS}" for verb in _words("judged"))
    return _spoken(
        language, (*_words("verbs", "en"), *_words("leading"), *voiced, *judged), _ACCUSED
    )


@cache
def adverbs_behind() -> re.Pattern[str]:
    """A pattern for the adverbs at the end of a phrase."""
    adverbs = "|".join((*_words("adverbs"), _IN_LY, _ON_A_DAY))
    return re.compile(rf"(?: +(?:{adverbs}))+$", re.IGNORECASE)


@cache
def indirect() -> re.Pattern[str]:
    """A pattern for words after a verb that show that it does not attribute what stands before it."""
    return re.compile(rf"\s+(?:{'|'.join(_words('indirect'))})\b")


@cache
def foreign_work() -> re.Pattern[str]:
    """A pattern for words that show that what is quoted is somebody else's work, or a title."""
    return re.compile(rf"\b(?:{'|'.join(_phrases('foreign_work'))})\b|, which $", re.IGNORECASE)


def _spoken(language: str | None, english: Iterable[str], *more: str) -> re.Pattern[str]:
    own = language if language != "en" else None
    foreign = (*_phrases("phrases", own), *_words("verbs", own)) if own else ()
    every = (*foreign, _by_letter(english), *_phrases("phrases", "en"), *more)
    return re.compile(rf"\b(?:{'|'.join(every)})\b")


def _by_letter(words: Iterable[str]) -> str:
    """The alternatives grouped by first letter, which halves the time of a search."""
    letters = groupby(sorted(words), key=itemgetter(0))
    return "|".join(
        f"{letter}(?:{'|'.join(word[1:] for word in alike)})" for letter, alike in letters
    )


def _words(name: str, language: str | None = None) -> tuple[str, ...]:
    return word_lists(_TABLE).words(name, language)


def _phrases(name: str, language: str | None = None) -> tuple[str, ...]:
    return word_lists(_TABLE).phrases(name, language)
