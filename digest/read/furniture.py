"""Signs that a sentence belongs to its page: captions, bylines, stamps, lists and labels."""

import re

_SIGN = re.compile("[©®►•▶■|@#»/]")
_SIGNS = re.compile(r"[©®►•▶■|]|»$|(?<!\w)[@#]\w|https?:|pic\.twitter")
_AT_START = re.compile(
    r"\W*(?:\d{1,2}[.)]|[*•–—-]) |\([^()]*\)\W*$|(?:File|FILE|ADVERTISEMENT|CLOSE|Story [Cc]ontinue[sd])\b"
    r"|\(?(?:(?:Additional )?[Rr]eporting|Writing|Editing|Compiled) by [A-Z]"
    r"|[Aa] (?:screengrab|screenshot)|(?:Q|A): "
    r"|(?:View|Watch|Click|Read|Check out|Find out|Listen to|Subscribe to|More on) [a-z]"
    r"|By (?!Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|\w+day)[A-Z][\w.'’-]+ (?:[A-Z][\w.'’-]+ ?){1,3}"
    r"(?:,|for\b|and [A-Z]|in [A-Z]|\W*$)|(?:[A-Z][A-Z’'-]+ ){3}[A-Z]{2}"
)
_DATED = re.compile(
    r"day, (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z.]* \d{1,2}, \d{4}"
)
_PLACED = re.compile(", (?:left|right|cent(?:er|re)|second from|top|bottom|L|R), ")
_CLOCK = re.compile(r"\d[:.]\d\d (?:EST|EDT|GMT|BST)\b")
_CLOCKS = frozenset({"est", "edt", "gmt", "bst"})
_STAMP = re.compile("PUBLISHED:|UPDATED:")
_STAMPS = frozenset({"published", "updated"})
_CREDIT = re.compile(
    r"\((?:[^()]* )?(?:AP|AFP|Reuters|REUTERS|EPA|Getty|Photo|TASS|dpa|Bloomberg)(?:[ /][^()]*)?\)\W*$"
)
_LABEL = re.compile(r"['‘]?([A-Z][\w’'-]*(?: [\w’'-]+){0,4})['’]?: [A-Z]")


def is_torn(text: str) -> bool:
    """Whether marks stand between blanks, as scraping leaves them."""
    return text[-2:] == " ." or " . " in text or " - - " in text


def is_of_page(text: str, known: frozenset[str]) -> bool:
    """Whether its signs are those of captions, bylines, stamps, lists and labels.

    ``known`` are its words in lower case.
    """
    label = _LABEL.match(text)
    if _AT_START.match(text) or (label and not label.group(1).isupper()):
        return True
    if "www." in text or (_SIGN.search(text) and _SIGNS.search(text)):
        return True
    if ")" in text[-3:] and _CREDIT.search(text):
        return True
    return _is_stamped(text, known)


def _is_stamped(text: str, known: frozenset[str]) -> bool:
    """Whether it tells the day of a photograph, who stands where on it, or when the page changed."""
    if _DATED.search(text) or _PLACED.search(text):
        return True
    clock = not known.isdisjoint(_CLOCKS) and _CLOCK.search(text)
    return bool(clock or (not known.isdisjoint(_STAMPS) and _STAMP.search(text)))
