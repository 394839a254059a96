"""Sentences told from labels, titles and headings by their shape."""

import re
from functools import lru_cache

SHORTEST_PROSE = 80  # characters; teasers' labels and titles without a full stop are shorter

_END = re.compile(r"[.!?…。؟][\"'”’»“)\]]{0,3}$|[.!?…][\"'”’»“)\]]{0,3} ?\((?:\w+[/ ]?){1,3}\)$")
_BULLET = re.compile(r"\s*(?:[•·▪●■◦‣*–—-]\s+|\(?\d{1,2}[.)]\s|\(?[a-zа-я]\)\s)")


@lru_cache(maxsize=1024)  # one line is asked about some six times
def is_ended(line: str) -> bool:
    """Whether the line ends as a sentence does."""
    return bool(_END.search(line.rstrip()[-60:]))


def is_prose(line: str) -> bool:
    """Whether the line is a paragraph of sentences, not a label, title or heading."""
    return len(line) >= SHORTEST_PROSE and is_ended(line) and line.count(" ") >= 7


def is_item(line: str) -> bool:
    """Whether the line begins as an item of a list does: with a bullet, "1." or "(a)"."""
    return bool(_BULLET.match(line))


def is_unspaced(text: str) -> bool:
    """Whether the text is Chinese or Japanese, which put no spaces between words."""
    return len(text) >= 20 and sum("\u3040" <= sign <= "\u9fff" for sign in text) * 2 > len(text)
