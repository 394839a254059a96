"""Sentences that contradict what others say; their words are in ``seeds/reporting.toml``."""

import re
from functools import lru_cache

from seeds.wordlists import word_lists

_TABLE = "reporting.toml"
_ENGLISH = "en"  # what stands in where a language has no such words
_NOTHING = "(?!)"
# Behind these nobody denies it now: "was denied entry", "refused to deny", "after initially denying".
_NOT_NOW = "".join(
    rf"(?<!\b{word}\s)" for word in "be is are was were been to initially after".split()
)
_WORDS = (
    r"(?:[\w’'-]+\s){0,4}"  # between a verb and what is denied: "denies Western and other charges"
)


def denies(sentence: str, language: str | None) -> bool:
    """Whether somebody denies or rejects something in it: "Israel denies Hamas shot down plane"."""
    return _denying(language or _ENGLISH).search(sentence) is not None


def disputes(sentence: str, language: str | None) -> bool:
    """Whether somebody denies in it what others say, and does not merely reject a plan or deny entry.

    Never in a language without a list of claims.
    """
    return _disputing(language or _ENGLISH).search(sentence) is not None


def doubts(sentence: str, language: str | None) -> bool:
    """Whether it says that something cannot be verified; never in a language without words for that."""
    return _doubting(language or _ENGLISH).search(sentence) is not None


@lru_cache(maxsize=16)  # languages, as in sentences
def _denying(language: str) -> re.Pattern[str]:
    return re.compile(rf"{_NOT_NOW}\b(?:{_verbs(language)})\b", re.IGNORECASE)  # titles too


@lru_cache(maxsize=16)
def _disputing(language: str) -> re.Pattern[str]:
    claims = "|".join(word_lists(_TABLE).words("claims", language)) or _NOTHING
    return re.compile(
        rf"{_NOT_NOW}\b(?!disput)(?:{_verbs(language)})\s{_WORDS}(?:{claims})", re.IGNORECASE
    )


@lru_cache(maxsize=16)
def _doubting(language: str) -> re.Pattern[str]:
    unverified = "|".join(word_lists(_TABLE).phrases("unverified", language)) or _NOTHING
    return re.compile(rf"\b(?:{unverified})\b", re.IGNORECASE)


def _verbs(language: str) -> str:
    return "|".join(word_lists(_TABLE).words("denying", language)) or _NOTHING
