"""What belongs to a picture: captions with their label or credit, and credits alone."""

import re
from functools import cache

from ..phrases.agencies import AGENCIES
from ..phrases.folding import LONGEST_LINE, fold
from ..phrases.wordlists import wording

LONGEST_SHOW = 1_500  # characters of the captions of several pictures in one line
LONGEST_CREDIT = 70  # characters
LONGEST_END = 120  # characters of a caption in which its credit stands

_CAPTION_START = re.compile(
    r"(?:file (?:photo|image|picture)\b|illustration by |\d{1,2} of \d{1,2}\. |photo(?:graph)?s? by "
    r"|photos? courtesy|image source\b"
    r"|image caption\b|view image"
    r"|photo:|\(photo|\(ap photo|ap photo\b|getty images\b|handout\b.{0,40}photo)"
)
_CREDIT_END = re.compile(
    rf"\b(?:file|handout|undated|combination) (?:photo|image|picture)\W*$"
    rf"|(?:getty images|shutterstock|ap photo|photo ?/ ?ap|imago images|epa-efe"
    rf"|picture alliance)[^.]{{0,40}}\W*$"
    rf"|\((?:[^()]{{0,60}}[ /])?(?:photo|foto|фото|image|bild|crédit|credit"
    rf"|fotoğraf)s?\b[^()]{{0,80}}\)\W*$"
    rf"|(?:photo|photograph|foto|фото|світлина|image|fotoğraf|bild|crédit|photo credit|crédit photo"
    rf"|bildquelle)s?\s?[:©]\s?[^.:]{{2,60}}$"
    rf"|\(source: [^()]{{2,60}}\)\W*$|\bphoto by(?: [\w .'/-]{{2,60}})?\W*$"
    rf"|\b{AGENCIES}\s?/\s?[\w.'’ -]{{2,40}}\W*$|/\s?{AGENCIES}\W*$|(?:^|[\s("
    rf"|])©\s?[\w .'/-]{{2,40}}$"
    rf"|\[[^\[\]]{{0,60}}\b(?:{AGENCIES}|file|al jazeera|handout|photo)\b[^\[\]]{{0,30}}\]\W*$"
)
# One of these stands in each end that the pattern above finds.
_SIGNS = tuple(
    "photo image picture shutterstock epa-efe foto фото світлин bild crédit credit (source / © [ ğraf".split()
)
# "(Jane Roe/The Lake Reporter)" of any outlet, at the end of a paragraph.
_BY_WHOM = re.compile(
    r"\([A-Z][\w.’'-]+(?: [A-Z][\w.’'-]*){1,2} ?/ ?(?:The )?[A-Z][\w’']*(?: [A-Z][\w’']*){0,3}\)\W*$"
)
_FROM_FILE = re.compile(r"FILE ?[-–—] ")
# "first reported by Axios/Reuters" is prose, "photo by Lee/Reuters" is not.
_REPORTED = re.compile(
    r"(?<!photo )(?<!image )\b(?:by|to|told|with|from|citing) [\w.' ]{0,24}/ ?\w+\W*$"
)
_CREDIT_ALONE = re.compile(
    rf"[(\[]?(?:©|via |источник: |quelle: )?\s?{AGENCIES}(?:[ /,"
    rf"|]{{1,3}}[\w.'’ -]{{2,40}})?[)\]]?\.?"
)


def is_caption(line: str) -> bool:
    """Whether the line belongs to a picture: a caption with its label or its credit."""
    if len(line) > LONGEST_LINE:
        return len(line) <= LONGEST_SHOW and _FROM_FILE.match(line) is not None
    plain = fold(line)
    if _label().match(plain) or _CAPTION_START.match(plain) or is_credit(line):
        return True
    if "/" in line and _BY_WHOM.search(line, max(0, len(line) - LONGEST_CREDIT)):
        return True
    end = plain[-LONGEST_END:]
    if not any(map(end.__contains__, _SIGNS)):  # as in nearly all
        return False
    return bool(_CREDIT_END.search(end)) and not _REPORTED.search(plain[-60:])


def is_credit(line: str) -> bool:
    """Whether the line only says who made a picture."""
    return len(line) <= LONGEST_CREDIT and bool(_CREDIT_ALONE.fullmatch(fold(line)))


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"(?:{wording('captions')})\s?(?:[:：©|]|[-–—] |\()")
