"""Articles and digests made for tests."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any

from digest.model.articles import Article, ArticleId, NewArticle, StoryId, Topic
from digest.model.digests import Digest
from digest.model.gathered import Paragraph
from digest.model.sources import Outlet
from digest.read.article import join
from digest.read.splitting.sentences import sentences

SEEN = datetime(2026, 2, 10, 12, tzinfo=UTC)


def new_article(key: str, text: str, **changes: Any) -> NewArticle:
    """An article with this text: a paragraph per empty line, relevant, dated noon of 10 February 2026."""
    paragraphs = [Paragraph("p", part) for part in text.split("\n\n")]
    joined, spans = join(paragraphs)
    article = NewArticle(
        key=key,
        fingerprint=f"print of {key}",
        url=f"https://paper.example/{key}",
        file=None,
        title=f"Title of {key}",
        byline=None,
        outlet=Outlet("The Paper", "CH"),
        published_at=SEEN,
        modified_at=None,
        first_seen_at=SEEN,
        date_source="feed",
        language="en",
        text=joined,
        headings=(),
        sentences=sentences(joined, spans, "en"),
        relevance=1.0,
        topics=(Topic("summits", 0.9),),
        countries=("TR",),
        people=(),
        quotes=(),
    )
    return replace(article, **changes)


def stored(article: NewArticle, *, id: int, story: int | None = 1, **changes: Any) -> Article:
    """The article as the store gives it back."""
    known = {field.name: getattr(article, field.name) for field in fields(NewArticle)}
    found = Article(
        **known,
        id=ArticleId(id),
        revision=1,
        story=None if story is None else StoryId(story),
        duplicate_of=None,
    )
    return replace(found, **changes)


def told_story(**changes: Any) -> dict[str, Any]:
    """A story in the document of a digest, without sentences and articles."""
    plain = {"id": 1, "headline": "x", "status": "new", "day": 1, "topics": [], "countries": []}
    return {**plain, "score": 1.0, "parts": {}, "sentences": [], "articles": [], **changes}


def told_article(id: int, **changes: Any) -> dict[str, Any]:
    """An article there: a file of which little is known."""
    plain = {"id": id, "title": None, "url": None, "file": "a.txt", "outlet": None, "country": None}
    signs = {"official": False, "state_funded": False}
    return {**plain, **signs, "published_at": None, "date_source": "first_seen", **changes}


def first(digest: Digest, count: int) -> Digest:
    """The digest with so many sentences of each story."""
    return replace(
        digest, items=tuple(replace(i, sentences=i.sentences[:count]) for i in digest.items)
    )
