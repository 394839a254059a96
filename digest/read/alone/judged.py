"""A sentence, prepared to be judged, and the word lists of its language from ``seeds/standing.toml``."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from seeds.wordlists import word_lists

_TABLE = "standing.toml"
_ENGLISH = frozenset(
    {"the", "of", "and", "said", "with"}
)  # in no other language here: saves the scoring
_LETTERS_WEIGH = 2  # common words that a letter of its own counts for
_NAMED = re.compile(r"\{([a-z_]+)\}")  # a word list to put in; "{1,8}" is a quantifier
_NOTHING = "(?!)"  # matches nothing
AROUND = "\"'“”‘’„«»()[].,:;!?…–—-"
WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"  # part of a pattern
WORD = re.compile(r"\w+(?:['’-]\w+)*")


@dataclass(frozen=True, slots=True)
class Words:
    """The word lists of one language, compiled; the head of ``seeds/standing.toml`` explains each."""

    first: frozenset[str]
    phrases: re.Pattern[str]
    heads: frozenset[str]  # the first words of the phrases
    free: re.Pattern[str]
    # None without such phrases, as in English, whose rules are code
    leaning: re.Pattern[str] | None
    personal: frozenset[str]
    page: dict[str, tuple[str, ...]]  # phrases by their longest word, which is looked up first


class Judged(NamedTuple):
    """A sentence with what every rule needs of it."""

    text: str
    lower: str
    tokens: tuple[str, ...]  # in lower case
    known: frozenset[str]
    code: str  # of the language

    @property
    def words(self) -> Words | None:
        """The words of its language, None if none are known."""
        return _words(self.code) if self.code in word_lists(_TABLE).languages else None


@lru_cache(maxsize=16)  # one sentence is asked for several times in a row
def judged(sentence: str, language: str | None) -> Judged:
    """The sentence, prepared; a language that is not given is guessed from its words."""
    text = sentence.strip()
    lower = text.lower()
    tokens = tuple([word.strip(AROUND) for word in lower.replace("’", "'").split()])
    known = frozenset(tokens)
    return Judged(text, lower, tokens, known, _language(language, lower, known))


def listed(code: str, key: str) -> tuple[str, ...]:
    """The words of one list of a language."""
    return word_lists(_TABLE).words(key, code)


@cache
def pattern(template: str) -> re.Pattern[str]:
    """The regular expression with English word lists in place of their names: "the (?:{papers}) said"."""
    named = {name: "|".join(listed("en", name)) for name in _NAMED.findall(template)}
    return re.compile(_NAMED.sub(lambda found: named[found[1]], template))


def _language(given: str | None, lower: str, known: frozenset[str]) -> str:
    """The given language without its region; else that with most of its words and letters in the sentence."""
    if given is not None:
        return given.partition("-")[0].lower()
    if not known.isdisjoint(_ENGLISH):
        return "en"
    letters = set(lower)
    scores = {
        code: len(common & known) + _LETTERS_WEIGH * (not own.isdisjoint(letters))
        for code, common, own in _signs()
    }
    return max(scores, key=scores.__getitem__)


@cache
def _signs() -> tuple[tuple[str, frozenset[str], frozenset[str]], ...]:
    """Each language with its common words and its letters."""
    return tuple(
        (code, frozenset(listed(code, "common")), frozenset("".join(listed(code, "letters"))))
        for code in word_lists(_TABLE).languages
    )


@cache
def _words(code: str) -> Words:
    phrases, leaning = _phrases(code, "phrases"), _phrases(code, "leaning")
    return Words(
        first=frozenset(listed(code, "first")),
        phrases=re.compile(f"(?:{'|'.join(map(re.escape, phrases))})(?!\\w)"),
        heads=frozenset(re.split(r"['’ ,]", phrase)[0] for phrase in phrases),
        free=re.compile("|".join(_phrases(code, "free")) or _NOTHING),
        leaning=re.compile("|".join(leaning)) if leaning else None,
        personal=frozenset(listed(code, "personal")),
        page=_by_longest_word(_phrases(code, "page")),
    )


def _phrases(code: str, key: str) -> tuple[str, ...]:
    return word_lists(_TABLE).phrases(key, code)


def _by_longest_word(phrases: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for phrase in phrases:
        word = max(WORD.findall(phrase), key=len)
        found[word] = (*found.get(word, ()), phrase)
    return found
