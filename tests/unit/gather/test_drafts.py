"""What every kind of source is held to before it is read."""

import json
from datetime import UTC, datetime

import pytest

from digest.errors import Unreadable
from digest.gather.documents.files import Kind
from digest.gather.drafts import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    headed,
    of_answer,
    of_data,
    page_in,
    shortened,
)
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


def test_an_address_is_no_headline() -> None:
    text = (Paragraph("p", TEXT),)
    address = "https://paper.example/story/minister-resigns?utm_source=TW"

    assert headed(Draft(title=address, paragraphs=text)).title is None
    assert headed(Draft(title=address, paragraphs=())).title == address
    assert headed(Draft(title=f"{address} is down", paragraphs=text)).title is not None


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


def at_an_address(body: bytes) -> Fetched:
    url = "https://a.example/1"
    return Fetched(url=url, final_url=url, status=200, body=body)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\n" * 50, "is binary, not text"),
        (b"\x89PNG\r\n" + bytes(range(32, 256)) * 20, "is binary, not text"),
        (b"\x00\x01\x02" + bytes(range(32, 256)) * 20, "is binary, not text"),
        (json.dumps([{"x": TEXT}] * 9).encode(), "holds data, and no article"),
        (b'\n{"posts": ["' + TEXT.encode() * 9 + b'"]}', "holds data, and no article"),
        (
            b'\xef\xbb\xbf<?xml version="1.0"?><urlset><url><loc>https://a.example/2</loc>'
            b"<lastmod>2026-03-01</lastmod></url></urlset>",
            "holds data, and no article",
        ),
    ],
)
def test_what_is_no_page_is_no_article(body: bytes, reason: str) -> None:
    for read in (page_in, of_answer):
        with pytest.raises(Unreadable, match=rf"^https://a\.example/1 {reason}$"):
            read(at_an_address(body), seen_at=NOW)


@pytest.mark.parametrize(
    "body",
    [
        f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>{PAGE}',
        f"[Geneva] {TEXT}\n\n{TEXT}",
        f"<p>{TEXT}</p>" * 3,
    ],
)
def test_a_page_is_read_however_it_begins(body: str) -> None:
    assert TEXT in page_in(at_an_address(body.encode()), seen_at=NOW).paragraphs[0].text


def test_a_page_of_one_endless_word_is_no_article() -> None:
    body = f"<html><body><p>{'x' * (LONGEST_TEXT + 1)}</p></body></html>"
    with pytest.raises(Unreadable, match="holds no article"):
        page_in(at_an_address(body.encode()), seen_at=NOW)


def entries(*items: str) -> tuple[Draft, ...]:
    feed = f"<rss><channel>{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>"
    return of_answer(at_an_address(feed.encode()), seen_at=NOW)


def test_an_entry_that_says_nothing_is_no_article() -> None:
    said = ("<title>Talks</title>", f"<description>{TEXT}</description>", "<link>/2</link>")
    assert len(entries(*said, "", "<title/><guid isPermaLink='false'>7</guid>")) == 3


def test_entries_that_share_the_address_of_a_list_stay_apart() -> None:
    link = "<link>https://a.example/news</link>"
    found = entries(
        *(f"<title>Talks in {place}</title>{link}" for place in ("Bern", "Oslo", "Rome"))
    )
    assert [one.url for one in found] == [None] * 3
    assert len({identity(one)[0] for one in found}) == 3


def test_an_article_whose_headline_was_changed_keeps_its_address() -> None:
    link = "<link>https://a.example/talks</link>"
    titles = ("Talks begin", "Talks end", "Talks end")
    found = entries(*(f"<title>{title}</title>{link}" for title in titles), link)
    assert {one.url for one in found} == {"https://a.example/talks"}


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
    said = [f"The envoys of {number} states met in Ankara." for number in range(3_000)]
    told = "\n\n".join(" ".join(said[at : at + 100]) for at in range(0, 3_000, 100))
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
