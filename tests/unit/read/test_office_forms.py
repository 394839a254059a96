"""Offices as they are shown beside a quotation."""

from datetime import date

import pytest

from digest.read.speech.quotes import quotes


@pytest.mark.parametrize(
    ("before", "role"),
    [
        ("Army Chief of Staff Gen.", "Army Chief of Staff"),
        ("Committee Chairman Rep.", "Committee Chairman"),
        ("the Harbour Board Director Lt. Gen.", "Harbour Board Director"),
        ("Marine Corps Gen.", "Marine Corps Gen."),
        ("presidential candidate Sen.", "presidential candidate Sen."),
        ("Republican Sen.", "Sen."),
        ("fellow Republican Rep.", "Rep."),
        ("Florida Democratic Gov.", "Florida Gov."),
        ("Republican strategist", "Republican strategist"),
        ("Under the Lake Care Act. Sen.", "Sen."),
        ("Maj. Gen.", "Maj. Gen."),
        ("U.S. Sen.", "Sen."),
    ],
)
def test_an_office_is_shown_in_its_form(before: str, role: str) -> None:
    text = f'On Monday {before} John Borg said: "The bridges over the river are closed."'
    assert [quote.role for quote in quotes(text)] == [role]


def test_the_body_that_a_rank_follows_is_led_by_somebody() -> None:
    named = "On Monday Chairman of the Joint Chiefs of Staff Gen. John Borg spoke."
    (quote,) = quotes(f'{named} "The bridges over the river are closed," Borg said.')
    assert quote.role == "Chairman of the Joint Chiefs of Staff"


def test_who_only_reports_for_the_outlet_is_no_voice() -> None:
    said = '"The envoys of three states have left the palace," Anna Novak said on Monday.'
    assert [quote.speaker for quote in quotes(said)] == ["Anna Novak"]
    assert quotes(f"The talks are over, NPR's Anna Novak reports. {said}") == ()


def test_who_is_known_by_a_surname_alone_has_an_office_and_its_spelling() -> None:
    said = '"The bridges over the river are closed," Zelenskyy says on Monday.'
    (quote,) = quotes(said, at=date(2026, 2, 1))
    assert (quote.speaker, quote.role, quote.country) == ("Volodymyr Zelenskyy", "President", "UA")
    (quote,) = quotes(f"Officials met Zelenskyy on Monday. {said}", at=date(2026, 2, 1))
    assert (quote.speaker, quote.role) == ("Volodymyr Zelenskyy", "President")
