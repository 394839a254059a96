"""What is made for those who are due: composed once per wish, view and history, laid out once per look.

Pure. All that depends on a single chat is whether it has own articles, and its turn in a crowd.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from .compose.compose import compose
from .compose.due import Due, is_quiet, latest_due, next_due, spread, turn
from .compose.edition import Edition
from .compose.export import as_json
from .model import (
    Addressee,
    Alike,
    Chat,
    Digest,
    Mailing,
    Message,
    Place,
    Schedule,
    Shown,
    StoryId,
    Window,
)
from .relate.novelty import trace

FIRST_WINDOW = timedelta(hours=24)  # what a chat's first digest looks back on

# The same pages for all of one kind, sound, language and zone: they are laid out once for these.
Render = Callable[[Digest, Chat, Due, datetime], tuple[Message, ...]]

View = tuple[Window, int | None]


@dataclass(frozen=True, slots=True)
class Job:
    """One digest to be made, and for whom."""

    chat: Chat
    to: tuple[Addressee, ...]
    due: Due
    window: Window
    shown: Shown
    reader: int | None = None  # where the chat has own articles that count

    @property
    def view(self) -> View:
        """What the chat sees of the store."""
        return self.window, self.reader


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


def place_of(alike: Alike) -> Place:
    """The place of the last of them in the order of waiting."""
    last = alike.to[-1]
    assert alike.chat.next_due_at is not None, "who has no next hour is not due"
    return alike.chat.next_due_at, last.chat, last.thread


def jobs_of(
    waiting: Sequence[Alike],
    histories: Mapping[tuple[int, int], Shown],
    now: datetime,
    crowds: Mapping[datetime, int],
) -> list[Job]:
    """A job for each of those alike, but for who keeps no hours."""
    return [job for alike in waiting if (job := _job(alike, histories, now, crowds))]


def _job(
    alike: Alike,
    histories: Mapping[tuple[int, int], Shown],
    now: datetime,
    crowds: Mapping[datetime, int],
) -> Job | None:
    chat = alike.chat
    due = _latest(chat.schedule, chat.next_due_at or now, now)
    if due is None:
        return None
    shown = histories.get((chat.id, chat.thread), Shown())
    width = spread(crowds.get(due.due_at, 0))
    to = _in_turn(alike.to, due.due_at, now, width) if width else alike.to
    return Job(chat, to, due, window_of(chat, now), shown)


@lru_cache(maxsize=4096)
def _latest(schedule: Schedule, since: datetime, now: datetime) -> Due | None:
    """Reckoned once for all who keep the same hours."""
    return latest_due(schedule, since, now)


def _in_turn(
    to: Sequence[Addressee], start: datetime, now: datetime, width: timedelta
) -> tuple[Addressee, ...]:
    """Each with its turn, unless that is over."""
    gone = now - start
    turns = ((one, turn(one.chat, one.thread, width)) for one in to)
    return tuple(
        Addressee(one.chat, one.thread, one.version, _later(start, wait)) if wait > gone else one
        for one, wait in turns
    )


@lru_cache(maxsize=4096)
def _later(start: datetime, wait: timedelta) -> datetime:
    """One instant for all who have it: there are only so many seconds."""
    return start + wait


def read_by(job: Job, readers: frozenset[int]) -> Iterator[Job]:
    """The job for those without own articles, and one for each who has some."""
    own = [one for one in job.to if one.chat in readers] if job.chat.kind == "private" else []
    if not own:
        yield job
        return
    if rest := tuple(one for one in job.to if one.chat not in readers):
        yield _for(job, rest, None)
    for one in own:
        yield _for(job, (one,), one.chat)


def _for(job: Job, to: tuple[Addressee, ...], reader: int | None) -> Job:
    first = to[0]
    chat = replace(job.chat, id=first.chat, thread=first.thread, version=first.version)
    return replace(job, chat=chat, to=to, reader=reader)


@dataclass(frozen=True, slots=True)
class _Composed:
    """A digest with what is stored of it."""

    digest: Digest
    text: str
    stories: tuple[StoryId, ...]
    sentences: tuple[str, ...]


class Press:
    """Composes once per distinct wish, view and history, and lays out once per way of showing it."""

    def __init__(self, render: Render, now: datetime) -> None:
        self.editions: dict[View, Edition] = {}
        self._render = render
        self._now = now
        self._composed: dict[object, _Composed] = {}
        self._laid_out: dict[object, tuple[Message, ...]] = {}
        self._following: dict[Schedule, datetime | None] = {}

    def printed(self, jobs: Sequence[Job]) -> tuple[Mailing, ...]:
        """What each job's chats get."""
        return tuple(map(self._printed, jobs))

    def _printed(self, job: Job) -> Mailing:
        due = job.due
        made = self._made(job)
        return Mailing(
            local_date=due.local_date,
            at=due.at,
            due_at=due.due_at,
            messages=self._messages(job, made),
            digest=made.text,
            shown_stories=made.stories,
            shown_sentences=made.sentences,
            covered_until=job.window.end,
            next_due_at=self._next(job.chat.schedule),
            to=job.to,
        )

    def _made(self, job: Job) -> _Composed:
        history = (frozenset(job.shown.stories.items()), job.shown.sentences)
        key = (job.chat.wish, job.view, history)
        if key not in self._composed:
            self._composed[key] = _composed(self.editions[job.view], job)
        return self._composed[key]

    def _next(self, schedule: Schedule) -> datetime | None:
        if schedule not in self._following:
            following = next_due(schedule, self._now)
            self._following[schedule] = following.due_at if following else None
        return self._following[schedule]

    def _messages(self, job: Job, made: _Composed) -> tuple[Message, ...]:
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


def _composed(whole: Edition, job: Job) -> _Composed:
    digest = compose(whole, job.chat.wish, job.shown)
    return _Composed(
        digest=digest,
        text=json.dumps(as_json(digest), ensure_ascii=False),
        stories=tuple(item.story for item in digest.items),
        sentences=tuple(trace(s.text) for item in digest.items for s in item.sentences),
    )
