"""Where a sentence begins behind what its page set before it."""

from datetime import UTC, datetime

import pytest

from digest.model.gathered import Draft, Paragraph
from digest.read.alone import standing
from digest.read.alone.set_before import begins_at
from digest.read.article import read
from digest.read.plain import plain_sentences

TOLD = "The envoys of three states left Lakeland on Monday after two days of talks."
NAMED = "Minister Anna Novak of Lakeland left Riga on Monday after two days of talks."


@pytest.mark.parametrize(
    "before",
    [
        "Story Continued Below",
        "Advertisement Advertisement",
        "Advertisement:",
        "ADVERTISEMENT",
        "USA TODAY",
        "ANALYSIS/OPINION:",
        "Updated at 7:53 p.m. ET",
        "Updated at 3:30 a.m. ET Thursday",
        "Update at 2 p.m.:",
        "This article is more than 5 months old",
        "A daily update on trade and security issues",
        "By Jane Roe, LRN Chief Riga Correspondent",
        "Image copyright Getty Images",
        "Image copyright AFP/Getty Images",
        "(Photo: Jane Roe, USA TODAY)",
        "(Jane Roe/AFP/Getty Images)",
        "(Jane Roe/The Lake Reporter via AP) RIGA (AP) —",
        "An envoy waves in Riga on May 4, 2019 Jane Roe | Reuters",
        "River rises in Lakeland after a week of rain – live Read more",
        "nsnbc :",
        "â\x80\x94",
    ],
)
def test_what_the_page_set_before_a_sentence_is_left_out(before: str) -> None:
    text = f"{before} {NAMED}"
    assert text[begins_at(text) :] == NAMED


@pytest.mark.parametrize(
    "before",
    [
        "Story highlights The river rises Roe says the harbour is open to all ships",
        "Image copyright EPA Image caption Envoys wait in Riga for the ships",
        "Media caption The minister was in Riga with the envoys",
        "Media playback is unsupported on your device Media caption Roe speaks of 'the ships'",
        "She spoke of ships and of the harbour RIGA, Latvia —",
    ],
)
def test_a_caption_or_heading_ends_where_a_sentence_surely_begins(before: str) -> None:
    text = f"{before} {TOLD}"
    assert text[begins_at(text) :] == TOLD


def test_the_name_of_a_photographer_has_two_words_where_one_follows() -> None:
    told = "Novak left Riga on Monday after two days of talks with the envoys."
    text = f"REUTERS/Jane Roe {told}"
    assert text[begins_at(text) :] == told
    assert begins_at(f"REUTERS/Jane Roe Berg {told}") == 0


def test_a_dateline_is_left_out_but_where_the_sentence_means_its_place() -> None:
    here = TOLD.replace("Lakeland", "this port")
    for told, left in ((TOLD, TOLD), (here, f"RIGA (AP) — {here}")):
        text = f"(Jane Roe/The Lake Reporter via AP) RIGA (AP) — {told}"
        assert text[begins_at(text) :] == left


def test_a_heading_that_runs_into_a_sentence_ends_before_it() -> None:
    text = f"Lakeland closes the harbour to all foreign ships {TOLD}".replace(
        "The envoys of three states", "The Latvian envoys"
    )
    assert text[begins_at(text) :].startswith("The Latvian envoys")


@pytest.mark.parametrize(
    "text",
    [
        TOLD,
        "Advertisement",
        "Story Continued Below Click here for more of it, said no one in Riga.",
        "USA TODAY asked the envoys of three states on Monday how the talks went on.",
        "AD 79 was the year in which the mountain buried the town by the sea.",
        "Story highlights Envoys wait in Riga said The Lake Reporter of the talks on Monday.",
        "Story highlights The envoys of three states left the lake on Monday Roe said so.",
        "Story highlights Ships wait The talks have begun in Riga Federal envoys have met for an hour.",
        "The firm was founded | Reuters",
        "Click here to read on Read more And so on",
    ],
)
def test_where_no_news_is_left_nothing_is_cut(text: str) -> None:
    assert begins_at(text) == 0


def test_an_article_and_a_plain_text_are_told_alike() -> None:
    text = f"{TOLD} Story Continued Below {NAMED}"
    told = plain_sentences(text)
    draft = Draft(title=None, paragraphs=(Paragraph("p", text),))
    article = read(draft, first_seen_at=datetime(2026, 2, 18, tzinfo=UTC))
    assert told == (TOLD, NAMED)
    assert tuple(article.text[span.start : span.end] for span in article.sentences) == told
    assert all(standing.stands_alone(sentence) for sentence in told)


def test_another_language_has_words_of_its_own() -> None:
    german = "Advertisement Die Gesandten der drei Staaten haben am Montag die Stadt verlassen."
    assert plain_sentences(german) == (german,)
