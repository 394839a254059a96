"""The deliver tick: who is due gets a digest queued; what is queued gets sent, once.

Composing and queueing write slot, parts, shown history and cursor in one transaction. Sending
claims before the call and records after it; what a crash cuts short between the two is uncertain,
and only that may ever arrive twice.
"""

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from .breaker import Breaker
from .compose.compose import compose
from .compose.due import Due, is_quiet, latest_due, next_due, spread, turn
from .compose.edition import Edition, edition
from .compose.export import as_json
from .model import (
    Chat,
    Digest,
    Message,
    PartId,
    Queued,
    Schedule,
    Sent,
    Shown,
    Slot,
    StoryId,
    Window,
)
from .outcome import (
    RESEND_AFTER,
    SUSPECTED,
    Alarmed,
    Desk,
    Late,
    Refused,
    as_it_is,
    convict,
    deliver,
    no_alarm,
    nobody,
)
from .ports import ArticleStore, ChatStore, Clock, Grouper, Ledger, Messenger
from .relate.novelty import trace

FIRST_WINDOW = timedelta(hours=24)  # what a chat's first digest looks back on
_DUE_AT_ONCE = 1000  # chats a transaction
AT_ONCE = 20  # parts in hand at once: those of two thirds of a second; a crash makes them uncertain
CATCH_UP = timedelta(hours=3)  # a digest later than this gives way to a newer one

# The same pages for all of one kind, sound, language and zone: they are laid out once for these.
Render = Callable[[Digest, Chat, Due, datetime], tuple[Message, ...]]

View = tuple[Window, int | None]


@dataclass(frozen=True, slots=True)
class _Job:
    chat: Chat
    due: Due
    window: Window
    shown: Shown
    turn: datetime | None = None  # in a crowded hour
    reader: int | None = None  # where the chat has own articles that count

    @property
    def view(self) -> View:
        """What the chat sees of the store."""
        return self.window, self.reader


async def queue_due(
    *,
    clock: Clock,
    chats: ChatStore,
    articles: ArticleStore,
    ledger: Ledger,
    grouper: Grouper,
    render: Render,
) -> int:
    """How many digests were queued for the chats whose hour has come.

    Where more are due at one instant than Telegram takes in a minute, each waits for its turn.
    """
    now = clock.now()
    press = _Press(render, now)
    crowds: dict[datetime, int] = {}
    total = 0
    while waiting := await chats.due(now, limit=_DUE_AT_ONCE):
        histories = await chats.shown(waiting)
        await _count(waiting, chats, crowds)
        jobs = await asyncio.to_thread(_jobs, waiting, histories, now, crowds)
        if jobs and not press.editions:
            await grouper.regroup(now)
        jobs = await _viewed(jobs, articles)
        for view in {job.view for job in jobs} - press.editions.keys():
            snapshot = await articles.snapshot(view[0], reader=view[1])
            press.editions[view] = await asyncio.to_thread(edition, snapshot)
        queued = await asyncio.to_thread(press.queued, jobs)
        stored = await ledger.enqueue(queued) if queued else 0
        total += stored
        if stored < len(waiting):  # some changed meanwhile: they are still due, at the next tick
            break
    return total


async def _viewed(jobs: Sequence[_Job], articles: ArticleStore) -> list[_Job]:
    """The jobs with the reader whose own articles count."""
    readers = {window: await articles.readers(window) for window in {job.window for job in jobs}}
    return [_read_by(job, _reader(job.chat, readers[job.window])) for job in jobs]


def _read_by(job: _Job, reader: int | None) -> _Job:
    return job if reader is None else replace(job, reader=reader)


async def flush(
    *,
    clock: Clock,
    ledger: Ledger,
    chats: ChatStore,
    messenger: Messenger,
    resends: bool = True,
    is_stopping: Callable[[], bool] = lambda: False,
    breaker: Breaker | None = None,
    refused: Refused = nobody,
    alarmed: Alarmed = no_alarm,
    late: Late = as_it_is,
    at_once: int = AT_ONCE,
) -> int:
    """How many parts were sent; returns when nothing more may be sent now, or to stop.

    ``resends`` is the policy for a lost answer: once more after 15 minutes, or never. ``refused`` is
    told of each part that its chat does not take, with Telegram's reason, ``alarmed`` of what the
    operator should know, and ``late`` writes into a late digest that it is. The ``breaker`` belongs to
    the bot and outlives the flush. ``at_once`` parts are under way at most. Raises BotRefused when the
    token is not accepted: nothing more can be sent then.
    """
    desk = Desk(
        clock=clock,
        ledger=ledger,
        chats=chats,
        messenger=messenger,
        record=_Arrivals(clock, ledger).record,
        resends=resends,
        breaker=breaker or Breaker(),
        refused=refused,
        alarmed=alarmed,
        late=late,
    )
    # What an earlier flush that failed left without an answer would block its chat until a restart.
    await recover(clock=clock, ledger=ledger, resends=resends)
    await ledger.catch_up(clock.now() - CATCH_UP)
    total = await _send_all(desk, is_stopping, at_once)
    await _judge(desk, is_last=True)
    return total


async def _send_all(desk: Desk, is_stopping: Callable[[], bool], at_once: int) -> int:
    sending: set[asyncio.Task[bool]] = set()
    total = 0
    try:
        while True:
            now = desk.clock.now()
            may_go_on = not is_stopping() and not desk.breaker.is_open(now)
            # Half a handful stays under way while the next is claimed: the pace has no gaps.
            if may_go_on and len(sending) <= at_once // 2:
                claimed = await desk.ledger.claim(now, limit=at_once - len(sending))
                sending |= {asyncio.create_task(deliver(part, desk)) for part in claimed}
            if not sending:
                return total
            done, sending = await asyncio.wait(sending, return_when=asyncio.FIRST_COMPLETED)
            total += sum([task.result() for task in done])
            await _judge(desk, is_last=False)
    finally:
        await asyncio.gather(*sending, return_exceptions=True)


async def _judge(desk: Desk, *, is_last: bool) -> None:
    """Pause those who are gone, but while many are refused alike: after ten minutes or the last part."""
    now = desk.clock.now()
    if desk.breaker.is_open(now) or not (desk.breaker.suspects or is_last):
        return
    if incident := desk.breaker.trips(now, is_last=is_last):
        await desk.alarmed("incident", incident)
    else:
        await convict(desk, None if is_last else now - SUSPECTED)


class _Arrivals:
    """Records what arrived, together what came in while the record before was written.

    One transaction each would end at some 500 a second on SQLite; paid broadcasts go at 1,000.
    """

    def __init__(self, clock: Clock, ledger: Ledger) -> None:
        self._clock = clock
        self._ledger = ledger
        self._waiting: dict[PartId, Sent] = {}
        self._turn = asyncio.Lock()

    async def record(self, part: PartId, result: Sent) -> None:
        """Return once it is stored."""
        self._waiting[part] = result
        async with self._turn:
            arrived, self._waiting = self._waiting, {}
            if arrived:
                await self._ledger.arrived(arrived, now=self._clock.now())


async def recover(*, clock: Clock, ledger: Ledger, resends: bool = True) -> int:
    """How many parts a crash left without an answer; to be called while nothing is being sent."""
    now = clock.now()
    return await ledger.recover(now=now, resend_at=now + RESEND_AFTER if resends else None)


def reader_of(chat: Chat) -> int | None:
    """Whose own sources and files a chat may see: the person's in private, nobody's elsewhere."""
    return chat.id if chat.kind == "private" else None


def window_of(chat: Chat, now: datetime, since: datetime | None = None) -> Window:
    """What the chat's next digest covers; after a pause no more than the day before its end."""
    start = since or _start(chat, now)
    return Window(min(start, now), now, chat.schedule.zone)


def _start(chat: Chat, now: datetime) -> datetime:
    start = chat.covered_until or now - FIRST_WINDOW
    end = chat.paused_until
    return max(start, end - FIRST_WINDOW) if end is not None and end <= now else start


async def _count(waiting: Sequence[Chat], chats: ChatStore, crowds: dict[datetime, int]) -> None:
    """Note how many are due at the instants of the first loads; later ones find fewer left."""
    instants = {chat.next_due_at for chat in waiting if chat.next_due_at is not None}
    for at in instants - crowds.keys() if len(waiting) == _DUE_AT_ONCE else ():
        crowds[at] = await chats.crowd(at)


def _jobs(
    waiting: Sequence[Chat],
    histories: Mapping[tuple[int, int], Shown],
    now: datetime,
    crowds: Mapping[datetime, int],
) -> list[_Job]:
    return [job for chat in waiting if (job := _job(chat, histories, now, crowds))]


def _job(
    chat: Chat,
    histories: Mapping[tuple[int, int], Shown],
    now: datetime,
    crowds: Mapping[datetime, int],
) -> _Job | None:
    due = _latest(chat.schedule, chat.next_due_at or now, now)
    if due is None:
        return None
    shown = histories.get((chat.id, chat.thread), Shown())
    wait = turn(chat.id, chat.thread, spread(crowds.get(due.due_at, 0)))
    its_turn = due.due_at + wait if due.due_at + wait > now else None
    return _Job(chat, due, window_of(chat, now), shown, its_turn)


@lru_cache(maxsize=4096)
def _latest(schedule: Schedule, since: datetime, now: datetime) -> Due | None:
    """Reckoned once for all who keep the same hours: a fifth of a tick was this."""
    return latest_due(schedule, since, now)


def _reader(chat: Chat, readers: frozenset[int]) -> int | None:
    own = reader_of(chat)
    return own if own in readers else None


@dataclass(frozen=True, slots=True)
class _Composed:
    """A digest with what is stored of it."""

    digest: Digest
    text: str
    stories: tuple[StoryId, ...]
    sentences: tuple[str, ...]


class _Press:
    """Composes once per distinct wish, view and history, and lays out once per way of showing it."""

    def __init__(self, render: Render, now: datetime) -> None:
        self.editions: dict[View, Edition] = {}
        self._render = render
        self._now = now
        self._composed: dict[object, _Composed] = {}
        self._laid_out: dict[object, tuple[Message, ...]] = {}
        self._following: dict[Schedule, datetime | None] = {}

    def queued(self, jobs: Sequence[_Job]) -> list[Queued]:
        """What each job's chat gets."""
        return [self._queued(job) for job in jobs]

    def _queued(self, job: _Job) -> Queued:
        chat, due = job.chat, job.due
        history = (frozenset(job.shown.stories.items()), job.shown.sentences)
        key = (chat.wish, job.view, history)
        if key not in self._composed:
            self._composed[key] = _composed(self.editions[job.view], job)
        made = self._composed[key]
        if chat.schedule not in self._following:
            following = next_due(chat.schedule, self._now)
            self._following[chat.schedule] = following.due_at if following else None
        return Queued(
            slot=Slot(chat.id, chat.thread, due.local_date, due.at, due.due_at),
            messages=self._messages(job, made),
            digest=made.text,
            shown_stories=made.stories,
            shown_sentences=made.sentences,
            covered_until=job.window.end,
            next_due_at=self._following[chat.schedule],
            chat_version=chat.version,
            not_before=job.turn,
        )

    def _messages(self, job: _Job, made: _Composed) -> tuple[Message, ...]:
        chat, due, digest = job.chat, job.due, made.digest
        if chat.kind == "channel" and not digest.items:
            return ()  # a channel is not told of a quiet day
        quiet = is_quiet(chat.schedule, self._now)
        key = (id(made), chat.language, chat.kind, chat.sound, chat.schedule.zone, due, quiet)
        if key not in self._laid_out:
            messages = self._render(digest, chat, due, self._now)
            if quiet:
                messages = tuple(replace(message, silent=True) for message in messages)
            self._laid_out[key] = messages
        return self._laid_out[key]


def _composed(whole: Edition, job: _Job) -> _Composed:
    digest = compose(whole, job.chat.wish, job.shown)
    return _Composed(
        digest=digest,
        text=json.dumps(as_json(digest), ensure_ascii=False),
        stories=tuple(item.story for item in digest.items),
        sentences=tuple(trace(s.text) for item in digest.items for s in item.sentences),
    )
