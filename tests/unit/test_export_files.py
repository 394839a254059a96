"""The press review on paper."""

from datetime import date

from bot.export_files import as_html, as_markdown, press_review
from bot.texts import texts

FILE = {
    "id": 4,
    "title": None,
    "url": None,
    "file": "a.txt",
    "outlet": None,
    "country": None,
    "official": True,
    "state_funded": True,
    "published_at": None,
    "date_source": "first_seen",
}
CITED = {
    "text": "The <corridor> is open.",
    "article": 4,
    "start": 9,
    "end": 32,
    "kind": "quote",
    "speaker": "Ada *Envoy*",
}
STORY = {
    "headline": "A & B agree",
    "topics": ["summits", "gone-topic"],
    "sentences": [CITED, {**CITED, "kind": "differs", "text": "Twice told."}],
    "articles": [FILE],
}
DIGEST = {"stories": [STORY]}
DAY = date(2026, 8, 25)


def test_a_file_is_linked_where_the_bot_shows_it() -> None:
    review = press_review(DIGEST, DAY, texts("en"), username="attache_test_bot")

    page = as_html(review, language="en").decode()
    assert '<a href="https://t.me/attache_test_bot?start=a_4_9">source</a>' in page
    assert "(untitled)</a> · outlet unknownˢ 🏛 · undated · from a file" in page
    assert "💬 Ada *Envoy*: “The &lt;corridor&gt; is open.”" in page
    assert "Twice told" not in page


def test_without_a_name_of_the_bot_a_file_has_no_link() -> None:
    page = as_html(press_review(DIGEST, DAY, texts("en"), username=""), language="en").decode()

    assert "<a " not in page
    assert "<title>Press review · Tue 25 Aug 2026</title>" in page


def test_what_means_something_in_markdown_is_escaped() -> None:
    text = as_markdown(press_review(DIGEST, DAY, texts("en"), username="")).decode()

    assert "**1 · A \\& B agree**" in text
    assert "> 💬 Ada \\*Envoy\\*: “The \\<corridor\\> is open.”" in text
    assert "Summits and visits · gone-topic" in text


def test_an_article_without_a_sentence_is_named_all_the_same() -> None:
    story = {**STORY, "sentences": []}

    text = as_markdown(press_review({"stories": [story]}, DAY, texts("en"), username="")).decode()

    assert "(untitled)" in text
    assert "\n>" not in text
