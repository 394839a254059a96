"""Whether an English quotation is no one's, or speaks of a thing that only an earlier sentence tells."""

import re

from .judged import Judged
from .named import begins_common, names_somebody

_QUOTED = re.compile(r"[\"“]([^\"“”]+?)[.,!]*[\"”],? ?")
# "..., a statement said": whose? Nobody's, unless its words begin with a name, "Mr Novak hopes". 17 of 40,617
# sentences of six sets that stood alone are such; all were read by eye on 2026-12-01, and none says whose.
_MORE = "(?:(?:senior|top|western|joint|written|brief|short|separate|ministry|government) )?"
_ISSUER = "(?:statement|official|spokes(?:man|woman|person)|diplomat|source|insider|aide)"
_NO_ONES = re.compile(
    rf"(?:an?|one|the) {_MORE}{_ISSUER} (?:said|says|added|reads?)\.?$"
    rf"|(?:said|says|added|reads?) (?:an?|one) {_MORE}{_ISSUER}\.?$"
)
_BODY = re.compile(r"The [A-Z]")
# "We see Riga's hand all over this," Novak said: over what? Of the same sentences 22 are such and were read
# likewise: all point back. Where something may be meant, "The raft is old, and we sold it", it stands.
_MOST_WORDS = 14
_ENDS = re.compile(r".*\b(?:this|that|it)$")
_TOLD = re.compile(
    r"(?:.*\b)?[Ii]f\b|.*\b(?:an?|[Tt]he|[Mm]y|[Oo]ur|your|his|her|their|any|every|no|[A-Z][\w’'-]+[’']s|[a-z]{3,}s)"
    r" [a-z]+.*\bit$"
)
_OF_WHAT = re.compile(  # said beside the quotation
    r"[\"“]|\b(?:of|about|on (?![A-Z])|over|regarding|concerning|referr?(?:ing|enc)\w*|asked|adding|noting"
    r"|when|as|after)\b"
)


def is_open(read: Judged) -> bool:
    """Whether a sentence that begins with a quotation leaves open whose it is, or what it is about."""
    found = _QUOTED.match(read.text)
    return found is not None and (
        _is_no_ones(found[1], read.text[found.end() :])
        or _is_of_untold(found[1], read.text[found.end() :])
    )


def _is_no_ones(said: str, beside: str) -> bool:
    if _NO_ONES.match(beside) is None or _BODY.match(said):
        return False
    return begins_common(said) or not names_somebody(said)


def _is_of_untold(said: str, beside: str) -> bool:
    if len(said.split()) > _MOST_WORDS or _ENDS.match(said) is None:
        return False
    return _TOLD.match(said) is None and _OF_WHAT.search(beside) is None
