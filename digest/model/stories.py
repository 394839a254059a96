"""Where articles belong: what telling stories apart needs of them, and what it decides."""

from dataclasses import dataclass
from datetime import datetime

from .articles import ArticleId, NewArticle, StoryId


@dataclass(frozen=True, slots=True)
class Mark:
    """How far somebody has followed what was placed in stories, and moved between them."""

    move: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """A stored article as the memory of stories needs it: half of what reading a whole one costs."""

    id: ArticleId
    key: str
    revision: int
    fingerprint: str
    title: str | None
    text: str
    language: str | None
    published_at: datetime | None
    modified_at: datetime | None
    first_seen_at: datetime
    relevance: float
    story: StoryId | None
    duplicate_of: ArticleId | None


def moment(article: NewArticle | Member) -> datetime:
    """When the article belongs in the stream: published where known, else first seen."""
    return article.published_at or article.modified_at or article.first_seen_at


@dataclass(frozen=True, slots=True)
class Publication:
    """That an article was published about what is counted, and the story that it tells."""

    at: datetime  # as by ``moment``
    story: StoryId | None  # None: it waits for one


@dataclass(frozen=True, slots=True)
class Changes:
    """What was placed or moved since a mark, where it is now, and the mark for the next look."""

    articles: tuple[Member, ...]  # public, newest revisions, in that order
    mark: Mark


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What waits for its story."""

    count: int = 0
    first: ArticleId | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an article belongs."""

    story: StoryId | int  # a stored one, or a negative number: the same number, the same new story
    duplicate_of: ArticleId | int | None = None  # a stored article, or -1 - index within the batch


@dataclass(frozen=True, slots=True)
class Placed:
    """A new article and where it belongs, as in Spot."""

    article: NewArticle
    story: StoryId | int
    duplicate_of: ArticleId | int | None = None
