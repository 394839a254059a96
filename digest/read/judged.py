"""A sentence with the words of its language by which it is judged; they are in ``seeds/standing.toml``."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

_TABLE = "standing.toml"
_ENGLISH = frozenset({"the", "of", "and", "said", "with"})  # of no other language here: saves time
_LETTERS_WEIGH = 2  # common words
AROUND = "\"'“”‘’„«»()[].,:;!?…–—-"
WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"  # of a pattern
WORD = re.compile(r"\w+(?:['’-]\w+)*")


@dataclass(frozen=True, slots=True)
class Words:
    """What is looked for in the sentences of one language."""

    first: frozenset[str]
    phrases: re.Pattern[str]
    heads: frozenset[str]  # the first words of the phrases
    free: re.Pattern[str]
    leaning: (
        re.Pattern[str] | None
    )  # None for English, whose rules are code, and where none are known
    personal: frozenset[str]
    page: dict[str, tuple[str, ...]]  # phrases of the page by their longest word


class Judged(NamedTuple):
    """A sentence with what every question needs of it."""

    text: str
    lower: str
    tokens: tuple[str, ...]  # in lower case
    known: frozenset[str]
    code: str  # of the language

    @property
    def words(self) -> Words | None:
        """The words of its language, None if none are known."""
        return _words(self.code) if self.code in _table() else None


@lru_cache(maxsize=16)  # noise, then dangling, are asked of one sentence after the other
def judged(sentence: str, language: str | None) -> Judged:
    """The sentence in parts; a language that is not given is told by its words."""
    text = sentence.strip()
    lower = text.lower()
    tokens = tuple([word.strip(AROUND) for word in lower.replace("’", "'").split()])
    known = frozenset(tokens)
    return Judged(text, lower, tokens, known, _language(language, lower, known))


def listed(code: str, key: str) -> tuple[str, ...]:
    """The words of one list of a language."""
    return tuple(_table()[code][key].split())


def _language(given: str | None, lower: str, known: frozenset[str]) -> str:
    """The given language without its region; else the one whose common words and letters are found."""
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
        (code, frozenset(words["common"].split()), frozenset(words["letters"]))
        for code, words in _table().items()
    )


@cache
def _words(code: str) -> Words:
    table = _table()[code]
    phrases, page = _listed(table["phrases"]), _by_longest_word(_listed(table["page"]))
    return Words(
        first=frozenset(table["first"].split()),
        phrases=re.compile(f"(?:{'|'.join(map(re.escape, phrases))})(?!\\w)"),
        heads=frozenset(re.split(r"['’ ,]", phrase)[0] for phrase in phrases),
        free=re.compile("|".join(_listed(table["free"]))),
        leaning=re.compile("|".join(_listed(table["leaning"]))) if "leaning" in table else None,
        personal=frozenset(table["personal"].split()),
        page=page,
    )


def _by_longest_word(phrases: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for phrase in phrases:
        word = max(WORD.findall(phrase), key=len)
        found[word] = (*found.get(word, ()), phrase)
    return found


def _listed(text: str) -> tuple[str, ...]:
    parts = text.replace("\n", " | ").split(" | ")
    return tuple(part.strip() for part in parts if part.strip())


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("seeds") / _TABLE).read_text(encoding="utf-8"))
