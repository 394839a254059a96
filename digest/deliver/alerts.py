"""The alert tick: a story that several outlets begin to report goes at once to those who asked for alerts.

An alert is queued in the ledger like a digest, under its number of the day: so a crash neither loses nor
doubles it, and what it shows counts as shown. The cursor of the chat's digests does not move.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Protocol
from zoneinfo import ZoneInfo

from ..compose.alert import RECENT, Breaking, alert, alert_digest, breaking, of_late
from ..compose.edition import Edition, in_zone
from ..compose.view import FIRST_WINDOW
from ..model.chats import Chat
from ..model.delivery import ALERT, Layout, Queued, Slot
from ..model.digests import Digest, Shown, Snapshot, Window
from ..ports import ChatStore, Clock, Library, Outbox
from .record import hushed, record
from .sound import Faults, sound_edition, tried

Key = tuple[int, int]  # chat and thread


class RenderAlert(Protocol):
    """Lays out an alert for a chat."""

    def __call__(self, digest: Digest, chat: Chat, *, is_critical: bool) -> Layout: ...


async def queue_alerts(
    *, clock: Clock, chats: ChatStore, articles: Library, ledger: Outbox, render: RenderAlert
) -> int:
    """How many alerts were queued. A chat gets one at a time, and none while its digest is due.

    Raises what broke, once all other chats have their alerts.
    """
    now = clock.now()
    asking = [chat for chat in await chats.alerting(now) if not _is_due(chat, now)]
    if not asking:
        return 0
    snapshot = await articles.snapshot(Window(now - RECENT, now))
    faults: Faults = []
    whole = await asyncio.to_thread(_edition, snapshot, faults)
    if whole is None:
        raise faults[0]
    found = breaking(whole)
    # Histories are long and such stories few, so they are read only for chats that one may concern.
    concerned = [chat for chat in asking if _heard(chat, found, Shown(), {}, now)]
    total = 0
    if concerned:
        histories = await chats.shown(concerned)
        counts = await ledger.alerts(concerned, min(_today(chat, now) for chat in concerned))
        desk = _Desk(found, histories, counts, render, now, _Composed(whole), faults)
        queued = await asyncio.to_thread(desk.queued, concerned)
        total = await ledger.enqueue(queued) if queued else 0
    if faults:
        raise faults[0]
    return total


def _edition(snapshot: Snapshot, faults: Faults) -> Edition | None:
    """The edition of what may be worth an alert; what was read is counted as in a digest."""
    whole = sound_edition(of_late(snapshot), faults)
    return whole and replace(whole, articles_read=len(snapshot.articles))


def _is_due(chat: Chat, now: datetime) -> bool:
    return chat.next_due_at is not None and chat.next_due_at <= now


@dataclass(frozen=True, slots=True)
class _Desk:
    """Makes the alerts of one look."""

    found: tuple[Breaking, ...]
    histories: Mapping[Key, Shown]
    counts: Mapping[Key, Mapping[date, int]]
    render: RenderAlert
    now: datetime
    composed: "_Composed"
    faults: Faults

    def queued(self, chats: Sequence[Chat]) -> list[Queued]:
        """Alerts for those of the chats that a story concerns; one that fails hurts no other."""
        queued = []
        for chat in chats:
            queued += tried(partial(self._of, chat), self.faults) or []
        return queued

    def _of(self, chat: Chat) -> list[Queued]:
        shown, sent = self.histories.get(_key(chat), Shown()), self.counts.get(_key(chat), {})
        news = _heard(chat, self.found, shown, sent, self.now)
        if news is None:
            return []
        digest = self.composed(news, chat.schedule.zone, shown)
        if not digest.items:
            return []
        number = sent.get(_today(chat, self.now), 0) + 1
        return [_queued(chat, digest, news, number, self.render, self.now)]


def _heard(
    chat: Chat, found: tuple[Breaking, ...], shown: Shown, sent: Mapping[date, int], now: datetime
) -> Breaking | None:
    today = sent.get(_today(chat, now), 0)
    return alert(found, chat.wish, shown, chat.schedule, now=now, sent_today=today)


class _Composed:
    """Composes each story once for all chats that have seen the same of it; most have seen nothing."""

    def __init__(self, whole: Edition) -> None:
        self._whole = whole
        self._made: dict[object, Digest] = {}

    def __call__(self, news: Breaking, zone: str, shown: Shown) -> Digest:
        """The digest of one story by the clock of a zone."""
        said = shown.sentences & {one.trace for texts in news.story.candidates for one in texts}
        key = (news.story.id, zone, said)
        if key not in self._made:
            self._made[key] = alert_digest(news, in_zone(self._whole, zone), shown)
        return self._made[key]


def _queued(
    chat: Chat, digest: Digest, news: Breaking, number: int, render: RenderAlert, now: datetime
) -> Queued:
    layout = render(digest, chat, is_critical=news.is_critical)
    kept = record(layout.kept)
    return Queued(
        slot=Slot(chat.id, chat.thread, _today(chat, now), f"{ALERT} {number}", now),
        messages=hushed(layout.messages, chat.schedule, now),
        digest=kept.text,
        shown_stories=kept.stories,
        shown_sentences=kept.sentences,
        covered_until=chat.covered_until or now - FIRST_WINDOW,
        next_due_at=chat.next_due_at,
        chat_version=chat.version,
    )


def _today(chat: Chat, now: datetime) -> date:
    return now.astimezone(ZoneInfo(chat.schedule.zone)).date()


def _key(chat: Chat) -> Key:
    return chat.id, chat.thread
