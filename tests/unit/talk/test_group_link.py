"""The link that takes a group's settings to a private chat."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.talk.group_link import GOOD_FOR, group_link, group_named, is_group_link
from digest.model.chats import Chat

NOW = datetime(2026, 8, 25, 12, 2, tzinfo=UTC)
DESK = Chat(id=-1001234567890, thread=77, kind="supergroup", version=3)


def test_a_link_names_its_group_and_topic_and_is_good_for_a_quarter_of_an_hour() -> None:
    words = group_link(b"secret", DESK, now=NOW)
    assert group_named(words) == (DESK.id, DESK.thread)
    assert len(words) <= 64  # Telegram Bot API, deep linking
    last = NOW + GOOD_FOR - timedelta(seconds=1)
    assert is_group_link(words, b"secret", DESK, now=last)
    assert not is_group_link(words, b"secret", DESK, now=NOW + GOOD_FOR)


@pytest.mark.parametrize("other", [{"version": 4}, {"id": -1002}, {"thread": 78}, {"version": 0}])
def test_a_link_is_for_one_group_as_it_stands(other: dict[str, int]) -> None:
    words = group_link(b"secret", DESK, now=NOW)
    assert not is_group_link(words, b"secret", replace(DESK, **other), now=NOW)  # type: ignore[arg-type]


def test_another_secret_makes_another_link() -> None:
    assert not is_group_link(group_link(b"other", DESK, now=NOW), b"secret", DESK, now=NOW)


@given(
    st.text(max_size=70) | st.binary(min_size=32, max_size=32).map(lambda b: f"g_{b.hex()[:43]}")
)
def test_no_forged_link_is_taken(words: str) -> None:
    for given_ in (words, f"g_{words}"):
        assert not is_group_link(given_, b"secret", DESK, now=NOW)
        named = group_named(given_)
        assert named is None or all(abs(number) < 2**63 for number in named)
