"""What ministries' pages let somebody say: the words, the speaker, and never one without the other."""

from datetime import UTC, datetime

import pytest

from digest.gather.page.extract import extract_page
from digest.gather.paragraphs import paragraphs
from digest.model.articles import NewArticle, Quote
from digest.model.gathered import Draft, Paragraph
from digest.read.article import read
from digest.read.speech.quotes import quotes

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LEAD = (
    "The two states have agreed on a new plan for the strait and will patrol it by day and night."
)
LAST = "The plan takes effect on Monday, and its first report is due in the spring of next year."
SHIPS = "These ships pay for the war and we will not let them pass our coast unseen."
FRIENDS = "They must be stopped, and they will be stopped with all our friends."
STEP = "Today is only the first step on a long road."
NAVY = "The navy will watch every mile of the strait."
ROLE = "Secretary of State for Foreign, Commonwealth and Development Affairs"


def said(text: str) -> list[tuple[str, Quote]]:
    return [(text[quote.start : quote.end], quote) for quote in quotes(text)]


def page(body: str) -> NewArticle:
    html = f"<html><body><main><h1>The strait</h1><p>{LEAD}</p>{body}<p>{LAST}</p></main></body></html>"
    return read(
        extract_page(html.encode(), url="https://ministry.example/1", seen_at=NOW),
        first_seen_at=NOW,
    )


def told(article: NewArticle) -> list[str]:
    return [article.text[span.start : span.end] for span in article.sentences]


@pytest.mark.parametrize(
    ("line", "role", "country"),
    [
        ("Foreign Secretary Anna Novak said:", "Foreign Secretary", None),
        ("Foreign Secretary, Anna Novak, said:", "Foreign Secretary", None),
        ("UK Foreign Secretary Anna Novak said:", "Foreign Secretary", "GB"),
        ("Foreign Secretary Anna Novak:", "Foreign Secretary", None),
        ("The Foreign Minister of Norway, Anna Novak, said:", "Foreign Minister of Norway", "NO"),
        ("Norway’s Foreign Minister Anna Novak added:", "Foreign Minister", "NO"),
        (
            "Speaking in Paris, the Minister for Europe, Anna Novak, said:",
            "Minister for Europe",
            None,
        ),
        ("Minister for the Middle East Anna Novak said:", "Minister for the Middle East", None),
        (f"{ROLE} Anna Novak said:", ROLE, None),
        ("Foreign Secretary Anna Novak said", "Foreign Secretary", None),
        ("Foreign Office Minister Anna Novak said:", "Foreign Office Minister", "GB"),
        ("European Council President Anna Novak said:", "European Council President", "EU"),
        (
            "EU High Representative for Foreign Affairs and Security Policy Anna Novak said:",
            "High Representative for Foreign Affairs and Security Policy",
            "EU",
        ),
        ("UK Chargé d’Affaires Anna Novak said:", "Chargé d’Affaires", "GB"),
        (
            "Minister of Foreign Affairs of Japan Anna Novak said:",
            "Minister of Foreign Affairs of Japan",
            "JP",
        ),
    ],
)
@pytest.mark.parametrize("marks", ["“”", '""', "‘’"])
def test_the_line_before_a_statement_says_whose_it_is(
    line: str, role: str, country: str | None, marks: str
) -> None:
    text = f"{LEAD}\n\n{line}\n\n{marks[0]}{SHIPS}{marks[1]}\n\n{LAST}"
    ((words, quote),) = said(text)
    assert words == f"{marks[0]}{SHIPS}{marks[1]}"
    assert (quote.speaker, quote.role, quote.country) == ("Anna Novak", role, country)


@pytest.mark.parametrize(
    "line",
    [
        "A spokesperson for the ministry said:",
        "An ally of Foreign Secretary Anna Novak said:",
        "Foreign Secretary Anna Novak and her guest said:",
        "Foreign Secretary Anna Novak met the envoys. The hosts said:",
    ],
)
def test_a_line_that_names_nobody_gives_no_speaker(line: str) -> None:
    assert said(f"{LEAD}\n\n{line}\n\n“{SHIPS}”\n\n{LAST}") == []


@pytest.mark.parametrize("marks", ["“”", '""', "‘’"])
def test_each_paragraph_of_a_statement_has_its_speaker(marks: str) -> None:
    first, last = marks
    text = (
        f"{LEAD}\n\nForeign Secretary Anna Novak said:\n\n{first}{SHIPS}\n\n{first}{FRIENDS}\n\n{first}{STEP}"
        f"{last}\n\nDefence Secretary Jan Borg said:\n\n{first}{SHIPS}\n\n{first}So be it.{last}\n\n{LAST}"
    )
    assert [(words, quote.speaker) for words, quote in said(text)] == [
        (first + SHIPS, "Anna Novak"),
        (first + FRIENDS, "Anna Novak"),
        (first + STEP + last, "Anna Novak"),
        (first + SHIPS, "Jan Borg"),
    ]


def test_what_is_told_between_two_marks_of_one_line_is_nobody_s() -> None:
    text = f"Anna Novak said: “{SHIPS} Then she left the room. “{STEP}”"
    assert [words for words, _ in said(text)] == [f"“{STEP}”"]


BLOCKS = (
    "<p>Foreign Secretary Anna Novak said:</p>"
    f"<blockquote><p>{SHIPS} {FRIENDS}</p><p>{STEP}</p></blockquote>"
    "<p>Minister for the Middle East, Jan Borg, said:</p>"
    f"<blockquote><p>{NAVY}</p></blockquote>"
)


def test_a_statement_that_a_page_sets_apart_has_its_speaker_and_is_not_told_without() -> None:
    article = page(BLOCKS)
    found = [(article.text[q.start : q.end], q.speaker, q.role) for q in article.quotes]
    assert found == [
        (f"{SHIPS} {FRIENDS}", "Anna Novak", "Foreign Secretary"),
        (STEP, "Anna Novak", "Foreign Secretary"),
        (NAVY, "Jan Borg", "Minister for the Middle East"),
    ]
    assert told(article) == [
        LEAD,
        "Foreign Secretary Anna Novak said:",
        "Minister for the Middle East, Jan Borg, said:",
        LAST,
    ]


def test_it_is_nobody_s_where_the_line_before_names_nobody_and_is_not_told_either() -> None:
    article = page(f"<p>The hosts said:</p><blockquote><p>{STEP}</p></blockquote>")
    assert (article.quotes, told(article)) == ((), [LEAD, "The hosts said:", LAST])


def test_a_block_quotation_in_marks_is_read_by_its_marks() -> None:
    article = page(
        f"<p>Foreign Secretary Anna Novak said:</p><blockquote><p>“{SHIPS}</p><p>“{STEP}”</p></blockquote>"
    )
    assert [article.text[q.start : q.end] for q in article.quotes] == [f"“{SHIPS}", f"“{STEP}”"]


def test_marks_within_a_block_are_of_its_speaker() -> None:
    words = "Our guests said “all of it is so very good” and “all ends well.\n"
    article = page(
        f"<p>Foreign Secretary Anna Novak said:</p><blockquote><p>{words}</p></blockquote>"
        f"<p>Jan Borg said: “{STEP}”</p>"
    )
    assert [(article.text[q.start : q.end], q.speaker) for q in article.quotes] == [
        (words.strip(), "Anna Novak"),
        (f"“{STEP}”", "Jan Borg"),
    ]


def test_a_text_that_stands_in_a_block_as_a_whole_is_told() -> None:
    draft = Draft(
        title="Statement", paragraphs=(Paragraph("quote", LEAD), Paragraph("quote", LAST))
    )
    assert told(read(draft, first_seen_at=NOW)) == [LEAD, LAST]


def test_block_quotations_are_known_in_html() -> None:
    html = f"<p>A</p><blockquote>B<blockquote><p>C</p></blockquote>D<h3>E</h3></blockquote>F{LAST}"
    assert [each.kind for each in paragraphs(html)] == ["p", *["quote"] * 3, "heading", "p"]
