"""The world outside: its time, its answers, its messages."""

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
        """What is at ``url`` now; ``body`` is empty with status 304 when nothing has changed.

        Raises Unreachable when no answer came, Refused for an address that may not be reached or
        a status of 400 and above, Unreadable for a body that is too large or packed in a wrong way.
        """


class Parser(Protocol):
    """Where what strangers wrote is read: apart from this process, within limits of time and memory."""

    async def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """What the function makes of the arguments; a function of a module, plain values in and out.

        Raises what the function raises of our own errors, Unreadable for what else went wrong in it,
        Overrun when it took too much time or memory, and NotStarted where nothing could be read at all.
        """

    def renew(self) -> None:
        """Whatever was loaded for the jobs is loaded anew before the next ones."""


class Messenger(Protocol):
    """The way to a chat."""

    async def send(self, outgoing: Outgoing) -> Sent:
        """What Telegram answered. Raises a DeliveryError that says what to do next."""
