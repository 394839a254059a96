"""Tells one chat's refusal from an incident at Telegram, by the answers of the last ten minutes. Pure.

On 2023-10-31 Telegram told bots for hours that they had no right to write, and on 2026-05-08 that topics
were not there (python-telegram-bot#3956). Whoever pauses chats on such words loses readers.
"""

import re
from collections import Counter, OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import itemgetter

from ..model.delivery import NO_WAIT, Outgoing

WINDOW = timedelta(minutes=10)
SHARE = (
    0.20  # of the chats written to in the window, refused in the same words: more is an incident
)
ENOUGH = 100  # chats written to: a share of fewer says little while more are still to be written to
FEWEST = 5  # chats refused in the same words; of three readers two may well have left
# So many chats told to wait: the bot as a whole is too fast.
STORM, STORM_PERIOD = 3, timedelta(seconds=1)
_NUMBER = re.compile(r"-?\d+")


@dataclass(frozen=True, slots=True)
class Suspect:
    """A part whose chat is to be paused, unless it turns out that many are refused alike."""

    part: Outgoing
    reason: str
    at: datetime
    thread: int | None  # only this topic of the chat, or all of it


@dataclass(slots=True)
class Breaker:
    """The answers of the last minutes, and the suspects that wait for a verdict; one for a bot's life."""

    open_until: datetime | None = None  # nothing is sent before it
    suspects: deque[Suspect] = field(default_factory=deque)  # earliest first
    # The last answer of each chat, earliest first. Going through those of 300,000 chats at each answer
    # took 38 ms; a plain dict would search for its first key among all deleted ones.
    _answers: OrderedDict[int, tuple[datetime, str]] = field(default_factory=OrderedDict)
    # How many chats have refused with the words last.
    _refusals: Counter[str] = field(default_factory=Counter)
    _waits: deque[tuple[datetime, int, datetime]] = field(default_factory=deque)

    def is_open(self, now: datetime) -> bool:
        """Whether nothing may be sent now."""
        return self.open_until is not None and now < self.open_until <= now + NO_WAIT

    def arrived(self, chat: int, now: datetime) -> None:
        """Note that a chat took a message."""
        self._note(chat, "", now)

    def refused(self, chat: int, reason: str, now: datetime) -> None:
        """Note that a chat refused one, for good or for now."""
        self._note(chat, _NUMBER.sub("", reason).strip().casefold(), now)

    def told_to_wait(self, chat: int, until: datetime, now: datetime) -> datetime | None:
        """The time until which all chats have to wait; None while it is a matter of single chats."""
        self._waits.append((now, chat, until))
        while abs(now - self._waits[0][0]) > STORM_PERIOD:
            self._waits.popleft()
        if len({chat for _, chat, _ in self._waits}) < STORM:
            return None
        self.open_until = max(until for *_, until in self._waits)
        return self.open_until

    def trips(self, now: datetime, *, is_last: bool) -> str | None:
        """The refusal that too many chats share, or None.

        If there is one, nothing is sent for ten minutes, and the suspects are acquitted.
        """
        self._forget_old(now)
        reason, count = max(self._refusals.items(), key=itemgetter(1), default=("", 0))
        if len(self._answers) < ENOUGH and not is_last:
            return None
        if count < FEWEST or count <= SHARE * len(self._answers):
            return None
        self.open_until = now + WINDOW
        self.suspects.clear()
        return reason

    def convicted(self, until: datetime | None = None) -> tuple[Suspect, ...]:
        """Remove and return the suspects up to an instant, or all."""
        found = []
        while self.suspects and (until is None or self.suspects[0].at <= until):
            found.append(self.suspects.popleft())
        return tuple(found)

    def _note(self, chat: int, reason: str, now: datetime) -> None:
        self._forget_old(now)
        if chat in self._answers:
            self._forget(chat)
        self._answers[chat] = (now, reason)
        if reason:
            self._refusals[reason] += 1

    def _forget_old(self, now: datetime) -> None:
        while self._answers:
            first = next(iter(self._answers))
            if abs(now - self._answers[first][0]) < WINDOW:  # of later ones a clock was ahead
                return
            self._forget(first)

    def _forget(self, chat: int) -> None:
        _, reason = self._answers.pop(chat)
        if reason:
            self._refusals -= Counter([reason])  # words that none has any more go
