"""What a chat sees of the store."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from digest.compose.view import FIRST_WINDOW, reader_of, window_of
from digest.model.chats import Chat, Schedule
from digest.model.digests import Window

NOW = datetime(2026, 2, 10, 12, tzinfo=UTC)
ADA = 7


def test_what_is_ones_own_is_seen_in_private_alone() -> None:
    assert reader_of(Chat(id=ADA)) == ADA
    assert reader_of(Chat(id=-ADA, kind="channel", owner=ADA)) is None


def test_a_first_digest_looks_back_a_day_and_never_begins_after_its_end() -> None:
    chat = Chat(id=ADA, schedule=Schedule("UTC", ("12:00",)))
    assert window_of(chat, NOW) == Window(NOW - FIRST_WINDOW, NOW, "UTC")
    assert window_of(chat, NOW, NOW + FIRST_WINDOW) == Window(NOW, NOW, "UTC")


def test_what_a_clock_covered_that_was_ahead_is_covered_anew() -> None:
    ahead = Chat(id=ADA, covered_until=NOW + timedelta(days=1))

    assert window_of(ahead, NOW).start == NOW - FIRST_WINDOW
    moment = replace(ahead, covered_until=NOW + timedelta(minutes=1))
    assert window_of(moment, NOW).start == NOW


def test_after_a_pause_no_more_is_covered_than_the_day_before_its_end() -> None:
    rested = Chat(id=ADA, covered_until=NOW - timedelta(days=9), paused_until=NOW)

    assert window_of(rested, NOW).start == NOW - FIRST_WINDOW
    assert window_of(rested, NOW - timedelta(days=1)).start == NOW - timedelta(days=9)
    later = NOW + timedelta(minutes=34)
    assert window_of(replace(rested, paused_until=later), later).start == NOW - FIRST_WINDOW
    recent = replace(rested, covered_until=NOW - timedelta(hours=1))
    assert window_of(recent, NOW).start == NOW - timedelta(hours=1)
