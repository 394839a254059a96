"""Appointments that an article announces: sentences about something that will happen on a named day.

Precision before recall, and only in English: a verb of the future and a day in one clause, with nothing
that has already happened between them. Months are known in every language that is read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ...model.articles import NewArticle, Span
from ..alone.named import names_somebody
from ..alone.standing import stands_alone
from ..dating import NamedDay, named_days
from ..vocabulary.words import stop_words

FARTHEST = timedelta(days=60)  # what is announced for later mostly changes before it comes
_CLAUSE = 160  # code points between verb and day; farther apart they are of two clauses
_BEHIND_DAY = 60  # the same where the day opens the sentence: there the verb is near
_OPENING = 4  # code points before a day that opens its sentence: "On 27 August"

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(
    rf"\b(?:(?P<how>on|next|this)\s(?:coming\s)?)?(?P<day>{'|'.join(_WEEKDAYS)})\b(?!['’]s)",
    re.IGNORECASE,
)
_NO_DAY_AFTER = re.compile(  # a past day, a deadline, a feast, or an event that a day has named
    r"(?:\b(?:last|past|previous|since|until|till|by|from|late|every|each|of|after|before|holy|good|black|"
    r"bloody|palm|easter)|['’]s)\s$",
    re.IGNORECASE,
)
_NO_DAY_BEFORE = re.compile(r"\s(?:said|says|told|that|announced|reported|confirmed)\b")
_DOES = (
    r"(?:address|arrive|attend|begin|brief|chair|convene|discuss|expire|fly|gather|go|hear|hold|host|join|"
    r"launch|meet|open|present|receive|resume|sign|speak|start|take|travel|visit|vote|welcome)"
)
_FUTURE = re.compile(
    r"\bwill\b"
    r"|\b(?:is|are|been)\s(?:\w+ly\s)?(?:due|set|scheduled|expected|planned|slated)\b"
    rf"|\b(?:is|are)\sto\s{_DOES}\b"
    rf"|\b(?:plans?|planning|agreed|expects?|intends?|invited|preparing|due|set)\sto\s{_DOES}\b"
    r"|\b(?:scheduled|planned|slated|due)\s(?:for|on)\b"
)
_HAPPENED = re.compile(
    r"[;:—\"“”«»]|(?<!\bbe )\b(?:said|says|told|announced|added|reported|wrote|warned|confirmed|stated|"
    r"according|statement|interview|briefing|speech|held|began|started|visited|arrived|signed|killed|attacked|"
    r"which|who|after|before|since|until|if|unless|when)\b"
)
_UNDONE = re.compile(
    r"\b(?:not|never|no longer|cancel\w*|postpone\w*|called off|delay\w*|scrap\w*|would|could|was|were)\b"
    r"|n['’]t\b|\?\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Appointment:
    """Something announced for a day; ``span`` is the sentence that says so."""

    day: date
    span: Span


@dataclass(frozen=True, slots=True)
class _Spot:
    """A place where a sentence names a day to come."""

    start: int
    end: int
    day: date


def appointments(article: NewArticle) -> tuple[Appointment, ...]:
    """What is announced for days after the article's own, at most 60 ahead, in text order.

    One for each sentence that stands alone; none for an article that nothing dates.
    """
    written = day_of(article)
    if written is None:
        return ()
    found = ((span, article.text[span.start : span.end]) for span in article.sentences)
    return tuple(
        Appointment(day, span)
        for span, text in found
        if (day := announced(text, written)) and stands_alone(text) and says_whose(text)
    )


def says_whose(sentence: str) -> bool:
    """Whether it names somebody or something: "The games are set for Friday" does not say which games."""
    return sentence.partition(" ")[0].lower() not in stop_words("en") or names_somebody(sentence)


def announced(sentence: str, written: date) -> date | None:
    """The day after ``written`` for which a sentence announces something; None if that is not certain."""
    futures = [(match.start(), match.end()) for match in _FUTURE.finditer(sentence)]
    if not futures or _UNDONE.search(sentence):
        return None
    spots = (*_dated(sentence, written), *_weekdays(sentence, written))
    return next((s.day for s in spots if _is_bound(sentence, s, futures)), None)


def day_of(article: NewArticle) -> date | None:
    """The day from which the article's weekdays are counted; None if it is unknown."""
    dated = article.published_at or article.modified_at
    if dated is None and article.date_source == "text":
        dated = article.first_seen_at
    return dated.date() if dated else None


def _is_bound(sentence: str, spot: _Spot, futures: list[tuple[int, int]]) -> bool:
    """Whether the day belongs to a verb of the future: after it, or at the head of the sentence."""
    before, behind = sentence[: spot.start], sentence[spot.end :]
    if _NO_DAY_AFTER.search(before) or _NO_DAY_BEFORE.match(behind):
        return False
    if any(_is_clause(sentence[end : spot.start]) for _, end in futures if end <= spot.start):
        return True
    starts = (start for start, _ in futures if start >= spot.end)
    return len(before) <= _OPENING and any(
        _is_clause(sentence[spot.end : s], _BEHIND_DAY) for s in starts
    )


def _is_clause(between: str, most: int = _CLAUSE) -> bool:
    return len(between) <= most and not _HAPPENED.search(between)


def _dated(sentence: str, written: date) -> Iterator[_Spot]:
    for named in named_days(sentence):
        days = (named.in_year(year) for year in (written.year, written.year + 1))
        coming = [day for day in days if day and timedelta(0) < day - written <= FARTHEST]
        if coming:
            yield _Spot(_phrase_start(sentence, named), named.end, coming[0])


def _phrase_start(sentence: str, named: NamedDay) -> int:
    """Where the phrase of the day begins, including an "on" before it."""
    before = sentence[: named.start]
    return named.start - 3 if before.lower().endswith("on ") else named.start


def _weekdays(sentence: str, written: date) -> Iterator[_Spot]:
    for match in _WEEKDAY.finditer(sentence):
        gap = (_WEEKDAYS.index(match["day"].lower()) - written.weekday()) % 7
        day = written + timedelta(days=gap)
        is_next = (match["how"] or "").lower() == "next"
        # Today's own name may mean today; "next Friday" said on a Tuesday may mean two days.
        if gap and not (is_next and day.isocalendar().week == written.isocalendar().week):
            yield _Spot(match.start(), match.end(), day)
