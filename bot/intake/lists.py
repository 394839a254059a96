"""Adds the feeds of a list to those that are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from digest.errors import Conflict
from digest.gather.identity import feed_key
from digest.model.sources import Listed, NewSource, Outlet
from digest.ports import SourceStore

from . import catalogue, gathering


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the feeds of a list."""

    added: int
    known: int
    left: int  # beyond the room


async def take(
    listed: Sequence[Listed],
    *,
    sources: SourceStore,
    now: datetime,
    owner: int | None = None,
    room: int | None = None,
) -> Taken:
    """Add the unknown ones, due at once; with an ``owner`` as that reader's own, ``room`` at most."""
    outlets = gathering.by_host(catalogue.outlets())
    known = gathering.known(await sources.all(reader=owner))
    fresh = [one for one in listed if feed_key(one.url) not in known]
    wanted = fresh[:room]
    added = 0
    for one in wanted:
        named = Outlet(one.name or gathering.host(one.url))
        outlet = gathering.outlet_of(one.url, outlets) or named
        try:
            await sources.add(NewSource(url=one.url, outlet=outlet, owner=owner), now=now)
        except Conflict:  # added meanwhile from another side
            continue
        added += 1
    left = len(fresh) - len(wanted)
    return Taken(added, len(listed) - added - left, left)
