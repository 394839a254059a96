"""What can go wrong, as one tree.

AttacheError
├── InputError            what was given cannot be used, here or elsewhere; the message says what to do
├── SourceError           one source or file could not be read; hurts no other
│   ├── Unreachable       no answer: refused, timed out, no such host
│   ├── Refused           an answer that says no: an HTTP status, a forbidden address
│   ├── Unreadable        bytes came, but they are no article, feed or page
│   │   └── Withheld      a page asks for something in place of its article: ``by``
│   └── Overrun           reading the bytes took too much time or memory, and was stopped
├── NotStarted            no process could be had that reads the bytes; no source's fault
├── StoreError            the database cannot be used as it is
│   ├── Conflict          somebody else changed it meanwhile
│   ├── ClaimUnanswered   whether ``parts`` are marked as being sent is not known, and nobody sends them
│   ├── Unstorable        it cannot hold a value: whoever brought it, it is of no use to try again
│   └── WrongVersion      its schema is newer or older than this program
└── DeliveryError         one message was not delivered
    ├── NotSent           certainly not delivered; may be tried again
    ├── RetryLater        Telegram asked to wait: ``after``
    ├── ChatGone          blocked, kicked, deleted: pause the chat, keep its settings
    ├── ChatMoved         a group became a supergroup: ``new_id``
    ├── ChatRefuses       missing rights, closed topic: soft, may pass
    ├── BadMessage        the text or markup was refused: our fault
    ├── BotRefused        the token is not accepted: stop all sending
    └── Uncertain         the answer was lost: the message may be there
"""

from collections.abc import Collection
from datetime import timedelta
from typing import Literal


class AttacheError(Exception):
    """Any failure that this program expects; its text is one plain sentence."""


class InputError(AttacheError):
    """What was given cannot be used."""


class SourceError(AttacheError):
    """One source or file could not be read."""


class Unreachable(SourceError):
    """No answer came; ``host`` is the one that was silent, where a redirect led to another."""

    def __init__(self, message: str, *, host: str | None = None) -> None:
        super().__init__(message)
        self.host = host


class Refused(SourceError):
    """The answer says no; ``host`` is the one that said so, where a redirect led to another."""

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        retry_after: timedelta | None = None,
        host: str | None = None,
    ) -> None:
        super().__init__(message)
        self.host = host
        self.status = status
        self.retry_after = retry_after


Why = Literal["", "scanned", "locked", "damaged", "long", "unknown"]


class Unreadable(SourceError):
    """The bytes are no article, feed or page; ``why`` is there for who says it in another language."""

    def __init__(self, message: str, *, why: Why = "") -> None:
        super().__init__(message)
        self.why = why


Wall = Literal["paywall", "consent", "check"]  # what stands in place of an article on its page


class Withheld(Unreadable):
    """The page asks for a subscription, for consent or whether a person is there."""

    def __init__(self, message: str, *, by: Wall = "paywall") -> None:
        super().__init__(message)
        self.by: Wall = by


class Overrun(SourceError):
    """Reading the bytes took too much time or memory; the process that read them was ended."""


class NotStarted(AttacheError):
    """The process that reads what strangers wrote did not start: for want of memory, as a rule."""


class StoreError(AttacheError):
    """The database cannot be used as it is."""


class Conflict(StoreError):
    """Somebody else changed it meanwhile."""


class ClaimUnanswered(StoreError):
    """The claim of ``parts`` was cut short: they may be marked as being sent, and nobody sends them."""

    def __init__(self, message: str, *, parts: Collection[int]) -> None:
        super().__init__(message)
        self.parts = frozenset(parts)


class Unstorable(StoreError):
    """It cannot hold a value that it was given, and stored nothing of what came with it."""


class WrongVersion(StoreError):
    """The schema is of another version of this program."""


class DeliveryError(AttacheError):
    """One message was not delivered."""


class NotSent(DeliveryError):
    """Certainly not delivered: no connection was made."""


class RetryLater(DeliveryError):
    """Telegram asked to wait (429)."""

    def __init__(
        self, message: str, *, after: timedelta, named: bool = True, asked: bool = True
    ) -> None:
        """``named``: Telegram said how long. ``asked``: it was asked just now, not some time before."""
        super().__init__(message)
        self.after = after
        self.named = named
        self.asked = asked


class ChatGone(DeliveryError):
    """The chat cannot be written to any more."""


class ChatMoved(DeliveryError):
    """The group became a supergroup."""

    def __init__(self, message: str, *, new_id: int) -> None:
        super().__init__(message)
        self.new_id = new_id


class ChatRefuses(DeliveryError):
    """The chat refuses for now: rights are missing, or its topic is closed."""

    def __init__(self, message: str, *, in_topic: bool = False) -> None:
        """``in_topic``: other topics of the group may take theirs."""
        super().__init__(message)
        self.in_topic = in_topic


Flaw = Literal["markup", "long", "empty", "buttons"]


class BadMessage(DeliveryError):
    """The text, its markup or its buttons were refused; ``flaw`` says which."""

    def __init__(self, message: str, *, flaw: Flaw = "markup") -> None:
        super().__init__(message)
        self.flaw: Flaw = flaw


class BotRefused(DeliveryError):
    """The token is not accepted, or the bot is frozen."""


class Uncertain(DeliveryError):
    """The answer was lost after the request was written: the message may be there.

    ``foreign``: what answered does not speak as Telegram does, as a captive portal.
    """

    def __init__(self, message: str, *, foreign: bool = False) -> None:
        super().__init__(message)
        self.foreign = foreign
