"""Calendar files: what RFC 5545 asks of lines, text and days."""

from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from bot.pages.calendar_file import Event, calendar_file

STAMP = datetime(2026, 8, 25, 12, 2, tzinfo=UTC)


def an_event(**changes: object) -> Event:
    plain = {
        "key": "20260831-4-0",
        "day": date(2026, 8, 31),
        "summary": "Talks in Ankara",
        "description": "“They will meet.”",
        "url": "https://paper.example/a",
    }
    return Event(**{**plain, **changes})  # type: ignore[arg-type]


def lines(*events: Event, stamp: datetime = STAMP) -> list[str]:
    """The lines of the file, unfolded."""
    content = calendar_file(events, name="Ahead", stamp=stamp).decode()
    assert content.endswith("END:VCALENDAR\r\n")
    return content.replace("\r\n ", "").split("\r\n")


def test_an_appointment_lasts_a_whole_day_and_ends_with_the_next() -> None:
    found = lines(an_event())

    assert "DTSTART;VALUE=DATE:20260831" in found
    assert "DTEND;VALUE=DATE:20260901" in found
    assert "UID:20260831-4-0@attache" in found
    assert "URL:https://paper.example/a" in found
    assert found[:3] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Attache//Diplomatic calendar//EN",
    ]


def test_the_stamp_is_in_utc() -> None:
    east = STAMP.astimezone(timezone(timedelta(hours=3)))

    assert "DTSTAMP:20260825T120200Z" in lines(an_event(), stamp=east)


def test_what_means_something_in_the_file_is_escaped() -> None:
    found = lines(an_event(summary="a,b;c\\d\ne\r\x00\x7f"))

    assert "SUMMARY:a\\,b\\;c\\\\d\\ne" in found


def test_an_address_cannot_begin_a_line_of_its_own() -> None:
    found = lines(an_event(url="https://a.example/\r\nATTENDEE:x"))

    assert "URL:https://a.example/ATTENDEE:x" in found


def test_without_an_address_there_is_no_line_for_it() -> None:
    assert not [line for line in lines(an_event(url=None)) if line.startswith("URL")]


def test_an_empty_calendar_is_one_too() -> None:
    assert lines()[-2] == "END:VCALENDAR"


@given(st.text(max_size=300))
def test_no_line_is_too_long_and_no_character_is_cut(text: str) -> None:
    content = calendar_file([an_event(description=text)], name=text, stamp=STAMP)

    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert all(line.decode() is not None for line in content.split(b"\r\n"))
    assert content.count(b"BEGIN:VEVENT") == 1
