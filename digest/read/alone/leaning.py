"""Whether an English sentence names who acts or speaks only by a pronoun or an office.

The antecedent is then in a sentence that the reader does not see. The word lists are those of ``[en]`` in
``seeds/standing.toml``.
"""

import re
from dataclasses import dataclass
from functools import cache

from .balance import unquoted
from .judged import Judged, listed, pattern
from .named import names_somebody
from .pointing import points
from .quoting import is_open
from .sequel import continues
from .unnamed import is_of_unnamed

_BESIDE = frozenset({"also", "meanwhile", "likewise", "turn", "part"})
_ALSO = re.compile(
    r"\W*(?:[\w’'.-]+\W+){1,8}?"
    r"(?:also\b(?! known)|meanwhile|likewise|in turn\b(?! to)|for (?:its|his|her|their) part\b)"
)
_PRONOUNS = frozenset({"he", "she", "they", "it"})
_PASSIVE = frozenset({"made", "given", "issued", "taken", "delivered", "announced", "reported"})
# "The request was made when ...": whose request?
_ACT_FIRST = r"the (?:{acts}) (?:was|were) (?:made|given|issued|taken|delivered|announced)\b(?! by)"
_UNREPORTED = re.compile(r"\b(?:was|were) reported without (?:\w+ )?comment\b(?! by| in)")
_INVERTED_PRONOUN = re.compile(r"[,\"”»’'?!] (?:said|added|asked|says) (?:he|she)\b")
_INTRODUCED = re.compile(
    r"([^,]{3,70}(?:, (?:at|in|on|aged|after|before|during|with) [^,]{3,40})?), "
    r"(?:he|she|they|it (?:said|also|had|has|will|would|announced|added))\b"
)
_BARE = re.compile(  # "By the end of the week he had left", "On Monday she said"
    r"[A-Z]\w+ (?:(?:[a-z]+|\w+day|[A-Z][a-z]+ \d+) ){0,7}?"
    r"(?:he|she|they)(?:[’']s| (?:had|has|was|were|is|said|will|would|also))\b"
)
OPENING = "\"'“‘„«»([ \u00a0\u202f"
_DATELINE = re.compile(
    r"[A-Z][A-Z .’'-]+: "
    r"|[A-ZÀ-Þ][^a-z—–:]{2,40}(?:\([A-Za-z ]+\) ?)?[—–-]+ |[^—–:]{3,40}\([A-Za-z]+\) ?[—–-]+ "
)


@dataclass(frozen=True, slots=True)
class _Lists:
    saying: frozenset[str]
    before_pronoun: frozenset[str]
    links: frozenset[str]
    occasions: frozenset[str]
    possessed: frozenset[str]
    offices: frozenset[str]  # singular and plural, of people and of matters
    carry_on: frozenset[str]
    went_on: re.Pattern[str]
    office_first: re.Pattern[str]
    reported_pronoun: re.Pattern[str]


def behind_dateline(text: str) -> str:
    """The text behind a dateline and opening quotation marks and brackets."""
    dateline = _DATELINE.match(text)
    return (text[dateline.end() :] if dateline else text).lstrip(OPENING + "—–-")


def leans(read: Judged) -> bool:
    """Whether an English sentence points back: who acts or speaks is only a pronoun or an office.

    So do the sentences of ``unnamed``, ``pointing``, ``sequel`` and ``quoting``.
    """
    lists, tokens, known = _lists(), read.tokens, read.known
    speaks = not (_PRONOUNS.isdisjoint(known) or lists.saying.isdisjoint(known))
    if speaks and _is_said_by_pronoun(read, lists):
        return True
    if not _PASSIVE.isdisjoint(known) and _is_agentless(read.lower):
        return True
    if is_of_unnamed(read) or points(read) or continues(read) or is_open(read):
        return True
    if tokens[0] in lists.before_pronoun and _opens_on_pronoun(read.text, tokens, lists):
        return True
    office = not lists.offices.isdisjoint(known) or "-year-old" in read.text
    if not (
        not _BESIDE.isdisjoint(tokens[:10]) or (office and not lists.carry_on.isdisjoint(known))
    ):
        return False
    said = behind_dateline(unquoted(read.text)).lower()
    found = lists.went_on.search(said) or lists.office_first.match(said) or _ALSO.match(said)
    return found is not None


def _is_agentless(lower: str) -> bool:
    """Whether it is a passive without an agent: who did it, or which act it was, is not said."""
    return pattern(_ACT_FIRST).match(lower) is not None or _UNREPORTED.search(lower) is not None


def _is_said_by_pronoun(read: Judged, lists: _Lists) -> bool:
    if _INVERTED_PRONOUN.search(read.lower):
        return True
    found = lists.reported_pronoun.search(read.lower)
    # "When Novak resigned, she said ..." holds the antecedent.
    return found is not None and not (found.group()[0] == "," and read.tokens[0] in lists.links)


def _opens_on_pronoun(text: str, tokens: tuple[str, ...], lists: _Lists) -> bool:
    """Whether its first pronoun has no antecedent before it: "After he left, ...", "In Vienna, she ..."."""
    if len(tokens) > 1 and tokens[1] in lists.possessed:
        if tokens[0] in ("now", "today") and tokens[1:3] == ("it", "is"):
            return False  # "Now it is clear that"
        return tokens[0] in lists.links or not _names_owner(text, tokens, lists)
    bare = behind_dateline(text)
    if tokens[0] not in lists.links and _BARE.match(bare):
        return True
    found = _INTRODUCED.match(bare)
    if found is None:
        return False
    return not (names_somebody(found.group(1)) and tokens[0] in lists.links)


def _names_owner(text: str, tokens: tuple[str, ...], lists: _Lists) -> bool:
    """Whether the owner follows the comma (cataphora): "On his first visit, President Novak ..."."""
    if tokens[0] == "in" and not lists.occasions.intersection(tokens[2:3]):
        return False
    return re.match(r"[^,]{3,80}, (?:(?:the )?[A-Z]|the )", text) is not None


@cache
def _lists() -> _Lists:
    saying, does = listed("en", "saying"), listed("en", "does")
    speakers, matters = listed("en", "speakers"), listed("en", "matters")
    who, acts = "|".join(speakers), "|".join(does)
    what = "|".join((*speakers, *matters))
    goes_on = "|".join(
        (*listed("en", "goes_on"), "went on", "did not (?:say|elaborate|specify|name)")
    )
    return _Lists(
        saying=frozenset(saying),
        before_pronoun=frozenset(listed("en", "before_pronoun")),
        links=frozenset(listed("en", "links")),
        occasions=frozenset(listed("en", "occasions")),
        possessed=frozenset(listed("en", "possessed")),
        offices=frozenset((*speakers, *matters)),
        carry_on=frozenset((*does, *listed("en", "goes_on"), "went")),
        went_on=re.compile(rf"the (?:{what}) (?:{goes_on})\b"),
        office_first=re.compile(rf"\W*the (?:{who}|\d\d)(?:-year-old)? (?:{acts})\b"),
        reported_pronoun=re.compile(
            rf"[,\"”»’'?!]\s*(?:he|she|they|it) (?:also |then |later )?(?:{'|'.join(saying)})\b"
        ),
    )
