"""Stems of the words that carry meaning."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from threading import local

import Stemmer

from seeds.wordlists import word_lists

_LANGUAGES = {  # ISO 639-1 -> (Snowball algorithm, name of sumy's stop word list)
    "en": ("english", "english"),
    "fr": ("french", "french"),
    "de": ("german", "german"),
    "es": ("spanish", "spanish"),
    "it": ("italian", "italian"),
    "pt": ("portuguese", "portuguese"),
    "ru": ("russian", None),
    "tr": ("turkish", None),
    "ar": ("arabic", "arabic"),
    "uk": (None, "ukrainian"),
    "pl": ("polish", "polish"),
    "zh": (None, "chinese"),
}
_TABLE = "stop_words.toml"  # of languages for which sumy ships none
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+(?:[.,]\d+)*", re.UNICODE)
_AROUND = ".,\"“”'’‘-–—:;?!()"  # marks of which none begins or ends a word
_LONGEST = 40  # code points; what is longer is no word
_HAN = re.compile(r"[぀-ヿ㐀-鿿]")


def words(text: str) -> list[str]:
    """Words and numbers in text order, lower case; Chinese and Japanese by single characters."""
    return _words(text.lower().split(), is_han=_has_han(text))


def _words(pieces: Iterable[str], *, is_han: bool) -> list[str]:
    """The words in what lies between spaces."""
    found: list[str] = []
    for piece in pieces:
        bare = piece if piece.isalpha() else piece.strip(_AROUND)
        if bare.isalpha():  # half the time of the pattern alone
            found.append(bare)
        else:
            found += _WORD.findall(bare)
    if is_han:
        found = [part for word in found for part in (word if _HAN.match(word) else (word,))]
    return [word for word in found if len(word) <= _LONGEST]


def _has_han(text: str) -> bool:
    return not text.isascii() and _HAN.search(text) is not None


def stems(text: str, language: str | None = "en") -> list[str]:
    """Stems of the words of ``text`` without stop words, in text order."""
    code = language or "en"
    stop = stop_words(code)
    return [stem(word, code) for word in words(text) if word not in stop and len(word) > 1]


def vocabulary_of(text: str, language: str | None = "en") -> set[str]:
    """The same stems, each once: in half the time, since what comes again is not looked at again."""
    code = language or "en"
    found = set(_words(set(text.lower().split()), is_han=_has_han(text)))
    return {stem(word, code) for word in found - stop_words(code) if len(word) > 1}


@cache
def stop_words(language: str) -> frozenset[str]:
    """Words without meaning of their own; empty for a language without a list."""
    name = _LANGUAGES.get(language, (None, None))[1]
    if name is None:
        return frozenset(word_lists(_TABLE).words("common", language))
    # Read past sumy.utils, which takes 0.4 s to import.
    path = files("sumy") / "data" / "stopwords" / f"{name}.txt"
    return frozenset(path.read_text(encoding="utf-8").split("\n")) - {""}


@lru_cache(maxsize=200_000)  # a day of 10,000 articles has about 120,000 distinct words
def stem(word: str, language: str) -> str:
    """The stem of a lower-case word; the word itself for a language without a stemmer."""
    stemmer = _stemmer(language)
    bare = word.replace("’", "'").removesuffix("'s")
    return str(stemmer.stemWord(bare)) if stemmer else bare


class _Stemmers(local):
    """A stemmer of each language for each thread: a stemmer holds its current word as state."""

    def __init__(self) -> None:
        self.known: dict[str, Stemmer.Stemmer | None] = {}


_HERE = _Stemmers()


def _stemmer(language: str) -> Stemmer.Stemmer | None:
    if language not in _HERE.known:
        name = _LANGUAGES.get(language, (None, None))[0]
        _HERE.known[language] = Stemmer.Stemmer(name) if name else None
    return _HERE.known[language]
