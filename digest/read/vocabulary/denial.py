"""Sentences that contradict what others say; their words are in ``seeds/reporting.toml``."""

import re
from functools import lru_cache

from seeds.wordlists import word_lists

_ENGLISH = "en"  # what stands in where a language has no such words


def denies(sentence: str, language: str | None) -> bool:
    """Whether somebody denies or rejects something in it: "Israel denies Hamas shot down plane"."""
    return _denying(language or _ENGLISH).search(sentence) is not None


@lru_cache(maxsize=16)  # languages, as in sentences
def _denying(language: str) -> re.Pattern[str]:
    words = word_lists("reporting.toml").words("denying", language)
    return re.compile(rf"\b(?:{'|'.join(words) or '(?!)'})\b")
