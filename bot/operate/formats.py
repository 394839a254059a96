"""Stored articles and digests as the command line prints them."""

from collections.abc import Mapping
from typing import Any

from rich.text import Text

from digest.compose.export import as_json
from digest.model.articles import Article
from digest.model.digests import Digest

from ..pages.digest import Occasion, pages
from ..pages.links import Link
from ..talk import markup
from ..talk.texts import texts

FORMATS = ("text", "html", "markdown", "json")


def article_json(article: Article) -> dict[str, Any]:
    """One stored revision by the contract: unknown is null, times ISO 8601 with offset."""
    return {
        "id": article.id,
        "revision": article.revision,
        "title": article.title,
        "url": article.url,
        "outlet": article.outlet.name if article.outlet else None,
        "byline": article.byline,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "modified_at": article.modified_at.isoformat() if article.modified_at else None,
        "first_seen_at": article.first_seen_at.isoformat(),
        "date_source": article.date_source,
        "language": article.language,
        "topics": [topic.slug for topic in article.topics],
        "countries": list(article.countries),
        "people": [person.name for person in article.people],
        "story": article.story,
        "duplicate_of": article.duplicate_of,
        "file": article.file,
        "text": article.text,
    }


def digest_text(
    digest: Digest, occasion: Occasion, link: Link, form: str
) -> Mapping[str, object] | Text | str:
    """The digest in one of FORMATS: JSON as a dict, "text" as a rich Text, others as a string."""
    if form == "json":
        return as_json(digest)
    found = pages(digest, occasion, texts("en"), link)
    if form == "html":
        return "\n\n".join(markup.html(page) for page in found)
    if form == "markdown":
        return "\n\n".join(markup.markdown(page) for page in found)
    return markup.coloured([block for page in found for block in page])
