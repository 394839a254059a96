"""Labels glued to the first paragraph: "EXCLUSIVE: "; a dateline may follow."""

import re

from ..phrases.cities import is_place
from ..phrases.folding import fold
from ..phrases.wordlists import phrases
from .datelines import BEFORE_COLON, BEFORE_DASH, Opening, dateline_of

LONGEST_KICKER = 40  # characters
_MOST = 10  # that stand in a row: "EXCLUSIVE: ANALYSIS: "; of thousands a text is cut down at each

# "GUWAHATI: The envoys met on Monday": Indian and Pakistani outlets write of more towns than any list has.
# Told from who speaks in a transcript, and from an alliance, by the weekday and by who is spoken of.
# Of 9 first paragraphs of the sets of stories and topics that begin so, one names a town, the others a
# label or a body of the list `no_towns`, 2026-11-30.
_TOWN = re.compile(r"([A-Z]{4,24}): (?=[\"“]?[A-Z][a-z])")
_ON_A_DAY = re.compile(r"[^.?]{0,250}?\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
_SPOKEN = re.compile(r"[^\"“]{0,250}?\b(?:I|[Ww]e|[Oo]ur|[Mm]y|[Yy]ou|[Yy]our)\b")


def open_paragraph(text: str) -> Opening:
    """The first paragraph without the kicker, dateline and agency glued before it."""
    text = rest = text.strip()
    kickers: list[str | None] = []
    while len(kickers) < _MOST and (found := _kicker(rest)) is not None:
        kickers.append(found.kicker)
        rest = found.text
    opening = dateline_of(rest) or _town(rest) or Opening(rest)
    if not kickers:
        return opening
    cut = text[: len(text) - len(opening.text)].strip()
    return Opening(opening.text, kickers[0], opening.dateline, cut)


def _town(text: str) -> Opening | None:
    """The opening of a report from a town in capitals that no list has."""
    found = _TOWN.match(text)
    if found is None or fold(found[1]) in phrases("no_towns"):
        return None
    rest = text[found.end() :]
    if not _ON_A_DAY.match(rest) or _SPOKEN.match(rest):
        return None
    return Opening(rest, None, found[1], found[0].strip())


def _kicker(text: str) -> Opening | None:
    found = BEFORE_COLON.match(text) or BEFORE_DASH.match(text[: LONGEST_KICKER + 10])
    if found is None or not _is_kicker(found[1].strip(), text[found.end(1) : found.end()]):
        return None
    return Opening(text[found.end() :].strip(), found[1].strip())


def _is_kicker(words: str, mark: str) -> bool:
    if fold(words).strip(" .") in phrases("kickers"):
        return True
    if len(words) > LONGEST_KICKER or "," in words or words != words.upper() or is_place(words):
        return False
    # "NATO: ..." may be a subject; two words, a hyphen or a space before the colon are a label.
    return mark.lstrip()[:1] in {":", "|"} and (mark[:1] == " " or " " in words or "-" in words)
