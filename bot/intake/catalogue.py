"""The bundled sources, put into a fresh database."""

from digest.errors import Conflict
from digest.model.sources import NewSource, Outlet
from digest.ports import Clock, SourceStore
from seeds.sources import SeedSource, sources


async def seed(store: SourceStore, *, switched_on: bool, clock: Clock) -> int:
    """How many sources were added: the whole catalogue to a database without any, else none.

    With ``switched_on`` those are read that were alive lately; without, nothing is stored.
    """
    if not switched_on or await store.all():
        return 0
    added = 0
    for entry in sources():
        try:
            await store.add(_new(entry), now=clock.now())
        except Conflict:  # another process seeds the same database
            continue
        added += 1
    return added


def outlets() -> tuple[tuple[str, Outlet], ...]:
    """(homepage, outlet) of every bundled source."""
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
