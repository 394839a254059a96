"""The closed list of topics with the phrases that speak of them, and what diplomacy sounds like.

One TOML file for each topic; ``diplomacy.toml`` has phrases for and against "this is diplomacy at
all", ``others.toml`` those of other subjects, ``relevance.toml`` what was fitted to labelled articles.
Read on first use, then kept.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

SLUGS = (
    "peace-talks",
    "armed-conflict",
    "alliances",
    "sanctions",
    "trade",
    "arms-control",
    "united-nations",
    "european-union",
    "summits",
    "treaties",
    "embassies",
    "territory",
    "human-rights",
    "refugees",
    "aid",
    "climate",
    "energy",
    "cyber",
    "terrorism",
)  # in the order in which readers are shown them

Phrases = Mapping[str, Mapping[str, int]]  # language, then phrase: weight


@dataclass(frozen=True, slots=True)
class SeedTopic:
    """A topic and how to recognise it."""

    slug: str
    name: str  # English
    iptc: tuple[str, ...]  # IPTC Media Topics, https://cv.iptc.org/newscodes/mediatopic/
    phrases: Phrases  # 5 says it, 4 nearly, 3 in the title or twice, 2 and 1 hint


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic model of "this is diplomacy"; it separates best at 0.5."""

    intercept: float
    coefficients: tuple[float, ...]  # in the order of digest.read.about.topics.features


@dataclass(frozen=True, slots=True)
class Relevance:
    """What tests/quality/fit_relevance.py has fitted."""

    english: Model
    foreign: Model  # without fitted words and other subjects: those coefficients are 0
    fitted: Mapping[str, float]  # English phrase: log-odds, in place of the one set by hand
    words_bias: float  # so that the words of an average article add nothing
    words: Mapping[str, float]  # English word, folded: log-odds


@cache
def topics() -> tuple[SeedTopic, ...]:
    """All topics in the order of SLUGS."""
    return tuple(_topic(_table(slug)) for slug in SLUGS)


@cache
def diplomacy() -> Phrases:
    """Phrases with weights from 5 (surely diplomacy) to -5 (surely something else)."""
    return _phrases(_table("diplomacy"))


@cache
def others() -> Mapping[str, Mapping[str, int]]:
    """Subjects other than diplomacy, with their English phrases and weights."""
    return {
        str(subject): {str(phrase): int(weight) for phrase, weight in phrases.items()}
        for subject, phrases in _table("others").items()
    }


@cache
def relevance() -> Relevance:
    """The fitted model."""
    table = _table("relevance")
    return Relevance(
        english=_model(table["english"]),
        foreign=_model(table["foreign"]),
        fitted={str(phrase): float(odds) for phrase, odds in table["fitted"].items()},
        words_bias=float(table["words_bias"]),
        words={str(word): float(odds) for word, odds in table["words"].items()},
    )


def _model(table: Mapping[str, Any]) -> Model:
    return Model(
        intercept=float(table["intercept"]),
        coefficients=tuple(float(number) for number in table["coefficients"]),
    )


def _topic(table: Mapping[str, Any]) -> SeedTopic:
    return SeedTopic(
        slug=str(table["slug"]),
        name=str(table["name"]),
        iptc=tuple(str(number) for number in table["iptc"]),
        phrases=_phrases(table),
    )


def _phrases(table: Mapping[str, Any]) -> Phrases:
    return {
        str(language): {str(phrase): int(weight) for phrase, weight in weights.items()}
        for language, weights in table["phrases"].items()
    }


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))
