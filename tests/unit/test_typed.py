"""Hours, days and lists as people type them."""

import pytest

from bot.talk.typed import address, pieces, when

DAILY, WEEKDAYS = frozenset(range(7)), frozenset(range(5))


@pytest.mark.parametrize(
    ("words", "hours", "days"),
    [
        ("07:30", ("07:30",), frozenset()),
        ("7.30", ("07:30",), frozenset()),
        ("18h00, 7:30", ("07:30", "18:00"), frozenset()),
        ("06:45 18:00 mon-fri", ("06:45", "18:00"), WEEKDAYS),
        ("Mon – Fri", (), WEEKDAYS),
        ("daily 8:00", ("08:00",), DAILY),
        ("weekdays", (), WEEKDAYS),
        ("Tuesday, thu", (), frozenset({1, 3})),
        ("sat-mon", (), frozenset({5, 6, 0})),
        ("", (), frozenset()),
    ],
)
def test_hours_and_days_are_read(words: str, hours: tuple[str, ...], days: frozenset[int]) -> None:
    assert when(words, "en_GB") == (hours, days)


@pytest.mark.parametrize(
    "words", ["24:00", "7:60", "soon", "07:30 soon", "mon-fri-sun", "7", "mon-x"]
)
def test_what_is_neither_hour_nor_day_is_not_guessed(words: str) -> None:
    assert when(words, "en_GB") is None


def test_days_are_read_in_the_readers_language_too() -> None:
    assert when("lun.-ven.", "fr") == ((), WEEKDAYS)


def test_lists_are_split_at_commas_and_lines() -> None:
    assert pieces("Ukraine, Iran;\n Turkey ,,") == ("Ukraine", "Iran", "Turkey")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://paper.example/a?b=1", "https://paper.example/a?b=1"),
        ("Talks resume\nHTTP://paper.example/a.", "HTTP://paper.example/a"),
        ("see (https://paper.example/a), please", "https://paper.example/a"),
        ("https://paper.example/Grain_(corridor)", "https://paper.example/Grain_(corridor)"),
        ("www.paper.example", "https://www.paper.example"),
        ("paper.example/world", "https://paper.example/world"),
        ("paper.example", None),
        ("talks in Ankara", None),
        ("St.Petersburg", None),
        ("U.S.", None),
        ("https://", None),
        ("http://[bad", None),
        ("https://paper.example/" + "a" * 2_000, None),
    ],
)
def test_an_address_is_found_in_a_text(text: str, found: str | None) -> None:
    assert address(text) == found


def test_a_host_is_enough_where_an_address_was_asked_for() -> None:
    assert address("paper.example", bare=True) == "https://paper.example"
    assert address("no address", bare=True) is None
