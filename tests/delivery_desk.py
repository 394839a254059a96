"""A desk from which digests are queued and sent: a database, a clock and a way to chats."""

import gc
from collections import deque
from collections.abc import MutableSequence, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from weakref import WeakSet

from digest.compose.due import Due
from digest.deliver.flush import AT_ONCE, flush
from digest.deliver.outcome import Sender
from digest.deliver.queueing import queue_due
from digest.errors import (
    DeliveryError,
)
from digest.ingest.intake import Intake
from digest.model.articles import Article
from digest.model.chats import Chat, Schedule
from digest.model.delivery import Addressee, Layout, Outgoing, Queued, Slot
from digest.model.digests import Digest, Health, Snapshot, Window
from digest.model.messages import Message
from digest.model.stories import Placed
from tests.articles import first, new_article
from tests.fakes import (
    FakeArticleStore,
    FakeClock,
    FakeDatabase,
    FakeMessenger,
    Part,
    Tables,
)

NOW = datetime(2026, 2, 10, 12, tzinfo=UTC)
NOON = Schedule("UTC", ("12:00",))
ADA, BOB, CLEO = 7, 8, 9
LOST = timedelta(minutes=15)  # until a lost message goes out once more


class Desk:
    """A database, a clock, a renderer that notes what it lays out, and a way to chats."""

    def __init__(self) -> None:
        self.database = FakeDatabase()
        self.clock = FakeClock(NOW)
        self.messenger = FakeMessenger()
        self.intake = Intake(self.database.articles)
        self.laid_out: MutableSequence[tuple[int, Digest, Due]] = []
        self.missed: list[tuple[int, int]] = []  # who got nothing, and how many feeds failed
        self.room: dict[int, int] = {}  # sentences of a story that a chat's pages hold, if few

    async def subscribe(self, chat: int = ADA, **more: object) -> Chat:
        values: dict[str, object] = {
            "id": chat,
            "active": True,
            "schedule": NOON,
            "covered_until": NOW - timedelta(days=1),
            "next_due_at": NOW,
        }
        return await self.database.chats.save(Chat(**(values | more)))  # type: ignore[arg-type]

    async def bring_news(
        self, key: str = "summit", *, story: int = -1, owner: int | None = None
    ) -> None:
        text = (
            f"The ministers met in Ankara on Monday over the {key}.\n\nThey signed it on Tuesday."
        )
        seen_at = self.clock.now() - timedelta(hours=1)
        article = new_article(key, text, first_seen_at=seen_at, owner=owner)
        await self.database.articles.add([Placed(article, story)])

    def render(self, digest: Digest, chat: Chat, due: Due, now: datetime) -> Layout:
        self.laid_out.append((chat.id, digest, due))
        messages = (Message(f"{len(digest.items)} stories for {chat.id}"),)
        room = self.room.get(chat.id)
        return Layout(messages, digest if room is None else first(digest, room))

    async def queue(self) -> int:
        stores = self.database
        return await queue_due(
            clock=self.clock,
            chats=stores.chats,
            articles=stores.articles,
            ledger=stores.ledger,
            grouper=self.intake,
            render=self.render,
            missed=self._note,
        )

    async def _note(self, to: Sequence[Addressee], health: Health) -> None:
        self.missed += [(one.chat, health.failing) for one in to]

    def watch(self) -> "_Watched":
        """See which articles are held."""
        self.database.articles = watched = _Watched(self.database.tables)
        return watched

    def forgets(self) -> None:
        """Keep nothing of what is laid out."""
        self.laid_out = deque(maxlen=0)

    async def bring_apart(self) -> None:
        """Two tellings of one event, placed in two stories."""
        seen_at = self.clock.now() - timedelta(hours=1)
        text = "Turkey and Ukraine agreed in Ankara to extend the grain corridor by ninety days."
        for story, key in enumerate("ab", 1):
            article = new_article(key, f"{text}\n\nSo paper {key} wrote.", first_seen_at=seen_at)
            await self.database.articles.add([Placed(article, -story)])

    async def post(
        self, messages: Sequence[str] = ("<b>Hello</b>",), *, chat: int = ADA, thread: int = 0
    ) -> None:
        """Queue these messages for a subscribed chat."""
        known = await self.database.chats.get(chat, thread)
        assert known is not None
        queued = Queued(
            slot=Slot(chat, thread, NOW.date(), "12:00", NOW),
            messages=tuple(map(Message, messages)),
            digest="{}",
            shown_stories=(),
            shown_sentences=(),
            covered_until=NOW,
            next_due_at=NOW + timedelta(days=1),
            chat_version=known.version,
        )
        assert await self.database.ledger.enqueue([queued]) == 1

    def sender(self, **more: object) -> Sender:
        return Sender(
            clock=self.clock,
            ledger=self.database.ledger,
            chats=self.database.chats,
            messenger=self.messenger,
            **more,  # type: ignore[arg-type]
        )

    async def send(self, *, resends: bool = True) -> int:
        return await flush(self.sender(resends=resends))

    def fails(self, *errors: DeliveryError, chat: int = ADA) -> None:
        self.messenger = FakeMessenger({chat: errors})

    async def told(self, *, at_once: int = AT_ONCE, **more: object) -> list[tuple[str, str]]:
        """Which alarms a flush raises, and which refusals it tells of."""
        told: list[tuple[str, str]] = []

        async def alarmed(alarm: str, reason: str, _not_before: datetime | None = None) -> None:
            told.append((alarm, reason))

        async def refused(part: Outgoing, reason: str) -> None:
            told.append(("refused", reason))

        await flush(self.sender(alarmed=alarmed, refused=refused, **more), at_once=at_once)
        return told

    def part(self, chat: int = ADA, thread: int = 0) -> Part:
        """The first part of the chat's only slot."""
        slots = self.database.tables.parts.values()
        key = (chat, thread)
        return next(p for p in slots if (p.slot.slot.chat, p.slot.slot.thread) == key)

    async def chat(self, chat: int = ADA, thread: int = 0) -> Chat:
        found = await self.database.chats.get(chat, thread)
        assert found is not None
        return found


class _Watched(FakeArticleStore):
    """Counts at each snapshot how many articles of those before are still held."""

    def __init__(self, tables: Tables) -> None:
        super().__init__(tables)
        self.held: list[int] = []
        self._given: WeakSet[Article] = WeakSet()

    async def snapshot(
        self, window: Window, *, reader: int | None = None, now: datetime | None = None
    ) -> Snapshot:
        found = await super().snapshot(window, reader=reader)
        gc.collect()
        self.held.append(len(self._given))
        articles = tuple(
            _Held(**{f.name: getattr(a, f.name) for f in fields(Article)}) for a in found.articles
        )
        self._given.update(articles)
        return replace(found, articles=articles)


class _Held(Article):
    """An article of which one can tell whether it is still held."""

    __hash__ = object.__hash__
