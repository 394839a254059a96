"""The day on which something happened that a sentence tells, by its weekdays. In English; pure."""

import re
from datetime import date, timedelta

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY = re.compile(rf"\b(?P<day>{'|'.join(_WEEKDAYS)})\b", re.IGNORECASE)
# "Monday talks", "Monday's talks" and "the attack on Monday that ..." name an event by its day.
_NAMES_AN_EVENT = re.compile(
    r"['’]s\b|\s(?:that|which|when|where|who)\b|\s(?!(?:in|on|at|of)\b)\w+s\b"
)
# In a clause of its own, or of something to come: "was to meet on Monday".
_OF_ANOTHER_CLAUSE = re.compile(
    r"\b(?:that|who|which|when|where|how|what|after|before|since|until|as|could|would|will|due|set|next|follows?"
    r"|plans?|intends?|to [a-z]+)\b"
)

_FARTHEST = 5  # days back; one more may be tomorrow, of a text that was written on after its date


def happened(sentence: str, written: date) -> date | None:
    """The latest of the days it names, within the five before it was written.

    None where it names none, or where one of them may belong to something else or to come.
    """
    days = list(_DAY.finditer(sentence))
    if not days or _OF_ANOTHER_CLAUSE.search(sentence[: days[-1].start()]):
        return None
    if any(_NAMES_AN_EVENT.match(sentence, found.end()) for found in days):
        return None
    gap = min((written.weekday() - _WEEKDAYS.index(found["day"].lower())) % 7 for found in days)
    return written - timedelta(days=gap) if gap <= _FARTHEST else None
