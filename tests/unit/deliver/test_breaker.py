import time
from datetime import UTC, datetime, timedelta

import pytest

from digest.deliver.breaker import FEWEST, WINDOW, Breaker, Suspect
from digest.model.delivery import Outgoing, PartId
from digest.model.messages import Message

NOW = datetime(2026, 8, 25, 12, tzinfo=UTC)
BLOCKED = "Forbidden: bot was blocked by the user"
SECOND = timedelta(seconds=1)


def suspect(chat: int, at: datetime = NOW) -> Suspect:
    part = Outgoing(
        id=PartId(chat), chat=chat, thread=0, kind="private", message=Message("x"), attempts=1
    )
    return Suspect(part, BLOCKED, at, None)


def asked(refused: int, arrived: int, *, reason: str = BLOCKED) -> Breaker:
    breaker = Breaker()
    for chat in range(refused):
        breaker.refused(chat, reason, NOW)
    for chat in range(refused, refused + arrived):
        breaker.arrived(chat, NOW)
    return breaker


@pytest.mark.parametrize(
    ("refused", "arrived", "is_last", "trips"),
    [
        (FEWEST, 0, True, True),
        (FEWEST - 1, 0, True, False),  # of three readers two may well have left
        (20, 80, True, False),  # a fifth is not more than a fifth
        (21, 79, True, True),
        (21, 79, False, True),
        (21, 69, False, False),  # more are to be asked
        (0, 0, True, False),
    ],
)
def test_it_trips_where_more_than_a_fifth_are_refused_alike(
    refused: int, arrived: int, is_last: bool, trips: bool
) -> None:
    breaker = asked(refused, arrived)
    assert (breaker.trips(NOW, is_last=is_last) is not None) == trips
    assert breaker.is_open(NOW) == trips
    assert not breaker.is_open(NOW + WINDOW)


def test_what_is_refused_in_different_words_is_no_incident() -> None:
    breaker = Breaker()
    for chat in range(10):
        breaker.refused(chat, f"reason {'abcdefghij'[chat]}", NOW)
    assert breaker.trips(NOW, is_last=True) is None


def test_numbers_in_the_words_make_no_difference() -> None:
    breaker = Breaker()
    for chat in range(10):
        breaker.refused(chat, f"no rights in {-chat}", NOW)
    assert breaker.trips(NOW, is_last=True) == "no rights in"


def test_what_is_old_does_not_count() -> None:
    breaker = asked(10, 0)
    assert breaker.trips(NOW + WINDOW, is_last=True) is None


def test_what_grows_old_makes_way_for_what_is_new() -> None:
    breaker = asked(10, 0)
    for chat in range(100, 110):
        breaker.refused(chat, "closed", NOW + SECOND)
    assert breaker.trips(NOW + WINDOW, is_last=True) == "closed"


def test_the_last_answer_of_a_chat_counts() -> None:
    breaker = asked(10, 0)
    for chat in range(6):
        breaker.arrived(chat, NOW)
    assert breaker.trips(NOW, is_last=True) is None
    breaker.refused(0, BLOCKED, NOW)
    assert breaker.trips(NOW, is_last=True) is not None


def test_a_look_takes_as_long_however_many_were_written_to() -> None:
    breaker = asked(100, 30_000)
    breaker.suspects += map(suspect, range(100))
    began = time.process_time()
    for _ in range(10_000):
        assert breaker.trips(NOW, is_last=False) is None
        assert breaker.convicted(NOW - SECOND) == ()
    assert time.process_time() - began < 1  # 0.01; with a look at each chat 6


def test_many_are_convicted_at_once() -> None:
    breaker = Breaker()
    breaker.suspects += [suspect(0)] * 100_000
    began = time.process_time()
    assert len(breaker.convicted(NOW)) == 100_000
    assert time.process_time() - began < 0.5  # 0.02; from the front of a list 0.75


def test_after_an_incident_nobody_is_guilty() -> None:
    breaker = asked(10, 0)
    breaker.suspects.append(suspect(1))
    assert breaker.trips(NOW, is_last=True)
    assert breaker.convicted() == ()


def test_suspects_are_taken_out_once_and_the_late_ones_wait() -> None:
    breaker = Breaker()
    early, late = suspect(1), suspect(2, NOW + SECOND)
    breaker.suspects += [early, late]
    assert breaker.convicted(NOW) == (early,)
    assert breaker.convicted() == (late,)
    assert breaker.convicted() == ()


def test_three_chats_told_to_wait_at_once_stop_all_for_the_longest() -> None:
    breaker = Breaker()
    longest = NOW + timedelta(seconds=9)
    assert breaker.told_to_wait(1, longest, NOW) is None
    assert breaker.told_to_wait(1, NOW, NOW) is None
    assert breaker.told_to_wait(2, NOW, NOW) is None
    assert breaker.told_to_wait(3, NOW, NOW) == longest
    assert breaker.is_open(NOW)


def test_waits_that_are_seconds_apart_do_not_add_up() -> None:
    breaker = Breaker()
    for number in range(5):
        at = NOW + 2 * number * SECOND
        assert breaker.told_to_wait(number, at, at) is None


def test_what_was_answered_by_a_clock_far_ahead_is_forgotten() -> None:
    breaker, ahead = Breaker(), NOW + timedelta(days=365)
    for chat in range(3):
        breaker.told_to_wait(chat, ahead, ahead)
    for chat in range(10):
        breaker.refused(chat, BLOCKED, ahead)

    assert not breaker.is_open(NOW)
    assert breaker.told_to_wait(7, NOW + SECOND, NOW) is None
    assert breaker.trips(NOW, is_last=True) is None


def test_an_answer_of_a_moment_to_come_counts() -> None:
    """Clocks are put right by less than a minute all the time."""
    breaker = asked(FEWEST, 0)
    assert breaker.trips(NOW - SECOND, is_last=True) == BLOCKED.casefold()
