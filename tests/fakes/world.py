"""Fakes of the world: time that is set, answers that are said, messages that are kept."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import ParamSpec, TypeVar

from digest.errors import AttacheError, DeliveryError, SourceError, Unreachable
from digest.model.delivery import Outgoing, Sent
from digest.model.gathered import Fetched

P = ParamSpec("P")
T = TypeVar("T")


class FakeClock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def advance(self, by: timedelta) -> datetime:
        """The new time; ``by`` may be negative, as with a clock that is set back."""
        self._now += by
        return self._now


class FakeFetcher:
    """A network of the given pages; an address that is not among them does not answer.

    A page whose ``etag`` or ``last_modified`` is asked for answers 304 without a body.
    """

    def __init__(self, pages: Mapping[str, Fetched | SourceError]) -> None:
        self.pages = dict(pages)
        self.asked: list[str] = []

    async def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched:
        self.asked.append(url)
        page = self.pages.get(url, Unreachable(f"{url} does not answer"))
        if isinstance(page, SourceError):
            raise page
        same_tag = etag is not None and etag == page.etag
        same_date = last_modified is not None and last_modified == page.last_modified
        return replace(page, status=304, body=b"") if same_tag or same_date else page


class FakeParser:
    """Reads in this process, and counts the jobs; ``error`` is raised instead."""

    def __init__(self, error: AttacheError | None = None) -> None:
        self.error = error
        self.jobs = self.renewals = 0

    async def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        self.jobs += 1
        if self.error:
            raise self.error
        return function(*args, **kwargs)

    def renew(self) -> None:
        self.renewals += 1


class FakeMessenger:
    """A way to chats that remembers what it sent; ``errors`` are raised in order, chat by chat."""

    def __init__(self, errors: Mapping[int, Iterable[DeliveryError]] | None = None) -> None:
        self.sent: list[Outgoing] = []
        self._errors = {chat: iter(scripted) for chat, scripted in (errors or {}).items()}
        self._numbers = count(1)

    async def send(self, outgoing: Outgoing) -> Sent:
        error = next(self._errors.get(outgoing.chat, iter(())), None)
        if error is not None:
            raise error
        self.sent.append(outgoing)
        return Sent(next(self._numbers), outgoing.chat, outgoing.thread)

    def texts(self, chat: int) -> tuple[str, ...]:
        """What arrived in the chat, in order."""
        return tuple(one.message.html for one in self.sent if one.chat == chat)
