"""Whether an English sentence is about somebody, or something, that it never names."""

import re
from functools import cache

from ..vocabulary.words import stop_words
from .balance import unquoted
from .judged import Judged, listed, pattern
from .named import begins_common, names_somebody, tells_several

_SINGULAR = frozenset({"he", "she", "him", "his", "her"})
# "Nasser holds that they can leave": in the words of one person "they" are others.
_OF_OTHERS = re.compile(
    r"([^\"“”«»]+?) (?:said|says|holds?|held|believes?|believed|insists?|insisted|thinks?|thought"
    r"|argues?|argued|claims?|claimed|warns?|warned|told [^,]{2,40}) that they\b"
)
# "No date could be given, and he asked farmers ...". This and the one above refuse 28 of 15,664 sentences of
# wikinews_clean, allsides and cnndm_train100 that stood alone; two or three of them wrongly, read by eye on
# 2026-11-28.
_JOINED = re.compile(r"([^\"“”«»]+?)(?:, (?:and|but|so)|\bthat) (?:he|she)\b")
# "Things became worse when she moved to Riga": the first pronoun has no possible antecedent before it, and no
# name behind a later comma. 169 of 72,190 sentences of five sets that stood alone are such; 70 were read by
# eye on 2026-11-30, 62 of them point back.
_OF_ONE = re.compile(r"\b(?:he|she|him|his|her)\b")
# "The win is his third": the same, if neither a name nor a description of somebody follows. 140 of 86,000
# sentences of six sets that stood alone are such; 62 were read by eye on 2026-11-30, 52 of them point back.
_OWNER = re.compile(
    r",[\"”’]? (?:[a-z-]+ ){0,3}[A-Z]"
    r"|, (?:[a-z]+ )?the (?:[\w-]+ )?"
    r"(?:\d\d-year-old|president|premier|host|[a-z]{4,}(?:er|or|ive|ist|ian))\b"
    r"|(?: [A-Z][\w.’'-]+){2}"
    r"|\b(?:President|Minister|Secretary|Sen\.|Rep\.|Gov\.|Mr\.?|Mrs\.?|Ms\.?) [A-Z]"
)
_SOMEBODY = r"(?i:\b(?!(?:{no_person})s?\b)(?:{somebody})\b)"
_OFFICERS = (
    r"(?:{officers})\b"  # who begin no sentence about themselves: "Police recovered what he used"
)
_NAMED_LATER = re.compile(r",[\"”’]? (?:[a-z-]+ ){0,3}[A-Z]")
# In 14 of 22,099 sentences that stood alone "them" has no antecedent; all point back, 2026-11-30.
_OF_THEM = re.compile(r"(.*?)\bthem\b")
# "Before boarding the train to Riga, he told": the subject is named behind the comma, if at all.
_NOBODY_DOES = re.compile(
    r"(?:After|Before|Since|While|When|If|Once|Though|Although|Until|Unless|Without|By|Upon|Rather than) "
    r"(?:[a-z]+ly )?[a-z]{2,}(?:ing|ed) [^,]{3,80}, (?:he|she|they)\b"
)
# "Prosecutors say he took the money", "Police let them go": who? Of the latter 13 stood alone on 2026-11-30,
# all of them wrongly.
_SPOKEN_OF = (
    r"(?:{officers}) (?:\w+ )?"
    r"(?:(?:say|said|believed?|alleged?|claim(?:ed)?|fear(?:ed)?|think|thought) (?:that )?"
    r"(?:he|she|his|her)|(?:[a-z]+ed|accuse|blame|let|shot|found) (?:him|her|it|them))\b"
    r"|(?:{camps}) (?:[a-z]+ed|accuse|blame|credit|praise|love|like) (?:him|her)\b"
)
# "Known for its caves, it draws ...": what is described?
_DESCRIBED = re.compile(
    r"(?:[A-Z][a-z]+(?:ed|wn|rn|den|ven) (?:in|into|on|at|as|by|for|from|with|to|under|behind)\b"
    r"|(?!(?:According|During|Following|Regarding|Concerning|Considering|Beijing|Nothing)\b)"
    r"[A-Z][a-z]+ing [a-z])"
    r"[^,]{3,80},(?: [^,]{3,80},)?"
    r" (?:he|she|they|it (?!is|was|may|might|would|will|seems|appears))\b"
)
# "The 45-year-old Latvian left", unless a name follows: "The 45-year-old actor Novak"
_ONLY_AN_AGE = re.compile(
    r"The \d{2,3}(?:-| - | )year(?:-| - | )old(?:[’']s)? (?:[A-Z][a-z]+(?:an|ese|ish|ch|i) )?"
    r"(?!treaty|accord|agreement|war|conflict|truce|law|ban|state|dispute|union)"
    r"(?!(?:(?!from|of|in|at|who|to\b|for|on\b|by\b|[a-z]+ed\b)[a-z][\w-]*,? ){1,2}[A-Z])[a-z]"
)
# "Some have left", "Many of his friends", "Other envoys", "An engineer by trade, he": of whom? 110 such
# sentences stood alone; three of them rightly, read by eye on 2026-11-29.
_OF_WHOM = re.compile(
    r"(?:Some|Most|Many|Several|All|Few|None|Half) (?:have|has|had|are|were|was|will|would|did|do|can"
    r"|could|may|might|should|also|even|said|felt|want)\b(?!-)"
    r"|(?:Some|Most|Many|Several|All|None|Half|One|Two|Three|Much|Part)"
    r" of (?:his|her|their|its|these|those|them)\b"
    r"|One (?:has|had|was|is|will|(?!hundred)[a-z]{3,}ed)\b|Other (?!than\b)"
    r"|An? [^,\"“”]{3,80}, (?:he|she|they)\b"
    r"|(?:Now|Today|Later), as [^,]{3,80}, (?:he|she|they)\b"
)
# "Decides to remain seized of the matter": what a resolution does, whose subject stands at its head. No
# sentence of the tuning halves of four corpora begins so, 2026-11-30.
_OPERATIVE = (
    r"(?:(?:Also|Further|Strongly|Again|Once again) )?"
    r"(?:{resolves}|[Tt]akes note|[Rr]emains seized|[Cc]alls (?:on|upon)"
    r"|(?:{resolves_that}) (?:the|that|its|with))\b"
)
# "The bill they backed would shut the bridge": who? Not "The mayor said they". Two of 14,567 sentences of
# three sets that stood alone are such; both point back, 2026-12-01.
_OF_THEIRS = re.compile(
    r"The (?!(?:\w+ )?(?:said|says|say|claims?|fears?|hopes?)\b)[a-z]+ (?:they|he|she) (?:was|were|had|has"
    r"|have|are|is|would|made|took|gave|built|held|won|led|[a-z]+ed)\b"
)
_FRAGMENT = re.compile(r"Who(?:m|se)? [^?]*$")  # the end of the sentence before


def is_of_unnamed(read: Judged) -> bool:
    """Whether the sentence does not say who, or what, it is about."""
    return _is_unnamed(read.text) or _has_open_pronoun(read)


def _is_unnamed(text: str) -> bool:
    """Whether it begins with a description of somebody or something that it never names."""
    return any(
        found.match(text)
        for found in (
            _NOBODY_DOES,
            _FRAGMENT,
            _DESCRIBED,
            _ONLY_AN_AGE,
            _OF_WHOM,
            _OF_THEIRS,
            pattern(_OPERATIVE),
        )
    )


def _has_open_pronoun(read: Judged) -> bool:
    """Whether a pronoun within it has no antecedent there."""
    known = read.known
    if pattern(_SPOKEN_OF).match(read.text):
        return True
    if not _SINGULAR.isdisjoint(known) and (
        _is_joined_by_pronoun(read) or _is_about_nobody(read.text)
    ):
        return True
    if "they" in known and _is_of_others(read.lower):
        return True
    return "them" in known and _is_of_them(read.text)


def _is_about_nobody(text: str) -> bool:
    """Whether its first "he", "she", "him", "his" or "her" has no antecedent, before or behind it."""
    said = unquoted(text)
    found = _OF_ONE.search(said)
    if found is None:
        return False
    named = _OWNER if found.group() in ("his", "her") else _NAMED_LATER
    if named.search(said, found.end()):
        return False
    before = said[: found.start()]
    rest = before.partition(" ")[2]
    is_common = begins_common(before) or pattern(_OFFICERS).match(before) is not None
    return is_common and not (names_somebody(before) or pattern(_SOMEBODY).search(rest))


def _is_of_others(lower: str) -> bool:
    """Whether one person speaks of a "they" without an antecedent before it."""
    found = _OF_OTHERS.match(lower)
    return found is not None and not tells_several(found.group(1))


def _is_joined_by_pronoun(read: Judged) -> bool:
    """Whether a second clause begins with a pronoun that has no antecedent in the first."""
    found = _JOINED.match(read.text)
    if found is None or read.tokens[0] not in stop_words("en"):
        return False
    return not (names_somebody(found[1]) or _people().intersection(found[1].lower().split()))


def _is_of_them(text: str) -> bool:
    """Whether "them" has no antecedent before it."""
    found = _OF_THEM.match(unquoted(text))
    if found is None or names_somebody(found[1]) or not begins_common(found[1]):
        return False  # a team has a name, too
    return not tells_several(found[1])


@cache
def _people() -> frozenset[str]:
    return frozenset((*listed("en", "speakers"), *listed("en", "persons")))
