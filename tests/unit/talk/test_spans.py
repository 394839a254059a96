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
        *(("0", None), ("91", None), ("13 weeks", None), ("d", None), ("٣", None), ("", None)),
    ],
)
def test_a_number_of_days_is_read_in_the_words_of_all_languages(
    words: str, count: int | None
) -> None:
    assert days(words, most=90) == count


@pytest.mark.parametrize("word", ["", "until ", "bis ", "jusqu’au ", "hasta ", "до "])
def test_the_end_is_a_day_behind_its_word(word: str) -> None:
    now = datetime(2026, 8, 25, 12, tzinfo=UTC)
    end = until(f"{word}2026-09-01", now=now, zone="UTC", locale="en", most=90)
    assert end == datetime(2026, 9, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "locale", "day"),
    [
        *((f"{word} tomorrow", "en", 26) for word in ("until", "till")),
        *(("tomorrow", "en", 27), ("Morgen", "de", 27), ("demain", "fr", 27), ("mañana", "es", 27)),
        *(("завтра", "ru", 27), ("bis morgen", "de", 26), ("jusqu'à demain", "fr", 26)),
        *(("hasta mañana", "es", 26), ("до завтра", "uk", 26)),
        *(("until Monday", "en", 31), ("until Wed", "en", 26), ("bis Montag", "de", 31)),
        *(("bis zum Sonntag", "de", 30), ("jusqu’à lundi", "fr", 31), ("jusqu'au lundi", "fr", 31)),
        *(("hasta el lunes", "es", 31), ("до понедельника", "ru", 31), ("до пятницы", "ru", 28)),
        *(("до пн", "ru", 31), ("до понеділка", "uk", 31), ("до неділі", "uk", 30)),
        *(("until monday", "fr", 31), ("until Tuesday", "en", 32)),
        *(("Monday", "en", None), ("until", "en", None), ("until soon", "en", None)),
        *(
            ("today", "en", 26),
            ("heute", "de", 26),
            ("сьогодні", "uk", 26),
            ("until today", "en", None),
        ),
        *(("übermorgen", "de", 28), ("jusqu’à après-demain", "fr", 27), ("послезавтра", "ru", 28)),
        *(("this week", "en", 31), ("bis Ende der Woche", "de", 31), ("esta semana", "es", 31)),
        *(
            ("until next week", "en", 31),
            ("до следующей недели", "ru", 31),
            ("next week", "en", None),
        ),
        *(("weekend", "en", 31), ("bis zum Wochenende", "de", 29), ("el fin de semana", "es", 31)),
        *(("27.8.", "de", 27), ("bis 27.08.2026", "de", 27), ("27/8", "fr", 27)),
        *(("27 August", "en", 27), ("Aug 27th", "en", 27), ("27. August", "de", 27)),
        *(("le 27 août", "fr", 27), ("27 de agosto", "es", 27), ("до 27 августа", "ru", 27)),
        *(("27 серпня 2026", "uk", 27), ("25 August", "en", None), ("31 Feb", "en", None)),
        *(("27 Cricket", "en", None), ("August", "en", None), ("until two Mondays", "en", None)),
        *(("until 7d", "en", None), ("2026-02-30", "en", None), ("", "en", None)),
    ],
)
def test_the_end_is_a_day_by_its_name(words: str, locale: str, day: int | None) -> None:
    """From a Tuesday, the 25th, in Zurich: until its first midnight; "tomorrow" alone rests as well."""
    now = datetime(2026, 8, 25, 12, tzinfo=UTC)
    end = until(words, now=now, zone="Europe/Zurich", locale=locale, most=90)
    midnight = datetime(2026, 8, 24, 22, tzinfo=UTC)
    assert end == (midnight + timedelta(days=day - 25) if day else None)


@pytest.mark.parametrize("words", ["36h", "36 hours", "36 Stunden", "36 heures", "на 36 часов"])
def test_a_pause_may_be_counted_in_hours(words: str) -> None:
    now = datetime(2026, 8, 25, 12, tzinfo=UTC)
    end = until(words, now=now, zone="UTC", locale="en", most=90)
    assert end == now + timedelta(hours=36)


def test_a_year_in_russian_is_no_hour_in_ukrainian() -> None:
    now = datetime(2026, 8, 25, 12, tzinfo=UTC)
    assert until("1 год", now=now, zone="UTC", locale="ru", most=90) is None
