"""Reading many drafts at once: jobs for the processes that parse input from strangers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from ..model.articles import NewArticle
from ..model.gathered import Draft, Paragraph
from ..model.sources import SourceId
from .article import identity, read

_SAMPLE = Draft(
    title="Envoys of Norway meet in Geneva",
    paragraphs=(Paragraph("p", '"We will talk," the Norwegian foreign minister said on Monday.'),),
)


def prepare() -> None:
    """Load the models and tables that reading needs; it takes 1.6 s, which no job should have to pay."""
    read(_SAMPLE, first_seen_at=datetime(2026, 1, 1, tzinfo=UTC))


def read_all(
    drafts: Sequence[Draft], *, first_seen_at: datetime, source: SourceId | None, owner: int | None
) -> tuple[NewArticle, ...]:
    """The articles, in order."""
    return tuple(
        read(draft, first_seen_at=first_seen_at, source=source, owner=owner) for draft in drafts
    )


def read_title(
    draft: Draft, *, first_seen_at: datetime, source: SourceId | None, owner: int | None
) -> NewArticle:
    """The article without its text, because reading the text was stopped; its key is the same."""
    key, fingerprint = identity(draft, owner=owner)
    article = read(
        replace(draft, paragraphs=()), first_seen_at=first_seen_at, source=source, owner=owner
    )
    return replace(article, key=key, fingerprint=fingerprint)
