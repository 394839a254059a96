"""Articles as rows and back: spans, topics, people and quotes become small JSON arrays."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from itertools import starmap
from typing import Any

from sqlalchemy import Row, func

from digest.model.articles import (
    Article,
    ArticleId,
    NewArticle,
    Person,
    Quote,
    Span,
    StoryId,
    Topic,
)
from digest.model.sources import Outlet, SourceId
from digest.model.stories import Member

from ..tables import articles


def article_columns(article: NewArticle) -> dict[str, object]:
    """The columns that an article fills by itself; the store adds revision and story."""
    return {
        "key": article.key,
        "fingerprint": article.fingerprint,
        "url": article.url,
        "file": article.file,
        "title": article.title,
        "byline": article.byline,
        **outlet_columns(article.outlet),
        "published_at": article.published_at,
        "modified_at": article.modified_at,
        "date_source": article.date_source,
        "language": article.language,
        "text": article.text,
        "headings": [(span.start, span.end) for span in article.headings],
        "sentences": [(span.start, span.end) for span in article.sentences],
        "topics": [(topic.slug, topic.score, topic.evidence) for topic in article.topics],
        "countries": article.countries,
        "people": [(person.name, person.title, person.country) for person in article.people],
        "quotes": [(q.start, q.end, q.speaker, q.role, q.country) for q in article.quotes],
        "relevance": article.relevance,
        "owner": article.owner,
        "is_backlog": article.is_backlog,
        "withheld": article.withheld,
    }


def article_of(row: Row[Any]) -> Article:
    """The article in a row of the table ``article``."""
    return Article(
        id=ArticleId(row.id),
        key=row.key,
        revision=row.revision,
        fingerprint=row.fingerprint,
        url=row.url,
        file=row.file,
        title=row.title,
        byline=row.byline,
        outlet=None if row.outlet_name is None else outlet_of(row),
        published_at=row.published_at,
        modified_at=row.modified_at,
        first_seen_at=row.first_seen_at,
        date_source=row.date_source,
        language=row.language,
        text=row.text,
        headings=tuple(starmap(Span, row.headings)),
        sentences=tuple(starmap(Span, row.sentences)),
        relevance=row.relevance,
        topics=tuple(Topic(slug, score, tuple(why)) for slug, score, why in row.topics),
        countries=tuple(row.countries),
        people=tuple(starmap(Person, row.people)),
        quotes=tuple(starmap(Quote, row.quotes)),
        source=None if row.source_id is None else SourceId(row.source_id),
        story=None if row.story_id is None else StoryId(row.story_id),
        duplicate_of=None if row.duplicate_of is None else ArticleId(row.duplicate_of),
        owner=row.owner,
        is_backlog=row.is_backlog,
        withheld=row.withheld,
    )


MEMBER = tuple(
    articles.c["story_id" if name == "story" else name]
    for name in (field.name for field in fields(Member))
)

# As ``moment`` of the model.
MOMENT = func.coalesce(articles.c.published_at, articles.c.modified_at, articles.c.first_seen_at)


def member_of(row: Row[Any]) -> Member:
    """The Member in a row of the columns MEMBER, which are its fields in order."""
    values: Sequence[Any] = row
    return Member(*values)


def outlet_columns(outlet: Outlet | None) -> Mapping[str, object]:
    """The columns of an outlet, the same in ``source`` and ``article``; without a name for an unknown one."""
    return {
        "outlet_name": outlet and outlet.name,
        "outlet_country": outlet and outlet.country,
        "outlet_kind": outlet and outlet.kind,
        "official": outlet is not None and outlet.official,
        "state_funded": outlet is not None and outlet.state_funded,
    }


def outlet_of(row: Row[Any]) -> Outlet:
    """The outlet in a row of ``source`` or ``article``."""
    return Outlet(
        row.outlet_name, row.outlet_country, row.outlet_kind, row.official, row.state_funded
    )
