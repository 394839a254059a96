"""Appointments as an iCalendar file: whole days, in UTF-8, lines of at most 75 octets. RFC 5545."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_LONGEST = 75  # octets of a line without its break (RFC 5545, 3.1)
_BREAK = "\r\n"
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


@dataclass(frozen=True, slots=True)
class Event:
    """An appointment of a whole day; ``key`` stays the same from file to file."""

    key: str
    day: date
    summary: str
    description: str
    url: str | None = None


def calendar_file(events: Sequence[Event], *, name: str, stamp: datetime) -> bytes:
    """The file; ``stamp`` is the aware instant at which it is made."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Attache//Diplomatic calendar//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(name)}",
        *(line for event in events for line in _event(event, stamp)),
        "END:VCALENDAR",
    ]
    return "".join(_folded(line) + _BREAK for line in lines).encode()


def _event(event: Event, stamp: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.key}@attache"
    yield f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(event.summary)}"
    yield f"DESCRIPTION:{_escaped(event.description)}"
    if event.url is not None:
        yield f"URL:{''.join(event.url.split())}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """The text as a value, without control characters except line breaks (RFC 5545, 3.3.11)."""
    kept = "".join(c for c in text if c == "\n" or (c >= " " and c != "\x7f"))
    return kept.encode("utf-8", "replace").decode().translate(_ESCAPED)


def _folded(line: str) -> str:
    """The line in pieces, all but the first beginning with a space; no character is cut."""
    pieces, size = [""], 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _LONGEST:
            pieces.append(" ")
            size = 1
        pieces[-1] += character
        size += octets
    return _BREAK.join(pieces)
