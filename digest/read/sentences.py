"""Sentences of a paragraph, by rules, in linear time, with exact offsets.

A quotation is never cut: a full stop inside quotation marks ends no sentence, so the words and
who said them stay together. An unclosed mark protects nothing.
"""

import re
from collections.abc import Iterator, Sequence

from ..model import Span

_QUOTE_LIMIT = 700  # code points; a longer "quotation" is taken for a forgotten closing mark
_LOOK_BACK = 24  # code points; no abbreviation is longer
_LOOK_AHEAD = 48

_MARKS = re.compile(r"[.!?…。！？؟]+")
_CLOSERS = "\"'”’»›)]}“」』"  # “ closes in German
_OPENERS = "\"'“‘«‹„([{「『¿¡—–-"
_PAIRS = {"“": "”", "«": "»", "„": "“”", "「": "」", "『": "』"}

# Before a name or a number they never end a sentence.
_TITLES = frozenset(
    "mr mrs ms dr prof gen sen rep gov lt col capt maj adm cmdr sgt brig amb hon rev fr st pres sec min "
    "vice-adm messrs mt ft supt insp cllr dep asst jr-gen "
    "г-н г-жа им гр проф акад ген полк кап лейт ул просп д-р м mme mlle mm mgr me "
    "hr fr hrn frl sr sra srta dña d doc mag ing dipl bay sn av".split()
)
# They end a sentence only before a word that begins one.
_OTHERS = frozenset(
    "jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    "no nos vol art arts sect fig ch pp ed est inc ltd co corp bros jr sr vs etc al ca approx dept univ "
    "a.m p.m e.g i.e u.s u.n u.k e.u d.c ph.d b.c a.d "
    "т.е т.д т.п др пр стр руб млн млрд тыс тис янв февр авг сент окт нояб дек обл р рис ст см п пп напр "
    "z.b d.h u.a bzw usw ca evtl ggf inkl nr s vgl sog tel str jh mio mrd o.ä i.d.r v.a "
    "p.ej ee.uu uu etc núm pág av c.f n° cf env art janv févr avr juil déc "
    "örn vb vs yy a.ş ltd şti".split()
)
_STARTERS = frozenset(
    "the a an he she it they we i you his her its their this that these those there in on at by for from "
    "with after before while when as if but and so yet however meanwhile according both some many most no "
    "not all one two what who why how where since under during despite although though its officials "
    "le la les l un une il elle ils elles ce cette ces en dans à mais et der die das ein eine er sie es in "
    "im am mit nach vor während aber und el los las una en con pero y él ella bu bir ve o в на по он она "
    "они это эти но и а как что у з за він вона вони це ці та і й але".split()
)
_REPORTING = re.compile(
    r"\s*(?:[\w’'.-]+\s+){0,4}?(?:said|says|asked|asks|added|told|wrote|warned|replied|stated|declared"
    r"|сказал|заявил|спросил|сказав|заявив|сказала|заявила|dit|demande|sagte|fragte|dijo|preguntó|dedi|sordu)\b"
)
_GLUED = re.compile(r"(?<=[a-zа-яёіїє]{2})[.!?](?=[A-ZА-ЯЁІЇЄ][a-zа-яёіїє]{2})")
_MONTHS_DE = frozenset(
    "januar februar märz april mai juni juli august september oktober november dezember".split()
)


def split(text: str, language: str | None = "en") -> tuple[Span, ...]:
    """Spans of the sentences of one paragraph, in order, without outer white space.

    Together they hold every character of ``text`` but white space between them. Text without
    any sentence end is one sentence; empty text has none.
    """
    protected = _quotations(text)
    spans, start = [], 0
    for end in _ends(text, protected, language):
        spans.append(_trimmed(text, start, end))
        start = end
    spans.append(_trimmed(text, start, len(text)))
    return tuple(span for span in spans if span.start < span.end)


def sentences(text: str, paragraphs: Sequence[Span], language: str | None) -> tuple[Span, ...]:
    """Spans of the sentences of ``paragraphs`` of ``text``, in offsets into ``text``."""
    return tuple(
        Span(paragraph.start + span.start, paragraph.start + span.end)
        for paragraph in paragraphs
        for span in split(text[paragraph.start : paragraph.end], language)
    )


def _ends(text: str, protected: Sequence[Span], language: str | None) -> Iterator[int]:
    """Offsets just behind each sentence end but the last."""
    shield = iter(protected)
    current = next(shield, None)
    for mark in _MARKS.finditer(text):
        while current and current.end <= mark.start():
            current = next(shield, None)
        inside = current is not None and current.start <= mark.start()
        end = current.end if inside and current else _behind(text, mark.end())
        if inside and current and mark.end() < current.end - 1:
            continue
        if end < len(text) and _is_end(text, mark.start(), mark.group(), end, language):
            yield end


def _behind(text: str, end: int) -> int:
    """``end`` moved over closing marks that belong to the sentence."""
    while end < len(text) and text[end] in _CLOSERS and not _opens(text, end):
        end += 1
    return end


def _opens(text: str, at: int) -> bool:
    """Whether the mark at ``at`` opens something: a letter or digit follows it at once."""
    return at + 1 < len(text) and text[at + 1].isalnum() and at > 0 and text[at - 1].isspace()


def _is_end(text: str, start: int, mark: str, end: int, language: str | None) -> bool:
    if mark[0] in "。！？؟":
        return True
    following = text[end : end + _LOOK_AHEAD]
    if not following[0].isspace():
        return _GLUED.match(text, start) is not None and end == start + 1
    word = following.lstrip().lstrip(_OPENERS).lstrip()
    if not word or word[0].islower():
        return False
    if mark != ".":
        return not (text[end - 1] in _CLOSERS and _REPORTING.match(following))
    return not _is_abbreviation(text[max(0, start - _LOOK_BACK) : start], word, language)


def _is_abbreviation(before: str, word: str, language: str | None) -> bool:
    """Whether the full stop behind ``before`` marks a shortened word that ``word`` goes on from."""
    token = re.split(r"[\s(\[“„«\"'’/—–-]", before)[-1]
    bare = token.lower()
    if language == "de" and bare.isdigit() and len(bare) <= 2:
        return _first(word) in _MONTHS_DE or word[0].isdigit()
    if not token or bare.isdigit():
        return False
    if len(token) == 1 and token.isupper() and token not in "IЯ":
        return True
    if bare in _TITLES:
        return True
    if bare in _OTHERS or re.fullmatch(r"(?:\w\.)+\w", token):
        return word[0].isdigit() or _first(word) not in _STARTERS
    return False


def _first(word: str) -> str:
    return re.split(r"[^\w]", word, maxsplit=1)[0].lower()


def _quotations(text: str) -> tuple[Span, ...]:
    """Quotations that are closed within the limit, outermost only, in order."""
    found: list[Span] = []
    opened: tuple[int, str] | None = None
    for at, mark in _marks(text):
        if opened and at - opened[0] > _QUOTE_LIMIT:
            opened = None
        if opened and mark in opened[1] and _may_close(text, at):
            found.append(Span(opened[0], at + 1))
            opened = None
        elif opened is None and mark in _PAIRS:
            opened = (at, _PAIRS[mark])
        elif opened is None and mark == '"' and _may_open(text, at):
            opened = (at, '"')
    return tuple(found)


def _marks(text: str) -> Iterator[tuple[int, str]]:
    return ((mark.start(), mark.group()) for mark in re.finditer(r"[\"“”«»„「」『』]", text))


def _may_open(text: str, at: int) -> bool:
    return at == 0 or not (text[at - 1].isalnum() or text[at - 1] in ".,!?…")


def _may_close(text: str, at: int) -> bool:
    return at + 1 == len(text) or not text[at + 1].isalnum()


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
