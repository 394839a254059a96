"""Who speaks behind a name and a colon, and where the outlet itself goes on."""

from datetime import UTC, datetime

import pytest

from digest.model.gathered import Draft, Paragraph
from digest.read.article import read
from digest.read.speech.transcripts import told_until
from digest.read.speech.voices import own

NEWS = "The envoys of three states met in the palace by the river on Monday."
FALSE = "The minister of Lakeland owns two of the ferries on the river."
MINE = "I can understand those who say that they own the ferries."
RESUMED = "Earlier on Monday the mayor of Riga said the ferries would sail again."


def told(*paragraphs: Paragraph | str, official: bool = False) -> list[str]:
    made = [Paragraph("p", one) if isinstance(one, str) else one for one in paragraphs]
    return [made[at].text for at in own(made, official=official)]


def sentences(text: str) -> list[str]:
    draft = Draft(title=None, paragraphs=(Paragraph("p", text),))
    article = read(draft, first_seen_at=datetime(2026, 1, 1, tzinfo=UTC))
    return [article.text[span.start : span.end] for span in article.sentences]


def test_what_follows_an_answer_is_spoken_until_narration_resumes() -> None:
    turns = ("Reporter: Who owns them?", f"Novak: First, {FALSE}", FALSE, MINE)
    assert told(NEWS, *turns) == [NEWS]
    assert told(NEWS, *turns, RESUMED, NEWS, NEWS, NEWS) == [NEWS, RESUMED, NEWS, NEWS, NEWS]


def test_a_heading_ends_what_is_spoken() -> None:
    turns = ("Reporter: Who owns them?", f"Novak: First, {FALSE}", FALSE)
    heading = Paragraph("heading", "The ferries")
    assert told(NEWS, NEWS, *turns, heading, NEWS, NEWS, NEWS) == [NEWS] * 5


@pytest.mark.parametrize(
    "turns",
    [
        ("Reporter: Anna Novak", "Editor: Jan Borg"),  # who wrote it
        ("Reporter: Who owns them?", NEWS),
        ("Reporter: Who owns them?", "Journalist: Who?"),
    ],
)
def test_a_reporter_without_an_answer_makes_no_transcript(turns: tuple[str, str]) -> None:
    assert told(NEWS, *turns, NEWS) == [NEWS, *turns, NEWS]


@pytest.mark.parametrize(
    "label",
    [
        "ANNA NOVAK",
        "ANNA MARIA NOVAK",
        "PETER NOVAK, HOST",
        "PETER NOVAK (HOST)",
        "SEN. OLE McNOVAK",
    ],
)
def test_a_name_in_capitals_speaks_once(label: str) -> None:
    assert told(NEWS, f"{label}: {FALSE}", FALSE, RESUMED) == [NEWS, RESUMED]
    assert sentences(f"{NEWS} {label}: {FALSE} {FALSE}") == [NEWS]


@pytest.mark.parametrize(
    "text",
    [
        f"{NEWS} SEE ALSO: {FALSE}",
        f"{NEWS} NEW DELHI: {FALSE}",
        f"{NEWS} ANNA NOVAK: I OWN THE FERRIES {FALSE}",  # another page's headline
        f"{NEWS} Photo: {FALSE} More: {FALSE}",
        f"{NEWS} Deal: None. Trade: none. Deal: None.",
        f"{NEWS} Deal: None. Deal: None. Deal: None.",
    ],
)
def test_other_labels_end_no_narration(text: str) -> None:
    assert told_until(text) == len(text)


def test_two_who_take_turns_in_one_paragraph_end_its_narration() -> None:
    assert sentences(f"{NEWS} Anna: Yes. Jan: I own them. Anna: Oh? {FALSE}") == [NEWS]


def test_the_paragraphs_behind_one_in_which_somebody_begins_to_speak_are_spoken() -> None:
    begun = f"{NEWS} ANNA NOVAK: It is so."
    assert told(begun, FALSE, FALSE) == [begun]


def test_an_official_page_is_told_though_its_one_speaker_has_capitals() -> None:
    lines = ("Riga", f"MR NOVAK: {FALSE}", NEWS)
    assert told(*lines, official=True) == list(lines)


def test_the_first_turn_may_have_the_name_in_full() -> None:
    turns = (
        f"Anna Novak: {FALSE}",
        FALSE,
        f"JB: {FALSE}",
        f"AN: {FALSE}",
        f"JB: {FALSE}",
        "AN: No.",
    )
    assert told(NEWS, *turns) == [NEWS]


def test_the_turn_right_before_belongs_to_the_exchange() -> None:
    assert told(NEWS, f"Novak: {FALSE}", "JB: No.", "AN: No.", "JB: Yes.") == [NEWS]
