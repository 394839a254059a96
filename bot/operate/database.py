"""What ``attache db`` does: schema, copies, moves, integrity."""

import sys
from pathlib import Path

from digest.errors import StoreError

from ..run import wiring
from ..settings import Settings
from .output import say
from .progress import progress


async def upgrade(settings: Settings) -> None:
    """Bring the database to this program's schema."""
    await wiring.upgrade(settings.database_url)
    say("the database is up to date")


async def back_up(settings: Settings, target: Path) -> None:
    """Copy the database."""
    await wiring.back_up(settings.database_url, target)
    say(f"copied to {target}")


async def move(source: str, target: str) -> None:
    """Move everything from a file to a server, with a bar on a terminal, or else a line at each tenth."""
    with progress() as bar:
        task = bar.add_task("")

        def show(step: str, done: int, total: int) -> None:
            bar.update(task, description=f"{step}: {done} of {total}")
            if bar.disable and done * 10 // max(total, 1) > shown.get(step, -1):
                shown[step] = done * 10 // max(total, 1)
                sys.stderr.write(f"{step}: {done} of {total}\n")

        shown: dict[str, int] = {}
        rows = await wiring.move(source, target, show)
    say(f"{rows} rows moved, equal by count and checksum in each table")


async def check(settings: Settings) -> None:
    """Print that the database is sound, or raise StoreError that says what is wrong."""
    await refuse_unsound(settings)
    say("the database is sound")


async def refuse_unsound(settings: Settings) -> None:
    """Raise StoreError that says what is wrong with the database, if anything is."""
    if found := await wiring.check(settings.database_url):
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        raise StoreError(f"the database is damaged: {found[0]}{more}; put a back-up in its place")
