"""What an outlet says about itself among the lines of an article: letters to the reader, lives of authors."""

import re
from collections.abc import Sequence
from functools import cache

from ..phrases.folding import label
from ..phrases.wordlists import phrases, wording
from .boilerplate import is_appeal, is_boilerplate
from .bylines import authors_of

MOST_APPEALING = 12  # lines of one letter
TAIL = 8  # lines at the end among which authors' lives stand
LONGEST_LIFE = 600  # characters

_QUOTED = re.compile(r"[\"“„«][^\"”“»]{1,300}[\"”“»]")
_NAME = (
    r"[^\W\d_a-zа-яёіїєґ][\w.'’-]+(?: (?:de|del|der|van|von|al|bin|el) ?)?"
    r"(?: [^\W\d_a-zа-яёіїєґ][\w.'’-]*){1,3}"
)
_DOES = (
    r"(?: \([^()]{1,40}\))?,? (?:is|was|covers?|covered|writes|wrote|joined|reports|works|worked|has|have"
    r"|specialises|specializes|studied|holds|can be|previously|before)\b"
)
_REPORTED = re.compile(
    rf"(?:[^\W\d_a-z][\w.'’-]+|{_NAME})(?: and {_NAME})? reported from [^.\"“”]{{3,120}}\.$"
)


def asides(lines: Sequence[str], alive: Sequence[int], byline: str | None) -> frozenset[int]:
    """Indices, of those in ``alive``, of lines by which the outlet speaks of itself or its authors."""
    return frozenset(_letters(lines, alive) | _lives(lines, alive, byline) | _values(lines, alive))


def _letters(lines: Sequence[str], alive: Sequence[int]) -> set[int]:
    """From "Dear readers," on what says "we" and "you" outside quotation marks."""
    gone: set[int] = set()
    for position, at in enumerate(alive):
        if at in gone or not is_appeal(lines[at]):
            continue
        gone.add(at)
        for after in alive[position + 1 : position + 1 + MOST_APPEALING]:
            if not (
                _speaks(lines[after]) or is_appeal(lines[after]) or is_boilerplate(lines[after])
            ):
                break
            gone.add(after)
    return gone


def _speaks(line: str) -> bool:
    return bool(_voice().search(_QUOTED.sub("", line)))


def _lives(lines: Sequence[str], alive: Sequence[int], byline: str | None) -> set[int]:
    """Who the author is; by the byline's name anywhere below the first lines, by a calling at the end."""
    names = [re.escape(name) for name in authors_of(byline or "") if " " in name]
    own = re.compile(rf"(?:{'|'.join(names)}){_DOES}") if names else None
    gone: set[int] = set()
    for position, at in enumerate(alive):
        line, is_late = lines[at], position >= len(alive) - TAIL
        if len(line) > LONGEST_LIFE or position < 3:
            continue
        if (own and own.match(line)) or (
            is_late and (_life().match(line) or _REPORTED.match(line))
        ):
            gone.add(at)
    return gone


def _values(lines: Sequence[str], alive: Sequence[int]) -> set[int]:
    """Labels such as "Agency:" and the word below each."""
    gone: set[int] = set()
    for position, at in enumerate(alive):
        if lines[at].rstrip()[-1:] not in ":：" or label(lines[at]) not in phrases(
            "given", "lead_ins"
        ):
            continue
        gone.add(at)
        if label(lines[at]) in phrases("lead_ins"):
            continue
        below = alive[position + 1] if position + 1 < len(alive) else at
        if len(lines[below]) <= 60 and lines[below][-1:] not in ".!?…":
            gone.add(below)
    return gone


@cache
def _voice() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{wording('voice')})\b", re.IGNORECASE)


@cache
def _life() -> re.Pattern[str]:
    """Who somebody is: "Ann Lee is a reporter in Riga"."""
    return re.compile(
        rf"(?:{_NAME}|(?:The )?author) (?:is|was|est|ist|es) (?:an? |the |one of |our |un |une |eine? |una )?"
        rf"[^.!?\"“”]{{0,80}}\b(?:{wording('callings')})\b"
    )
