"""Quotations and brackets of a paragraph that are closed, so that nothing cuts them.

One pass over the marks with a stack, in linear time. The shape of a mark (space before it, letter
behind it) tells which way it faces where the sign alone does not: "…", German »…«, Swedish ”…”.
"""

import re

from ...model.articles import Span

# Code points from mark to mark; what is longer is taken for a forgotten closing mark.
_LONGEST = {"(": 300, "[": 300, "'": 400, "‘": 400, "‚": 400}
_LONGEST_QUOTATION = 700

_CLOSED_BY = {
    "“": "”“",
    "”": "”",
    "„": "“”\"",
    '"': '"',
    "«": "»",
    "»": "«",
    "‘": "’'",
    "'": "'’",
    "‚": "‘’",
    "(": ")",
    "[": "]",
    "「": "」",
    "『": "』",
    "《": "》",
}  # fmt: skip
_CLOSES = frozenset("".join(_CLOSED_BY.values()))
_NONE = dict.fromkeys(_CLOSES, 0)
_SINGLE = "'‘’"
_FACING = (
    "”»"  # they open only in some languages: a space must stand before them, a letter after them
)
_FREE = "()[]「」『』《》"  # they face one way in every language
_GAP = frozenset(" \t\n\r\u00a0\u202f\u2009([{—–-/…:¿¡“„«»”\"'‘‚")
_ENDING = " \t\n\r\u00a0\u202f\u2009.,;:!?…)]”»\"'’—–-"
_MARK = re.compile("[\"“”„«»‚()\\[\\]「」『』《》'‘’]")
_MARK_BUT_SINGLE = re.compile('["“”„«»()\\[\\]「」『』《》]')
_BEFORE_SINGLE = frozenset(' \t\n\r\u00a0([—–“„«"-')


def closed(text: str) -> tuple[Span, ...]:
    """The spans of closed pairs with their marks: outermost only, in order, disjoint."""
    found: list[Span] = []
    stack: list[int] = []
    waiting = _NONE.copy()  # how many of the open marks each closing mark would close
    for match in _pattern(text).finditer(text):
        at, mark = match.start(), match.group()
        if mark in "'’" and text[at + 1 : at + 2].isalnum() and text[at - 1 : at].isalnum():
            continue  # within a word
        if waiting.get(mark) and _may_close(text, at, mark):
            start = _pop(text, mark, stack, waiting)
            if start >= 0 and _is_pair(text, start, at):
                _keep(Span(start, at + 1), found)
        elif mark in _CLOSED_BY and _may_open(text, at, mark):
            if mark in _SINGLE and stack and text[stack[-1]] in _SINGLE:
                _count(text[stack.pop()], -1, waiting)  # the one before was an apostrophe
            stack.append(at)
            _count(mark, 1, waiting)
    return tuple(found)


def _pattern(text: str) -> re.Pattern[str]:
    """The marks to look at; without single ones if none opens, since stepping through apostrophes is slow."""
    single = "‘" in text or " '" in text or "‚" in text or text[:1] == "'"
    return _MARK if single else _MARK_BUT_SINGLE


def _pop(text: str, mark: str, stack: list[int], waiting: dict[str, int]) -> int:
    """The place of the mark that ``mark`` closes, or -1; marks opened after that are forgotten.

    A single mark closes only the last open mark; otherwise it is an apostrophe.
    """
    if mark in _SINGLE and mark not in _CLOSED_BY[text[stack[-1]]]:
        return -1
    while True:
        start = stack.pop()
        _count(text[start], -1, waiting)
        if mark in _CLOSED_BY[text[start]]:
            return start


def _count(opener: str, by: int, waiting: dict[str, int]) -> None:
    for closer in _CLOSED_BY[opener]:
        waiting[closer] += by


def _keep(span: Span, found: list[Span]) -> None:
    while found and found[-1].start > span.start:
        found.pop()
    found.append(span)


def _is_pair(text: str, start: int, at: int) -> bool:
    opener = text[start]
    if at - start > _LONGEST.get(opener, _LONGEST_QUOTATION):
        return False
    if opener not in _SINGLE:
        return True
    return text[at - 1] in ",.!?…" or text[at + 1 : at + 2] in ("", *".,!?;:)")


def _may_close(text: str, at: int, mark: str) -> bool:
    behind = text[at + 1 : at + 2]
    if mark in _SINGLE:
        follows = text[at - 1] in ".,!?…" or text[at - 1].isalnum()
        plural = text[at - 1] == "s" and behind.isspace() and text[at + 2 : at + 3].islower()
        return follows and not plural and not behind.isalnum()
    if mark in _FREE or not behind.strip(_ENDING):
        return True
    return not (text[at - 1].isspace() or behind.isalnum()) or text[at - 1] in ".,!?…。！？"


def _may_open(text: str, at: int, mark: str) -> bool:
    if mark in _FREE or mark == "«":
        return True
    if mark in _SINGLE:
        return (at == 0 or text[at - 1] in _BEFORE_SINGLE) and text[at + 1 : at + 2].isalpha()
    before = at == 0 or text[at - 1] in _GAP or (mark == "“" and text[at + 1 : at + 2].isalnum())
    return before and (mark not in _FACING or text[at + 1 : at + 2].isalnum())
