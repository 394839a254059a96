"""Lists of communiqués: an introduction and its first items are one sentence, or nothing of it is told."""

from datetime import UTC, datetime

import pytest

from digest.model.gathered import Draft, Paragraph
from digest.read.alone.standing import stands_alone
from digest.read.article import read

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LEAD = "Deputy ministers of the two states met in the palace by the river on Monday."
LAST = "The talks go on in Vienna next week with the envoys of three states."
AGREED = "The ministers agreed to:"


def sentences(*lines: str, language: str | None = None) -> list[str]:
    """What is told; "* " stands before an item of a list."""
    paragraphs = tuple(
        Paragraph("item" if line.startswith("* ") else "p", line.removeprefix("* "))
        for line in (LEAD, *lines, LAST)
    )
    draft = Draft(title="Talks", paragraphs=paragraphs, language=language)
    article = read(draft, first_seen_at=NOW)
    found = [article.text[span.start : span.end] for span in article.sentences]
    return [each for each in found if each not in (LEAD, LAST)]


def told(*lines: str) -> list[str]:
    return [each for each in sentences(*lines) if stands_alone(each, "en")]


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        (
            (
                "open two crossings by May;",
                "share what their guards know; and",
                "meet again in autumn.",
            ),
            "open two crossings by May;\n\nshare what their guards know; and\n\nmeet again in autumn.",
        ),
        (("open two crossings by May, and", "meet again."), None),
        (("open two crossings by May.", "meet again."), "open two crossings by May."),
        (
            ("* Open two crossings by May.", "* Share what their guards know."),
            "Open two crossings by May.",
        ),
        (("Open two crossings by May;", "Meet again in autumn."), None),
        (
            ("* open two crossings by May;", f"* share {'what they know ' * 20};"),
            "open two crossings by May;",
        ),
        (("open two crossings by May", "meet again"), ""),
        (
            ("open two crossings by May. The envoys had asked for it.", "meet again."),
            "open two crossings by May.",
        ),
    ],
)
def test_an_introduction_and_its_first_items_are_one_sentence(
    items: tuple[str, ...], sentence: str | None
) -> None:
    whole = "\n\n".join(item.removeprefix("* ") for item in items)
    expected = whole if sentence is None else sentence
    found = [each for each in told(AGREED, *items) if each.startswith(AGREED)]
    assert found == ([f"{AGREED}\n\n{expected}"] if expected else [])


@pytest.mark.parametrize(
    "items",
    [
        (
            "* Open the two crossings on the river by May.",
            "* Share what all their coast guards know.",
        ),
        (
            "* Open the two crossings on the river by May",
            "* Share what all their coast guards know.",
        ),
        ("open the two crossings on the river by May;", "Share what all their coast guards know."),
    ],
)
def test_no_item_is_told_without_its_introduction(items: tuple[str, ...]) -> None:
    assert all(
        each.startswith("The ministers did not")
        for each in told("The ministers did not agree to:", *items)
    )


def test_the_points_of_a_list_may_be_sentences() -> None:
    points = ("The border opens for all traders in May.", "The ferries sail again from June on.")
    lead = "The plan has two points:"
    assert told(lead, *(f"* {point}" for point in points)) == list(points)


def test_items_in_small_letters_belong_to_any_introduction() -> None:
    lead = "The plan has two points:"
    assert sentences(lead, "* a bridge for the traders;", "* a ferry for all.", "* Tolls go.") == [
        f"{lead}\n\na bridge for the traders;\n\na ferry for all.",
        "Tolls go.",
    ]
    assert sentences(lead, "* a bridge for the traders", "* a ferry") == [
        lead,
        "a bridge for the traders",
        "a ferry",
    ]


def test_a_list_ends_where_something_else_is_left_out() -> None:
    paragraphs = (
        Paragraph("p", AGREED),
        Paragraph("heading", "Trade"),
        Paragraph("item", "open two crossings by May."),
    )
    article = read(Draft(title="Talks", paragraphs=paragraphs), first_seen_at=NOW)
    assert [article.text[span.start : span.end] for span in article.sentences] == [
        AGREED,
        "open two crossings by May.",
    ]


def test_lists_of_other_languages_are_joined_by_small_letters_alone() -> None:
    lead, item = (
        "Die Minister der beiden Staaten einigten sich am Montag darauf:",
        "zwei Brücken zu bauen.",
    )
    assert sentences(lead, item, language="de")[0] == f"{lead}\n\n{item}"
