"""Puts the bundled sources into a fresh database."""

from datetime import UTC, datetime

from digest.errors import Conflict
from digest.gather.identity import feed_key
from digest.ingest.checked import is_new
from digest.model.sources import NewSource, Outlet
from digest.ports import ArticleStore, Clock, SourceStore
from seeds.sources import SeedSource, sources

_EVER = datetime(1970, 1, 1, tzinfo=UTC)


async def seed(
    store: SourceStore, articles: ArticleStore, *, switched_on: bool, clock: Clock
) -> int:
    """Add the whole catalogue to a fresh database. Returns how many sources were added.

    With ``switched_on``, those are enabled that were alive of late; without, nothing is stored. A database
    is fresh if it has no source, or only sources that were added before anything was ever read.
    """
    if not switched_on:
        return 0
    there = await store.all()
    is_read = not all(map(is_new, there)) or any(await articles.count(_EVER))
    if there and is_read:
        return 0
    known = {feed_key(source.url) for source in there}
    added = 0
    for entry in sources():
        if feed_key(entry.url) in known:
            continue
        try:
            await store.add(_new(entry), now=clock.now())
        except Conflict:  # another process seeds the same database
            continue
        added += 1
    return added


def outlets() -> tuple[tuple[str, Outlet], ...]:
    """The homepage and outlet of every bundled source."""
    return tuple((entry.homepage, _outlet(entry)) for entry in sources() if entry.homepage)


def _new(entry: SeedSource) -> NewSource:
    return NewSource(
        url=entry.url,
        outlet=_outlet(entry),
        language=entry.language,
        enabled=entry.enabled,
        full_text=entry.full_text,
    )


def _outlet(entry: SeedSource) -> Outlet:
    return Outlet(
        name=entry.name,
        country=entry.country,
        kind=entry.kind,
        official=entry.official,
        state_funded=bool(entry.state_funded),
    )
