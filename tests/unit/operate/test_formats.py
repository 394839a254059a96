"""Articles and digests as the command line prints them."""

from datetime import UTC, datetime, timedelta

import pytest
from rich.text import Text

from bot.operate.formats import FORMATS, article_json, digest_text
from bot.pages.digest import Occasion
from digest.model.articles import Person, Topic
from digest.model.digests import Digest, Window
from tests.articles import SEEN, new_article, stored

EDITION = Occasion("UTC", SEEN, SEEN)
QUIET = Digest(
    window=Window(SEEN - timedelta(days=1), SEEN),
    articles_read=2,
    stories_seen=2,
    minutes=3,
    items=(),
)


def test_an_article_is_told_by_the_contract() -> None:
    article = stored(
        new_article(
            "a",
            "Text.",
            people=(Person("Hakan Fidan"),),
            topics=(Topic("summits", 0.9), Topic("trade", 0.2)),
        ),
        id=3,
        story=5,
    )

    assert article_json(article) == {
        "id": 3,
        "revision": 1,
        "title": "Title of a",
        "url": "https://paper.example/a",
        "outlet": "The Paper",
        "byline": None,
        "published_at": "2026-02-10T12:00:00+00:00",
        "modified_at": None,
        "first_seen_at": "2026-02-10T12:00:00+00:00",
        "date_source": "feed",
        "language": "en",
        "topics": ["summits", "trade"],
        "countries": ["TR"],
        "people": ["Hakan Fidan"],
        "story": 5,
        "duplicate_of": None,
        "file": None,
        "text": "Text.",
    }


def test_what_is_unknown_is_null() -> None:
    article = stored(
        new_article(
            "a",
            "Text.",
            outlet=None,
            published_at=None,
            modified_at=datetime(2026, 1, 1, tzinfo=UTC),
            language=None,
        ),
        id=3,
        story=None,
    )

    found = article_json(article)

    assert [found[name] for name in ("outlet", "published_at", "language", "story")] == [None] * 4
    assert found["modified_at"] == "2026-01-01T00:00:00+00:00"


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_says_the_same_of_a_quiet_day(form: str) -> None:
    found = digest_text(QUIET, EDITION, lambda article, start: None, form)

    if form == "json":
        assert found["stories_seen"] == 2
        assert found["stories"] == []
    else:
        assert isinstance(found, Text if form == "text" else str)
        assert "0 of 2 stories matched" in str(found)


def test_html_and_markdown_mark_the_name_each_in_its_way() -> None:
    def link(article: object, start: int) -> None:
        return None

    assert "<b>Attaché</b>" in digest_text(QUIET, EDITION, link, "html")
    assert "**Attaché**" in digest_text(QUIET, EDITION, link, "markdown")
