"""Quotation marks and brackets of a sentence: whether they close, and what stands between them."""

import re
from collections.abc import Sequence

_OPENERS = {"“": "”", "„": "“”", "«": "»", "»": "«", "(": ")", "[": "]", '"': '"'}
_PAIRED = re.compile('["“”„«»()\\[\\]]')
_SINGLE = re.compile(  # what stands before is asked at a mark only: a seventh of the time
    r"['‘’](?:(?<=['‘])(?<![\w.,!?…)’'].)(?=\w)|(?P<closing>(?<=[\w.,!?…]['’])(?!\w)))"
)
_QUOTED = re.compile(  # begins with all marks for the same reason
    r"[\"“«„'‘](?:(?<=\")[^\"]*\"|(?<=“)[^”]*”|(?<=«)[^»]*»|(?<=„)[^“”]*[“”]"
    r"|(?<=['‘])(?<!\w.)(?=\w)[^‘]*?[,.!?…]['’](?!\w))"
)
# What closes, as outlets type it: also two single ones, or the sign of a mark that was garbled.
_CLOSING = ("”", '"', "’’", "''", "\ufffd")
RUN = 6  # sentences after which an unclosed quotation is taken for a slip of whoever typed it


def is_balanced(sentence: str) -> bool:
    """Whether every quotation mark and bracket that opens is closed, and none closes unopened."""
    awaited: list[str] = []
    for mark in _PAIRED.findall(sentence):
        if awaited and mark in awaited[-1]:
            awaited.pop()
        elif mark in _OPENERS:
            awaited.append(_OPENERS[mark])
        else:
            return False
    return not awaited and _has_even_singles(sentence)


def quoted(sentence: str) -> float:
    """The share of it that stands in quotation marks, in 0..1."""
    found = _QUOTED.findall(sentence)
    return sum(map(len, found)) / len(sentence) if found else 0.0


def unquoted(sentence: str) -> str:
    """The sentence without what stands in quotation marks."""
    return _QUOTED.sub(" ", sentence)


def running(sentences: Sequence[str]) -> list[bool]:
    """Which English sentences stand in a quotation that one before them opens and none has closed yet.

    Alone they would be told as fact. Of 12,216 sentences of four sets that stood alone 12 are such; all are
    speech, read by eye on 2026-11-29.
    """
    if not any("“" in sentence for sentence in sentences):
        return [False] * len(sentences)
    found: list[bool] = []
    left = 0
    for sentence in sentences:
        closes = max(map(sentence.rfind, _CLOSING))
        opens = sentence.rfind("“")
        is_plain = opens == closes  # no mark at all
        found.append(is_plain and left > 0)
        left = max(0, left - 1) if is_plain else RUN * (opens > closes)
    return found


def _has_even_singles(text: str) -> bool:
    """Whether single quotation marks come in pairs, as far as they can be told from apostrophes."""
    if "'" not in text and "’" not in text and "‘" not in text:
        return True
    depth = 0
    for found in _SINGLE.finditer(text):
        closing = found["closing"] is not None
        if closing and depth == 0 and text[found.start() - 1] in ".,!?…":
            return False
        depth = max(0, depth - 1) if closing else depth + 1
    return depth == 0
