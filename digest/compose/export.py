"""A digest as the JSON document that the command line promises."""

from typing import Any

from ..model.articles import Action, Article
from ..model.digests import Cited, Digest, Item


def as_json(digest: Digest) -> dict[str, Any]:
    """The digest by the contract of the command line: times in ISO 8601 with offset, unknown values null."""
    return {
        "start": digest.window.start.isoformat(),
        "end": digest.window.end.isoformat(),
        "zone": digest.window.zone,
        "articles_read": digest.articles_read,
        "stories_seen": digest.stories_seen,
        "stories": [_story(item) for item in digest.items],
        "warnings": list(warnings(digest)),
    }


def warnings(digest: Digest) -> tuple[str, ...]:
    """What a reader should know about how the digest was made: feeds that could not be read."""
    health = digest.health
    if not health.failing:
        return ()
    thin = f"{health.failing} of {health.sources} feeds could not be read; this edition may be thin"
    return (thin, *(f"no feed of {country} could be read" for country in health.silent))


def _story(item: Item) -> dict[str, Any]:
    return {
        "id": item.story,
        "headline": item.headline,
        "status": item.status,
        "day": item.day,
        "topics": list(item.topics),
        "action": _action(item.action),
        "countries": list(item.countries),
        "outlets": [outlet.name for outlet in item.outlets if outlet.name],
        "score": round(item.score, 4),
        "parts": {part.name: round(part.value, 4) for part in item.parts},
        "sentences": [_sentence(cited) for cited in item.sentences],
        "articles": [_article(article) for article in item.articles],
    }


def _action(action: Action | None) -> dict[str, Any] | None:
    if action is None:
        return None
    return {"kind": action.slug, "by": list(action.by), "to": list(action.to)}


def _sentence(cited: Cited) -> dict[str, Any]:
    return {
        "text": cited.text,
        "article": cited.article,
        "start": cited.start,
        "end": cited.end,
        "kind": cited.kind,
        "speaker": cited.speaker,
    }


def _article(article: Article) -> dict[str, Any]:
    outlet = article.outlet
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "file": article.file,
        "outlet": outlet.name if outlet else None,
        "country": outlet.country if outlet else None,
        "official": outlet.official if outlet else False,
        "state_funded": outlet.state_funded if outlet else False,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "date_source": article.date_source,
    }
