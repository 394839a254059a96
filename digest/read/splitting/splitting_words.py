"""The words by which sentences of a language are split; they are in ``seeds/sentences.toml``."""

from dataclasses import dataclass
from functools import lru_cache

from seeds.wordlists import word_lists

_TABLE = "sentences.toml"
# Its lists of words that a stop may end, and the others.
_SHORTENED = tuple("titles loose closing numbering years".split())
_OTHERS = (
    *("ordinals", "starters", "carrying", "speech", "after_speech", "after_time", "months"),
    *("parting", "doubtful", "kinds", "prompting"),
)


@dataclass(frozen=True, slots=True)
class Rules:
    """Lists of words of one language, or of all; the file says what each is for."""

    titles: frozenset[str]
    loose: frozenset[str]
    closing: frozenset[str]
    numbering: frozenset[str]
    ordinals: frozenset[str]
    starters: frozenset[str]
    carrying: frozenset[str]
    speech: frozenset[str]
    after_speech: frozenset[str]
    after_time: frozenset[str]
    years: frozenset[str]
    months: frozenset[str]
    parting: frozenset[str]
    doubtful: frozenset[str]
    kinds: frozenset[str]
    prompting: frozenset[str]
    shortened: frozenset[str]  # all of titles, loose, closing, numbering and years, in lower case


@lru_cache(maxsize=16)  # languages: what a page says of itself may be any two letters
def rules_of(language: str | None) -> Rules:
    """The rules of a language; for one without rules, those of all languages together."""
    lists = word_lists(_TABLE)
    own = (language or "").partition("-")[0].lower()
    code = own if own in lists.languages else None
    words = {name: frozenset(lists.words(name, code)) for name in (*_SHORTENED, *_OTHERS)}
    shortened = frozenset(word.lower() for name in _SHORTENED for word in words[name])
    return Rules(shortened=shortened, **words)
