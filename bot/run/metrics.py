"""What an operator can watch: counts of what was sent, and the state when somebody looks.

Names follow Prometheus' conventions. No label holds a chat, a text or the token.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from digest.deliver.queueing import unmade_since
from digest.errors import DeliveryError, Uncertain
from digest.ingest.checked import is_new, unread_since
from digest.model.delivery import Outgoing, Sent
from digest.model.sources import Source
from digest.ports import ChatStore, Clock, Messenger, Records, SourceStore

LOOK_EVERY = 0.25  # seconds between two looks at the event loop
_LAGS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1.0, 5.0)  # seconds


class Metrics:
    """The figures of one running bot."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._sent = self._counter("sent", "Messages that arrived.")
        self._uncertain = self._counter("uncertain", "Messages whose answer was lost.")
        self._dropped = self._counter("updates_dropped", "Updates beyond what one chat may hold.")
        self._counted = 0  # of those dropped
        self._failed = Counter(
            "attache_failed",
            "Messages that did not go, by why.",
            ["reason"],
            registry=self.registry,
        )
        self._lag = self._gauge(
            "slot_lag_seconds", "How long the oldest message is late; 0: none is."
        )
        self._unmade = self._gauge(
            "unmade_seconds", "How long ago the first digest was due that is not made; 0: all are."
        )
        self._queue = self._gauge("queue_depth", "Messages that wait to be sent.")
        self._feeds = Gauge(
            "attache_feeds", "Feeds by how they stand.", ["state"], registry=self.registry
        )
        self._unread = self._gauge(
            "unread_seconds", "How long ago a feed answered last; 0: none is read."
        )
        self._loop = Histogram(
            "attache_loop_lag_seconds",
            "How late the event loop comes back.",
            buckets=_LAGS,
            registry=self.registry,
        )

    def _counter(self, name: str, text: str) -> Counter:
        return Counter(f"attache_{name}", text, registry=self.registry)

    def _gauge(self, name: str, text: str) -> Gauge:
        return Gauge(f"attache_{name}", text, registry=self.registry)

    def sent(self) -> None:
        """Count a message that arrived."""
        self._sent.inc()

    def failed(self, error: DeliveryError) -> None:
        """Count one that did not arrive, or whose answer was lost."""
        self._failed.labels(type(error).__name__).inc()
        self._uncertain.inc(isinstance(error, Uncertain))

    def lost(self, count: int) -> None:
        """Count those that a crash left without an answer."""
        self._uncertain.inc(count)

    async def look(
        self,
        *,
        clock: Clock,
        ledger: Records,
        chats: ChatStore,
        sources: SourceStore,
        dropped: Callable[[], int],
    ) -> None:
        """Update the figures that are read from the database, and the count of ``dropped`` updates."""
        before, self._counted = self._counted, dropped()
        self._dropped.inc(self._counted - before)
        oldest = await ledger.waiting_since()
        self._lag.set(max(0.0, _seconds(oldest, clock.now())))
        self._unmade.set(_seconds(await unmade_since(chats, clock.now()), clock.now()))
        self._queue.set(await ledger.backlog())
        every = await sources.all()
        self._unread.set(_seconds(unread_since(every), clock.now()))
        states = [_state(source) for source in every]
        for state in ("ok", "new", "failing", "off"):
            self._feeds.labels(state).set(states.count(state))

    def shown(self) -> bytes:
        """All figures in Prometheus' text format."""
        return generate_latest(self.registry)

    async def watch_loop(self) -> None:
        """Measure, until cancelled, how late the event loop comes back from a sleep."""
        loop = asyncio.get_running_loop()
        while True:
            asked = loop.time()
            await asyncio.sleep(LOOK_EVERY)
            self._loop.observe(max(0.0, loop.time() - asked - LOOK_EVERY))


class Counted:
    """A Messenger that counts what becomes of each message."""

    def __init__(self, messenger: Messenger, metrics: Metrics) -> None:
        self._messenger = messenger
        self._metrics = metrics

    async def send(self, outgoing: Outgoing) -> Sent:
        """What Telegram answered."""
        try:
            result = await self._messenger.send(outgoing)
        except DeliveryError as error:
            self._metrics.failed(error)
            raise
        self._metrics.sent()
        return result


def _seconds(oldest: datetime | None, now: datetime) -> float:
    return (now - oldest).total_seconds() if oldest else 0.0


def _state(source: Source) -> str:
    if not source.enabled:
        return "off"
    if is_new(source):
        return "new"
    return "failing" if source.failures else "ok"
