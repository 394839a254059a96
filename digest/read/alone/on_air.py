"""Whether an English sentence only announces who reports, as entries in broadcasters' feeds end."""

import re
from functools import cache

from ..vocabulary.given_names import is_known
from .judged import listed, pattern

_NAME = r"(?:[A-Z][\w.’'-]+ ){2,3}"
_OUTLETS = "(?:{broadcasters})(?: News)?"
# "DW spoke to the workers", who say nothing here
_SPOKE = "(?:The )?" + _OUTLETS + r" (?:spoke|talked|speaks|talks) (?:to|with)\b"
# "CBS News' Anna Novak reports from Riga."
_THEIRS = (
    "(?:The )?"
    + _OUTLETS
    + "[’']s? (?:[a-z]+ ){0,3}"
    + _NAME
    + r"(?:reports (?:live )?(?:from|on)|joins|discusses|explains (?!that)"
    r"|tells (?:us )?(?:more|how|what|why)|speaks|talks|asks|breaks down|takes a"
    r"|has (?:more|the )|looks|examines|brings)\b"
)
# "Morning host Anna Novak asks", "the paper's diplomatic editor explains"
_BY_OFFICE = re.compile(
    rf"\b(?:correspondent|bureau chief|anchor|host|editor|reporter) (?:{_NAME})?"
    r"(?:reports (?:from|on)|joins|discusses|explains|examines|asks|looks (?:at|into|back)"
    r"|(?:speaks|talks) (?:to|with|about))\b"
)
_FROM_WHERE = re.compile(rf"({_NAME})reports (?:live )?(?:from|on)\b")
_TALKS = re.compile(rf"({_NAME})(?:speaks|talks) (?:to|with) [^.]{{3,120}} about\b")
_JOINS = (
    "[A-Z][^;:]{3,80}? joins (?:" + _OUTLETS + r"\b|[\"“‘']"
    r"|(?:[^,]{2,40} )?(?:with (?:more|the latest|details|analysis)|for more)\b)"
)
# "Founder Anna Novak discusses how the river is shared."
_WITHHOLDS = re.compile(
    r"[A-Z][^,;:]{3,80} (?:discusses|explains|breaks down) (?:how|what|why|whether|the latest)\b"
)
_EPISODE = re.compile(
    r"(?:(?:This week|Today)[’']s|The|In (?:this|today[’']s)|On (?:this|today[’']s)) (?:latest )?"
    r"(?:podcast|episode|newsletter)\b[^.]{0,80}? (?:looks|explores|examines|discusses|asks|features|hears)\b"
)
# "This is the mayor, Jan Borg, responding to the ruling.", "JAN BORG: We begin with Riga"
_SHOWN = re.compile(
    r"This is [^.;]{3,70}, (?:responding|reacting|speaking|talking) (?:to|about|after|in|on)\b[^,.]*\.$"
)
_BEGINS = re.compile(r"[A-Z][A-Z .’'-]{3,40}: We (?:begin|turn)(?: \w+)? (?:with|to|in)\b")
_TAKEAWAYS = re.compile(r"(?:Key|The (?:key|main)) takeaways from\b")
_ALONE = (_WITHHOLDS, _EPISODE, _TAKEAWAYS, _SHOWN, _BEGINS)


def announces(text: str, known: frozenset[str]) -> bool:
    """Whether it says who reports, asks or explains, and nothing of the news.

    ``known`` are its words in lower case. Two of 22,099 sentences of news that stood alone are refused, both
    rightly, 2026-11-30.
    """
    if _words("on_air").isdisjoint(known):
        return False
    if any(found.match(text) for found in (pattern(_THEIRS), pattern(_JOINS), *_ALONE)):
        return True
    if _words("told_of").isdisjoint(known) and pattern(_SPOKE).match(text):
        return True
    named = _FROM_WHERE.match(text) or _TALKS.match(text)
    return _BY_OFFICE.search(text) is not None or bool(named and is_known(named[1]))


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(listed("en", key))
