"""Paragraphs in which an outlet speaks itself."""

import pytest

from digest.model.gathered import Paragraph
from digest.read.speech.voices import own

NEWS = "The envoys of three states met in the palace by the river on Monday."
FALSE = "The minister of Lakeland owns two of the ferries on the river."


def told(*lines: str, official: bool = False, language: str = "en") -> list[str]:
    paragraphs = [Paragraph("p", line) for line in lines]
    kept = own(paragraphs, official=official, language=language)
    return [paragraphs[at].text for at in kept]


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


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("NATO Spokesperson, Anna Novak", "Jan Borg, Lakeland Journal"),
        ("Question (retranslated from Arabic)", "Anna Novak"),
        ("President of Lakeland Anna Novak", "Minister of Foreign Affairs of the Isles Jan Borg"),
        ("А.Новак", "С.И.Борг"),
        ("Präsidentin der Republik Anna Novak", "Borg (AA)"),
        ("High Representative/Vice-President Novak", "Mr. Borg (Lakeland) (spoke in Russian)"),
    ],
)
def test_who_speaks_may_have_an_office(first: str, second: str) -> None:
    turns = (f"{first}: {FALSE}", f"{second}: {FALSE}", FALSE, f"{first}: {FALSE}")
    assert told(NEWS, *turns, FALSE) == [NEWS]


def test_questions_and_answers_may_have_a_dash() -> None:
    turns = ("Q - Who met?", f"R - {FALSE}", "Q – When?", f"R – {FALSE}")
    assert told(NEWS, *turns) == [NEWS]


def test_a_speaker_is_known_without_the_office_too() -> None:
    turns = ("Prime Minister of Lakeland Anna Novak: Yes.", "Jan Borg: No.", "Anna Novak: Yes.")
    assert told(NEWS, *turns) == [NEWS]


@pytest.mark.parametrize(
    "turns",
    [
        ("Q: Who met? A: They did. Q: When? A: Now.",),
        ("Q: Who met? A: They did. It rained.",),
        ("Q: Who met? A: They did.", "Q: When? A: Now. It rained."),
        ("Reporter: Who met? Minister Novak: They. Reporter: When? Novak: “Now.” Reporter: Ah?",),
        ("Q. Who met?", f"A. {FALSE}", "Q. When?", "A. Now."),
        ("Question: Who met?", f"Answer: {FALSE}"),
        ("Вопрос: Кто встретился? Ответ: Все.",),
    ],
)
@pytest.mark.parametrize("official", [True, False])
def test_turns_of_one_paragraph_are_not_told_as_news(
    turns: tuple[str, ...], official: bool
) -> None:
    introduction = f"{NEWS} {NEWS}"
    assert told(introduction, *turns, *[NEWS] * 5, official=official) == [introduction, *[NEWS] * 5]


def test_a_transcript_that_begins_in_the_middle_of_a_paragraph_takes_it_along() -> None:
    assert told(NEWS, f"{NEWS} Q: Who met? A: They. It rained.", NEWS, NEWS) == [NEWS] * 3


def test_an_official_page_of_one_exchange_opens_with_no_statement() -> None:
    exchange = f"Question: Who met? Answer: {FALSE}"
    assert told("Washington", exchange, NEWS, NEWS, official=True) == ["Washington", NEWS, NEWS]


def test_labels_within_a_paragraph_of_news_are_no_turns() -> None:
    lines = (f"{NEWS} Deal: none. Trade: none. Deal: none.", f"Analysis: {NEWS}", "Question: Why?")
    assert told(*lines) == list(lines)


def test_initials_are_no_turns() -> None:
    lines = ("A. Novak met the envoys.", "A. Borg met them too.", "A. Kos met nobody.")
    assert told(*lines) == list(lines)


BRIEFING = ("Washington", "MR NOVAK: Good day.", NEWS, NEWS, "Q: Who?", "MR NOVAK: He.", "Q: Ah?")


def test_the_statement_that_opens_an_official_briefing_is_told() -> None:
    assert told(*BRIEFING, FALSE, official=True) == ["Washington", NEWS, NEWS]
    assert told(*BRIEFING, FALSE) == ["Washington"]


def test_where_an_official_text_has_an_introduction_no_turn_is_told() -> None:
    introduction = "Anna Novak received the envoys of three states in the palace by the river."
    assert told(introduction, *BRIEFING[1:], official=True) == [introduction]


def test_what_follows_an_exchange_is_told_again() -> None:
    turns = ("Borg: Who says so?", f"Novak: {FALSE}", "Borg: Who says so?")
    assert told(NEWS, *turns, *[NEWS] * 5) == [NEWS] * 6


def test_labels_are_no_turns() -> None:
    lines = ("Riga: " + NEWS, "Geneva: " + NEWS, "Vienna: " + NEWS)
    assert told(*lines) == list(lines)
    lines = ("North Riga: " + NEWS, "South Riga: " + NEWS, "Vienna: " + NEWS)
    assert told(*lines) == list(lines)
    assert told(NEWS, f"Novak: {FALSE}", f"Novak: {FALSE}") == [
        NEWS,
        f"Novak: {FALSE}",
        f"Novak: {FALSE}",
    ]


def test_a_label_at_the_end_has_nothing_below() -> None:
    assert told(NEWS, "Claim") == [NEWS, "Claim"]


@pytest.mark.parametrize(
    ("language", "lead"),
    [
        ("en", "Foreign Secretary Anna Novak said:"),
        ("en", "The minister of Lakeland told reporters in the palace on Monday:"),
        ("fr", "La ministre a déclaré :"),
        ("de", "Die Ministerin erklärte:"),
        ("ru", "Министр заявила:"),
    ],
)
def test_what_stands_without_marks_behind_who_said_it_is_not_told(language: str, lead: str) -> None:
    assert told(NEWS, lead, FALSE, NEWS, language=language) == [NEWS, lead, NEWS]


@pytest.mark.parametrize(
    ("lead", "after"),
    [
        ("Foreign Secretary Anna Novak said:", f"“{FALSE}”"),  # its marks tell what it is
        ("The ministers agreed:", FALSE),
        ("The ministers said:", "to open the border;"),
        ("The ministers said they would:", "open the border by May"),
        ("The plan has three parts:", FALSE),
        ("Foreign Secretary Anna Novak said nothing.", FALSE),
    ],
)
def test_other_lines_take_nothing_away(lead: str, after: str) -> None:
    assert told(NEWS, lead, after) == [NEWS, lead, after]


def test_a_heading_neither_says_anything_nor_is_said() -> None:
    said, heading = "Foreign Secretary Anna Novak said:", "What comes next"
    paragraphs = [
        Paragraph("heading", said),
        Paragraph("p", NEWS),
        Paragraph("p", said),
        Paragraph("heading", heading),
        Paragraph("p", NEWS),
        Paragraph("p", said),
    ]
    assert own(paragraphs) == (1, 2, 4, 5)
