"""A bot over fakes: an App, and requests to it as people make them.

>>> bot = BotWorld()
>>> reply = await bot.asks("start")
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.commands.router import guarded, route
from bot.commands.timezone import by_point
from bot.commands.upload import upload
from bot.commands.words import addressed, words
from bot.talk.access import Access
from bot.talk.app import App
from bot.talk.callback import unpack
from bot.talk.changes import following
from bot.talk.request import Document, Reply, Request
from bot.talk.subscriptions import spoken_to
from bot.telegram.pace import Pace
from digest.compose.due import next_due
from digest.ingest.intake import Intake
from digest.model.chats import Chat, Schedule
from digest.model.digests import Digest, Item, Window
from digest.model.messages import Button, Message
from tests.fakes import FakeClock, FakeDatabase, FakeFetcher, FakeParser

NOW = datetime(2026, 8, 25, 12, 2, tzinfo=UTC)  # a Tuesday; 14:02 in Geneva
ADA, BOB, OWNER = 7, 8, 9


class CannedComposer:
    """Composes one message, or raises ``error``, once ``gate`` is open; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, datetime | None]] = []
        self.messages: tuple[Message, ...] = (Message("a digest"),)
        self.items: tuple[Item, ...] = ()
        self.error: Exception | None = None
        self.gate = asyncio.Event()
        self.gate.set()

    async def __call__(
        self, chat: Chat, *, now: datetime, since: datetime | None = None
    ) -> tuple[Digest, tuple[Message, ...]]:
        self.asked.append((chat.id, since))
        await self.gate.wait()
        if self.error is not None:
            raise self.error
        window = Window(since or now, now)
        digest = Digest(window=window, articles_read=0, stories_seen=0, minutes=3, items=self.items)
        return digest, self.messages


class Hurry:
    """A pace that keeps its order and its limits, on a clock that jumps whenever somebody waits."""

    def __init__(self) -> None:
        self._time = 0.0
        self.pace = Pace(clock=lambda: self._time, sleep=self._skip)

    async def _skip(self, seconds: float) -> None:
        self._time += seconds
        await asyncio.sleep(0)


class BotWorld:
    """An App over fakes, and the people who use it."""

    def __init__(self, *, access: Access = "open") -> None:
        self.database = FakeDatabase()
        self.clock = FakeClock(NOW)
        self.composer = CannedComposer()
        self.fetcher = FakeFetcher({})
        self.demoted: set[tuple[int, int]] = set()  # (chat, who is no administrator there)
        self.app = App(
            chats=self.database.chats,
            census=self.database.census,
            articles=self.database.articles,
            sources=self.database.sources,
            ledger=self.database.ledger,
            offers=self.database.offers,
            updates=self.database.updates,
            fetcher=self.fetcher,
            parser=FakeParser(),
            intake=Intake(self.database.articles),
            people=self.database.people,
            clock=self.clock,
            compose=self.composer,
            next_due=due_after,
            administers=self._administers,
            owners=frozenset({OWNER}),
            access=access,
            bot_username="attache_test_bot",
            secret=b"secret",
        )

    async def _administers(self, chat: int, user: int) -> bool:
        return (chat, user) not in self.demoted

    def request(self, *, chat: int = ADA, user: int = ADA, **more: object) -> Request:
        """A request; in private it may configure, elsewhere as told."""
        plain = Request(chat=chat, kind="private", user=user, now=self.clock.now())
        request = replace(plain, **more)  # type: ignore[arg-type]
        is_owner = user in self.app.owners
        may = request.may_configure or (request.kind == "private" and request.target is None)
        return replace(request, may_configure=may, is_owner=is_owner)

    async def _heard(self, **more: object) -> Request:
        """A request as the desk passes it on."""
        return await spoken_to(self.request(**more), self.app)  # type: ignore[arg-type]

    async def asks(self, command: str, words: str = "", **more: object) -> Reply:
        """What a typed command answers."""
        return await route(command, await self._heard(words=words, **more), self.app)

    async def types(self, text: str, **more: object) -> Reply:
        """What words without a slash answer."""
        about = await addressed(self.request(words=text, **more), self.app)
        place = {"target": about.target, "target_thread": about.target_thread}
        request = await self._heard(words=text, **place, **more)
        return await guarded(words, request, self.app)

    async def points(self, north: float, east: float, **more: object) -> Reply:
        """What a location sent in private answers."""
        sent = {"point": (north, east), **more}
        target = (await addressed(self.request(**sent), self.app)).target  # type: ignore[arg-type]
        return await guarded(by_point, await self._heard(target=target, **sent), self.app)

    async def uploads(self, name: str, content: bytes, **more: object) -> Reply:
        """What a file sent in private answers."""
        request = await self._heard(document=Document(name, content), **more)
        return await guarded(upload, request, self.app)

    async def presses(self, button: Button, **more: object) -> Reply:
        """What a button answers."""
        assert button.data is not None, f"{button.label} sends nothing"
        return await self.sends(button.data, **more)

    async def sends(self, data: str, **more: object) -> Reply:
        """What a button with this data answers, whoever made it."""
        pressed = unpack(data)
        assert pressed is not None, f"{data!r} is no button of ours"
        about = {"target": pressed.target, "target_thread": pressed.thread}
        request = await self._heard(data=pressed.data, **about, **more)
        return await route(pressed.action, request, self.app)

    async def chat(self, chat: int = ADA, thread: int = 0) -> Chat:
        """A subscription that must be there."""
        found = await self.database.chats.get(chat, thread)
        assert found is not None, f"{chat} has no subscription"
        return found

    async def follows(self, *refs: str, chat: int = ADA) -> Chat:
        """A subscription that follows these, whether they are there or not."""
        return await self.database.chats.save(following(refs, wanted=True)(await self.chat(chat)))

    async def subscribed(self, chat: int = ADA, **more: object) -> Chat:
        """A subscription that is set up: 07:30 in Zurich, daily."""
        plain = Chat(
            id=chat,
            active=True,
            schedule=Schedule(zone="Europe/Zurich", at=("07:30",)),
            covered_until=NOW - timedelta(hours=5),
        )
        made = replace(plain, **more)  # type: ignore[arg-type]
        return await self.database.chats.save(
            replace(made, next_due_at=due_after(made.schedule, NOW) if made.active else None)
        )


def due_after(schedule: Schedule, after: datetime) -> datetime | None:
    """The instant of the first appointment later than ``after``."""
    due = next_due(schedule, after)
    return due.due_at if due else None


def buttons(reply: Reply) -> tuple[Button, ...]:
    """Every button of the last message, row by row."""
    keyboard = reply.messages[-1].keyboard if reply.messages else ()
    return tuple(button for row in keyboard for button in row)


def button(reply: Reply, label: str) -> Button:
    """The button whose label holds these words."""
    return _one(reply, lambda one: label in one.label, label)


def _one(reply: Reply, fits: Callable[[Button], bool], wanted: str) -> Button:
    labels = [one.label for one in buttons(reply)]
    found = [one for one in buttons(reply) if fits(one)]
    assert found, f"no button {wanted!r} among {labels}"
    return found[0]


def text(reply: Reply) -> str:
    """What a reply says, messages apart by a line."""
    return "\n".join(message.html for message in reply.messages)
