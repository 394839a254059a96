"""Which names, openings and clauses tell who spoke."""

import pytest

from digest.read.speech.quotes import quotes


def speakers(text: str) -> list[str]:
    return [quote.speaker for quote in quotes(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Feeling sure of the outcome, Anna Novak rang the bell. “The talks will go on,” she said.",
        "Now that the rain was over, Anna Novak rang the bell. “The talks will go on,” she said.",
        "Clearly moved by the songs, Anna Novak rang the bell. “The talks will go on,” she said.",
        "Like “Petr Kos and the Blue Band”, Anna Novak rang the bell. “The talks will go on,” she said.",
        "Kunming mayor Anna Novak told us, mostly, of the bell. “The talks will go on,” she said.",
        "Much loved by the town, Anna Novak rang the bell. “The talks will go on,” she said.",
    ],
)
def test_the_subject_stands_behind_more_openings(text: str) -> None:
    assert speakers(text) == ["Anna Novak"]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Senator Anna Novak Tuesday told us that “the talks will go on next week”.", "Anna Novak"),
        (
            "Anna Novak came. Joining Novak, we sat down. “The talks will go on,” Novak said.",
            "Anna Novak",
        ),
        (
            "Anna Novak came. Getting Novak to sit took long. “The talks will go on,” Novak said.",
            "Anna Novak",
        ),
        (
            "Anna Novak came to A&E. The Novak bell rang. “The talks will go on now,” Novak said.",
            "Anna Novak",
        ),
        (
            "“The talks will go on next week,” CNN Polling Director Keating Novak said.",
            "Keating Novak",
        ),
        (
            "Anna B. Novak Jr. rang the bell. “The talks will go on,” Novak said.",
            "Anna B. Novak Jr.",
        ),
        ("Ana Ruiz Novak rang the bell. “The talks will go on,” Ruiz said.", "Ana Ruiz Novak"),
        (
            "Petr Kos left. Eva Kos came. Anna Kos came. “The talks will go on,” Anna said.",
            "Anna Kos",
        ),
    ],
)
def test_what_a_page_joins_to_a_name_is_no_part_of_it(text: str, speaker: str) -> None:
    assert speakers(text) == [speaker]


def test_a_capital_word_is_no_name_where_nothing_but_capitals_follows() -> None:
    assert speakers("“The talks will go on next week,” Evening NOVAK said.") == []


def test_a_surname_of_two_is_that_of_the_full_name_right_before_it() -> None:
    assert speakers("Petr Kos left. Anna Kos came in. “The talks will go on,” Kos said.") == []
    far = "Petr Kos left. " + "The rain fell on the roofs of the town. " * 13
    assert speakers(far + "Anna Kos came in. “The talks will go on,” Kos said.") == ["Anna Kos"]
    assert speakers(far + "Wen Kos came in. “The talks will go on,” Kos said.") == []
    assert speakers(far + "Petr’s wife Anna Kos came in. “The talks will go on,” Kos said.") == []
    assert speakers(far + "Anna Kos came in. Kos sat down. “The talks will go on,” Kos said.") == []


@pytest.mark.parametrize(
    "text",
    [
        "There is “no reason at all to wait” in the matter, Anna Novak said.",
        "There is “no reason at all to wait” in the matter, said Anna Novak.",
        "Anna Novak came. There is “no reason at all to wait” if they agree, she said.",
        "There is “no reason at all to wait ...” Anna Novak said of the matter.",
    ],
)
def test_the_speaker_of_a_clause_says_its_quoted_part(text: str) -> None:
    assert speakers(text) == ["Anna Novak"]


@pytest.mark.parametrize(
    "text",
    [
        "Kos’s talk of “no reason at all to wait” in the matter was odd, Anna Novak said.",
        "He said there is “no reason at all to wait” in the matter, and so on, Anna Novak said.",
        "There were signs reading “no reason at all to wait” in the matter, Anna Novak said.",
        "There is “no reason at all to wait” and, in the end, Anna Novak said nothing.",
        "There is “no reason at all to wait” in the matter, the others of the town said.",
    ],
)
def test_what_a_clause_quotes_of_another_is_not_its_speaker_s(text: str) -> None:
    assert speakers(text) == []


def test_a_family_says_nothing_in_its_member_s_name() -> None:
    text = "“It is all over now,” many felt. In Vienna, the Novak family said. “It is over now.” "
    assert speakers(text + "Anna Novak was silent.") == []
