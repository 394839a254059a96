"""Sentences of a paragraph, by rules, in linear time, with exact offsets.

A quotation or a bracket is never cut: a full stop inside ends no sentence but at its very end, so
the words and who said them stay together. A caption or label that runs into the next sentence
("... the ring in her nose The ring itself is ...") is parted from it. Abbreviations and the words that
begin sentences are in ``seeds/sentences.toml``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from ...model.articles import Span
from .paired import closed
from .run_ons import run_ons
from .splitting_words import Rules, rules_of

_LOOK_BACK = 24  # code points; no abbreviation is longer
_LOOK_AHEAD = 64
_ARTICLE = 6  # code points: " the " and what stands before it
_DIGITS_OF_ITEM = 3
_DIGITS_OF_DAY = 2
_SHORT = 24  # code points; "К концу 2024 г." opens a sentence and is none
_LONG_QUOTATION = 20  # code points; a shorter one that ends in "U.S." is a quoted name

_MARKS = re.compile(r"[.!?…。！？؟।॥።۔｡]+")
_ALWAYS = frozenset("。！？؟।॥።۔｡")
_CLOSERS = "\"'”’»›)]}“」』》"  # “ closes in German
_CLOSING = frozenset(_CLOSERS)
_OPENERS = "\"'“‘«„‚»(\\[{「『《¿¡—–*•·-"
_NEXT = re.compile(rf"[\s\u200e\u200f{_OPENERS}]*")
_LEADING = "([{“„«‹\"'‘’»—–-¿¡*•"
_PARTS = re.compile(r"[’'/—–-]")
_WORD = re.compile(r"\w+")
_INITIALS = re.compile(r"(?:\w\.-?)+\w")
# 'J.P. "The Bopper" Richardson'
_NICKNAME = re.compile(r"\s[\"“](?:[A-Z][\w’'-]* ?){1,3}[\"”] [A-Z]")
_DECIMALS = re.compile(r"\d{1,2}[A-Za-z]{0,3}(?: - ?| )[a-z-]")  # "6. 1 magnitude"
_SMALL_ROMAN = re.compile(r"[IVX]+")
_ROMAN = re.compile(r"[IVXLC]+")
_PARTY = re.compile(r"[DRI]-[A-Z][a-z]+")  # "D-Calif", before a comma or bracket
LOWER_CASE_NAME = re.compile(
    r"(?:al|el|ul|ad|an|as|ash|ar)-[A-Z]|(?:von|van|bin|ibn)\s+(?:de[nr]\s+)?[A-Z]|[ie][A-Z][a-z]"
)
_CJK_SPEECH = re.compile(r"[^。！？，、；]{0,8}(?:说|說|问|問|称|稱|表示|指出|写道|喊道)")


@dataclass(frozen=True, slots=True)
class _Stop:
    """A mark that may end a sentence."""

    text: str
    begin: int  # of the sentence so far
    start: int  # of the mark
    end: int  # of the sentence, behind closing marks, if it is one
    mark: str
    quoted: int  # code points of the quotation that ends here, 0 for none
    next: int  # where the next word begins

    @property
    def token(self) -> str:
        """What stands before the mark, back to a space."""
        before = self.text[max(self.begin, self.start - _LOOK_BACK) : self.start]
        parts = before.rsplit(None, 1)
        return parts[-1].lstrip(_LEADING) if parts else ""

    @property
    def word(self) -> str:
        """The next word."""
        found = _WORD.match(self.text, self.next)
        return found.group() if found else ""


def split(text: str, language: str | None = "en") -> tuple[Span, ...]:
    """The spans of the sentences of one paragraph, in order, without outer white space.

    Together they hold every character of ``text`` except white space between them. Text without a sentence
    end is one sentence; empty text has none. A language without rules of its own, or None, gets those of
    all languages.
    """
    rules, shields = rules_of(language), closed(text)
    spans, start = [], 0
    for end in sorted((*_ends(text, shields, rules), *run_ons(text, shields, rules))):
        spans.append(_trimmed(text, start, end))
        start = end
    spans.append(_trimmed(text, start, len(text)))
    return tuple(span for span in spans if span.start < span.end)


def sentences(text: str, paragraphs: Sequence[Span], language: str | None) -> tuple[Span, ...]:
    """The spans of the sentences of ``paragraphs``, in offsets into ``text``."""
    return tuple(
        Span(paragraph.start + span.start, paragraph.start + span.end)
        for paragraph in paragraphs
        for span in split(text[paragraph.start : paragraph.end], language)
    )


def _ends(text: str, quoted: Sequence[Span], rules: Rules) -> Iterator[int]:
    """Offsets right after each sentence end but the last, judged by punctuation."""
    shields = iter(quoted)
    shield = next(shields, None)
    begin = 0
    for mark in _MARKS.finditer(text):
        start, end = mark.span()
        if end == len(text):
            return
        while shield and shield.end <= start:
            shield = next(shields, None)
        if shield and shield.start <= start:
            stop = _stop_within(text, begin, mark, shield)
        elif _is_plain(text, begin, start, end, rules):
            stop = None
            begin = end
            yield end
        else:
            stop = _stop(text, begin, mark, _behind(text, end), 0)
        if stop and stop.end < len(text) and _is_end(stop, rules):
            begin = stop.end
            yield stop.end


def _is_plain(text: str, begin: int, start: int, end: int, rules: Rules) -> bool:
    """Whether it is the common case, a full stop between a whole word and a capital; it saves time."""
    earliest = max(begin, start - _LOOK_BACK)
    word = text[max(earliest, text.rfind(" ", earliest, start) + 1) : start]
    plain = word.isalpha() and word.islower() and word not in rules.shortened and len(word) > 1
    return plain and text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()


def _stop(text: str, begin: int, mark: re.Match[str], end: int, quoted: int) -> _Stop:
    following = _NEXT.match(text, end)
    next_ = following.end() if following else end
    return _Stop(text, begin, mark.start(), end, mark.group(), quoted, next_)


def _stop_within(text: str, begin: int, mark: re.Match[str], shield: Span) -> _Stop | None:
    """The stop at the very end of a quotation, or of a bracket that is a sentence of its own."""
    if text[mark.end() : shield.end].strip(_CLOSERS + " \u00a0\u202f"):
        return None
    if text[shield.start] in "([" and text[begin : shield.start].strip():
        return None
    end = _behind(text, max(mark.end(), shield.end))
    return _stop(text, begin, mark, end, end - shield.start)


def _behind(text: str, end: int) -> int:
    """``end`` moved past closing marks that belong to the sentence."""
    while text[end : end + 1] in _CLOSING and not (
        text[end] in "\"'“" and text[end + 1 : end + 2].isalnum()
    ):
        end += 1
    return end


def _is_end(stop: _Stop, rules: Rules) -> bool:
    text, next_ = stop.text, stop.next
    if stop.mark[0] in _ALWAYS:
        return not (stop.quoted and _CJK_SPEECH.match(text, stop.end))
    if next_ == len(text) or text[next_] in ".!?…,;:)]}%&/":
        return False
    if not text[stop.end].isspace():
        return _is_glued(stop) and not _is_abbreviation(stop, rules)
    if text[next_].islower():
        return LOWER_CASE_NAME.match(text, next_) is not None and not _is_abbreviation(stop, rules)
    if _is_attributed(stop, rules):
        return False
    if stop.mark == ".":
        return not (_is_abbreviation(stop, rules) or _is_torn_off(stop, rules))
    return not (stop.mark == "!" and stop.token.lower() in rules.loose and not _starts(stop, rules))


def _is_glued(stop: _Stop) -> bool:
    """Whether a sentence follows without a space ("the end.Next"), and it is no web address."""
    before = stop.text[max(0, stop.start - 2) : stop.start]
    after = stop.text[stop.next : stop.next + 3]
    prose = (before.isalpha() and before.islower()) or before.isdigit()
    begins = after[:1].isupper() and (
        (after[1:].isalpha() and after[1:].islower()) or after[1:2] == " "
    )
    return prose and begins and not any(sign in stop.token for sign in ("@", "www", "://", "/"))


def _is_torn_off(stop: _Stop, rules: Rules) -> bool:
    """Whether the full stop is stray: after a space, and after a word that ends no sentence."""
    token = stop.token
    torn = stop.start > 0 and stop.text[stop.start - 1].isspace()
    return torn and (token[-1:] in (":", ",") or token.lower() in rules.carrying)


def _is_attributed(stop: _Stop, rules: Rules) -> bool:
    """Whether what follows a quotation only says who spoke ("“Is it war?” Hale asked.")."""
    if stop.text[stop.end - 1] not in _CLOSING:
        return False
    ahead = stop.text[stop.next : stop.next + _LOOK_AHEAD]
    for place, found in enumerate(islice(_WORD.finditer(ahead), 6)):
        if place and found.group().lower() in rules.speech:
            return _is_all_said(stop, ahead[found.end() :], rules)
    return False


def _is_all_said(stop: _Stop, behind: str, rules: Rules) -> bool:
    """Whether the reporting verb ends its clause, or says after a question who was asked, and when."""
    if behind[:1] in (".", ",", ";", ":"):
        return True
    word = _WORD.search(behind)
    if stop.mark == "." or word is None:
        return False
    return word.group()[0].isupper() or word.group().lower() in rules.after_speech


def _is_abbreviation(stop: _Stop, rules: Rules) -> bool:
    """Whether the full stop belongs to an abbreviation, an initial, an ordinal or the number of an item."""
    token = stop.token
    if _PARTY.fullmatch(token):
        return False
    if len(token) > 1 and token.isalpha() and not token.isupper():
        return token.lower() in rules.shortened and _is_shortened(stop, token, rules)
    if (token.isdigit() or _ROMAN.fullmatch(token)) and _is_number(stop, token, rules):
        return True
    if token.isdigit() and len(token) <= _DIGITS_OF_DAY and _DECIMALS.match(stop.text, stop.next):
        return True
    part = _PARTS.split(token)[-1]
    if len(part) == 1 and part.isupper():
        return part in rules.titles or (part not in "IЯ" and not _starts(stop, rules))
    return _is_shortened(stop, token, rules)


def _is_shortened(stop: _Stop, token: str, rules: Rules) -> bool:
    part = _PARTS.split(token)[-1]
    names = {token, token.lower(), part, part.lower()}
    if names & rules.years:
        return _is_year(stop, rules)
    if names & rules.titles:
        return True
    if names & rules.numbering:
        return _is_numbered(stop)
    if names & rules.closing:
        return not stop.text[stop.next].isupper() or stop.word.lower() in rules.after_time
    initials = _INITIALS.fullmatch(token)
    if initials and not names & rules.loose and _NICKNAME.match(stop.text, stop.end):
        return True
    loose = names & rules.loose or initials
    if not loose or stop.quoted > _LONG_QUOTATION:
        return False
    return not (_starts(stop, rules) or (initials and _is_ranked(stop, rules)))


def _is_ranked(stop: _Stop, rules: Rules) -> bool:
    """Whether a person with a rank follows a state: "a threat to the U.S. Gen. Novak said".

    A rank before a name has no "the" before it. In 100,216 sentences there is one such, the lead of its
    article.
    """
    behind = stop.next + len(stop.word)
    start = stop.start - len(stop.token)
    before = stop.text[max(stop.begin, start - _ARTICLE) : start].split()
    is_rank = stop.word in rules.titles and stop.text[behind : behind + 1] == "."
    return is_rank and before[-1:] == ["the"]


def _is_number(stop: _Stop, token: str, rules: Rules) -> bool:
    """Whether the number before the full stop belongs to what follows."""
    before = stop.text[stop.begin : stop.start].rsplit(None, 2)[:-1]
    if not before and len(token) <= _DIGITS_OF_ITEM:
        return True
    if (token.isdigit() and len(token) > _DIGITS_OF_DAY) or not before:
        return False
    if token.isdigit() and stop.word.lower() in rules.months:
        return True
    ordinal = "*" in rules.ordinals or before[-1].lower() in rules.ordinals
    return (ordinal or (bool(rules.months) and stop.word.isdigit())) and not _starts(stop, rules)


def _is_year(stop: _Stop, rules: Rules) -> bool:
    """Of "г.": after a number it ends a sentence, except among the first words; else it is a title."""
    before = stop.text[max(stop.begin, stop.start - _LOOK_BACK) : stop.start].split()
    number = before[-2] if len(before) > 1 else ""
    if not (number[-1:].isdigit() or _ROMAN.fullmatch(number)):
        return True
    return stop.start - stop.begin <= _SHORT and not _starts(stop, rules)


def _is_numbered(stop: _Stop) -> bool:
    """Whether a number follows."""
    return stop.word[:1].isdigit() or _SMALL_ROMAN.fullmatch(stop.word) is not None


def _starts(stop: _Stop, rules: Rules) -> bool:
    """Whether the next word can begin a sentence."""
    word = stop.word
    initial = len(word) == 1 and stop.text[stop.next + 1 : stop.next + 2] == "."
    return word[:1].isupper() and not initial and word.lower() in rules.starters


def _trimmed(text: str, start: int, end: int) -> Span:
    """[start, end) without outer white space; if nothing is left, a span that ends before it starts."""
    part = text[start:end]
    return Span(end - len(part.lstrip()), start + len(part.rstrip()))
