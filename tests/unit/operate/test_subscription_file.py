"""A subscription as a line of JSON: everything comes back, and what is wrong is named."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.operate.subscription_file import chat_from, line, over
from bot.talk.changes import MAX_HOURS, MOST_SAVED, STOPPED
from digest.errors import InputError
from digest.model.chats import Chat, Schedule, Wish

NOW = datetime(2026, 8, 25, 12, 2, tzinfo=UTC)
KEYS = (
    "id kind thread title topics countries words muted at zone weekdays quiet minutes language read "
    "alerts follow saved covered_until active"
).split()
FULL = Chat(
    id=-1001234567890,
    thread=12,
    kind="supergroup",
    title="Desk “Süd” \u2028",
    wish=Wish(
        topics=frozenset({"trade", "aid"}),
        countries=frozenset({"UA", "TR"}),
        words=frozenset({"grain corridor"}),
        muted=frozenset({"cricket"}),
        read=frozenset({"en", "fr"}),
        follow=frozenset({"TR", "IR-US", "s:12"}),
        minutes=5,
    ),
    schedule=Schedule("Asia/Tokyo", ("07:30", "18:00"), frozenset({0, 4}), ("22:00", "07:00")),
    language="fr",
    saved=("s:12", "a:45"),
    alerts=True,
    active=True,
    covered_until=NOW,
)


def row(**changes: Any) -> str:
    return json.dumps({"id": 7} | changes)


def test_a_line_has_the_keys_of_the_contract_in_their_order() -> None:
    assert list(json.loads(line(FULL))) == KEYS
    assert "\n" not in line(FULL)


def test_a_place_that_the_zone_does_not_name_has_a_key_of_its_own() -> None:
    osaka = replace(FULL, schedule=replace(FULL.schedule, place="Osaka"))
    assert list(json.loads(line(osaka))) == [*KEYS, "place"]
    assert chat_from(line(osaka)) == osaka


@pytest.mark.parametrize("place", ["Narnia", "Geneva", "Asia/Tokyo", "O\u0332saka" * 40])
def test_a_place_that_does_not_keep_the_time_of_the_zone_is_left_out(place: str) -> None:
    assert chat_from(row(zone="Asia/Tokyo", place=place)).schedule == Schedule("Asia/Tokyo")


def test_everything_comes_back() -> None:
    assert chat_from(line(FULL)) == FULL


def test_a_chat_that_is_not_active_comes_back_stopped() -> None:
    assert chat_from(line(Chat(id=7))) == Chat(id=7, pause_reason=STOPPED)


def test_what_is_missing_or_null_is_as_in_a_new_chat() -> None:
    plain = Chat(id=7, pause_reason=STOPPED)
    assert chat_from(row()) == plain
    assert chat_from(row(**{key: None for key in KEYS if key != "id"}, more=1)) == plain


def test_times_of_any_offset_are_read() -> None:
    found = chat_from(row(covered_until="2026-08-25T14:02:00+02:00"))
    assert found.covered_until == NOW


def test_hours_are_sorted_and_the_newest_saved_are_kept() -> None:
    saved = [f"s:{n}" for n in range(1, MOST_SAVED + 2)]
    found = chat_from(row(at=["18:00", "07:30", "18:00"], saved=saved))
    assert found.schedule.at == ("07:30", "18:00")
    assert (len(found.saved), found.saved[-1]) == (MOST_SAVED, f"s:{MOST_SAVED + 1}")


def test_an_unpaired_surrogate_does_not_reach_the_database() -> None:
    assert chat_from(row(title="a\ud800", words=["b\udfff"])).title == "a?"


def test_a_nul_does_not_reach_the_database_either() -> None:
    found = chat_from(row(title="a\0", words=["b\0c"]))
    assert (found.title, found.wish.words) == ("a?", frozenset({"b?c"}))


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"id": None}, "id is missing"),
        ({"id": "7"}, "id '7'"),
        ({"id": True}, "id True"),
        ({"id": 2**63}, "id 9223372036854775808"),
        ({"thread": 1.5}, "thread 1.5"),
        ({"kind": "bot"}, "kind 'bot' is none of private, group"),
        ({"title": 5}, "title 5 is no text"),
        ({"title": ["x" * 99]}, r"\.\.\. is no text"),
        ({"topics": ["astrology"]}, "topics 'astrology'"),
        ({"topics": "trade"}, "topics 'trade' is no list"),
        ({"topics": "t" * 99}, r"t\.\.\. is no list"),
        ({"countries": ["QQ"]}, "countries 'QQ'"),
        ({"words": [5]}, "words 5"),
        ({"muted": [""]}, "muted ''"),
        ({"at": ["7:30"]}, "at '7:30'"),
        ({"at": [" 7:30"]}, "at ' 7:30'"),
        ({"at": [f"0{n}:15" for n in range(MAX_HOURS + 1)]}, "at has 9 hours"),
        ({"zone": "Mars/Base"}, "zone 'Mars/Base' is no IANA"),
        ({"weekdays": [7]}, "weekdays 7"),
        ({"weekdays": [True]}, "weekdays True"),
        ({"weekdays": ["mon"]}, "weekdays 'mon'"),
        ({"quiet": ["22:00"]}, "quiet has 1"),
        ({"quiet": ["22:00", "22:00"]}, "quiet is '22:00' twice"),
        ({"minutes": 4}, "minutes 4 is none of 1, 3, 5"),
        ({"minutes": True}, "minutes True"),
        ({"alerts": 1}, "alerts 1 is neither"),
        ({"follow": ["US-IR"]}, "follow 'US-IR'"),
        ({"saved": ["TR"]}, "saved 'TR'"),
        ({"covered_until": "2026-08-25T12:02"}, "has no offset"),
        ({"covered_until": "yesterday"}, "covered_until 'yesterday' is no ISO 8601 time"),
        ({"covered_until": 5}, "covered_until 5"),
        ({"covered_until": "0001-01-01T00:00:00+05:00"}, "covered_until"),
    ],
)
def test_a_wrong_value_is_named(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(InputError, match=named):
        chat_from(row(**changes))


@pytest.mark.parametrize(
    ("text", "named"), [("{", "no JSON"), ("[" * 100_000, "no JSON"), ("[1]", "no JSON object")]
)
def test_what_is_no_object_is_named(text: str, named: str) -> None:
    with pytest.raises(InputError, match=named):
        chat_from(text)


def test_what_no_line_holds_is_taken_from_what_is_stored() -> None:
    rest = NOW + timedelta(days=3)
    stored = Chat(id=7, owner=8, active=True, paused_until=rest, covered_until=NOW)
    given = Chat(id=7, title="new", active=True, covered_until=NOW - timedelta(days=9))

    found = over(stored, given)

    assert found == Chat(
        id=7, title="new", owner=8, active=True, paused_until=rest, covered_until=NOW
    )


def test_a_pause_ends_where_the_line_says_otherwise() -> None:
    blocked = Chat(id=7, pause_reason="blocked")
    assert over(blocked, Chat(id=7, pause_reason=STOPPED)) == blocked
    assert over(blocked, Chat(id=7, active=True)) == Chat(id=7, active=True)
