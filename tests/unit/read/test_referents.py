"""Whom "he" or "she" means where one person alone can be meant."""

import pytest

from digest.read.speech.quotes import quotes

SAID = "“The talks will go on next week,” "


def speakers(text: str, language: str = "en") -> list[str]:
    return [quote.speaker for quote in quotes(text, language=language)]


@pytest.mark.parametrize(
    "text",
    [
        "It was a good week, by most accounts, for Anna Novak. " + SAID + "she said.",
        "It was a good week for Mrs Novak. " + SAID + "she said. The title is Anna Novak's.",
        "A letter reached Anna Novak in Vienna. It was short. " + SAID + "she said.",
        "A letter from Petr Kos reached Anna Novak. It was short. " + SAID + "she said.",
        "A letter from the Blue Lotus reached Anna Novak. " + SAID + "she said.",
        "“The war is over, and that is that,” Anna Novak said. Rain fell. Snow fell. Hail fell. "
        "The lake of Vienna, all agree, was cold. Two ships lay there. "
        "Of others the fog had kept the Blue Lotus. " + SAID + "she said.",
    ],
)
def test_she_is_the_one_woman_of_the_article(text: str) -> None:
    assert speakers(text)[-1:] == ["Anna Novak"]


@pytest.mark.parametrize(
    "text",
    [
        "A letter from Eva Bartok reached Anna Novak. " + SAID + "she said.",
        "A letter reached Petr Kos in Vienna. It was short. " + SAID + "she said.",
        "A letter reached Anna Novak’s sister in Vienna. " + SAID + "she said.",
        "A letter reached Anna Novak. It named a woman of Vienna. " + SAID + "she said.",
        "A letter reached Anna Novak. It named another young teacher. " + SAID + "she said.",
        "For Anna Novak all was lost, and for the rest Wen Arno said little. " + SAID + "she said.",
        "For Anna Novak all was lost, and so it was for Mayor Wen Arno. " + SAID + "she said.",
        "A letter reached Anna Novak. Rain fell. Snow fell. Hail fell. " + SAID + "she said.",
        "All of them, she felt, spoke for Anna Novak. " + SAID + "she said.",
        "The city of Vienna was cold. " + SAID + "she said.",
        "A port had the Anna Novak, of the old fleet. " + SAID + "she said.",
        "Few spoke of Radosław Sikorski, and few of Anna Novak. " + SAID + "she said.",
    ],
)
def test_she_is_nobody_where_another_may_be_meant(text: str) -> None:
    assert speakers(text) == []


def test_a_name_in_a_quotation_is_no_candidate() -> None:
    text = "It was said that “the days of Anna Novak are over now”. " + SAID + "she said."
    assert speakers(text) == []


def test_somebody_heard_before_needs_no_known_name() -> None:
    heard = "“The war is over, and that is that,” Wen Arno said. The rest came easy, all agree, to Wen Arno. "
    assert speakers(heard + SAID + "she said.") == ["Wen Arno", "Wen Arno"]


def test_a_name_and_a_title_tell_the_sex_in_turn() -> None:
    text = "It fell to Wen Arno. It fell to Mr Arno alone. Few agree. " + SAID
    assert speakers(text + "he said.") == ["Wen Arno"]
    assert speakers(text + "she said.") == []
