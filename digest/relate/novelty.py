"""What a chat has not been shown yet."""

import hashlib

from ..model import Shown
from ..read.words import words


def trace(sentence: str) -> str:
    """A short key, equal for sentences of equal words whatever their marks and spaces."""
    plain = sentence.replace("’", "'")  # outlets differ in nothing else where one agency is quoted
    return hashlib.blake2b(" ".join(words(plain)).encode(), digest_size=8).hexdigest()


def is_shown(sentence: str, shown: Shown) -> bool:
    """Whether an earlier digest of this chat held this sentence."""
    return trace(sentence) in shown.sentences
