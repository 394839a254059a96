"""Articles out of pages, what pages say about themselves, and pages that are no article."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import html

from digest.errors import Unreadable
from digest.gather.page.body import page_body
from digest.gather.page.extract import LARGEST, extract_page
from digest.gather.page.facts import PageFacts, page_facts
from digest.model.gathered import Draft, Paragraph
from digest.model.sources import Outlet

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
URL = "https://www.paper.example/world/talks"
PAGES = Path(__file__).resolve().parents[2] / "data" / "pages"

LEAD = (
    "The foreign ministers of the two countries agreed on Monday to reopen the border crossing"
    " that has been closed since the autumn, both governments said in a statement."
)
MORE = (
    "Trains will run again from the first of April, and a joint commission is to meet every month"
    " in one of the two capitals to settle what remains of the dispute over customs."
)
LAST = (
    "The agreement needs the approval of both parliaments, which are expected to vote before the"
    " summer recess, according to officials who took part in the negotiations."
)
TEXT = f"<p>{LEAD}</p><h2>What comes next</h2><p>{MORE}</p><p>{LAST}</p>"


def page(body: str = TEXT, head: str = "<title>Ministers agree</title>", lang: str = "") -> str:
    return f"<!DOCTYPE html><html {lang}><head>{head}</head><body><article>{body}</article></body></html>"


def extracted(text: str, url: str | None = URL) -> Draft:
    return extract_page(text.encode(), url=url, seen_at=NOW)


def facts(head: str = "", body: str = "", url: str | None = URL, lang: str = "") -> PageFacts:
    tree = html.document_fromstring(page(body, head, lang))
    return page_facts(tree, url=url, seen_at=NOW)


def linked(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_a_page_gives_its_article_and_nothing_else() -> None:
    draft = extract_page((PAGES / "border.html").read_bytes(), url=None, seen_at=NOW)
    assert draft.paragraphs == (
        Paragraph("p", LEAD),
        Paragraph("heading", "What comes next"),
        Paragraph("p", MORE),
        Paragraph("p", LAST),
    )
    assert draft.title == "Ministers agree to reopen the border crossing"
    assert draft.url == "https://www.paper.example/world/border"
    assert (draft.byline, draft.outlet) == ("Anna Writer", Outlet("The Paper"))
    assert draft.published_at == datetime(2026, 3, 1, 7, 15, tzinfo=UTC)
    assert draft.modified_at == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert (draft.date_source, draft.language) == ("page", "en")


def test_signs_that_nobody_sees_are_no_part_of_an_article() -> None:
    wrapped = TEXT.replace("<p>", "<p>\u200b \u202a").replace("</p>", "&#x202c;</p><p>\u2060</p>")
    assert extracted(page(wrapped)).paragraphs == extracted(page()).paragraphs


def test_what_a_page_does_not_say_is_none() -> None:
    draft = extracted(page())
    assert (draft.byline, draft.outlet, draft.published_at, draft.language) == (None,) * 4
    assert (draft.url, draft.date_source) == (URL, "first_seen")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("<!-- nothing -->", "is empty"),
        ("<html><body></body></html>", "holds no article"),
        (
            page("<p>We use cookies. Accept all cookies to go on with your visit to us.</p>"),
            "consent",
        ),
        (
            page("<p>Please enable JavaScript to see what stands on this page of ours.</p>"),
            "a person",
        ),
        (page(f"<p>{LEAD}</p><p>Subscribe now to continue reading.</p>"), "subscription"),
    ],
)
def test_a_page_without_an_article_is_unreadable(text: str, words: str) -> None:
    with pytest.raises(Unreadable, match=words):
        extracted(text)


def test_a_page_too_large_for_an_article_is_not_parsed() -> None:
    with pytest.raises(Unreadable, match="3,000,001 bytes"):
        extract_page(b" " * (LARGEST + 1), url=None, seen_at=NOW)


def test_a_page_of_too_many_elements_is_refused() -> None:
    with pytest.raises(Unreadable, match="elements, more than any article"):
        extracted("<p>" * 200_001)


def test_very_deep_nesting_is_survived() -> None:
    with pytest.raises(Unreadable):
        extracted("<div>" * 50_000)


def test_control_characters_are_no_text() -> None:
    assert extracted(page(TEXT.replace("Monday", "Mon\x00d\x1fay"))).paragraphs[0].text == LEAD


def test_what_a_page_tells_search_engines_counts_where_it_shows_less() -> None:
    whole = "\n\n".join([LEAD, MORE, LAST, LEAD.upper() + " Again.", MORE.upper() + " Again."])
    head = linked({"@type": "NewsArticle", "articleBody": whole})
    assert len(extracted(page(f"<p>{LEAD}</p>", head)).paragraphs) == 5


def test_cleaning_does_not_rob_an_article_of_its_lists() -> None:
    rows = "".join(f"<li>Delegation {number}: seat {number}</li>" for number in range(1, 30))
    draft = extracted(page(f"<p>{LEAD}</p><ul>{rows}</ul><p>{LEAD}</p><p>{LAST}</p>"))
    assert "Delegation 7: seat 7" in [each.text for each in draft.paragraphs]
    assert [each.text for each in draft.paragraphs].count(LEAD) == 1
    assert draft.removed == (LEAD,)


def found(body: str) -> list[str]:
    return [each.text for each in page_body(html.document_fromstring(page(body)))]


def test_blocks_that_lead_to_other_pages_are_no_text() -> None:
    body = (
        f"<p>{LEAD}</p><p><a href='/1'>READ MORE: Another story altogether</a></p><p>{MORE}</p>"
        f"<div><a href='/2'>A third</a></div><p>{LAST} <a href='/3'>Its text</a></p>"
        "<p><a name='x'></a></p><p><a href='/4'></a></p>"
    )
    assert found(body) == [LEAD, MORE, f"{LAST} Its text"]


def test_a_block_with_text_beside_its_link_stays() -> None:
    assert found(f"<div><a href='/1'>More</a>{TEXT}</div>")[-1] == LAST


def test_links_outside_any_block_are_left_alone() -> None:
    tree = html.document_fromstring(f"<html><a href='/1'>One</a><p>{LEAD}</p><p>{MORE}</p></html>")
    assert [each.text for each in page_body(tree)][-1] == MORE


def test_a_body_in_pieces_is_put_together() -> None:
    pieces = "".join(
        f"<div class='chunk'><div class='body'><p>{text}</p><p>{text[:100]}.</p></div><p>Ad</p></div>"
        for text in (LEAD, MORE, LAST)
    )
    texts = found(f"<section>{pieces}</section>")
    assert [text for text in texts if len(text) > 120] == [LEAD, MORE, LAST]


def test_pieces_under_different_roofs_stay_apart() -> None:
    one = f"<div><div class='c'><p>{LEAD}</p><p>{LAST}</p></div></div>"
    other = f"<aside><div class='c'><p>{MORE}</p></div></aside>"
    assert found(f"<section>{one}</section>{other}")[:2] == [LEAD, LAST]


def test_a_small_part_of_a_page_is_not_its_body() -> None:
    notes = f"<div class='note'><p>{MORE[:90]}.</p></div>" * 2
    assert found(f"{TEXT}{notes}")[:4] == [LEAD, "What comes next", MORE, LAST]


def test_pieces_inside_of_each_other_are_left_alone() -> None:
    inner = f"<div class='c'><p>{LEAD}</p></div>"
    assert found(f"<div class='c'>{inner}<p>{MORE}</p><p>{LAST}</p></div>") == [LEAD, MORE, LAST]


def test_a_page_without_text_has_no_body() -> None:
    assert found("") == []


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("", "<h1>Envoys meet</h1>", "Envoys meet"),
        ("<title>Envoys meet | The Paper</title>", "", "Envoys meet"),
        (
            "<title>Envoys meet | The Paper</title><meta property='og:site_name' content='The Paper'>",
            "",
            "Envoys meet",
        ),
        (
            "<title>Envoys meet - Vienna</title><meta property='og:site_name' content='The Paper'>",
            "",
            "Envoys meet - Vienna",
        ),
        ("<meta property='og:title' content='Envoys meet'>", "<h1>News</h1>", "Envoys meet"),
        (
            "<meta property='og:title' content='Envoys meet in Vienna'>",
            "<h1>News</h1><h1>Envoys of both sides meet</h1>",
            "Envoys of both sides meet",
        ),
        (
            "<meta property='og:title' content='Everything about Vienna'>",
            "<h1>What the two envoys told us</h1>",
            "What the two envoys told us",
        ),
        (linked({"@type": "Article", "headline": "Envoys &amp; co"}), "", "Envoys & co"),
        ("", "", None),
    ],
)
def test_a_title_is_what_readers_see(head: str, body: str, title: str | None) -> None:
    assert facts(head, body).title == title


def test_an_unknown_site_is_cut_off_a_title_only_when_it_is_known() -> None:
    assert facts("<title>Talks – a chance</title>").title == "Talks – a chance"


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("<link rel='canonical' href='/world/talks-2'>", "https://www.paper.example/world/talks-2"),
        ("<link rel='canonical' href='https://www.paper.example/'>", URL),
        ("<link rel='canonical' href='https://other.example/talks'>", URL),
        ("<link rel='canonical' href='ftp://www.paper.example/x'>", URL),
        (
            "<meta property='og:url' content='https://m.paper.example/t'>",
            "https://m.paper.example/t",
        ),
        ("<link rel='canonical'>", URL),
    ],
)
def test_the_own_address_of_a_page_is_one_of_its_site(head: str, url: str) -> None:
    assert facts(head).url == url


def test_a_page_without_an_address_may_name_it() -> None:
    head = "<link rel='canonical' href='https://paper.example/talks'>"
    assert facts(head, url=None).url == "https://paper.example/talks"


DAY = datetime(2026, 2, 27, tzinfo=UTC)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (linked({"@type": "NewsArticle", "datePublished": "2026-02-27T00:00Z"}), ""),
        (
            linked(
                [{"@graph": [{"@type": ["Thing", "NewsArticle"], "datePublished": "2026-02-27"}]}]
            ),
            "",
        ),
        (
            linked(
                {
                    "@type": "WebPage",
                    "mainEntity": {"@type": "Report", "datePublished": "2026-02-27"},
                }
            ),
            "",
        ),
        (linked({"@type": "Article", "dateCreated": "2026-02-27"}), ""),
        ("<meta property='article:published_time' content='2026-02-27T00:00:00+00:00'>", ""),
        ("<meta itemprop='datePublished' content='2026-02-27'>", ""),
        ("", "<time datetime='2026-02-26'></time><time pubdate='1' datetime='2026-02-27'></time>"),
        ("", "<time>27 February 2026</time>"),
        ("", "<span class='article-date'>27 February 2026</span>"),
        ("", "<span itemprop='datePublished' content='2026-02-27'></span>"),
    ],
)
def test_the_day_of_publication_is_found(head: str, body: str) -> None:
    assert facts(head, body).published_at == DAY


def test_an_address_may_hold_the_day() -> None:
    assert facts(url="https://www.paper.example/2026/02/27/talks").published_at == DAY


def test_a_day_that_has_not_come_is_no_publication() -> None:
    assert facts(linked({"@type": "Article", "datePublished": "2027-01-01"})).published_at is None


@pytest.mark.parametrize(
    "data", ["{broken", "[" * 100_000, "[3, 4]", '{"@type": "Person"}', "", "3"]
)
def test_json_that_tells_nothing_does_no_harm(data: str) -> None:
    script = f'<script type="application/ld+json">{data}</script><script>var x</script>'
    assert facts(script).published_at is None


def test_json_is_not_followed_without_end() -> None:
    data: object = {"@type": "Article", "datePublished": "2026-02-27"}
    for _ in range(10):
        data = {"@graph": data}
    assert facts(linked(data)).published_at is None


@pytest.mark.parametrize(
    ("head", "body", "author"),
    [
        (linked({"@type": "Article", "author": {"name": "A. Writer"}}), "", "A. Writer"),
        (linked({"@type": "Article", "author": [{"name": "A"}, "B", {}, 3]}), "", "A, B"),
        ("<meta name='author' content='By A. Writer'>", "", "A. Writer"),
        (
            "<meta name='author' content='https://paper.example/a'>",
            "<a rel='author'>A. W.</a>",
            "A. W.",
        ),
        ("", f"<p class='byline'>{LEAD}</p>", None),
    ],
)
def test_an_author_is_a_name(head: str, body: str, author: str | None) -> None:
    assert facts(head, body).author == author


@pytest.mark.parametrize(
    ("words", "author"),
    [
        ("Ann Lee @annlee Nov 18, 2026 at 9:24 pm ET • 2 min read", "Ann Lee"),
        ("Ann Lee | November 18, 2026 12:26 PM Print this article", "Ann Lee"),
        ("Ann Lee Baltic News Published 7:07 PM EST Nov 19, 2026", "Ann Lee Baltic News"),
        ("Ann Lee</b><b>Monday, November 18, 2026", "Ann Lee"),
        ("Ann Lee, Money Reporter 22 December 2026 • 3:55pm", "Ann Lee, Money Reporter"),
        ("Theresa May 12 May 2026", "Theresa May"),
        ("LAKE POST STAFF NOVEMBER 20, 2026 10:43", "LAKE POST STAFF"),
        ("Anna Writer 27/09/2026 Comente! Notícias", "Anna Writer"),
        ("Trevor J. Lee Jr.", "Trevor J. Lee Jr."),
        ("lee8090", "lee8090"),
        ("Dec 24, 17:00 4 comments", None),
    ],
)
def test_what_stands_behind_an_author_is_no_name(words: str, author: str | None) -> None:
    assert facts("", f"<p class='byline'><b>By {words}</b></p>").author == author


@pytest.mark.parametrize(
    ("head", "lang", "language"),
    [
        ("", "lang='en-GB'", "en"),
        (linked({"@type": "Article", "inLanguage": "fr"}), "", "fr"),
        ("<meta property='og:locale' content='uk_UA'>", "lang='x'", "uk"),
        ("", "lang='english'", None),
    ],
)
def test_a_language_is_a_code(head: str, lang: str, language: str | None) -> None:
    assert facts(head, lang=lang).language == language


def test_the_publisher_may_be_named_for_search_engines_only() -> None:
    head = linked({"@type": "Article", "publisher": {"name": "The Paper"}})
    assert facts(head).site == "The Paper"


def test_a_reference_to_a_control_is_the_sign_that_browsers_read() -> None:
    text = TEXT.replace("on Monday", "&#150; on &#0147;Monday&#148;")
    assert "– on “Monday”" in extracted(page(text)).paragraphs[0].text


def test_the_name_of_a_host_is_no_part_of_a_title() -> None:
    named = "Ministers agree on trains - Paper"
    assert extracted(page(head=f"<title>{named}</title>")).title == "Ministers agree on trains"
    assert extracted(page(f"<h1>{named}</h1>{TEXT}")).title == "Ministers agree on trains"
