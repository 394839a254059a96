"""What a chat has not been shown yet."""

import hashlib
from datetime import date

from ..model import Shown, StoryId
from ..read.words import words


def trace(sentence: str) -> str:
    """A short key, equal for sentences of equal words whatever their marks and spaces."""
    return hashlib.blake2b(" ".join(words(sentence)).encode(), digest_size=8).hexdigest()


def is_shown(sentence: str, shown: Shown) -> bool:
    """Whether an earlier digest of this chat held this sentence."""
    return trace(sentence) in shown.sentences


def day_of(story: StoryId, shown: Shown, local_day: date) -> int:
    """1 for a story that the chat has not seen; else the days since its first showing, plus one."""
    first = shown.stories.get(story)
    return 1 if first is None else max(1, (local_day - first).days + 1)
