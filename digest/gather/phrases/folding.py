"""Lines in the form in which lists of phrases match them: lower case, plain characters, no bullets."""

import re
import unicodedata
from functools import lru_cache

LONGEST_LINE = 400  # characters; what is longer is prose, whatever it begins with
LONGEST_LABEL = 70  # characters

_LEADING = re.compile(r"^[^\w©@#(]+", re.UNICODE)
_TRAILING = re.compile(r"[^\w)]+$", re.UNICODE)


@lru_cache(maxsize=1024)  # one line is asked about some ten times in a row
def fold(line: str) -> str:
    """The line as patterns match it: NFKC, lower case, plain apostrophes, no bullets and arrows."""
    return long_fold(line[: LONGEST_LINE + 1])


def label(line: str) -> str:
    """A short line as the lists of labels have it, without end marks; empty if it is too long."""
    if len(line) > LONGEST_LABEL:
        return ""
    return _TRAILING.sub("", fold(line))


def long_fold(paragraph: str) -> str:
    """A paragraph folded whole, for phrases that stand in long ones."""
    return " ".join(_LEADING.sub("", fold_signs(paragraph)).split())


def fold_signs(text: str) -> str:
    """The text in lower case and plain characters (NFKC), with all that it begins with."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return text.replace("’", "'").replace("ʼ", "'").replace("\u0307", "").replace("\u200b", "")
