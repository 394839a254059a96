"""Files, folders, feeds and pages into the database, each reported in one line."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from digest.errors import AttacheError, InputError, SourceError, Unreadable
from digest.gather.articlefile import read_article
from digest.gather.extract import extract_page
from digest.gather.feeds import entry_draft, parse_feed
from digest.gather.files import Found, Kind, Skipped, decode, find, read_bytes
from digest.gather.from_docx import docx_text
from digest.gather.from_pdf import pdf_text
from digest.ingest import Intake, Report
from digest.model import Counts, Draft, Feed, Fetched, Outlet
from digest.ports import Fetcher

Outlets = Mapping[str, Outlet]  # by host name


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
    fetcher: Callable[[], Fetcher],
) -> AsyncIterator[Report | Skipped]:
    """What each file, page or feed came to, in order; one that fails hurts no other."""
    for place in places:
        if place.startswith(("http://", "https://")):
            yield await _ingest_url(place, fetcher(), seen_at, intake, outlets)
        else:
            async for report in _ingest_path(Path(place), seen_at, intake, outlets):
                yield report


def file_drafts(
    found: Found, name: str, *, seen_at: datetime, outlets: Outlets
) -> tuple[Draft, ...]:
    """The articles in one file. Raises SourceError or InputError where there is none."""
    return data_drafts(read_bytes(found.path), found.kind, name, seen_at=seen_at, outlets=outlets)


def data_drafts(
    data: bytes, kind: Kind, name: str, *, seen_at: datetime, outlets: Outlets
) -> tuple[Draft, ...]:
    """The same of what was read already."""
    match kind:
        case "feed":
            drafts = _feed_drafts(data, name, seen_at=seen_at)
        case "html":
            drafts = (extract_page(data, url=None, seen_at=seen_at),)
        case "pdf":
            drafts = (read_article(pdf_text(data, name=name), file=name, seen_at=seen_at),)
        case "docx":
            drafts = (read_article(docx_text(data, name=name), file=name, seen_at=seen_at),)
        case "text":
            drafts = (read_article(decode(data), file=name, seen_at=seen_at),)
    return tuple(_with_outlet(replace(draft, file=name), outlets) for draft in drafts)


def path_drafts(
    path: Path, *, seen_at: datetime, outlets: Outlets
) -> Iterator[Read | Report | Skipped]:
    """What each file below ``path`` holds; a Report for one that failed, a Skipped for no article's."""
    for found in find(path):
        if isinstance(found, Skipped):
            yield found
            continue
        name = _name(found.path, path)
        try:
            yield Read(name, file_drafts(found, name, seen_at=seen_at, outlets=outlets))
        except (SourceError, InputError) as error:
            yield Report(name, Counts(failed=1), str(error))


def feed_of(fetched: Fetched, *, seen_at: datetime) -> Feed | None:
    """The feed that a request brought; None where it is something else."""
    try:
        return parse_feed(
            fetched.body,
            url=fetched.final_url,
            media_type=fetched.media_type,
            charset=fetched.charset,
            seen_at=seen_at,
        )
    except Unreadable:
        return None


def fetched_drafts(fetched: Fetched, *, seen_at: datetime, outlets: Outlets) -> tuple[Draft, ...]:
    """The articles of what a request brought: a feed's entries, or the page itself."""
    try:
        drafts = _feed_drafts(
            fetched.body,
            fetched.final_url,
            seen_at=seen_at,
            media_type=fetched.media_type,
            charset=fetched.charset,
        )
    except Unreadable:
        page = extract_page(
            fetched.body, url=fetched.final_url, charset=fetched.charset, seen_at=seen_at
        )
        drafts = (page,)
    return tuple(_with_outlet(draft, outlets) for draft in drafts)


def by_host(outlets: Iterable[tuple[str, Outlet]]) -> Outlets:
    """Outlets by the host of their addresses."""
    return {host(url): outlet for url, outlet in outlets}


def outlet_of(url: str | None, outlets: Outlets) -> Outlet | None:
    """The outlet that is known to publish at this address."""
    return outlets.get(host(url)) if url else None


def host(url: str) -> str:
    """The host of an address without "www."; empty for none."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _name(path: Path, root: Path) -> str:
    """The file's name below ``root``; a sign that is no character is replaced, so it can be stored."""
    name = path.relative_to(root).as_posix() if path != root else path.name
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


async def _ingest_path(
    path: Path, seen_at: datetime, intake: Intake, outlets: Outlets
) -> AsyncIterator[Report | Skipped]:
    try:
        for read in path_drafts(path, seen_at=seen_at, outlets=outlets):
            if isinstance(read, Read):
                yield Report(read.name, await intake.take(read.drafts, seen_at=seen_at))
            elif isinstance(read, Skipped) and read.path == path:  # asked for by its name
                yield Report(_name(path, path), Counts(failed=1), f"{path} {read.reason}.")
            else:
                yield read
    except InputError as error:
        yield Report(str(path), Counts(failed=1), str(error))


async def _ingest_url(
    url: str, fetcher: Fetcher, seen_at: datetime, intake: Intake, outlets: Outlets
) -> Report:
    try:
        fetched = await fetcher.fetch(url)
        drafts = fetched_drafts(fetched, seen_at=seen_at, outlets=outlets)
        return Report(url, await intake.take(drafts, seen_at=seen_at))
    except AttacheError as error:
        return Report(url, Counts(failed=1), str(error))


def _feed_drafts(
    data: bytes,
    name: str,
    *,
    seen_at: datetime,
    media_type: str | None = None,
    charset: str | None = None,
) -> tuple[Draft, ...]:
    feed = parse_feed(data, url=name, media_type=media_type, charset=charset, seen_at=seen_at)
    outlet = Outlet(feed.title) if feed.title else None
    return tuple(entry_draft(entry, outlet=outlet) for entry in feed.entries)


def _with_outlet(draft: Draft, outlets: Outlets) -> Draft:
    """The draft with the outlet that is known under its host, which says more than its own name."""
    known = outlet_of(draft.url, outlets)
    return replace(draft, outlet=known) if known else draft
