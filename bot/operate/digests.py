"""What ``attache digest`` does: a digest composed from the database and printed; nothing is sent."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.text import Text

from digest.compose.compose import compose
from digest.compose.edition import edition
from digest.compose.view import reader_of
from digest.errors import AttacheError
from digest.model.chats import Chat, Wish
from digest.model.digests import Digest, Shown, Window

from ..pages.digest import Occasion
from ..pages.links import proof_link
from ..run import wiring
from ..run.wiring import Stores, SystemClock
from ..settings import Settings
from .formats import digest_text
from .output import print_json, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was asked for on the command line."""

    start: datetime
    end: datetime
    zone: str
    minutes: int | None = None  # None: the chat's own, or 3
    topics: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    chat: int | None = None


async def digest(settings: Settings, asked: Asked, *, form: str) -> None:
    """Print the digest that was asked for."""
    window = Window(asked.start, asked.end, asked.zone)
    async with wiring.open_made(settings.database_url) as stores:
        chat = None if asked.chat is None else await _first(asked.chat, stores)
        wish, shown = await _wish(chat, stores, asked)
        reader = None if chat is None else reader_of(chat)
        # Of a time to come nobody knows which feeds will have answered.
        now = min(asked.end, SystemClock().now())
        snapshot = await stores.articles.snapshot(window, reader=reader, now=now)
    show(compose(edition(snapshot), wish, shown), asked, form=form, console=Console())


def show(found: Digest, asked: Asked, *, form: str, console: Console) -> None:
    """Print one digest in the format ``form``."""
    occasion = Occasion(asked.zone, asked.end, asked.end)
    output = digest_text(found, occasion, proof_link(""), form)
    if isinstance(output, str):
        say(output)
    elif isinstance(output, Text):
        console.print(output, soft_wrap=not console.is_terminal)
    else:
        print_json(output)


async def _first(chat: int, stores: Stores) -> Chat:
    """The subscription of a chat; for a forum with several, that of its first topic."""
    found = await stores.chats.of(chat)
    if not found:
        raise AttacheError(f"chat {chat} is not subscribed")
    return found[0]


async def _wish(chat: Chat | None, stores: Stores, asked: Asked) -> tuple[Wish, Shown]:
    """The chat's own wish and history, with the parts of the wish that were given replaced."""
    given: dict[str, Any] = {"topics": asked.topics, "countries": asked.countries}
    asked_for = {name: value for name, value in given.items() if value}
    if asked.minutes is not None:
        asked_for["minutes"] = asked.minutes
    if chat is None:
        return Wish(**asked_for), Shown()
    history = await stores.chats.shown((chat,))
    return replace(chat.wish, **asked_for), history.get((chat.id, chat.thread), Shown())
