"""How a source stands, by what it answered before."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.operate.sources import standing
from digest.errors import Overrun, Refused, Unreachable
from digest.ingest.checked import (
    answered,
    ends_round,
    failed,
    is_behind,
    is_unread,
    state_of,
    today_of,
)
from digest.model.gathered import Fetched
from digest.model.sources import UNREAD, Notice, Outlet, Source, SourceId

NOW = datetime(2026, 2, 10, 12, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
PAPER = Source(
    id=SourceId(1),
    url="https://paper.example/feed",
    outlet=Outlet("The Paper"),
    added_at=NOW - 30 * DAY,
    last_ok_at=NOW - DAY,
)
BROKEN = replace(PAPER, failures=3, last_error="no answer")


@pytest.mark.parametrize(
    ("source", "state", "words"),
    [
        (PAPER, "ok", "ok"),
        (replace(PAPER, last_ok_at=None), "new", "not fetched yet"),
        (
            replace(PAPER, moved_from="https://a.example/"),
            "ok",
            "ok, moved from https://a.example/",
        ),
        (replace(PAPER, newest_at=NOW - 29 * DAY), "ok", "ok"),
        (
            replace(PAPER, newest_at=NOW - 30 * DAY),
            "stale",
            "stale: nothing new since 2026-01-11",
        ),
        (BROKEN, "failing", "no answer"),
        (replace(BROKEN, last_ok_at=NOW - 7 * DAY), "silent", "no answer for a week: no answer"),
        (replace(BROKEN, last_ok_at=None), "silent", "no answer for a week: no answer"),
        (replace(BROKEN, last_ok_at=None, added_at=None), "failing", "no answer"),
        (replace(BROKEN, enabled=False), "off", "off: no answer"),
        (replace(PAPER, enabled=False), "off", "off"),
    ],
)
def test_a_source_is_told_by_what_it_answered(source: Source, state: str, words: str) -> None:
    assert state_of(source, NOW) == state
    assert standing(source, NOW) == words


def test_a_source_is_unread_that_failed_or_was_not_asked_for_hours() -> None:
    never = replace(PAPER, last_ok_at=None)
    assert not is_unread(replace(never, added_at=NOW), NOW)
    assert is_unread(replace(never, added_at=NOW - UNREAD), NOW)
    assert not is_unread(replace(PAPER, added_at=NOW - UNREAD, last_ok_at=NOW), NOW)
    assert is_unread(replace(PAPER, last_ok_at=NOW, failures=1), NOW)
    assert not is_unread(replace(never, added_at=None), NOW)


@pytest.mark.parametrize(("host", "rests"), [(None, True), ("cdn.example", False)])
def test_a_host_rests_where_itself_asked_for_it(host: str | None, rests: bool) -> None:
    busy = Refused("429", status=429, retry_after=DAY, host=host)
    outcome = failed(PAPER, busy, NOW)
    assert outcome.next_check_at == NOW + DAY
    assert (outcome.host_rests_until is not None) == rests
    assert ends_round(busy) == rests
    assert ends_round(Unreachable("no answer", host=host)) == rests


@pytest.mark.parametrize(
    ("asked", "promised"),
    [(HOUR / 2, HOUR / 2), (3 * HOUR, 3 * HOUR), (9 * DAY, DAY), (None, None)],
)
def test_how_long_it_asked_to_be_left_alone_is_kept_apart_from_how_long_it_is(
    asked: timedelta | None, promised: timedelta | None
) -> None:
    """A wait of our own may be cut short, the one that was asked for may not."""
    outcome = failed(PAPER, Refused("503", status=503, retry_after=asked), NOW)
    assert outcome.promised_until == (NOW + promised if promised else None)
    assert outcome.next_check_at >= (outcome.promised_until or NOW)


@pytest.mark.parametrize("status", [None, 404, 410])
def test_no_other_refusal_ends_the_round_of_a_host(status: int | None) -> None:
    assert not ends_round(Refused("no", status=status))
    assert failed(PAPER, Refused("no", status=status), NOW).host_rests_until is None


def test_other_failures_leave_a_notice_as_it_is_and_an_answer_ends_it() -> None:
    gone = Notice("gone", "", 2, NOW - DAY, NOW - DAY)
    source = replace(PAPER, notice=gone)
    assert failed(source, Unreachable("no"), NOW).notice == gone
    assert failed(source, Overrun("slow"), NOW).notice == Notice("overrun", "", 1, NOW, NOW)
    again = failed(source, Refused("410", status=410), NOW)
    assert (again.notice, again.stops) == (replace(gone, times=3, at=NOW), False)
    later = failed(source, Refused("410", status=410), NOW + DAY)
    assert later.stops
    page = Fetched(url=PAPER.url, final_url=PAPER.url, status=304, body=b"")
    assert answered(source, page, NOW, body_hash=None, newest_at=None).notice is None


@pytest.mark.parametrize(
    ("newest", "today"),
    [
        ((), NOW),
        ((None, None), NOW),
        ((NOW - HOUR,), NOW - HOUR),
        ((NOW + DAY,), NOW),
        ((NOW - 9 * DAY, NOW - HOUR), NOW - HOUR),
        ((NOW, *[NOW - 365 * DAY] * 9), NOW - 365 * DAY),
        ((NOW, NOW, *[NOW - DAY] * 134), NOW - DAY),
    ],
)
def test_how_late_it_is_is_told_by_what_feeds_date(
    newest: tuple[datetime | None, ...], today: datetime
) -> None:
    """One of ten may be dated ahead, and two of many."""
    sources = [replace(PAPER, newest_at=one) for one in newest]
    off = replace(PAPER, newest_at=NOW, enabled=False)
    assert today_of([*sources, off], NOW) == today


@pytest.mark.parametrize(("later", "behind"), [(0, False), (1, False), (2, True)])
def test_a_clock_behind_what_feeds_date_is_wrong(later: int, behind: bool) -> None:
    assert is_behind([replace(PAPER, newest_at=NOW + later * HOUR)], NOW) == behind
    assert not is_behind([PAPER], NOW)
