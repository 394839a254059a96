"""The deliver tick: who is due gets a digest queued; what is queued gets sent, once.

Composing and queueing write slot, parts, shown history and cursor in one transaction. Sending
claims before the call and records after it; what a crash cuts short between the two is uncertain,
and only that may ever arrive twice.
"""

import asyncio
import html
import json
import re
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from .compose.compose import compose
from .compose.due import Due, is_quiet, latest_due, next_due
from .compose.edition import edition
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
from .model import Chat, Digest, Message, Outgoing, Queued, Sent, Shown, Slot, Snapshot, Window
from .ports import ArticleStore, ChatStore, Clock, Grouper, Ledger, Messenger
from .relate.novelty import trace

FIRST_WINDOW = timedelta(hours=24)  # what a chat's first digest looks back on
_DUE_AT_ONCE = 1000
_CLAIM = 30  # parts in hand at once: what Telegram takes in a second
_RESEND_AFTER = timedelta(minutes=15)  # of a part whose answer was lost
_SOFT_WAIT = timedelta(hours=1)  # rights missing, topic closed
_SOFT_LIMIT = 24  # such answers: a day of them, then the chat is paused
_RETRY = timedelta(seconds=5)  # after a connection that was not made, doubling
_RETRY_MOST = timedelta(minutes=5)
_RETRY_LIMIT = 100  # attempts, about eight hours without a connection
_TAG = re.compile(r"<[^>]*>")

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
    waiting = await chats.due(now, limit=_DUE_AT_ONCE)
    histories = await chats.shown(waiting)
    jobs = [job for chat in waiting if (job := _job(chat, histories, now))]
    if jobs:
        await grouper.regroup(now)
    readers = {window: await articles.readers(window) for window in {job.window for job in jobs}}
    jobs = [replace(job, reader=_reader(job.chat, readers[job.window])) for job in jobs]
    views = {job.view for job in jobs}
    snapshots = {view: await articles.snapshot(view[0], reader=view[1]) for view in views}
    queued = await asyncio.to_thread(_compose_all, jobs, snapshots, render, now)
    return await ledger.enqueue(queued) if queued else 0


async def flush(
    *,
    clock: Clock,
    ledger: Ledger,
    chats: ChatStore,
    messenger: Messenger,
    resends: bool = True,
    is_stopping: Callable[[], bool] = lambda: False,
    refused: Refused = _nobody,
) -> int:
    """How many parts were sent; returns when nothing more may be sent now, or to stop.

    ``resends`` is the policy for a lost answer: once more after 15 minutes, or never. ``refused`` is
    told of each part that its chat does not take, with Telegram's reason. Raises BotRefused when the
    token is not accepted: nothing more can be sent then.
    """
    total = 0
    # What an earlier flush that failed left without an answer would block its chat until a restart.
    await recover(clock=clock, ledger=ledger, resends=resends)
    while not is_stopping() and (claimed := await ledger.claim(clock.now(), limit=_CLAIM)):
        tasks = (_send(part, clock, ledger, chats, messenger, resends, refused) for part in claimed)
        done = await asyncio.gather(*tasks, return_exceptions=True)
        failures = [result for result in done if isinstance(result, BaseException)]
        if failures:
            raise failures[0]
        total += sum(result is True for result in done)
    return total


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


def _compose_all(
    jobs: Sequence[_Job], snapshots: Mapping[View, Snapshot], render: Render, now: datetime
) -> list[Queued]:
    """One composition per distinct wish, view and history, sent to all who share it."""
    editions = {view: edition(snapshot) for view, snapshot in snapshots.items()}
    groups: defaultdict[object, list[_Job]] = defaultdict(list)
    for job in jobs:
        history = (frozenset(job.shown.stories.items()), job.shown.sentences)
        groups[(job.chat.wish, job.view, history)].append(job)
    queued = []
    for group in groups.values():
        first = group[0]
        digest = compose(editions[first.view], first.chat.wish, first.shown)
        text = json.dumps(as_json(digest), ensure_ascii=False)
        queued += [_queued(job, digest, text, render, now) for job in group]
    return queued


def _queued(job: _Job, digest: Digest, text: str, render: Render, now: datetime) -> Queued:
    chat, due = job.chat, job.due
    is_clean = chat.kind == "channel" and not digest.items  # a channel is not told of a quiet day
    following = next_due(chat.schedule, now)
    messages = () if is_clean else render(digest, chat, due, now)
    if is_quiet(chat.schedule, now):
        messages = tuple(replace(message, silent=True) for message in messages)
    return Queued(
        slot=Slot(chat.id, chat.thread, due.local_date, due.at, due.due_at),
        messages=messages,
        digest=text,
        shown_stories=tuple(item.story for item in digest.items),
        shown_sentences=tuple(trace(s.text) for item in digest.items for s in item.sentences),
        covered_until=job.window.end,
        next_due_at=following.due_at if following else None,
        chat_version=chat.version,
    )


async def _send(
    part: Outgoing,
    clock: Clock,
    ledger: Ledger,
    chats: ChatStore,
    messenger: Messenger,
    resends: bool,
    refused: Refused,
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
    await ledger.sent(part.id, result, now=clock.now())
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
