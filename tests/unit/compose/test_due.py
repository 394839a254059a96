"""When digests are due, through every trick of the clocks."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from digest.compose.due import (
    A_MINUTE,
    MOST_SPREAD,
    instant,
    is_quiet,
    latest_due,
    next_due,
    spread,
    turn,
)
from digest.model.chats import Schedule

ZURICH = Schedule(zone="Europe/Zurich", at=("07:30", "18:00"))


def utc(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


def test_the_next_appointment_is_by_the_local_clock() -> None:
    due = next_due(ZURICH, utc("2026-02-10T06:00"))

    assert due is not None
    assert (due.local_date, due.at, due.due_at) == (
        date(2026, 2, 10),
        "07:30",
        utc("2026-02-10T06:30"),
    )


def test_an_appointment_is_not_its_own_next() -> None:
    due = next_due(ZURICH, utc("2026-02-10T06:30"))

    assert due is not None
    assert due.at == "18:00"


def test_only_the_chosen_weekdays_count() -> None:
    mondays = Schedule(zone="UTC", at=("08:00",), weekdays=frozenset({0}))

    due = next_due(mondays, utc("2026-02-10T09:00"))

    assert due is not None
    assert due.due_at == utc("2026-02-16T08:00")


def test_no_times_or_no_days_means_never() -> None:
    assert next_due(Schedule(zone="UTC"), utc("2026-02-10T06:00")) is None
    assert next_due(Schedule(at=("08:00",), weekdays=frozenset()), utc("2026-02-10T06:00")) is None


@pytest.mark.parametrize(
    ("quiet", "clock", "expected"),
    [
        (("22:00", "07:00"), "22:00", True),
        (("22:00", "07:00"), "06:59", True),
        (("22:00", "07:00"), "07:00", False),
        (("13:00", "15:00"), "14:00", True),
        (("13:00", "15:00"), "15:00", False),
        (None, "03:00", False),
    ],
)
def test_quiet_hours_are_by_the_local_clock(
    quiet: tuple[str, str] | None, clock: str, expected: bool
) -> None:
    schedule = Schedule(zone="Asia/Tokyo", quiet=quiet)

    assert is_quiet(schedule, utc(f"2026-02-10T{clock}") - timedelta(hours=9)) is expected


def test_of_several_missed_appointments_only_the_newest_is_made_up_for() -> None:
    due = latest_due(ZURICH, utc("2026-02-07T06:30"), utc("2026-02-10T20:00"))

    assert due is not None
    assert (due.local_date, due.at) == (date(2026, 2, 10), "18:00")


def test_an_appointment_before_the_cursor_is_not_repeated() -> None:
    assert latest_due(ZURICH, utc("2026-02-10T06:31"), utc("2026-02-10T16:00")) is None


@pytest.mark.parametrize(
    ("day", "at", "expected"),
    [
        (
            date(2026, 3, 29),
            "02:30",
            "2026-03-29T01:00",
        ),  # skipped in spring: the first minute after
        (date(2026, 3, 29), "03:00", "2026-03-29T01:00"),
        (date(2026, 10, 25), "02:30", "2026-10-25T00:30"),  # twice in autumn: its first coming
        (date(2026, 7, 1), "07:30", "2026-07-01T05:30"),
    ],
)
def test_the_clock_changes_give_one_instant_a_day(day: date, at: str, expected: str) -> None:
    assert instant(day, at, "Europe/Zurich") == utc(expected)


@pytest.mark.parametrize(
    "zone", ["Europe/Zurich", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]
)
def test_a_year_of_days_has_one_digest_each(zone: str) -> None:
    schedule = Schedule(zone=zone, at=("02:30",))
    now, days = utc("2025-12-31T23:59"), []
    while len(days) < 365:
        due = next_due(schedule, now)
        assert due is not None
        days.append(due.local_date)
        now = due.due_at

    assert len(set(days)) == 365
    assert days == sorted(days)


def test_a_gap_of_a_whole_day_is_due_when_the_day_after_begins() -> None:
    # Samoa skipped 30 December 2011 when it crossed the date line.
    assert instant(date(2011, 12, 30), "08:00", "Pacific/Apia") == utc("2011-12-30T10:00")


def test_lateness_is_measured_from_the_instant() -> None:
    due = latest_due(ZURICH, utc("2026-02-10T06:30"), utc("2026-02-10T09:30"))

    assert due is not None
    assert utc("2026-02-10T09:30") - due.due_at == timedelta(hours=3)


@pytest.mark.parametrize(
    ("crowd", "minutes"),
    [(0, 0), (A_MINUTE, 0), (A_MINUTE + 1, 2), (10 * A_MINUTE, 10), (1_000_000, MOST_SPREAD)],
)
def test_a_crowded_hour_is_spread_over_as_many_minutes_as_it_takes(
    crowd: int, minutes: int
) -> None:
    assert spread(crowd) == timedelta(minutes=minutes)


def test_turns_are_the_same_every_day_and_even() -> None:
    width = timedelta(minutes=20)
    turns = [turn(chat, 0, width) for chat in range(1, 20_001)]
    assert turns == [turn(chat, 0, width) for chat in range(1, 20_001)]
    assert all(timedelta(0) <= one < width for one in turns)
    minutes = Counter(one // timedelta(minutes=1) for one in turns)
    assert set(minutes) == set(range(20))
    assert max(minutes.values()) < 1_150  # 1,000 in the mean
    assert turn(7, 0, width) != turn(7, 1, width)
    assert turn(7, 0, timedelta(0)) == timedelta(0)
