"""Finding many known phrases in one pass over a text, at exact offsets.

Aho & Corasick, "Efficient string matching", 1975, by pyahocorasick.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

import ahocorasick

T = TypeVar("T")

# Typographic variants of one sign; each pair is one code point to one, so offsets stay exact.
VARIANTS = (
    ("İ", "i"),  # the only code point whose lower case is longer than itself
    ("ς", "σ"),  # lower() writes a final sigma by its place in the word
    ("’", "'"),
    ("‘", "'"),
    ("ʼ", "'"),
    ("′", "'"),
    ("–", "-"),
    ("‐", "-"),
    ("‑", "-"),
    ("−", "-"),
    ("\u00a0", " "),
    ("\u202f", " "),
    ("\u2009", " "),
    ("\n", " "),
    ("\t", " "),
)


class Match(NamedTuple, Generic[T]):
    """A phrase that stands in a text; a tuple, which is made in half a dataclass's time."""

    start: int  # code points into the text given
    end: int  # one past the last
    phrase: str  # as it was entered in the lexicon
    values: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class _Phrase(Generic[T]):
    words: str
    capitals: tuple[int, ...]  # places that must be upper case in the text as well
    values: tuple[T, ...]


_Span: TypeAlias = tuple[int, int, _Phrase[T]]  # start, minus end: so a sort puts the longest first


class Lexicon(Generic[T]):
    """A set of phrases, each with one or more values, ready to be found.

    A capital in a phrase asks for a capital in the text ("Turkey" finds "TURKEY", never
    "turkey"; "US" never "us"); a small letter finds both. Raises ValueError on a blank phrase.
    """

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._layers = Layers(phrases)

    def matches(self, text: str) -> tuple[Match[T], ...]:
        """Phrases that stand in the text as whole words: leftmost, then longest, none overlapping.

        In text order. A hyphen or an apostrophe ends a word ("Russia's", "US-led").
        """
        return self._layers.matches(text)[0]


class Layers:
    """Several sets of phrases, found in one pass over a text as if each were a Lexicon."""

    def __init__(self, *layers: Iterable[tuple[str, Any]]) -> None:
        self._size = len(layers)
        by_key: dict[str, list[tuple[int, tuple[_Phrase[Any], ...]]]] = {}
        for layer, phrases in enumerate(layers):
            for key, spellings in _by_key(phrases).items():
                by_key.setdefault(key, []).append((layer, spellings))
        self._automaton = ahocorasick.Automaton()
        for key, spelled in by_key.items():
            self._automaton.add_word(key, (len(key), tuple(spelled)))
        self._automaton.make_automaton()

    def matches(self, text: str) -> tuple[tuple[Match[Any], ...], ...]:
        """What Lexicon.matches() finds, for each layer."""
        spans: tuple[list[_Span[Any]], ...] = tuple([] for _ in range(self._size))
        # The commonest hit by far is inside a longer word: that is asked without a call.
        for last, (length, spelled) in (
            self._automaton.iter(fold(text)) if len(self._automaton) else ()
        ):
            start = last + 1 - length
            if start and text[start - 1].isalnum() and text[start].isalnum():
                continue
            if _stands_alone(text, start, last + 1):
                for layer, spellings in spelled:
                    phrase = _spelled(text, start, spellings)
                    if phrase:
                        spans[layer].append((start, -last - 1, phrase))
        return tuple([_without_overlap(sorted(found)) for found in spans])


@lru_cache(maxsize=8)  # of one article the phrases and the words are asked for
def fold(text: str) -> str:
    """The text in lower case with one sign for each typographic variant; as long as it was."""
    for variant, sign in VARIANTS:
        text = text.replace(variant, sign)
    return text.lower().replace("ς", "σ")


def _by_key(phrases: Iterable[tuple[str, T]]) -> dict[str, tuple[_Phrase[T], ...]]:
    """Per folded phrase its spellings, the one with most capitals first."""
    values: dict[str, dict[str, list[T]]] = {}
    for words, value in phrases:
        if not words.strip():
            raise ValueError("a lexicon cannot hold a blank phrase")
        known = values.setdefault(fold(words), {}).setdefault(words, [])
        if value not in known:
            known.append(value)
    return {key: _spellings(spelled) for key, spelled in values.items()}


def _spellings(spelled: dict[str, list[T]]) -> tuple[_Phrase[T], ...]:
    phrases = (
        _Phrase(words, tuple(i for i, sign in enumerate(words) if sign.isupper()), tuple(values))
        for words, values in spelled.items()
    )
    return tuple(sorted(phrases, key=lambda phrase: -len(phrase.capitals)))


def _spelled(text: str, start: int, spellings: tuple[_Phrase[T], ...]) -> _Phrase[T] | None:
    """The spelling with most capitals that the text bears out; None if the text is too small."""
    for phrase in spellings:
        for place in phrase.capitals:
            if not text[start + place].isupper():
                break
        else:
            return phrase
    return None


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no word goes on over either edge."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before == after == " ":
        return True
    if before and _in_word(before) and _in_word(text[start]):
        return False
    return not (after and _in_word(after) and _in_word(text[end - 1]))


def _in_word(sign: str) -> bool:
    return sign.isalnum() or (sign > "~" and unicodedata.combining(sign) > 0)


def _without_overlap(spans: Iterable[_Span[T]]) -> tuple[Match[T], ...]:
    free_from, kept = 0, []
    for start, end, phrase in spans:
        if start >= free_from:
            kept.append(Match(start, -end, phrase.words, phrase.values))
            free_from = -end
    return tuple(kept)
