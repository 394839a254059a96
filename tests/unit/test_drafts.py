"""What every kind of source is held to before it is read."""

import json
from datetime import UTC, datetime

import pytest

from digest.gather.drafts import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    headed,
    of_data,
    page_in,
    shortened,
)
from digest.gather.files import Kind
from digest.model.gathered import Draft, Fetched, Paragraph
from digest.model.sources import Outlet
from digest.read.article import identity

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
LONG = "The envoys of the two states spoke of the bridge, the border and the grain. " * 5
TEXT = "The bridge over the border river opens to all on Monday, both ministries said in a joint statement."
PAGE = f"<html><head><title>{LONG}</title></head><body><h1>{LONG}</h1>{f'<p>{TEXT}</p>' * 3}</body></html>"


def test_a_title_of_many_words_is_kept_up_to_its_limit() -> None:
    draft = Draft(title="x" * LONGEST_TITLE, paragraphs=())
    assert headed(draft) == draft
    assert headed(Draft(title=None, paragraphs=())).title is None


def test_what_is_too_long_for_a_headline_is_none_and_its_words_are_not_lost() -> None:
    text = (Paragraph("p", TEXT),)
    assert headed(Draft(title=LONG, paragraphs=text)) == Draft(title=None, paragraphs=text)
    assert headed(Draft(title=LONG, paragraphs=())).paragraphs == (Paragraph("p", LONG),)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("feed", f"<rss><channel><item><title>{LONG}</title></item></channel></rss>"),
        ("html", PAGE),
        ("text", f"Title: {LONG}\n\n{TEXT}\n\n{TEXT}"),
    ],
)
def test_no_source_brings_a_text_for_a_title(kind: Kind, data: str) -> None:
    for draft in of_data(data.encode(), kind, "a", seen_at=NOW):
        assert draft.title is None
        assert draft.paragraphs


def test_no_page_brings_a_text_for_a_title() -> None:
    page = Fetched(
        url="https://a.example/1", final_url="https://a.example/1", status=200, body=PAGE.encode()
    )
    assert page_in(page, seen_at=NOW).title is None


def test_no_entry_and_no_page_is_longer_than_an_article() -> None:
    told = " ".join(f"The envoys of {number} states met." for number in range(8_000))
    feed = f"<rss><channel><item><title>Talks</title><author>{told}</author><description>{told}"
    (entry,) = of_data(
        f"{feed}</description></item></channel></rss>".encode(), "feed", "a", seen_at=NOW
    )
    (page,) = of_data(f"<h1>Talks</h1><p>{told}</p>".encode(), "html", "a", seen_at=NOW)
    for draft in (entry, page):
        (only,) = draft.paragraphs
        assert LONGEST_TEXT - 40 < len(only.text) <= LONGEST_TEXT
        assert told.startswith(f"{only.text} The envoys")
    assert entry.byline is None


def test_a_file_is_as_long_as_who_sent_it_wanted() -> None:
    told = "\n\n".join(f"The envoys of {number} states met in Ankara." for number in range(3_000))
    (draft,) = of_data(f"Talks go on\n\n{told}".encode(), "text", "a", seen_at=NOW)
    assert sum(len(one.text) for one in draft.paragraphs) > LONGEST_TEXT


def test_what_is_too_long_ends_with_a_paragraph_or_a_sentence() -> None:
    half = Paragraph("p", "x" * (LONGEST_TEXT // 2 - 1))
    assert shortened((half, half)) == (half, half)
    assert shortened((half, half, half)) == (half, half)
    said = Paragraph("p", f"It is «over.» {half.text}")
    assert shortened((half, said)) == (half, Paragraph("p", "It is «over.»"))
    chinese = Paragraph("p", f"会谈结束。{half.text}")
    assert shortened((half, chinese)) == (half, Paragraph("p", "会谈结束。"))
    full = Paragraph("p", "x" * LONGEST_TEXT)
    assert shortened((full, half, half)) == (full,)


def test_no_source_brings_what_no_database_holds() -> None:
    """JSON may escape NUL and halves of surrogate pairs, XML and HTML cannot."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The \0 Paper",
        "items": [
            {
                "url": "https://a.example/\ud83d1",
                "title": "Talks \ud83d go on",
                "content_text": f"\0{TEXT}",
                "author": {"name": "Ada \ud83dWriter"},
            }
        ],
    }
    (draft,) = of_data(json.dumps(feed).encode(), "feed", "a", seen_at=NOW)
    assert draft == Draft(
        title="Talks \ufffd go on",
        paragraphs=(Paragraph("p", f"\ufffd{TEXT}"),),
        url="https://a.example/\ufffd1",
        byline="Ada \ufffdWriter",
        outlet=Outlet("The \ufffd Paper"),
    )
    said = '{"@type": "NewsArticle", "author": {"name": "Ada \\ud83dWriter"}}'
    facts = f'<script type="application/ld+json">{said}</script>'
    (draft,) = of_data(
        PAGE.replace("</head>", f"{facts}</head>").encode(), "html", "a", seen_at=NOW
    )
    assert draft.byline == "Ada \ufffdWriter"


@pytest.mark.parametrize(
    "url",
    [
        f"https://a.example/{'x' * 5_000}",
        f"https://a.example/{'й' * 600}",
        "https:///no-host",
        "https://[a.example/",
    ],
)
def test_an_entry_whose_address_is_none_is_kept_without_it(url: str) -> None:
    feed = f"<rss><channel><item><title>Talks</title><link>{url}</link></item></channel></rss>"
    (draft,) = of_data(feed.encode(), "feed", "a", seen_at=NOW)
    assert (draft.title, draft.url) == ("Talks", None)
    identity(draft)
