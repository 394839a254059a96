"""Labels, speakers and headings before a colon: what stands behind them is of the page."""

import pytest

from digest.read.alone.standing import noise_of


@pytest.mark.parametrize(
    "sentence",
    [
        "OUTLOOK FOR RIGA: The talks will go on in Vienna until the end of May.",
        "EDITOR’S NOTE: The following is the speech of the minister in Vienna.",
        "ANNA NOVAK, HOST: Among those who follow the talks is the envoy of Latvia.",
        "JUAN MUÑOZ: The council of Riga has put the vote off until the evening.",
        "ON PATIENCE: “An accord takes as long as it takes, and then a year.”",
    ],
)
def test_what_stands_behind_a_label_or_speaker_in_capitals_is_of_the_page(sentence: str) -> None:
    assert noise_of(sentence, "en") == "page"


@pytest.mark.parametrize(
    "sentence",
    [
        "PHNOM PENH: The envoys of three states met in the palace by the river.",
        "OTTAWA, ON: The envoys of three states met in the palace by the river.",
        "GUATEMALA CITY: The envoys of three states met in the palace by the river.",
        "Port Moresby, Papua New Guinea: The envoys of the isles met in the palace.",
    ],
)
def test_a_place_is_no_label(sentence: str) -> None:
    assert noise_of(sentence, "en") is None


@pytest.mark.parametrize(
    "sentence",
    [
        "A portrait of the minister on a wall of the palace in Riga: Visitors saw it for an hour.",
        "Riga on the Gulf (2-1): Anna Novak led the team of the embassy.",
        "Map of Latvia with the bridge over the river: Envoys crossed it on Monday.",
        "An update, 22 April: The hearing has been moved back to the end of May.",
    ],
)
def test_what_stands_behind_words_without_a_verb_is_of_the_page(sentence: str) -> None:
    assert noise_of(sentence, "en") == "page"


@pytest.mark.parametrize(
    "sentence",
    [
        "Minister Novak has made it clear to the council of Riga: Latvia will vote in May.",
        "Borg Shipping of Riga (ticker: BRG) reported a loss for the third quarter.",
        "Her plan for the bridge of Riga is simple: Build it before the ice comes.",
        "Rencana dua duta besar Latvia di kota itu sebagian besar sama: Riga.",
    ],
)
def test_a_clause_or_a_bracket_before_a_colon_is_none(sentence: str) -> None:
    assert noise_of(sentence) is None


def test_what_says_how_it_is_kept_is_of_the_page() -> None:
    assert noise_of("The list of the embassies will be updated as more reports come in.") == "page"
