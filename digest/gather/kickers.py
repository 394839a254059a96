"""Labels glued to the first paragraph: "EXCLUSIVE: "; a dateline may follow."""

from .cities import is_place
from .datelines import BEFORE_COLON, BEFORE_DASH, Opening, dateline_of
from .folding import fold
from .wordlists import phrases

LONGEST_KICKER = 40  # characters


def open_paragraph(text: str) -> Opening:
    """The first paragraph without the kicker, dateline and agency glued before it."""
    text = text.strip()
    kicker = _kicker(text)
    if kicker is not None:
        rest = open_paragraph(kicker.text)
        cut = text[: len(text) - len(rest.text)].strip()
        return Opening(rest.text, kicker.kicker, rest.dateline, cut)
    return dateline_of(text) or Opening(text)


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
    # "NATO: ..." may be a subject; two words, a hyphen or a blank before the colon are a label.
    return mark.lstrip()[:1] in {":", "|"} and (mark[:1] == " " or " " in words or "-" in words)
