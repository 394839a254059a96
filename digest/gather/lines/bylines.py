"""Who wrote an article: lines such as "By Ann Lee, Reuters"."""

import re
from functools import cache

from ..phrases.agencies import AGENCIES
from ..phrases.cities import is_place
from ..phrases.date_words import months, weekdays
from ..phrases.name_words import PARTICLES, is_name_word
from ..phrases.wordlists import wording

LONGEST_BYLINE = 160  # characters
_ENDS = frozenset(".?!")
_INITIAL = re.compile(r"(?<!\w)(?:\w|Jr|Sr)\.$")

_JOINS = re.compile(r",? (?:and|und|et|y|e|ve|и|та|&|with) |, ")
_BETWEEN = re.compile(r",? (?:and|und|et|y|и|та|&) |, ?")
# "Nora Feld with AFP, dpa", "Nora Feld, Political Editor": a role or an agency says it without "By".
_AGENCY = rf"(?:{AGENCIES}|agencies|agenturen|agences|agencias)"
_UNSAID = re.compile(
    rf"([^,:]{{5,60}}?),? (?:with|and|mit|und|avec|con) {_AGENCY}(?:(?:, | and |/){_AGENCY}){{0,4}}"
    r"|([^,:]{5,60}), (?:[^\W\d_][\w-]+ ){0,3}(?:editor|correspondent|reporter|writer|korrespondentin"
    r"|korrespondent|redakteurin|redakteur|correspondante?|journaliste|corresponsal)",
    re.IGNORECASE,
)
_JOINED_TO = re.compile(r"[ ,]+(?:and|&|und|et|y|ve|и|та|і|with|mit|avec|con)?\s*$")
_PLACE_AFTER = re.compile(r" (?:in|at|from|à|en|aus|в|у|из|з|de notre|, (?:our|notre|unser)) .*$")


def byline_of(line: str) -> str | None:
    """The name or names of a line that says who wrote; without "By", role, agency and place."""
    if len(line) > LONGEST_BYLINE:
        return None
    plain = " ".join(line.split()).strip(" *_")
    # A sentence, as most lines are: neither what says "By" nor an agency or a role ends so.
    if plain[-1:] in _ENDS and not _ends_in_initial(plain):
        return None
    said = _by_label().match(plain) or _by_word().match(plain)
    if said is None:
        return _unsaid(plain)
    return _names(plain[said.end() :])


def _unsaid(words: str) -> str | None:
    """The full name that a role or an agency follows."""
    found = _UNSAID.fullmatch(words)
    names = None if found is None else _names(found[1] or found[2])
    return names if names is not None and " " in names else None


def authors_of(byline: str) -> tuple[str, ...]:
    """The names of a byline, one by one."""
    return tuple(name for name in _BETWEEN.split(byline) if name)


def is_byline_label(words: str) -> bool:
    """Whether they are the label of a byline and nothing else: "Author:"."""
    return _by_label().fullmatch(f"{words} ") is not None


def begins_with_by(line: str) -> bool:
    """Whether a name should follow the first word: "By Ann Lee ..."."""
    return _by_word().match(line) is not None


def _names(words: str) -> str | None:
    """The part before a role, an agency, a place; None if it is not made of names."""
    head = re.split(r"\s*[|/•·@(:]\s*|\s+[–—-]\s+", words, maxsplit=1)[0]
    head = _PLACE_AFTER.sub("", head).strip(" ,;")
    kept, rest = head, [part for part in _JOINS.split(head) if part]
    while len(rest) > 1 and _is_no_author(rest[-1], rest[0]):
        kept = _JOINED_TO.sub("", kept[: kept.rfind(rest[-1])]).strip(" ,")
        rest.pop()
    return kept if rest and all(map(_is_name, rest)) else None


def _is_no_author(words: str, first: str) -> bool:
    """A role, an agency or a place; one word after a full name is no second author."""
    is_lone = " " not in words and " " in first
    return is_lone or bool(_roles().search(words)) or is_place(words)


def _is_name(words: str) -> bool:
    tokens = words.split()
    if not 1 <= len(tokens) <= 6 or tokens[0].casefold() in PARTICLES | weekdays() | months():
        return False
    return all(is_name_word(token) for token in tokens)


def _ends_in_initial(words: str) -> bool:
    return _INITIAL.search(words, max(0, len(words) - 4)) is not None


@cache
def _by_word() -> re.Pattern[str]:
    return re.compile(rf"(?:{wording('by')})[ :]\s?", re.IGNORECASE)


@cache
def _by_label() -> re.Pattern[str]:
    return re.compile(rf"(?:{wording('authors')})\s?[:：]\s?", re.IGNORECASE)


@cache
def _roles() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{wording('roles')})\b", re.IGNORECASE)
