"""The command line in the test's own process."""

import asyncio
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from bot.run import wiring
from digest.model.sources import NewSource, Outlet, SourceOutcome


@dataclass(frozen=True)
class Result:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Attache = Callable[..., Result]


TALKS = (
    "Delegations from Turkey and Ukraine met in Ankara on Monday to discuss the grain corridor. "
    "The Foreign Ministry of Turkey said the talks would continue for three more days this week. "
    "Insurance for vessels in the Black Sea remains the main open point, two officials said. "
    "Forty ships are waiting off Odesa for an inspection of their cargo."
)
SANCTIONS = (
    "The European Union extended its sanctions against Russia on Monday for another six months. "
    "Foreign ministers of the European Union agreed on the extension at a meeting in Brussels. "
    "The sanctions freeze the assets of more than two thousand people and companies from Russia."
)
SEEN = ("--first-seen", "2026-02-10T12:00Z")
on_a_file = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def is_sentence(err: str) -> bool:
    return err.startswith("attache: ") and err.count("\n") == 1


def store_check(url: str, now: datetime, error: str | None = None) -> None:
    """Store a source as it was checked then."""

    async def store() -> None:
        async with wiring.open_stores(os.environ["ATTACHE_DATABASE_URL"]) as stores:
            source = await stores.sources.add(
                NewSource(url=url, outlet=Outlet("The Feed")), now=now
            )
            outcome = SourceOutcome(
                source=source.id, checked_at=now, next_check_at=now, error=error
            )
            await stores.intake().take((), seen_at=now, outcome=outcome)

    asyncio.run(store())
