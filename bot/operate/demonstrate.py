"""The demonstration: a fortnight read day by day, and the digest of its last day."""

import sys
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import as_file, files
from pathlib import Path

from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from digest.deliver.queueing import queue_due
from digest.errors import Unreadable
from digest.gather.children import Child
from digest.model.chats import Chat, Schedule
from digest.model.delivery import Layout
from digest.model.digests import Digest
from digest.model.gathered import Draft
from digest.model.sources import Outlet
from digest.read.dating import named_days

from ..intake import gathering
from ..intake.gathering import Outlets, Read, Reads
from ..run import wiring
from ..run.wiring import Stores
from .articles import line
from .digests import Asked, show

_MEMORY = "sqlite+aiosqlite:///:memory:"
_READ_AT = time(20, 0, tzinfo=UTC)  # when the articles of a day of the sample are first seen
_LATER = timedelta(hours=1)  # the digest of a day, after its articles were read
_EARLIER = timedelta(hours=2)  # 21:59 in Zurich is that long before it, in summer
_DAY = timedelta(days=1)  # what a digest looks back on, days without articles left out
_READER = Chat(id=1, active=True, schedule=Schedule(zone="Europe/Zurich", at=("21:59",)))


@dataclass(frozen=True, slots=True)
class DayOfDrafts:
    """What arrived on one day."""

    read_at: datetime
    drafts: tuple[Draft, ...]


async def demo(folder: Path | None, *, console: Console) -> None:
    """Print the digest of the last day, as seen by a reader who got one every day before."""
    watched = sys.stderr.isatty()
    with Progress(console=Console(stderr=True), transient=True, disable=not watched) as progress:
        digest, asked = await demo_digest(folder, progress)
    show(digest, asked, form="text", console=console)


async def demo_digest(folder: Path | None, progress: Progress) -> tuple[Digest, Asked]:
    """The digest of the last day of a folder, or of the bundled sample."""
    days = _own_apart(folder, progress) if folder else sample(progress)
    async with wiring.open_stores(_MEMORY) as stores:
        digest = (await daily_digests(days, stores, progress))[-1]
    window = digest.window
    asked = Asked(start=window.start, end=window.end, zone=window.zone, minutes=3)
    return digest, asked


async def daily_digests(
    days: Sequence[DayOfDrafts], stores: Stores, progress: Progress
) -> tuple[Digest, ...]:
    """The digest of each day, composed and stored as the bot does for a chat that wants everything."""
    intake, digests = stores.intake(), list[Digest]()
    for day in progress.track(days, description="relating"):
        await intake.take(day.drafts, seen_at=day.read_at)
        now = day.read_at + _LATER
        reader = await stores.chats.get(_READER.id) or _READER
        await stores.chats.save(
            replace(reader, next_due_at=now - _EARLIER, covered_until=now - _DAY)
        )

        def keep(digest: Digest, *_: object) -> Layout:
            digests.append(digest)
            return Layout((), digest)

        await queue_due(
            clock=_Standing(now),
            chats=stores.chats,
            articles=stores.articles,
            ledger=stores.ledger,
            grouper=intake,
            render=keep,
        )
    return tuple(digests)


@dataclass(frozen=True, slots=True)
class _Standing:
    """A clock that stands at the hour when a day's digest is due."""

    at: datetime

    def now(self) -> datetime:
        return self.at


def sample(progress: Progress) -> list[DayOfDrafts]:
    """The bundled fortnight, each day read at its own time."""
    with as_file(files("seeds") / "sample") as root:
        listed = tomllib.loads((root / "outlets.toml").read_text(encoding="utf-8"))["outlet"]
        outlets = gathering.by_host((f"https://{o['domain']}/", _outlet(o)) for o in listed)
        prefixes = {str(o["prefix"]): _outlet(o) for o in listed}
        folders = sorted(path for path in root.iterdir() if path.is_dir())
        return [
            DayOfDrafts(
                at, _signed(_drafts(folder, at, outlets, gathering.here, progress), prefixes)
            )
            for folder in progress.track(folders, description="reading")
            for at in (_evening(folder.name),)
        ]


def _signed(drafts: Sequence[Draft], prefixes: Mapping[str, Outlet]) -> tuple[Draft, ...]:
    """The drafts with their outlets; for text files, those that the names of the files begin with."""
    return tuple(
        replace(draft, outlet=draft.outlet or prefixes.get((draft.file or "").partition("-")[0]))
        for draft in drafts
    )


def _own_apart(folder: Path, progress: Progress) -> list[DayOfDrafts]:
    with closing(Child()) as child:
        return _own(folder, child, progress)


def _own(folder: Path, reads: Reads, progress: Progress) -> list[DayOfDrafts]:
    """One's own articles by their dates. Undated ones come with the last day that has any, or else now.

    A day that a line around an undated one names, as an embedded post does, counts as well: nobody
    saw the article before.
    """
    now = wiring.SystemClock().now()
    drafts = _drafts(folder, now, {}, reads, progress)
    if not drafts:
        raise Unreadable(f"{folder} holds no article")
    dated = [draft.published_at or draft.modified_at for draft in drafts]
    named = (_named(draft, now) for draft, at in zip(drafts, dated, strict=True) if at is None)
    last = max(filter(None, (*dated, *named)), default=now)
    days: defaultdict[date, list[Draft]] = defaultdict(list)
    for draft, at in zip(drafts, dated, strict=True):
        days[(at or last).date()].append(draft)
    return [DayOfDrafts(_evening(day.isoformat()), tuple(days[day])) for day in sorted(days)]


def _named(draft: Draft, now: datetime) -> datetime | None:
    """The end of the last day, with its year, that stands around the article, and has come."""
    every = (named for line in draft.removed for named in named_days(line) if named.year)
    days = (named.in_year(now.year) for named in every)
    return max(
        (_evening(day.isoformat()) for day in days if day and day <= now.date()), default=None
    )


def _drafts(
    folder: Path, read_at: datetime, outlets: Outlets, reads: Reads, progress: Progress
) -> tuple[Draft, ...]:
    drafts: list[Draft] = []
    for read in gathering.path_drafts(folder, seen_at=read_at, outlets=outlets, reads=reads):
        if isinstance(read, Read):
            drafts += read.drafts
        else:
            progress.console.print(Text(line(read)), soft_wrap=True)
    return tuple(drafts)


def _evening(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), _READ_AT)


def _outlet(entry: dict[str, object]) -> Outlet:
    return Outlet(
        name=str(entry["name"]),
        country=str(entry["country"]),
        kind=str(entry["kind"]),
        official=entry["kind"] == "official",
        state_funded=bool(entry.get("state_funded")),
    )
