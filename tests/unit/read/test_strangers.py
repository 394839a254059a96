"""Surnames that only a sentence before explains."""

import pytest

from digest.read.alone.strangers import bare_names, introduced, introductions, stranger

TEXT = (
    "The envoys met. Minister Alexander Novak spoke first, and then Anna Borg. Bishr Yazigi told The Lake "
    "Reporter that he would wait. Igor I. Sechin and the U.S. Embassy had been told. "
)


@pytest.mark.parametrize(
    ("sentence", "opens_with"),
    [
        ("Novak promised them ninety days.", "Novak"),
        ("“Mrs Borg would wait”, her envoy said.", "Borg"),
        ("Borg’s envoys left for Riga.", "Borg"),
        ("Minister Novak promised them ninety days.", None),  # an office says enough
        ("The envoys left for Riga.", None),
        ("Mr. Sechin promised them ninety days.", "Sechin"),  # behind an initial
        ("Embassy guards promised them ninety days.", None),
        ("Riga waited for the envoys.", None),
        ("Alexander Novak promised them ninety days.", None),
        ("Novak, who had come by train, promised them ninety days.", "Novak"),
        ("On Monday, Novak promised them ninety days.", "Novak"),
        ("On Monday the envoys of Novak promised them ninety days.", None),
        ("The talks that Novak said were dead go on.", "Novak"),
        ("“The talks of the two envoys are dead,” Borg said in Riga.", "Borg"),
        ("“The talks of the two envoys are dead,” Mr Borg said in Riga.", None),
        ("Yazigi nevertheless said that the talks go on.", "Yazigi"),  # no listed given name
        (
            "In the palace Novak promised them ninety days.",
            None,
        ),  # looked for at the start and with verbs of saying
    ],
)
def test_a_surname_is_a_stranger_where_a_full_name_stands_before(
    sentence: str, opens_with: str | None
) -> None:
    assert stranger(sentence, len(TEXT), introductions(TEXT + sentence)) == opens_with


def test_who_is_introduced_later_is_not_explained_before() -> None:
    text = "Novak left. Alexander Novak is a minister."

    assert stranger("Novak left.", 0, introductions(text)) is None


def test_a_hostile_text_costs_a_pass() -> None:
    assert introductions("Anna " * 100_000) == {"Anna": 0}


def test_a_name_stands_alone_anywhere_but_behind_a_given_name() -> None:
    sentence = (
        "The envoys of Novak told Mr. Borg and Anna Lake, of the River Bank, that Trump had left."
    )

    assert bare_names(sentence) == ("Novak", "Borg")  # nobody needs to be told who Trump is


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jorge Quintero López Amores left the boat.", {"Quintero", "López", "Amores"}),
        ("Envoys of the Bank of Riga left the boat.", set()),
        ("Minister Anna Borg left the boat.", {"Borg"}),
        ("Orfeas Boteas, 27, left the boat.", {"Boteas"}),  # of an age
        ("Port Vendres, 27 boats and Lake Vendres left.", set()),
        ("Mohamed Abdulkadir Osman and Josh Borg left the boat.", {"Abdulkadir", "Osman", "Borg"}),
    ],
)
def test_of_several_names_all_behind_a_given_one_are_introduced(text: str, names: set[str]) -> None:
    assert introduced(text) == names
