"""The key by which a chat remembers a sentence that it was shown."""

import hashlib

from ..read.vocabulary.words import words


def trace(sentence: str) -> str:
    """A short key, equal for sentences with the same words, whatever their punctuation and spaces."""
    plain = sentence.replace("’", "'")  # outlets differ in nothing else where one agency is quoted
    return hashlib.blake2b(" ".join(words(plain)).encode(), digest_size=8).hexdigest()
