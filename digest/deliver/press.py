"""Makes the digests of those who are due: composed once per wish, view and history, laid out once per kind.

Pure. Only two things depend on a single chat: whether it has articles of its own, and its turn in a crowd.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from ..compose.compose import compose
from ..compose.due import Due, is_quiet, latest_due, next_due, spread, turn
from ..compose.edition import Edition, Story, in_zone
from ..compose.view import window_of
from ..model.chats import Chat, Schedule
from ..model.delivery import Addressee, Alike, Layout, Mailing, Position
from ..model.digests import Digest, Health, Shown, Window
from ..model.messages import Message
from .record import Record, hushed, record
from .sound import Faults, sound, tried

# Gives the same messages to all chats of one kind, sound, language and zone, so it is called once for these.
RenderDigest = Callable[[Digest, Chat, Due, datetime], Layout]

View = tuple[Window, int | None]

# How much earlier than planned an hour may come, because its zone has got another offset meanwhile. An hour
# before that which was served has its slot, and is not served again.
_MOVED = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Order:
    """One digest to be made, and the chats that get it."""

    chat: Chat
    to: tuple[Addressee, ...]
    due: Due
    window: Window
    shown: Shown
    reader: int | None = None  # the chat, if it has articles of its own that count

    @property
    def view(self) -> View:
        """What the chat sees of the store, whatever its zone."""
        return Window(self.window.start, self.window.end), self.reader


def position_of(alike: Alike) -> Position:
    """The place of the last of them in the order of waiting."""
    last = alike.to[-1]
    assert alike.chat.next_due_at is not None, "who has no next hour is not due"
    return alike.chat.next_due_at, last.chat, last.thread


def orders_of(
    waiting: Sequence[Alike],
    histories: Mapping[tuple[int, int], Shown],
    now: datetime,
    crowds: Mapping[datetime, int],
) -> list[Order]:
    """An order for each group of equal subscriptions that has an hour to serve."""
    return [order for alike in waiting if (order := _order(alike, histories, now, crowds))]


def _order(
    alike: Alike,
    histories: Mapping[tuple[int, int], Shown],
    now: datetime,
    crowds: Mapping[datetime, int],
) -> Order | None:
    chat = alike.chat
    due = _latest(chat.schedule, (chat.next_due_at or now) - _MOVED, now)
    if due is None:
        return None
    shown = histories.get((chat.id, chat.thread), Shown())
    width = spread(crowds.get(due.due_at, 0))
    to = _in_turn(alike.to, due.due_at, now, width) if width else alike.to
    return Order(chat, to, due, window_of(chat, now), shown)


@lru_cache(maxsize=4096)
def _latest(schedule: Schedule, since: datetime, now: datetime) -> Due | None:
    """The hour that is due, computed once for all who keep the same hours."""
    return latest_due(schedule, since, now)


def _in_turn(
    to: Sequence[Addressee], start: datetime, now: datetime, width: timedelta
) -> tuple[Addressee, ...]:
    """Each addressee with its turn in the crowd, unless the turn is over."""
    gone = now - start
    turns = ((one, turn(one.chat, one.thread, width)) for one in to)
    return tuple(
        Addressee(one.chat, one.thread, one.version, _later(start, wait)) if wait > gone else one
        for one, wait in turns
    )


@lru_cache(maxsize=4096)
def _later(start: datetime, wait: timedelta) -> datetime:
    """One shared instant for all who have it: a crowd has only so many seconds."""
    return start + wait


def by_view(orders: Iterable[Order]) -> Mapping[View, Sequence[Order]]:
    """The orders by what their chats see; the view that most chats share comes last."""
    found: defaultdict[View, list[Order]] = defaultdict(list)
    for order in orders:
        found[order.view].append(order)
    return dict(sorted(found.items(), key=lambda one: sum(len(order.to) for order in one[1])))


def read_by(order: Order, readers: frozenset[int]) -> Iterator[Order]:
    """The order for those without articles of their own, and one order for each chat that has some."""
    own = [one for one in order.to if one.chat in readers] if order.chat.kind == "private" else []
    if not own:
        yield order
        return
    if rest := tuple(one for one in order.to if one.chat not in readers):
        yield _for(order, rest, None)
    for one in own:
        yield _for(order, (one,), one.chat)


def _for(order: Order, to: tuple[Addressee, ...], reader: int | None) -> Order:
    first = to[0]
    chat = replace(order.chat, id=first.chat, thread=first.thread, version=first.version)
    return replace(order, chat=chat, to=to, reader=reader)


@dataclass(frozen=True, slots=True)
class _Print:
    """A digest as one kind of chat gets it."""

    messages: tuple[Message, ...]
    record: Record


class Press:
    """Composes once per wish, zone and history, and lays out once per way of showing.

    All from one edition, which is released with the press.
    """

    def __init__(self, whole: Edition, render: RenderDigest, now: datetime) -> None:
        self._whole = whole
        self._render = render
        self._now = now
        self._composed: dict[object, Digest] = {}
        self._laid_out: dict[object, _Print] = {}
        self._records: dict[int, tuple[Digest, Record]] = {}  # by id() of the digest held beside
        self._following: dict[Schedule, datetime | None] = {}
        self.faults: Faults = []  # what broke

    @property
    def health(self) -> Health:
        """How many of the feeds behind the edition could be read."""
        return self._whole.health

    def printed(self, orders: Sequence[Order]) -> tuple[Mailing, ...]:
        """What the chats of each order get; orders whose digest cannot be made are left out."""
        return tuple(filter(None, map(self._printed_if_sound, orders)))

    def _printed_if_sound(self, order: Order) -> Mailing | None:
        """The mailing, without stories at which it breaks; None if nothing is left, as on no quiet day."""
        if mailing := tried(lambda: self._printed(order), self.faults):
            return mailing
        stories = sound(self._whole.stories, lambda story: self._of(story)._printed(order))
        return tried(lambda: self._of(*stories)._unless_quiet(order), self.faults)

    def _unless_quiet(self, order: Order) -> Mailing | None:
        return self._printed(order) if self._made(order).items else None

    def _of(self, *stories: Story) -> "Press":
        """A press for these stories alone."""
        return Press(replace(self._whole, stories=stories), self._render, self._now)

    def _printed(self, order: Order) -> Mailing:
        due = order.due
        found = self._print(order, self._made(order))
        return Mailing(
            local_date=due.local_date,
            at=due.at,
            due_at=due.due_at,
            messages=found.messages,
            digest=found.record.text,
            shown_stories=found.record.stories,
            shown_sentences=found.record.sentences,
            covered_until=order.window.end,
            next_due_at=self._next(order.chat.schedule),
            to=order.to,
        )

    def _made(self, order: Order) -> Digest:
        history = (frozenset(order.shown.stories.items()), order.shown.sentences)
        zone = order.window.zone
        key = (order.chat.wish, zone, history)
        if key not in self._composed:
            whole = in_zone(self._whole, zone)
            self._composed[key] = compose(whole, order.chat.wish, order.shown)
        return self._composed[key]

    def _next(self, schedule: Schedule) -> datetime | None:
        if schedule not in self._following:
            following = next_due(schedule, self._now)
            self._following[schedule] = following.due_at if following else None
        return self._following[schedule]

    def _print(self, order: Order, made: Digest) -> _Print:
        chat, due = order.chat, order.due
        quiet = is_quiet(chat.schedule, self._now)
        where = (chat.schedule.zone, chat.schedule.place)
        key = (id(made), chat.language, chat.kind, chat.sound, where, due, quiet)
        if key not in self._laid_out:
            layout = self._layout(made, chat, due)
            messages = hushed(layout.messages, chat.schedule, self._now)
            self._laid_out[key] = _Print(messages, self._record(layout.kept))
        return self._laid_out[key]

    def _record(self, kept: Digest) -> Record:
        """The record of a digest, made once: nearly all layouts keep all of it."""
        if id(kept) not in self._records:
            self._records[id(kept)] = kept, record(kept)
        return self._records[id(kept)][1]

    def _layout(self, made: Digest, chat: Chat, due: Due) -> Layout:
        if chat.kind == "channel" and not made.items:
            return Layout((), made)  # a channel is not told of a quiet day
        return self._render(made, chat, due, self._now)
