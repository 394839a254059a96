"""The outside world: its time, its answers, its messages."""

from collections.abc import Callable
from datetime import datetime
from typing import ParamSpec, Protocol, TypeVar

from ..model.delivery import Outgoing, Sent
from ..model.gathered import Fetched

P = ParamSpec("P")
T = TypeVar("T")


class Clock(Protocol):
    """The time of day."""

    def now(self) -> datetime:
        """This instant, aware, in UTC."""


class Fetcher(Protocol):
    """The only way to the network for articles."""

    async def fetch(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched:
        """What is at ``url`` now; the body is empty, with status 304, if nothing has changed.

        Raises Unreachable if no answer came, Refused for an address that may not be reached or a status of
        400 and above, Unreadable for a body that is too large or wrongly packed.
        """


class Parser(Protocol):
    """Where input from strangers is parsed: outside of this process, with limits of time and memory."""

    async def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of a module-level function; arguments and result are plain values.

        Raises what the function raises of our own errors, Unreadable for anything else that goes wrong in
        it, Overrun if it takes too much time or memory, and NotStarted if nothing can be parsed at all.
        """

    def renew(self) -> None:
        """Load what was loaded for the jobs again before the next ones."""


class Messenger(Protocol):
    """The way to a chat."""

    async def send(self, outgoing: Outgoing) -> Sent:
        """What Telegram answered. Raises a DeliveryError that says what to do next."""
