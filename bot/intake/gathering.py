"""Reads files, folders, feeds and pages into the database, and reports each in one line."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import ParamSpec, Protocol, TypeVar
from urllib.parse import urlsplit

from digest.errors import AttacheError, Conflict, InputError, SourceError
from digest.gather import drafts
from digest.gather.documents.files import Skipped, find, read_bytes
from digest.gather.identity import feed_key
from digest.ingest.hosts import Report
from digest.ingest.intake import Intake
from digest.model.articles import Counts
from digest.model.gathered import Draft
from digest.model.sources import Outlet, Source
from digest.ports import Fetcher

Outlets = Mapping[str, Outlet]  # by host name

P = ParamSpec("P")
T = TypeVar("T")


class Reads(Protocol):
    """As ports.Parser, but synchronous: for a program that does one thing after the other."""

    def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What the function makes of the arguments, read elsewhere or here."""


def here(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Parse it in this process: for what we wrote ourselves."""
    return function(*args, **kwargs)


@dataclass(frozen=True, slots=True)
class Read:
    """The articles that one file holds."""

    name: str
    drafts: tuple[Draft, ...]


async def ingest(
    places: Sequence[str],
    *,
    seen_at: datetime,
    intake: Intake,
    outlets: Outlets,
    fetcher: Fetcher,
    reads: Reads,
) -> AsyncIterator[Report | Skipped]:
    """A report for each file, page or feed, in order; one that fails hurts no other."""
    for place in places:
        if "://" in place:  # of which another scheme than http is refused in words
            yield await _ingest_url(place, fetcher, seen_at, intake, outlets, reads)
        else:
            async for report in _ingest_path(Path(place), seen_at, intake, outlets, reads):
                yield report


def path_drafts(
    path: Path, *, seen_at: datetime, outlets: Outlets, reads: Reads
) -> Iterator[Read | Report | Skipped]:
    """What each file below ``path`` holds; a Report if it failed, a Skipped if it is no article."""
    for found in find(path):
        if isinstance(found, Skipped):
            yield found
            continue
        name = name_below(path, found.path)
        try:
            made = reads(drafts.of_data, read_bytes(found.path), found.kind, name, seen_at=seen_at)
        except (SourceError, InputError) as error:
            yield Report(name, Counts(failed=1), str(error))
        else:
            named = (replace(draft, file=name) for draft in made)
            yield Read(name, tuple(_with_outlet(draft, outlets) for draft in named))


def by_host(outlets: Iterable[tuple[str, Outlet]]) -> Outlets:
    """Outlets by the host of their addresses; if several share a host, the one that has the whole site."""
    found: dict[str, Outlet] = {}
    for url, outlet in sorted(outlets, key=_depth):
        found.setdefault(host(url), outlet)
    return found


def _depth(addressed: tuple[str, Outlet]) -> int:
    """How deep in its site an outlet is, by its address and by names such as "Ministry: Africa"."""
    url, outlet = addressed
    return (urlsplit(url).path.strip("/") != "") + (": " in outlet.name)


def known(sources: Iterable[Source]) -> dict[str, Source]:
    """The sources by a key that is equal for all spellings of an address."""
    return {feed_key(source.url): source for source in sources}


def refuse_known(url: str, sources: Iterable[Source]) -> None:
    """Raise Conflict if the feed is among the sources, however its address is spelt."""
    if feed_key(url) in known(sources):
        raise Conflict(f"{url} is among the sources already")


def outlet_of(url: str | None, outlets: Outlets) -> Outlet | None:
    """The outlet that is known to publish at this address."""
    return outlets.get(host(url)) if url else None


def host(url: str) -> str:
    """The host of an address without "www."; empty for none."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def name_below(root: Path, path: Path) -> str:
    """The file's name below ``root``, in characters that can be stored."""
    name = path.relative_to(root).as_posix() if path != root else path.name
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


async def _ingest_path(
    path: Path, seen_at: datetime, intake: Intake, outlets: Outlets, reads: Reads
) -> AsyncIterator[Report | Skipped]:
    try:
        for read in path_drafts(path, seen_at=seen_at, outlets=outlets, reads=reads):
            if isinstance(read, Read):
                yield await _taken(read, seen_at, intake)
            elif isinstance(read, Skipped) and read.path == path:  # asked for by its name
                yield Report(name_below(path, path), Counts(failed=1), f"{path} {read.reason}.")
            else:
                yield read
    except SourceError as error:
        yield Report(str(path), Counts(failed=1), str(error))


async def _taken(read: Read, seen_at: datetime, intake: Intake) -> Report:
    try:
        return Report(read.name, await intake.take(read.drafts, seen_at=seen_at))
    except SourceError as error:
        return Report(read.name, Counts(failed=1), str(error))


async def _ingest_url(
    url: str, fetcher: Fetcher, seen_at: datetime, intake: Intake, outlets: Outlets, reads: Reads
) -> Report:
    try:
        fetched = await fetcher.fetch(url)
        made = await asyncio.to_thread(reads, drafts.of_answer, fetched, seen_at=seen_at)
        named = tuple(_with_outlet(draft, outlets) for draft in made)
        return Report(url, await intake.take(named, seen_at=seen_at))
    except AttacheError as error:
        return Report(url, Counts(failed=1), str(error))


def _with_outlet(draft: Draft, outlets: Outlets) -> Draft:
    """The draft with the outlet known for its host, which says more than its own name does."""
    known = outlet_of(draft.url, outlets)
    return replace(draft, outlet=known) if known else draft
