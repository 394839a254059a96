"""Dates of outlets: certain ones are read in any of the usual forms, others are none."""

import re
import time
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.gather.dates import parse_instant

SEEN_AT = datetime(2026, 3, 1, tzinfo=UTC)
NOON = "2026-02-10T14:05:00+00:00"


def read(words: str, country: str | None = None, *languages: str) -> str | None:
    found = parse_instant(words, seen_at=SEEN_AT, country=country, languages=languages)
    return None if found is None else found.isoformat()


@pytest.mark.parametrize(
    "words",
    [
        "2026-02-10T14:05:00Z",
        "2026-02-10T17:05:00+03:00",
        "2026-02-10T17:05:00+0300",
        "2026-02-10 14:05",
        "2026-02-10 17:05 MSK",
        "2026-02-10 14:05:00 UTC",
        "20260210T140500Z",
        "2026-W07-2T14:05:00Z",
        "Tue, 10 Feb 2026 14:05:00 GMT",
        "10 Feb 26 09:05 EST",
        "10 Feb 2026 16:05 +0200 (EET)",
        "10-Feb-2026 14:05",
        "Feb. 10, 2026 at 2:05 p.m.",
        "2:05 p.m. GMT, February 10, 2026",
        "3:05 p.m. CET, February 10, 2026",
        "10th February 2026 | 14:05 GMT",
        "February 10, 2026, 17:05 (GMT+3)",
        "5:05 PM GMT+3, February 10, 2026",
        "10:05 am UTC-4, February 10, 2026",
        "17:05 (GMT+3) 10 Feb 2026",
        "10 Feb 2026 18:05 (UTC +04:00)",
        "10 Feb 2026 17:05 (MSK)",
        "10.02.2026 14:05",
        "10.02.2026, 14.05 Uhr",
        "10 февраля 2026 г., 17:05 (МСК)",
        "10 февраля 2026, 14:05",
        "вівторок, 10 лютого 2026 року, 14:05",
        "mardi 10 février 2026 à 14h05",
        "Dienstag, 10. Februar 2026, 15:05 Uhr MEZ",
        "martes, 10 de febrero de 2026, a las 14:05",
        "10 Şubat 2026 Salı, 17:05 (TSİ)",
        "2026年2月10日 14:05",
        "٢٠٢٦-٠٢-١٠ ١٤:٠٥",
        " 10\u00a0Feb\u200b 2026, 14:05 · ",
    ],
)
def test_a_certain_date_is_read_in_any_form(words: str) -> None:
    assert read(words) == NOON


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Monday",
        "14:05",
        "2026",
        "2026-02",
        "February 2026",
        "Feb 10",
        "10 февраля",
        "10/02/2026",  # two days, and nothing says which
        "Mon, 31 Feb 2026 10:00:00 GMT",
        "31 febbraio 2026",
        "2026-02-30T10:00:00 UTC",
        "2026-02-10 14:05 Nowhere",
        "10 Feb 2026 14:05:00 XYZ",
        "10 Foo 2026 14:05:00 GMT",
        "10 Feb 2026 14:05 +9999",
        "Read it on Feb 10, 2026 in our magazine",
        "2 hours ago",
        "31 December 2027",
        "1 January 1850",
        "9999-12-31T23:59:59Z",
        "9999-12-31 24:00:00",
        "0001-01-01",
        "Feb 10, 2026" + " " * 100,
    ],
)
def test_what_is_not_certain_is_no_date(words: str) -> None:
    assert read(words) is None


@pytest.mark.parametrize(
    ("country", "language", "utc"),
    [
        (None, "en", "12:02"),
        ("IN", "en", "12:02"),
        ("US", "he", "12:02"),
        ("IL", "en", "15:32"),
        (None, "he", "15:32"),
        ("IE", "en", "16:32"),
    ],
)
def test_ist_is_read_as_the_country_of_the_outlet_does(
    country: str | None, language: str, utc: str
) -> None:
    found = read("Sunday, November 09, 2025, 05:32 PM IST", country, language)
    assert found == f"2025-11-09T{utc}:00+00:00"


def test_am_and_pm_are_no_zones_of_rfc_822() -> None:
    assert read("10 Feb 2026 02:05 PM") == NOON
    assert read("10 Feb 2026 02:05PM") == NOON


def test_other_names_of_zones_depend_on_the_country_too() -> None:
    assert read("2026-02-10 22:05 CST", "CN") == NOON
    assert read("2026-02-10 08:05 CST", "US") == NOON


def test_a_place_in_america_keeps_its_summer_time() -> None:
    assert read("July 10, 2025, 10:05 a.m. ET") == "2025-07-10T14:05:00+00:00"


@pytest.mark.parametrize(
    ("country", "utc"),
    [("RU", "11:05"), ("ru", "11:05"), ("FR", "13:05"), ("IN", "08:35"), ("ZZ", "14:05")],
)
def test_a_time_without_a_zone_is_the_time_of_the_country(country: str, utc: str) -> None:
    assert read("10 February 2026, 14:05", country) == f"2026-02-10T{utc}:00+00:00"


def test_the_country_or_the_language_says_which_number_is_the_day() -> None:
    assert read("02/10/2026 09:05", "US") == NOON
    assert read("10/02/2026 14:05", "GB") == NOON
    assert read("10/02/2026 14:05", None, "fr") == NOON
    assert read("10/02/2026 14:05", "CA", "en") is None
    assert read("02/25/2026", "GB") == read("25/02/2026")


def test_a_day_ends_at_the_next_midnight_and_a_leap_second_before_it() -> None:
    assert read("2026-02-10T24:00:00Z") == "2026-02-11T00:00:00+00:00"
    assert read("2026-02-10 23:59:60Z") == "2026-02-10T23:59:59+00:00"


def test_a_year_of_two_digits_is_read_as_rfc_2822_says() -> None:
    assert read("10 Feb 99 14:05 GMT") == "1999-02-10T14:05:00+00:00"


def test_a_clock_may_be_two_days_fast_but_not_more() -> None:
    assert read("2026-03-02T23:59:00Z") is not None
    assert read("2026-03-03T00:01:00Z") is None


def test_languages_that_nobody_knows_do_no_harm() -> None:
    assert read("10 février 2026 à 14:05", None, "xx", "zz-ZZ") == NOON


@pytest.mark.parametrize(
    "words",
    ["2 hours ago", "2 часа назад", "2 години тому", "il y a 2 heures", "vor 2 Stunden",
     "hace 2 horas", "2 saat önce"],
)  # fmt: skip
def test_an_age_is_no_date(words: str) -> None:
    assert read(words) is None


def test_a_hostile_line_costs_no_time() -> None:
    start = time.process_time()
    for sign in ("1", " ", "1 ", "(", "1:", "a.", "+1", "年"):
        read((sign * 100)[:100])
    assert time.process_time() - start < 5


MONTHS = (
    "jan january janvier januar enero янв января січня ocak",
    "feb february février februar febrero фев февраля лютого şubat",
    "mar march mars märz marzo марта березня mart",
    "apr april avril abril апреля квітня nisan",
    "may mai mayo мая травня mayıs",
    "jun june juin juni junio июня червня haziran",
    "jul july juillet juli julio июля липня temmuz",
    "aug ago august août agosto авг августа серпня ağustos",
    "sep sept september septembre septiembre сентября вересня eylül",
    "oct october octobre oktober octubre октября жовтня ekim",
    "nov november novembre noviembre ноября листопада kasım",
    "dec december décembre dezember diciembre декабря грудня aralık",
)
NAMES = {name: month for month, names in enumerate(MONTHS, 1) for name in names.split()}
PIECES = st.one_of(
    st.integers(0, 99).map(str),
    st.integers(1890, 2030).map(str),
    st.sampled_from(sorted(NAMES)),
    st.sampled_from("Tue monday à um at г. року h Uhr pm a.m. UTC MSK IST EST +0300 Z ago".split()),
    st.tuples(st.integers(0, 29), st.integers(0, 61)).map(
        lambda clock: f"{clock[0]}:{clock[1]:02}"
    ),
    st.dates(date(1890, 1, 1), date(2027, 1, 1)).map(lambda day: day.strftime("%d.%m.%Y")),
    st.dates(date(1890, 1, 1), date(2027, 1, 1)).map(date.isoformat),
)
DATELIKE = st.lists(PIECES, max_size=6).flatmap(
    lambda pieces: st.sampled_from([" ", ", ", "-", "/", ". "]).map(lambda mark: mark.join(pieces))
)


def stands_in(day: date, words: str) -> bool:
    """Whether day, month and year are said: each by its number, the month perhaps by its name."""
    numbers = {int(found) for found in re.findall(r"\d+", words)}
    named = {NAMES[name] for name in re.findall(r"[^\W\d_]+", words.lower()) if name in NAMES}
    years = {day.year} | ({day.year % 100} if named else set())
    return day.day in numbers and day.month in numbers | named and bool(years & numbers)


@pytest.mark.parametrize("words", ["2 1900 Tue", "3 2025 Fri", "Feb 2024 Wed", "Tue 2 1900"])
def test_a_day_of_the_week_is_no_day_of_a_month(words: str) -> None:
    assert parse_instant(words, seen_at=SEEN_AT) is None


@settings(max_examples=200)
@given(DATELIKE, st.sampled_from([None, "US", "GB", "JP", "IN"]))
def test_a_date_is_never_invented(words: str, country: str | None) -> None:
    found = parse_instant(words, seen_at=SEEN_AT, country=country)
    if found is not None:  # a zone may have moved it to a neighbouring day
        days = [found.date() + timedelta(days=days) for days in (-1, 0, 1)]
        assert any(stands_in(day, words) for day in days)


@given(st.text(alphabet="0123456789 :+-/.,TZapmFeb()МСКг年", max_size=40))
def test_no_words_raise(words: str) -> None:
    found = parse_instant(words, seen_at=SEEN_AT, languages=("en",))
    assert found is None or found.tzinfo is UTC
