"""Hours, days and lists as people type them."""

import pytest
from babel.dates import get_day_names

from bot.talk.hours import behind_quiet, day_names, is_off, quiet, when
from bot.talk.places import fold
from bot.talk.texts import available, texts
from bot.talk.typed import address, pieces

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
        ("7:30 am", ("07:30",), frozenset()),
        ("7am 6 p.m. mon-fri", ("07:00", "18:00"), WEEKDAYS),
        ("12am 12:15PM", ("00:00", "12:15"), frozenset()),
        ("8 Uhr", ("08:00",), frozenset()),
        ("um 8 Uhr täglich", ("08:00",), DAILY),
        ("vers 7h15", ("07:15",), frozenset()),
        ("gegen 8 Uhr", ("08:00",), frozenset()),
        ("sobre las 8:30", ("08:30",), frozenset()),
        ("07:30 Uhr werktags", ("07:30",), WEEKDAYS),
        ("8 uhr 15, 18 Uhr", ("08:15", "18:00"), frozenset()),
        ("8h", ("08:00",), frozenset()),
        ("à 7 h 30, tous les jours", ("07:30",), DAILY),
        ("7 heures en semaine", ("07:00",), WEEKDAYS),
        ("a las 7:30 todos los días", ("07:30",), DAILY),
        ("в 8 утра ежедневно", ("08:00",), DAILY),
        ("8 вечера по будням", ("20:00",), WEEKDAYS),
        ("20 часов", ("20:00",), frozenset()),
        ("о 7:30 щодня", ("07:30",), DAILY),
        ("8 вечора, 8 ранку", ("08:00", "20:00"), frozenset()),
        ("at 7 am every day", ("07:00",), DAILY),
        ("8 Uhr abends, 7 am Morgen", ("07:00", "20:00"), frozenset()),
        ("7 h 30 du soir", ("19:30",), frozenset()),
        ("8 de la mañana", ("08:00",), frozenset()),
        ("at 8 in the evening on weekdays", ("20:00",), WEEKDAYS),
        ("7:30 вечера", ("19:30",), frozenset()),
        ("TAGLICH 8 UHR", ("08:00",), DAILY),
        ("", (), frozenset()),
        ("seven in the evening", ("19:00",), frozenset()),
        ("at seven, weekdays", ("07:00",), WEEKDAYS),
        ("half past six am", ("06:30",), frozenset()),
        ("quarter to eight pm", ("19:45",), frozenset()),
        ("seven thirty in the morning", ("07:30",), frozenset()),
        ("7 o'clock", ("07:00",), frozenset()),
        ("noon and six p.m.", ("12:00", "18:00"), frozenset()),
        ("twenty-one o'clock", ("21:00",), frozenset()),
        ("midnight", ("00:00",), frozenset()),
        ("sieben Uhr", ("07:00",), frozenset()),
        ("um sieben Uhr abends", ("19:00",), frozenset()),
        ("halb acht", ("07:30",), frozenset()),
        ("um halb 8 abends", ("19:30",), frozenset()),
        ("halb eins", ("12:30",), frozenset()),
        ("viertel nach sieben werktags", ("07:15",), WEEKDAYS),
        ("dreiviertel acht", ("07:45",), frozenset()),
        ("neunzehn Uhr dreißig", ("19:30",), frozenset()),
        ("sept heures", ("07:00",), frozenset()),
        ("à sept heures et demie du soir", ("19:30",), frozenset()),
        ("huit heures moins le quart", ("07:45",), frozenset()),
        ("midi", ("12:00",), frozenset()),
        ("vingt et une heures", ("21:00",), frozenset()),
        ("a las siete de la tarde", ("19:00",), frozenset()),
        ("a las siete y media", ("07:30",), frozenset()),
        ("las ocho menos cuarto de la mañana", ("07:45",), frozenset()),
        ("семь утра", ("07:00",), frozenset()),
        ("в семь часов вечера", ("19:00",), frozenset()),
        ("полвосьмого", ("07:30",), frozenset()),
        ("в половине восьмого утра", ("07:30",), frozenset()),
        ("без четверти восемь", ("07:45",), frozenset()),
        ("семь тридцать", ("07:30",), frozenset()),
        ("о сьомій ранку", ("07:00",), frozenset()),
        ("сьома вечора щодня", ("19:00",), DAILY),
        ("о пів на восьму", ("07:30",), frozenset()),
        ("чверть на восьму", ("07:15",), frozenset()),
        ("at 8 and at 18", ("08:00", "18:00"), frozenset()),
        ("at 8 and 20", ("08:00", "20:00"), frozenset()),
        ("at 7, at 12 and 20, daily", ("07:00", "12:00", "20:00"), DAILY),
        ("um 8 und 12 und 20 werktags", ("08:00", "12:00", "20:00"), WEEKDAYS),
        ("в 8 и 20", ("08:00", "20:00"), frozenset()),
        ("7:30 and 18", ("07:30", "18:00"), frozenset()),
        ("um 8 täglich", ("08:00",), DAILY),
        ("7;30", ("07:30",), frozenset()),
        ("٠٧:٣٠", ("07:30",), frozenset()),
        ("only on weekdays", (), WEEKDAYS),
        ("nur werktags um sieben", ("07:00",), WEEKDAYS),
        ("monday and thursday at seven", ("07:00",), frozenset({0, 3})),
        ("saturday to monday", (), frozenset({5, 6, 0})),
        ("von Montag bis Freitag", (), WEEKDAYS),
        ("с понедельника по пятницу", (), WEEKDAYS),
        ("on weekends", (), frozenset({5, 6})),
        ("saat 8 her gün", ("08:00",), DAILY),
        ("الساعة ٧ مساء", ("19:00",), frozenset()),
        ("alle 7 di sera", ("19:00",), frozenset()),
        ("7 da noite", ("19:00",), frozenset()),
    ],
)
def test_hours_and_days_are_read(words: str, hours: tuple[str, ...], days: frozenset[int]) -> None:
    assert when(words) == (hours, days)


@pytest.mark.parametrize(
    "words",
    [
        "24:00",
        "7:60",
        "soon",
        "07:30 soon",
        "mon-fri-sun",
        "7",
        "mon-x",
        "13pm",
        "0 am",
        "7:60 am",
        "8",
        "25 Uhr",
        "8 uhr 75",
        "uhr",
        "8 hours",
        "seven",
        "at once",
        "and on",
        "8 and 20",
        "at 8 and 24",
        "at 8 and 20 lorries",
        "half past",
        "halb",
        "seven hills",
        "sept pays",
    ],
)
def test_what_is_neither_hour_nor_day_is_not_guessed(words: str) -> None:
    assert when(words) is None


@pytest.mark.parametrize(
    "words",
    [
        "22-7",
        "22:00 – 7:00",
        "22.00 07:00",
        " 22 7 ",
        "from 22 to 7",
        "von 22 bis 7 Uhr",
        "from ten in the evening until seven in the morning",
        "de 22 h à 7 h",
        "de las 22 a las 7",
        "с 22 до 7",
        "з 22 до 7",
    ],
)
def test_quiet_hours_may_be_full_ones(words: str) -> None:
    assert quiet(words) == ("22:00", "07:00")


@pytest.mark.parametrize("words", ["", "22", "22-24", "7-7", "22-7-8", "late-early"])
def test_what_is_no_span_of_hours_is_none(words: str) -> None:
    assert quiet(words) is None


@pytest.mark.parametrize("words", ["lun.-ven.", "Montag – Freitag", "пн-пт", "Mon-viernes"])
def test_days_are_read_in_each_language(words: str) -> None:
    assert when(words) == ((), WEEKDAYS)


def test_no_name_is_that_of_two_days() -> None:
    names = [
        {
            fold(name): number
            for width in ("wide", "abbreviated")
            for number, name in get_day_names(width, locale=texts(language).locale).items()
        }
        for language in available()
    ]
    assert all(day_names().items() >= own.items() for own in names)


@pytest.mark.parametrize(
    ("words", "behind"),
    [("quiet 22-7", "22-7"), ("Ruhe: 22-7", "22-7"), ("silencio", ""), ("22-7", None), ("", None)],
)
def test_quiet_hours_are_told_by_the_word_before_them(words: str, behind: str | None) -> None:
    assert behind_quiet(words) == behind


def test_no_quiet_hours_are_said_in_each_language() -> None:
    assert all(map(is_off, ("off", "jamais", "НЕТ", "aus")))
    assert not is_off("22-7")


def test_lists_are_split_at_commas_and_lines() -> None:
    assert pieces("Ukraine, Iran;\n Turkey ,,") == ("Ukraine", "Iran", "Turkey")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("https://paper.example/a?b=1", "https://paper.example/a?b=1"),
        ("Talks resume\nHTTP://paper.example/a.", "HTTP://paper.example/a"),
        ("see (https://paper.example/a), please", "https://paper.example/a"),
        ("https://paper.example/Grain_(corridor)", "https://paper.example/Grain_(corridor)"),
        ("https://paper.example/x(y)z).", "https://paper.example/x(y)z"),
        ("(https://paper.example/x_(y)), they say", "https://paper.example/x_(y)"),
        ("https://paper.example/x(y.", "https://paper.example/x(y"),
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
