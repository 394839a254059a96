"""Whether a text proves by itself that it is not old."""

from datetime import date

import pytest

from digest.read.dating import names_day_near

SEEN = date(2026, 2, 10)


@pytest.mark.parametrize(
    "text",
    [
        "The interview aired on Feb. 10.",
        "Speaking on February 9, the minister left.",
        "Der Minister sprach am 9. Februar in Bonn.",
        "Le ministre a parlé le 10 février.",
        "El ministro habló el 8 de febrero de 2026.",
        "Министр заявил об этом 9 февраля.",
        "On 9th February"[3:].replace("9th", "9"),
    ],
)
def test_a_day_within_three_days_is_proof(text: str) -> None:
    assert names_day_near(text, SEEN)


@pytest.mark.parametrize(
    "text",
    [
        "The interview was published on Tuesday.",
        "The talks of February 9, 2025 failed.",
        "On Feb. 2 the envoy left.",
        "On Feb. 31 nothing happened.",
        "The plan of July 15 stands.",
        "",
    ],
)
def test_another_day_or_year_is_none(text: str) -> None:
    assert not names_day_near(text, SEEN)


def test_a_december_day_is_of_last_year_in_january() -> None:
    assert names_day_near("He spoke on Dec. 31.", date(2026, 1, 2))
