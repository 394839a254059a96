"""Hours, days and lists as people type them."""

import pytest

from bot.typed import pieces, when

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
