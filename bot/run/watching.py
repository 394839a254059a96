"""Watches whether feeds are read and digests made, from the process that sends: the others may be dead."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from digest.deliver.queueing import unmade_since
from digest.ingest.checked import reason_of, unread_since
from digest.model.sources import UNREAD, Source
from digest.ports import ChatStore, Clock, SourceStore

from ..talk.alarms import Alarms

EVERY = timedelta(minutes=10)
_PROBES = 3  # feeds asked at each look while none answers: who fails for long is left alone for up to a day
# That a digest waits: six times as long as for a first round of feeds.
_UNMADE = timedelta(minutes=30)
_NEVER = datetime.min.replace(tzinfo=UTC)


class Watch:
    """Tells owners once when no feed has answered for hours, and once when one answers again.

    Likewise when digests that are due are not made.
    """

    def __init__(
        self, *, sources: SourceStore, chats: ChatStore, alarms: Alarms, clock: Clock
    ) -> None:
        self._sources = sources
        self._chats = chats
        self._alarms = alarms
        self._clock = clock
        self._was_unread = False  # at the look before: who has just started is given time to read
        self._was_unmade = False  # likewise

    async def __call__(self) -> None:
        """Look once. A quiet day raises nothing: a feed with nothing new answers."""
        await self._look_at_digests()
        await self._look_at_feeds()

    async def _look_at_digests(self) -> None:
        now = self._clock.now()
        since = await unmade_since(self._chats, now)
        is_unmade = since is not None and now - since >= _UNMADE
        if since is None or not is_unmade:
            await self._alarms.end("unmade")
        elif self._was_unmade:
            await self._alarms.begin("unmade", f"none since {since:%Y-%m-%d %H:%M} UTC")
        self._was_unmade = is_unmade

    async def _look_at_feeds(self) -> None:
        every = await self._sources.all()
        since = unread_since(every)
        if since is None:
            return
        is_unread = self._clock.now() - since >= UNREAD
        await self._ask(every, is_unread=is_unread)
        if not is_unread:
            await self._alarms.end("unread")
        elif self._was_unread:
            await self._alarms.begin("unread", _reason(every, since))
        self._was_unread = is_unread

    async def _ask(self, every: Sequence[Source], *, is_unread: bool) -> None:
        """While no feed answers, ask the few that answered last; once one does, ask all that fail."""
        now = self._clock.now()
        failing = [source for source in every if source.enabled and source.failures]
        if is_unread:
            free = [one for one in failing if (one.promised_until or now) <= now]
            failing = sorted(free, key=_answered_at, reverse=True)[:_PROBES]
        elif not self._was_unread:
            return
        await self._sources.ask_now([source.id for source in failing], now=now)


def _answered_at(source: Source) -> datetime:
    return source.last_ok_at or _NEVER


def _reason(every: Sequence[Source], since: datetime) -> str:
    said = f"no answer since {since:%Y-%m-%d %H:%M} UTC"
    failing = [source for source in every if source.enabled and source.failures]
    if not failing:
        return f"{said}; no feed is asked, the log may say why"
    return f"{said}; {failing[0].outlet.name}: {reason_of(failing[0])}"
