"""Paragraphs in which an outlet speaks itself."""

import pytest

from digest.model import Paragraph
from digest.read.voices import own

NEWS = "The envoys of three states met in the palace by the river on Monday."
FALSE = "The minister of Lakeland owns two of the ferries on the river."


def told(*lines: str) -> list[str]:
    paragraphs = [Paragraph("p", line) for line in lines]
    return [paragraphs[at].text for at in own(paragraphs)]


@pytest.mark.parametrize("label", ["Claim", "The claim:", "CLAIM", "Behauptung", "Утверждение"])
def test_what_a_fact_check_looks_into_is_not_told(label: str) -> None:
    assert told(NEWS, label, FALSE, NEWS) == [NEWS, NEWS]


def test_headings_are_not_told() -> None:
    assert own([Paragraph("heading", "What comes next"), Paragraph("p", NEWS)]) == (1,)


@pytest.mark.parametrize(
    ("asks", "answers"),
    [
        ("Question", "Anna Novak"),
        ("Q", "MS NOVAK"),
        ("Вопрос", "Анна Новак"),
        ("Reporter", "Novak"),
    ],
)
def test_a_transcript_is_not_told_as_news(asks: str, answers: str) -> None:
    turns = (
        f"{asks}: Who met?",
        f"{answers}: {FALSE}",
        FALSE,
        f"{asks}: When?",
        f"{answers}: Now.",
    )
    assert told(NEWS, *turns, FALSE, FALSE) == [NEWS]


def test_what_follows_an_exchange_is_told_again() -> None:
    turns = ("Borg: Who says so?", f"Novak: {FALSE}", "Borg: Who says so?")
    assert told(NEWS, *turns, *[NEWS] * 5) == [NEWS] * 6


def test_labels_are_no_turns() -> None:
    lines = ("Riga: " + NEWS, "Geneva: " + NEWS, "Vienna: " + NEWS)
    assert told(*lines) == list(lines)
    assert told(NEWS, f"Novak: {FALSE}", f"Novak: {FALSE}") == [
        NEWS,
        f"Novak: {FALSE}",
        f"Novak: {FALSE}",
    ]


def test_a_label_at_the_end_has_nothing_below() -> None:
    assert told(NEWS, "Claim") == [NEWS, "Claim"]
