"""A folder that is watched: a file in it is read once, when it has not changed for a while."""

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest.errors import InputError, NotStarted, SourceError, StoreError
from digest.gather import drafts
from digest.gather.documents.files import Found, Skipped, find, read_bytes
from digest.ingest.hosts import Report
from digest.ingest.intake import Intake
from digest.model.articles import Counts
from digest.ports import Clock, Parser

from .gathering import name_below

STILL = timedelta(seconds=2)  # size and time of a file that is written no more

_Look = tuple[int, int]  # size, time of the last change in nanoseconds


class Inbox:
    """What was seen and read in the folder. After a restart, texts that are stored are recognised."""

    def __init__(self, folder: Path, *, clock: Clock, intake: Intake, parser: Parser) -> None:
        self._folder = folder
        self._clock, self._intake, self._parser = clock, intake, parser
        self._seen: dict[Path, tuple[_Look, datetime]] = {}
        self._done: dict[Path, _Look] = {}
        self._is_lost = False  # the folder could not be looked through the last time

    async def tick(self) -> AsyncIterator[Report]:
        """A report for each file that has not changed since the last look; links are not followed.

        A folder that cannot be listed is reported once, and again only after it was there meanwhile.

        Raises StoreError if the database fails, NotStarted if nothing can be parsed; the file is read
        later.
        """
        now = self._clock.now()
        try:
            found = await asyncio.to_thread(lambda: tuple(find(self._folder)))
        except SourceError as error:
            if not self._is_lost:
                self._is_lost = True
                yield Report(str(self._folder), Counts(failed=1), str(error))
            return
        self._is_lost = False
        here = {each.path for each in found}
        self._seen = {path: look for path, look in self._seen.items() if path in here}
        self._done = {path: look for path, look in self._done.items() if path in here}
        for each in found:
            look = _look(each.path)
            if (
                look is None
                or self._done.get(each.path) == look
                or not self._is_still(each.path, look, now)
            ):
                continue
            self._done[each.path] = look  # first: one at which we fail shall hold up no other
            try:
                report = await self._read(each, now)
            except (StoreError, NotStarted):
                del self._done[each.path]  # no fault of the file
                raise
            yield report

    def _is_still(self, path: Path, look: _Look, now: datetime) -> bool:
        before, since = self._seen.get(path, (None, now))
        if before != look:
            self._seen[path] = (look, now)
            return False
        changed = datetime.fromtimestamp(look[1] / 1e9, UTC)
        return now - since >= STILL and abs(now - changed) >= STILL

    async def _read(self, each: Found | Skipped, now: datetime) -> Report:
        name = name_below(self._folder, each.path)
        if isinstance(each, Skipped):
            return Report(name, Counts(failed=1), f"{name} {each.reason}")
        try:
            data = await asyncio.to_thread(read_bytes, each.path)
            made = await self._parser(drafts.of_data, data, each.kind, name, seen_at=now)
            taken = tuple(replace(draft, file=name) for draft in made)
            return Report(name, await self._intake.take(taken, seen_at=now))
        except (SourceError, InputError) as error:
            return Report(name, Counts(failed=1), str(error))


def _look(path: Path) -> _Look | None:
    try:
        found = os.lstat(path)
    except OSError:  # gone since it was found: nothing is there to be read
        return None
    return found.st_size, found.st_mtime_ns
