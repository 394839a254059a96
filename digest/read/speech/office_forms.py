"""How an office is shown: without a lesser rank, without a party, with the body that it leads."""

import re
from collections.abc import Sequence

from ..splitting.splitting_words import rules_of
from ..vocabulary.reporting import vocabulary
from .name_words import bare

# What may lead a body that a rank follows: "Chairman of the Joint Chiefs of Staff Gen. Borg".
_HEAD_OF = re.compile(
    r"\b(?:(?:[Vv]ice |[Dd]eputy )?(?:[Cc]hair(?:man|woman|person)?|[Hh]ead|[Dd]irector|[Cc]ommander|[Cc]hief"
    r"|[Cc]ommandant|[Mm]ember)) of (?:the )?$"
)
# For what one is elected; a rank says more.
_STANDING = frozenset("candidate nominee hopeful".split())
_ELECTED = frozenset(
    "sen rep gov senator representative congressman congresswoman governor mayor".split()
)
_SIDES = frozenset("conservative liberal labour progressive fellow".split())


def head_of(text: str, low: int, words: str, start: int) -> int:
    """Where the office begins whose body and rank are ``words``, from ``start`` on."""
    *body, rank = words.split()
    if not body or not _is_rank(rank) or any(bare(word) in vocabulary().offices for word in body):
        return start
    head = _HEAD_OF.search(text, max(low, 0), start)
    return head.start() if head else start


def shown(role: str) -> str:
    """The office without a rank behind it that says less, and without the party of an elected person.

    Of 5,833 quotations of the sets with an office, this and ``head_of`` change 100, all of which were read
    on 2026-12-01.
    """
    words = role.split()
    if bare(words[-1]) in _ELECTED:
        sides = vocabulary().parties | _SIDES
        words = [word for word in words if bare(word) not in sides]
    while len(words) > 1 and _is_rank(words[-1]) and _is_held(words[:-1]):
        words = words[:-1]
    return " ".join(words)


def ends_sentence(word: str) -> bool:
    """Whether a full stop after the word is not that of an abbreviation: "by ZTE. Senator Smith"."""
    plain = word.rstrip(".")
    return plain != word and len(plain) > 1 and plain.lower() not in rules_of("en").shortened


def _is_rank(word: str) -> bool:
    return word.endswith(".") and bare(word) in vocabulary().offices


def _is_held(words: Sequence[str]) -> bool:
    """Whether the words are an office that says more than a rank."""
    held = {bare(word) for word in words if not word.endswith(".")} & vocabulary().offices
    return bool(held - _STANDING)
