"""The deliver tick: who is due gets a digest queued; what is queued gets sent, once.

Composing and queueing write slot, parts, shown history and cursor in one transaction. Sending
claims before the call and records after it; what a crash cuts short between the two is uncertain,
and only that may ever arrive twice.
"""

import asyncio
import html
import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from .compose.compose import compose
from .compose.due import Due, is_quiet, latest_due, next_due
from .compose.edition import Edition, edition
from .compose.export import as_json
from .errors import (
    BadMessage,
    BotRefused,
    ChatGone,
    ChatMoved,
    ChatRefuses,
    DeliveryError,
    NotSent,
    RetryLater,
    Uncertain,
)
from .model import (
    Chat,
    Digest,
    Message,
    Outgoing,
    PartId,
    Queued,
    Schedule,
    Sent,
    Shown,
    Slot,
    StoryId,
    Window,
)
from .ports import ArticleStore, ChatStore, Clock, Grouper, Ledger, Messenger
from .relate.novelty import trace

FIRST_WINDOW = timedelta(hours=24)  # what a chat's first digest looks back on
_DUE_AT_ONCE = 1000  # chats a transaction
AT_ONCE = 20  # parts in hand at once: those of two thirds of a second; a crash makes them uncertain
_RESEND_AFTER = timedelta(minutes=15)  # of a part whose answer was lost
_SOFT_WAIT = timedelta(hours=1)  # rights missing, topic closed
_SOFT_LIMIT = 24  # such answers: a day of them, then the chat is paused
_RETRY = timedelta(seconds=5)  # after a connection that was not made, doubling
_RETRY_MOST = timedelta(minutes=5)
_RETRY_LIMIT = 100  # attempts, about eight hours without a connection
_TAG = re.compile(r"<[^>]*>")

# The same pages for all of one kind, sound, language and zone: they are laid out once for these.
Render = Callable[[Digest, Chat, Due, datetime], tuple[Message, ...]]
Refused = Callable[[Outgoing, str], Awaitable[None]]


async def _nobody(_part: Outgoing, _reason: str) -> None:
    """Nobody is told."""


View = tuple[Window, int | None]


@dataclass(frozen=True, slots=True)
class _Job:
    chat: Chat
    due: Due
    window: Window
    shown: Shown
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
    """How many digests were queued for the chats whose hour has come."""
    now = clock.now()
    press = _Press(render, now)
    total = 0
    while waiting := await chats.due(now, limit=_DUE_AT_ONCE):
        histories = await chats.shown(waiting)
        jobs = [job for chat in waiting if (job := _job(chat, histories, now))]
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
    return [replace(job, reader=_reader(job.chat, readers[job.window])) for job in jobs]


async def flush(
    *,
    clock: Clock,
    ledger: Ledger,
    chats: ChatStore,
    messenger: Messenger,
    resends: bool = True,
    is_stopping: Callable[[], bool] = lambda: False,
    refused: Refused = _nobody,
    at_once: int = AT_ONCE,
) -> int:
    """How many parts were sent; returns when nothing more may be sent now, or to stop.

    ``resends`` is the policy for a lost answer: once more after 15 minutes, or never. ``refused`` is
    told of each part that its chat does not take, with Telegram's reason. ``at_once`` parts are under
    way at most. Raises BotRefused when the token is not accepted: nothing more can be sent then.
    """
    # What an earlier flush that failed left without an answer would block its chat until a restart.
    await recover(clock=clock, ledger=ledger, resends=resends)
    arrivals = _Arrivals(clock, ledger)
    sending: set[asyncio.Task[bool]] = set()
    total = 0
    try:
        while True:
            # Half a handful stays under way while the next is claimed: the pace has no gaps.
            if not is_stopping() and len(sending) <= at_once // 2:
                claimed = await ledger.claim(clock.now(), limit=at_once - len(sending))
                for part in claimed:
                    work = _send(part, clock, ledger, chats, messenger, resends, refused, arrivals)
                    sending.add(asyncio.create_task(work))
            if not sending:
                return total
            done, sending = await asyncio.wait(sending, return_when=asyncio.FIRST_COMPLETED)
            total += sum([task.result() for task in done])
    finally:
        await asyncio.gather(*sending, return_exceptions=True)


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
    return await ledger.recover(now=now, resend_at=now + _RESEND_AFTER if resends else None)


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


def _job(chat: Chat, histories: Mapping[tuple[int, int], Shown], now: datetime) -> _Job | None:
    due = latest_due(chat.schedule, chat.next_due_at or now, now)
    if due is None:
        return None
    shown = histories.get((chat.id, chat.thread), Shown())
    return _Job(chat, due, window_of(chat, now), shown)


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
            messages=self._messages(job, made.digest, key),
            digest=made.text,
            shown_stories=made.stories,
            shown_sentences=made.sentences,
            covered_until=job.window.end,
            next_due_at=self._following[chat.schedule],
            chat_version=chat.version,
        )

    def _messages(self, job: _Job, digest: Digest, composed: object) -> tuple[Message, ...]:
        chat, due = job.chat, job.due
        if chat.kind == "channel" and not digest.items:
            return ()  # a channel is not told of a quiet day
        quiet = is_quiet(chat.schedule, self._now)
        key = (composed, chat.language, chat.kind, chat.sound, chat.schedule.zone, due, quiet)
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


async def _send(
    part: Outgoing,
    clock: Clock,
    ledger: Ledger,
    chats: ChatStore,
    messenger: Messenger,
    resends: bool,
    refused: Refused,
    arrivals: _Arrivals,
) -> bool:
    """Whether the part arrived; whatever else happened is recorded."""
    try:
        result = await _sent(part, messenger)
    except BotRefused as error:
        await ledger.postpone(part.id, clock.now(), str(error), counts=False)
        raise
    except DeliveryError as error:
        await _record(part, error, clock.now(), ledger, chats, resends)
        if isinstance(error, ChatRefuses):
            await refused(part, str(error))
        return False
    await arrivals.record(part.id, result)
    if part.attempts > 1:
        await chats.warn(part.chat, part.thread, False)  # the next trouble is news again
    return True


async def _sent(part: Outgoing, messenger: Messenger) -> Sent:
    """What Telegram answered; a text whose markup it refuses goes out once more as plain text."""
    try:
        return await messenger.send(part)
    except BadMessage:
        bare = html.escape(html.unescape(_TAG.sub("", part.message.html)), quote=False)
        return await messenger.send(replace(part, message=Message(bare, (), part.message.silent)))


async def _record(
    part: Outgoing,
    error: DeliveryError,
    now: datetime,
    ledger: Ledger,
    chats: ChatStore,
    resends: bool,
) -> None:
    reason = str(error)
    match error:
        case RetryLater(after=after):
            await ledger.postpone(part.id, now + after, reason, counts=False)
        case Uncertain():
            resend_at = now + _RESEND_AFTER if resends else None
            await ledger.uncertain(part.id, reason, resend_at=resend_at)
        case ChatMoved(new_id=new_id):
            await chats.move(part.chat, new_id)
            await ledger.postpone(part.id, now, reason, counts=False)
        case ChatGone():
            await ledger.fail(part.id, reason)
            await chats.pause(part.chat, reason)
        case ChatRefuses() if part.attempts < _SOFT_LIMIT:
            await ledger.postpone(part.id, now + _SOFT_WAIT, reason, counts=True)
        case ChatRefuses():
            await ledger.fail(part.id, reason)
            await chats.pause(part.chat, reason, part.thread)
        case NotSent() if part.attempts < _RETRY_LIMIT:
            wait = min(_RETRY_MOST, _RETRY * 2 ** min(part.attempts, 10))
            await ledger.postpone(part.id, now + wait, reason, counts=True)
        case _:
            await ledger.fail(part.id, reason)
