"""Which incoming articles are stored already: by key, and files also by their text."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from digest.model.articles import ArticleId, Known, StoryId

from ..database.batching import batches
from ..tables import articles

# Newest revisions, the latest first: of files with one text the earliest is found last and stays.
# Made once: made anew at each question, one took half as long again.
_NEWEST_OF_ALL: Select[Any] = (
    select(
        articles.c.id,
        articles.c.key,
        articles.c.fingerprint,
        articles.c.revision,
        articles.c.story_id,
    )
    .where(articles.c.is_newest)
    .order_by(articles.c.id.desc())
)
_NEWEST = _NEWEST_OF_ALL.where(articles.c.key.in_(bindparam("keys", expanding=True)))
_NEWEST_FILES = _NEWEST_OF_ALL.where(
    articles.c.url.is_(None), articles.c.fingerprint.in_(bindparam("prints", expanding=True))
)


async def known(
    connection: AsyncConnection, keys: Sequence[str], fingerprints: Sequence[str]
) -> dict[str, Known]:
    """The newest revisions under the keys, and files under their fingerprints."""
    found: dict[str, Known] = {}
    for batch in batches(fingerprints):
        for row in await connection.execute(_NEWEST_FILES, {"prints": batch}):
            found[row.fingerprint] = _known_of(row)
    for batch in batches(keys):
        for row in await connection.execute(_NEWEST, {"keys": batch}):
            found[row.key] = _known_of(row)
    return found


def _known_of(row: Row[Any]) -> Known:
    story = None if row.story_id is None else StoryId(row.story_id)
    return Known(ArticleId(row.id), row.fingerprint, row.revision, story)
