"""Which story an article belongs to: what is needed to decide that, and the decision."""

from dataclasses import dataclass
from datetime import datetime

from .articles import ArticleId, NewArticle, StoryId


@dataclass(frozen=True, slots=True)
class Mark:
    """How far somebody has followed what was placed in stories and moved between them."""

    move: int = 0


@dataclass(frozen=True, slots=True)
class Member:
    """A stored article with only what the memory of stories needs: half the cost of reading a whole one."""

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
    """When the article belongs in the stream: when published or changed if known, else when first seen."""
    return article.published_at or article.modified_at or article.first_seen_at


@dataclass(frozen=True, slots=True)
class Publication:
    """When an article of those that are counted was published, and the story that it belongs to."""

    at: datetime  # as by ``moment``
    story: StoryId | None  # None if it still waits for one


@dataclass(frozen=True, slots=True)
class Changes:
    """What was placed or moved since a mark, where it is now, and the mark for the next look."""

    articles: tuple[Member, ...]  # public, newest revisions, in that order
    mark: Mark


@dataclass(frozen=True, slots=True)
class Unplaced:
    """The articles that wait for their story: how many, and the first of them."""

    count: int = 0
    first: ArticleId | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """The story of an article, and the article that it copies."""

    story: StoryId | int  # a stored one, or a negative number; equal numbers are one new story
    duplicate_of: ArticleId | int | None = None  # a stored article, or -1 - index within the batch


@dataclass(frozen=True, slots=True)
class Placed:
    """A new article with its story and the article that it copies, as in Spot."""

    article: NewArticle
    story: StoryId | int
    duplicate_of: ArticleId | int | None = None
