"""What a button carries, and what it does not take from strangers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.talk.callback import HERE, LIMIT, aimed, arguments, fits, pack, unpack


def test_what_is_packed_is_unpacked() -> None:
    found = unpack(pack("topics", "+", "sanctions"))
    assert found is not None
    assert (found.action, found.data, found.target) == ("topics", "topics:+:sanctions", None)


def test_a_channel_travels_with_its_button() -> None:
    found = unpack(pack("timezone", "set", "America/Argentina/Buenos_Aires", target=-1001234567890))
    assert found is not None
    assert found.target == -1001234567890
    assert arguments(found.data) == ("set", "America/Argentina/Buenos_Aires")


@given(
    st.integers(-(10**13), 10**13).filter(bool),
    st.integers(0, 2**31 - 1),
    st.sampled_from(["a", "b:c", "d:+:e"]),
)
def test_a_group_and_its_topic_travel_with_any_button(chat: int, thread: int, data: str) -> None:
    found = unpack(aimed(f"1:{data}", chat, thread))
    assert found is not None
    assert (found.target, found.thread, found.data) == (chat, thread, data)


def test_a_button_about_the_chat_it_is_pressed_in_stays_so() -> None:
    here = pack("settings", target=HERE)
    assert aimed(here, -1_009_999_999_999, 7) == here
    found = unpack(here)
    assert found is not None
    assert (found.target, found.thread, found.data) == (None, 0, "settings")


def test_the_longest_zone_leaves_room_for_a_group_and_its_topic() -> None:
    longest = "1:timezone:set:America/Argentina/Buenos_Aires"
    assert len(aimed(longest, -1_009_999_999_999, 2**31 - 1)) <= LIMIT


@pytest.mark.parametrize("data", ["1@-7:topics", "2:topics", ""])
def test_a_button_about_another_chat_stays_about_it(data: str) -> None:
    assert aimed(data, -8, 3) == data


def test_words_may_hold_the_separators() -> None:
    found = unpack(pack("search", 10, "a:b @c"))
    assert found is not None
    assert found.data == "search:10:a:b @c"


def test_a_typed_command_has_no_arguments() -> None:
    assert arguments("") == ()


@pytest.mark.parametrize(
    "garbage",
    [
        "",
        "topics",
        "0:topics",
        "2:topics",
        "11:topics",
        "1:",
        "1::x",
        "1:Topics",
        "1:topics\n",
        "1:topics:a\nb",
        "1@:topics",
        "1@x:topics",
        "1@" + "9" * 19 + ":topics",
        "1@-:topics",
        "1@-.1:topics",
        "1@x.:topics",
        "1@X.1:topics",
        "1@zz.zzzzzzz:topics",
        "1:" + "x" * 17,
        "\x00",
        "\ud800",
        "🕊",
    ],
)
def test_garbage_and_other_versions_are_no_button(garbage: str) -> None:
    assert unpack(garbage) is None


def test_65_bytes_are_too_many() -> None:
    longest = "1:search:" + "x" * (LIMIT - 9)
    assert unpack(longest) is not None
    assert unpack(longest + "x") is None
    assert unpack("1:search:" + "я" * 28) is None  # 37 characters, 65 bytes


def test_what_does_not_fit_is_not_packed() -> None:
    assert fits("search", 5, "corridor")
    assert not fits("search", 5, "x" * 64)
    with pytest.raises(ValueError, match="no button can carry"):
        pack("search", 5, "x" * 64)


@given(st.text(max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = unpack(text)
    assert found is None or text.endswith(found.data)
