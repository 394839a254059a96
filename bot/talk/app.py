"""What commands may use: the ports, a clock, and a few small values."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from digest.ingest.intake import Intake
from digest.model.chats import Chat, Schedule
from digest.model.digests import Digest
from digest.model.messages import Message
from digest.ports import (
    ArticleStore,
    Census,
    ChatStore,
    Clock,
    Fetcher,
    Ledger,
    OfferStore,
    Parser,
    PeopleStore,
    SourceStore,
    UpdateStore,
)

from .access import Access


class Composer(Protocol):
    """Makes a digest on request."""

    async def __call__(
        self, chat: Chat, *, now: datetime, since: datetime | None = None
    ) -> tuple[Digest, tuple[Message, ...]]:
        """What ``chat`` has not been shown yet, up to ``now``; no cursor is moved.

        ``since`` takes the place of the chat's cursor, for a preview.
        """


class Administers(Protocol):
    """Knows who administers which group or channel."""

    async def __call__(self, chat: int, user: int) -> bool:
        """Whether the person is an administrator there; False if Telegram does not tell."""


async def _nobody(chat: int, user: int) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """Everything a command may reach."""

    chats: ChatStore
    census: Census
    articles: ArticleStore
    sources: SourceStore
    ledger: Ledger
    offers: OfferStore
    updates: UpdateStore
    fetcher: Fetcher
    parser: Parser
    intake: Intake
    people: PeopleStore
    clock: Clock
    compose: Composer
    next_due: Callable[[Schedule, datetime], datetime | None]  # the first slot after an instant
    administers: Administers = _nobody  # until a bot is there to ask Telegram
    owners: frozenset[int] = frozenset()
    access: Access = "open"
    bot_username: str = ""
    secret: bytes = b""  # signs invitations; stays the same over restarts
