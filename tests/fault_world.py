"""The bot as it runs, over HTTP against the strict server, on a database file, by a clock that is set."""

import asyncio
import random
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.run import rendering, wiring
from bot.run.delivering import Delivery, Policy
from bot.run.wiring import Stores
from bot.settings import Settings
from bot.talk.alarms import Alarms
from bot.telegram import app as telegram_app
from bot.telegram.app import Running
from bot.telegram.pace import Pace
from digest.deliver.queueing import queue_due
from digest.ingest.intake import Intake
from digest.model.chats import Chat, ChatKind, Schedule
from digest.model.delivery import Queued, Slot
from digest.model.messages import Button, Message
from storage.database.engine import make_engine
from storage.tables import parts
from tests.bot_world import NOW, OWNER
from tests.fakes import FakeClock
from tests.telegram_server import Call, Person, TelegramServer, serve
from tests.telegram_server.state import Chat as Place
from tests.template import fresh

TOKEN = "7200000042:AAH-canary-that-sings-nowhere"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ADA, BOB = 7, 8
_HELD = 0.5  # seconds that a call under way holds up the clock: some answers are made to come late


class FaultWorld:
    """One bot, the server it talks to, and a database that outlives it."""

    def __init__(self, folder: Path, *, policy: Policy = "resend_once") -> None:
        self.server = TelegramServer(token=TOKEN)
        self.database = fresh(folder / "attache.db")
        self.clock = FakeClock(NOW)
        self.policy: Policy = policy
        self.stores: Stores
        self.telegram: Running
        self.pace: Pace
        self.delivery: Delivery
        self.intake: Intake
        self.refused_rightly: set[int] = set()  # chats that the server itself may refuse
        self._skipped = 0.0
        self._line = AsyncExitStack()
        self._bot = AsyncExitStack()
        self._port = random.randint(20_000, 32_000)

    @property
    def settings(self) -> Settings:
        return Settings(
            telegram_token=SecretStr(TOKEN),
            telegram_base_url=f"http://127.0.0.1:{self._port}/bot",
            database_url=f"sqlite+aiosqlite:///{self.database}",
            owners=frozenset({OWNER}),
            uncertain=self.policy,
        )

    def _time(self) -> float:
        """Seconds by the clock; who waits for a turn waits no time at all."""
        return self.clock.now().timestamp() + self._skipped

    async def _skip(self, seconds: float) -> None:
        """Time passes once the calls under way are answered: they are far quicker than any wait."""
        until = time.monotonic() + _HELD
        while self.pace.under_way and time.monotonic() < until:  # noqa: ASYNC110 - it tells nobody
            await asyncio.sleep(0.001)
        self._skipped += seconds
        await asyncio.sleep(0)

    # --- the bot and the line to it ---------------------------------------------------------

    async def plug(self) -> None:
        """The server can be reached."""
        while True:
            try:
                await self._line.enter_async_context(serve(self.server, port=self._port))
                return
            except OSError:  # somebody else has the port
                self._port += 1

    async def unplug(self) -> None:
        """Connections are refused."""
        await self._line.aclose()

    async def start(self) -> None:
        """Start the bot, on what is stored."""
        self.pace = Pace(clock=self._time, sleep=self._skip)
        url = self.settings.database_url
        self.stores = await self._bot.enter_async_context(wiring.open_stores(url))
        intake = self.intake = self.stores.intake()
        fetcher = await self._bot.enter_async_context(
            wiring.open_fetcher(self.settings, self.clock)
        )
        parser = await self._bot.enter_async_context(wiring.open_parser())
        self.telegram = await self._bot.enter_async_context(
            telegram_app.running(
                lambda name: wiring.build_app(
                    self.stores,
                    self.settings,
                    self.clock,
                    username=name,
                    fetcher=fetcher,
                    intake=intake,
                    parser=parser,
                ),
                telegram_app.make_bot(
                    token=TOKEN, base_url=self.settings.telegram_base_url, pace=self.pace
                ),
            )
        )
        alarms = Alarms(
            owners=self.settings.owners,
            untold=self.stores.alarms,
            chats=self.stores.chats,
            messenger=self.telegram.messenger,
            clock=self.clock,
        )
        self.delivery = Delivery(
            clock=self.clock,
            chats=self.stores.chats,
            ledger=self.stores.ledger,
            messenger=self.telegram.messenger,
            alarms=alarms,
            policy=self.policy,
        )

    async def stop(self) -> None:
        await self._bot.aclose()

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    async def tick(self, after: timedelta = timedelta(0)) -> None:
        """The delivery tick, some time later."""
        self.clock.advance(after)
        await queue_due(
            clock=self.clock,
            chats=self.stores.chats,
            articles=self.stores.articles,
            ledger=self.stores.ledger,
            grouper=self.intake,
            render=rendering.renderer(self.telegram.username),
        )
        await self.delivery()

    # --- people and places ------------------------------------------------------------------

    def person(self, id_: int = ADA, name: str = "Ada") -> Person:
        """Somebody who has written to the bot."""
        person = self.server.user(id_, name)
        person.chat.is_started = True
        return person

    async def reader(self, id_: int = ADA, **more: object) -> Person:
        """Somebody whose digest is due now and daily."""
        person = self.person(id_)
        await self.subscribe(id_, **more)
        return person

    async def place(self, kind: ChatKind, *, thread: bool = False, **more: object) -> Place:
        """A chat of a kind whose digest is due now; the bot hears nothing of its making."""
        if kind == "private":
            return (await self.reader(77, **more)).chat
        creator = self.person(BOB, "Bob")
        if kind == "channel":
            place = self.server.channel(creator=creator)
        else:
            place = self.server.group(
                creator=creator, forum=thread, supergroup=kind == "supergroup"
            )
        self.server.add_bot(place, by=creator)
        topic = self.server.topic(place) if thread else 0
        self.server.updates.pending.clear()
        owned = {"kind": kind, "title": "Desk", "thread": topic, "owner": BOB}
        await self.subscribe(place.id, **(owned | more))
        if kind == "channel":  # which is not told of a quiet day
            await self.post(place.id, "The digest")
        return place

    async def subscribe(self, id_: int, **more: object) -> Chat:
        values: dict[str, object] = {
            "id": id_,
            "active": True,
            "schedule": Schedule("UTC", (f"{NOW:%H:%M}",)),
            "covered_until": NOW - DAY,
            "next_due_at": NOW,
        }
        return await self.stores.chats.save(Chat(**(values | more)))  # type: ignore[arg-type]

    async def post(
        self,
        chat: int,
        *texts: str,
        keyboard: tuple[tuple[Button, ...], ...] = (),
        thread: int = 0,
        hour: str = "06:00",
    ) -> None:
        """Queue these messages as the digest of a subscriber."""
        known = await self.chat(chat, thread)
        queued = Queued(
            slot=Slot(chat, thread, NOW.date(), hour, self.clock.now()),
            messages=tuple(Message(text, keyboard) for text in texts),
            digest="{}",
            shown_stories=(),
            shown_sentences=(),
            covered_until=self.clock.now(),
            next_due_at=NOW + 30 * DAY,
            chat_version=known.version,
        )
        assert await self.stores.ledger.enqueue([queued]) == 1

    # --- what came of it --------------------------------------------------------------------

    async def chat(self, id_: int, thread: int = 0) -> Chat:
        found = await self.stores.chats.get(id_, thread)
        assert found is not None, f"{id_} has no subscription"
        return found

    def tries(self, chat: int) -> tuple[Call, ...]:
        """Every call to send to a chat, whatever came of it."""
        return tuple(c for c in self.server.calls("sendMessage") if c.chat_id == chat)

    def texts(self, chat: int) -> list[str]:
        """What the bot's messages say that stand in a chat."""
        return [message.text for message in self.server.sent(chat)]

    async def rows(self) -> list[Mapping[str, object]]:
        """The parts as they are stored."""
        engine = make_engine(self.settings.database_url)
        try:
            async with engine.connect() as connection:
                found = await connection.execute(parts.select().order_by(parts.c.id))
                return [dict(row._mapping) for row in found]
        finally:
            await engine.dispose()

    async def states(self) -> list[object]:
        return [row["state"] for row in await self.rows()]

    def told(self, person: int = OWNER) -> str:
        """All that a person was told in private."""
        return "\n".join(self.texts(person))

    async def settled(self) -> None:
        await self.server.settled(quiet=0.3)  # an update is looked up on the disk first
