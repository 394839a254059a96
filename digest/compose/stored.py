"""A digest read back from the JSON that the ledger keeps, as ``export.as_json`` wrote it.

Fields that an earlier version did not write are empty.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..model.articles import Action, ArticleId, StoryId

_Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as the digest named it."""

    id: ArticleId
    title: str | None
    url: str | None
    outlet: str | None
    official: bool
    state_funded: bool
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class StoredSentence:
    """A sentence of a story, and where it stands."""

    text: str
    article: ArticleId
    start: int
    kind: str
    speaker: str | None


@dataclass(frozen=True, slots=True)
class StoredStory:
    """A story as the digest told it."""

    id: StoryId
    headline: str
    topics: tuple[str, ...]
    countries: tuple[str, ...]
    score: float
    action: Action | None
    parts: Mapping[str, float]  # of the score, by name
    sentences: tuple[StoredSentence, ...]
    articles: tuple[StoredArticle, ...]  # the one that leads first

    @property
    def title(self) -> str | None:
        """The title that is its headline; None if a sentence serves as headline."""
        return self.articles[0].title if self.articles else None


@dataclass(frozen=True, slots=True)
class StoredDigest:
    """What a digest told, in its order."""

    zone: str  # IANA, by whose clocks it was made
    stories: tuple[StoredStory, ...]


def stored(text: str) -> StoredDigest:
    """The digest in a JSON text of the ledger."""
    return digest_of(json.loads(text))


def digest_of(document: _Row) -> StoredDigest:
    """The digest in a document that ``as_json`` made."""
    return StoredDigest(document.get("zone", "UTC"), tuple(map(_story, document["stories"])))


def _story(row: _Row) -> StoredStory:
    return StoredStory(
        id=StoryId(row["id"]),
        headline=row["headline"],
        topics=tuple(row["topics"]),
        countries=tuple(row.get("countries", ())),
        score=row["score"],
        action=_action(row.get("action")),
        parts=row.get("parts", {}),
        sentences=tuple(map(_sentence, row["sentences"])),
        articles=tuple(map(_article, row["articles"])),
    )


def _action(row: _Row | None) -> Action | None:
    return Action(row["kind"], tuple(row["by"]), tuple(row["to"])) if row else None


def _sentence(row: _Row) -> StoredSentence:
    return StoredSentence(
        row["text"], ArticleId(row["article"]), row["start"], row["kind"], row["speaker"]
    )


def _article(row: _Row) -> StoredArticle:
    published = row["published_at"]
    return StoredArticle(
        id=ArticleId(row["id"]),
        title=row["title"],
        url=row["url"],
        outlet=row["outlet"],
        official=row["official"],
        state_funded=row["state_funded"],
        published_at=datetime.fromisoformat(published) if published else None,
    )
