"""How long, and until when, as people type it."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.talk.spans import days, until


@pytest.mark.parametrize(
    ("words", "count"),
    [
        *(("7", 7), ("7d", 7), ("7 days", 7), ("1 Tag", 1), ("3 Tage", 3), ("3 tagen", 3)),
        *(("3 jours", 3), ("2 días", 2), ("2 dias", 2), ("3 дня", 3), ("5 днів", 5), ("5Д", 5)),
        *(("1 week", 7), ("2w", 14), ("2 Wochen", 14), ("1 semaine", 7), ("3 semanas", 21)),
        *(("1 неделя", 7), ("2 недели", 14), ("1 тиждень", 7), ("2 тижні", 14)),
        *(("a week", 7), ("eine Woche", 7), ("une semaine", 7), ("una semana", 7), ("неделя", 7)),
        *(("на неделю", 7), ("тиждень", 7), ("for two weeks", 14), ("für zwei Wochen", 14)),
        *(("deux semaines", 14), ("две недели", 14), ("два тижні", 14), ("п’ять днів", 5)),
        *(("fortnight", 14), ("month", 30), ("un mois", 30), ("2 месяца", 60), ("ein Tag", 1)),
        *(("one", None), ("12 weeks", 84), ("4 months", None), ("two cricket", None), ("w", None)),
        *(("0", None), ("91", None), ("13 weeks", None), ("d", None), ("٣ days", 3), ("", None)),
    ],
)
def test_a_number_of_days_is_read_in_the_words_of_all_languages(
    words: str, count: int | None
) -> None:
    assert days(words, most=90) == count


@pytest.mark.parametrize("word", ["", "until ", "bis ", "jusqu’au ", "hasta ", "до "])
def test_the_end_is_a_day_behind_its_word(word: str) -> None:
    now = datetime(2026, 8, 25, 12, tzinfo=UTC)
    end = until(f"{word}2026-09-01", now=now, zone="UTC", most=90)
    assert end == datetime(2026, 9, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        *((f"{word} tomorrow", 26) for word in ("until", "till")),
        *(("tomorrow", 27), ("Morgen", 27), ("demain", 27), ("mañana", 27)),
        *(("завтра", 27), ("bis morgen", 26), ("jusqu'à demain", 26)),
        *(("hasta mañana", 26), ("до завтра", 26)),
        *(("until Monday", 31), ("until Wed", 26), ("bis Montag", 31)),
        *(("bis zum Sonntag", 30), ("jusqu’à lundi", 31), ("jusqu'au lundi", 31)),
        *(("hasta el lunes", 31), ("до понедельника", 31), ("до пятницы", 28)),
        *(("до пн", 31), ("до понеділка", 31), ("до неділі", 30)),
        *(("until monday", 31), ("until Tuesday", 32)),
        *(("Monday", None), ("until", None), ("until soon", None)),
        *(
            ("today", 26),
            ("heute", 26),
            ("сьогодні", 26),
            ("until today", None),
        ),
        *(("übermorgen", 28), ("jusqu’à après-demain", 27), ("послезавтра", 28)),
        *(("this week", 31), ("bis Ende der Woche", 31), ("esta semana", 31)),
        *(
            ("until next week", 31),
            ("до следующей недели", 31),
            ("next week", None),
        ),
        *(("weekend", 31), ("bis zum Wochenende", 29), ("el fin de semana", 31)),
        *(("27.8.", 27), ("bis 27.08.2026", 27), ("27/8", 27)),
        *(("27 August", 27), ("Aug 27th", 27), ("27. August", 27)),
        *(("le 27 août", 27), ("27 de agosto", 27), ("до 27 августа", 27)),
        *(("27 серпня 2026", 27), ("25 August", None), ("31 Feb", None)),
        *(("27 Cricket", None), ("August", None), ("until two Mondays", None)),
        *(("bis Montag", 31), ("jusqu'au lundi", 31), ("до понедельника", 31)),
        *(("bis 27. August", 27), ("bis vier", None), ("until monk", None)),
        *(("until 7d", None), ("2026-02-30", None), ("", None)),
    ],
)
def test_the_end_is_a_day_by_its_name(words: str, day: int | None) -> None:
    """From a Tuesday, the 25th, in Zurich: until its first midnight; "tomorrow" alone rests as well."""
    now = datetime(2026, 8, 25, 12, tzinfo=UTC)
    end = until(words, now=now, zone="Europe/Zurich", most=90)
    midnight = datetime(2026, 8, 24, 22, tzinfo=UTC)
    assert end == (midnight + timedelta(days=day - 25) if day else None)


@pytest.mark.parametrize("words", ["36h", "36 hours", "36 Stunden", "36 heures", "на 36 часов"])
def test_a_pause_may_be_counted_in_hours(words: str) -> None:
    now = datetime(2026, 8, 25, 12, tzinfo=UTC)
    end = until(words, now=now, zone="UTC", most=90)
    assert end == now + timedelta(hours=36)


@pytest.mark.parametrize(
    ("now", "words", "end"),
    [
        (
            datetime(2027, 12, 10, tzinfo=UTC),
            "until 29 February",
            datetime(2028, 2, 29, tzinfo=UTC),
        ),
        (datetime(2028, 2, 28, tzinfo=UTC), "29.2.", datetime(2028, 2, 29, tzinfo=UTC)),
        (datetime(2026, 12, 10, tzinfo=UTC), "until 29 February", None),
        (datetime(2027, 12, 10, tzinfo=UTC), "until 31 February", None),
        (datetime(2027, 12, 10, tzinfo=UTC), "until 1.13.", None),
    ],
)
def test_a_leap_day_is_that_of_the_next_year_that_has_one(
    now: datetime, words: str, end: datetime | None
) -> None:
    assert until(words, now=now, zone="UTC", most=90) == end


@pytest.mark.parametrize(
    ("words", "is_read"),
    [("30d", True), ("31d", False), ("720 hours", True), ("721 hours", False)],
)
def test_hours_are_limited_as_days_are(words: str, is_read: bool) -> None:
    now = datetime(2026, 8, 25, 12, tzinfo=UTC)
    assert (until(words, now=now, zone="UTC", most=30) is not None) == is_read


def test_a_year_in_russian_is_no_hour_in_ukrainian() -> None:
    now = datetime(2026, 8, 25, 12, tzinfo=UTC)
    assert until("1 год", now=now, zone="UTC", most=90) is None
