"""What a chat has not been shown yet."""

import hashlib

from ..read.vocabulary.words import words


def trace(sentence: str) -> str:
    """A short key, equal for sentences of equal words whatever their marks and spaces."""
    plain = sentence.replace("’", "'")  # outlets differ in nothing else where one agency is quoted
    return hashlib.blake2b(" ".join(words(plain)).encode(), digest_size=8).hexdigest()
