"""Sentences that turn against the one right before them."""

import pytest

from digest.read.alone.standing import stands_alone
from digest.read.alone.turning import turns


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("But the council of Riga has put the vote on the bridge off until May.", "en"),
        ("However, they named no day on which the bridge would be opened.", "en"),
        ("Still, Minister Novak said that the envoys of Latvia would stay.", "en"),
        ("Aber der Rat von Riga hat die Abstimmung über die Brücke verschoben.", "de"),
        ("Cependant, le conseil de Riga a reporté le vote sur le pont à mai.", "fr"),
        ("Sin embargo, el consejo de Riga aplazó la votación hasta mayo.", "es"),
        ("Однако совет Риги отложил голосование о мосте до мая.", "ru"),
        ("Проте рада Риги відклала голосування про міст до травня.", "uk"),
        ("Ancak Riga meclisi köprü oylamasını mayıs ayına erteledi.", "tr"),
    ],
)
def test_what_has_no_flaw_but_that_turns(sentence: str, language: str) -> None:
    assert turns(sentence, language)
    assert not stands_alone(sentence, language)


@pytest.mark.parametrize(
    "sentence",
    [
        "The council of Riga has put the vote on the bridge off until May.",
        "Buttons of the minister's coat are sold at the palace of Riga.",
        "But the move was made by night.",
        "But “the bridge of Riga stays shut until the ice has gone from the river.",
        "But who pays for the bridge of Riga and the palace beside it?",
        "Yet he’s said that the council of Riga would vote on the bridge.",
    ],
)
def test_what_lacks_more_or_does_not_turn_is_none(sentence: str) -> None:
    assert not turns(sentence, "en")


def test_a_language_without_such_words_turns_nowhere() -> None:
    assert not turns("Maar de raad van Riga heeft de stemming over de brug uitgesteld.", "nl")
