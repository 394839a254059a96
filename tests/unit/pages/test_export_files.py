"""The press review on paper."""

from datetime import date
from io import BytesIO
from typing import Any

from docx import Document

from bot.pages.docx_file import as_docx
from bot.pages.export_files import as_html, as_markdown, press_review
from bot.talk.texts import texts
from digest.compose.stored import digest_of
from tests.articles import told_article, told_story

FILE = told_article(4, official=True, state_funded=True)
CITED = {
    "text": "The <corridor> is open.",
    "article": 4,
    "start": 9,
    "end": 32,
    "kind": "quote",
    "speaker": "Ada *Envoy*",
}
STORY = told_story(
    headline="A & B agree",
    topics=["summits", "gone-topic"],
    sentences=[CITED, {**CITED, "kind": "differs", "text": "Twice told."}],
    articles=[FILE],
)
DIGEST = {"zone": "UTC", "stories": [STORY]}
DAY = date(2026, 8, 25)


def test_a_file_is_linked_where_the_bot_shows_it() -> None:
    review = press_review(digest_of(DIGEST), DAY, texts("en"), username="attache_test_bot")

    page = as_html(review, language="en").decode()
    assert '<a href="https://t.me/attache_test_bot?start=a_4_9">source</a>' in page
    assert "(untitled)</a> · outlet unknownˢ 🏛 · undated · from a file" in page
    assert "💬 Ada *Envoy*: “The &lt;corridor&gt; is open.”" in page
    assert "Twice told" not in page


def test_a_speaker_s_colon_stands_behind_a_blank_in_french() -> None:
    review = press_review(digest_of(DIGEST), DAY, texts("fr"), username="")

    assert "💬 Ada *Envoy*\u00a0: “The" in as_html(review, language="fr").decode()


def test_an_article_has_the_day_of_the_digest_s_clocks() -> None:
    article = {**FILE, "published_at": "2026-08-24T22:30:00+00:00"}
    digest = {"zone": "Europe/Zurich", "stories": [{**STORY, "articles": [article]}]}

    page = as_html(
        press_review(digest_of(digest), DAY, texts("en"), username=""), language="en"
    ).decode()

    assert "· Tue 25 Aug ·" in page


def test_without_a_name_of_the_bot_a_file_has_no_link() -> None:
    page = as_html(
        press_review(digest_of(DIGEST), DAY, texts("en"), username=""), language="en"
    ).decode()

    assert "<a " not in page
    assert "<title>Press review · Tue 25 Aug 2026</title>" in page


def test_what_means_something_in_markdown_is_escaped() -> None:
    text = as_markdown(press_review(digest_of(DIGEST), DAY, texts("en"), username="")).decode()

    assert "**Official texts**" in text
    assert "> 💬 Ada \\*Envoy\\*: “The \\<corridor\\> is open.”" in text


def test_an_article_without_a_sentence_is_named_all_the_same() -> None:
    story = {**STORY, "sentences": []}

    text = as_markdown(
        press_review(digest_of({**DIGEST, "stories": [story]}), DAY, texts("en"), username="")
    ).decode()

    assert "(untitled)" in text
    assert "\n>" not in text


def an_article(number: int, outlet: str | None, day: int, **changes: Any) -> dict[str, Any]:
    plain = {
        **FILE,
        "id": number,
        "title": f"Title {number}",
        "url": f"https://paper.example/{number}",
        "outlet": outlet,
        "official": False,
        "state_funded": False,
        "published_at": f"2026-08-{day}T09:00:00+00:00",
    }
    return {**plain, **changes}


def a_story(*articles: dict[str, Any], topics: list[str], countries: list[str]) -> dict[str, Any]:
    told = {**STORY, "topics": topics, "countries": countries, "articles": list(articles)}
    return {**told, "sentences": [{**CITED, "article": one["id"]} for one in articles]}


MANY = {
    "zone": "UTC",
    "stories": [
        a_story(
            an_article(1, "Tribune", 24),
            an_article(2, None, 23),
            an_article(3, "Ministry", 24, official=True),
            topics=["sanctions"],
            countries=["RU"],
        ),
        a_story(an_article(4, "Post", 22), topics=["gone-topic"], countries=["FR"]),
        a_story(
            an_article(5, "Post", 25),
            an_article(6, "Post", 24, title='<b> & "x" ]]> \ufffe'),
            topics=["sanctions"],
            countries=["FR"],
        ),
        a_story(an_article(7, "Post", 22), topics=[], countries=["FR"]),
        a_story(an_article(8, "Post", 22), topics=[], countries=[]),
    ],
}


def test_official_texts_come_first_then_topic_country_outlet_and_date() -> None:
    text = as_markdown(press_review(digest_of(MANY), DAY, texts("en"), username="")).decode()

    order = (
        "**Official texts**", "Title 3", "**Sanctions**", "\\<b\\>", "Title 5", "Title 1", "Title 2",
        "**gone-topic**", "Title 4", "**France**", "Title 7", "**Other matters**", "Title 8",
    )  # fmt: skip
    places = [text.index(one) for one in order]
    assert places == sorted(places)


def test_a_word_file_has_headings_quotations_and_links() -> None:
    review = press_review(digest_of(MANY), DAY, texts("de"), username="attache_test_bot")

    document = Document(BytesIO(as_docx(review, DAY, language="de")))

    by_style = [(one.style.name, one.text) for one in document.paragraphs if one.style]
    assert by_style[0] == ("Title", "Pressespiegel · Di., 25. Aug. 2026")
    assert ("Heading 1", "Amtliche Texte") in by_style
    assert ("Quote", "💬 Ada *Envoy*: “The <corridor> is open.” Quelle") in by_style
    assert any('<b> & "x" ]]>' in text and "\ufffe" not in text for _, text in by_style)
    links = [link.address for one in document.paragraphs for link in one.hyperlinks]
    assert links.count("https://paper.example/1") == 2
    assert (document.core_properties.author, document.core_properties.language) == ("Attaché", "de")


def test_a_word_file_takes_what_xml_cannot_say() -> None:
    url = "https://paper.example/\ud800\ufffe"
    digest = {
        "zone": "UTC",
        "stories": [a_story(an_article(1, "A\x00\ud83d", 1, url=url), topics=[], countries=[])],
    }
    digest["stories"][0]["articles"][0]["published_at"] = None

    document = Document(
        BytesIO(
            as_docx(
                press_review(digest_of(digest), DAY, texts("en"), username=""), DAY, language="en"
            )
        )
    )

    assert any("undated" in one.text for one in document.paragraphs)
