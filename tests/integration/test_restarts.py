"""Every flow goes on after a restart between any two of its steps: over HTTP, on one database file."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.run import rendering, wiring
from bot.run.wiring import Stores
from bot.settings import Settings
from bot.talk.troubles import Troubles
from bot.telegram import app as telegram_app
from bot.telegram.app import Running
from digest.deliver.alerts import queue_alerts
from digest.deliver.flush import flush
from digest.deliver.outcome import Sender
from digest.deliver.queueing import queue_due
from digest.model.articles import NewArticle
from digest.model.chats import Chat as Subscription
from digest.model.chats import Schedule
from digest.model.sources import Outlet
from digest.model.stories import Placed
from tests.articles import new_article
from tests.bot_world import NOW, OWNER, Hurry
from tests.fakes import FakeClock, FakeFetcher, FakeParser
from tests.telegram_server import Person, TelegramServer
from tests.telegram_server import serve as telegram_serve
from tests.telegram_server.state import Chat, Message

BOT = "@attache_test_bot"
HOUR = timedelta(hours=1)


class Town:
    """A server over HTTP and a database file; the bot is started anew for each step."""

    def __init__(self, server: TelegramServer, settings: Settings) -> None:
        self.server = server
        self.settings = settings
        self.clock = FakeClock(NOW)

    @asynccontextmanager
    async def up(self) -> AsyncIterator[tuple[Stores, Running]]:
        """The bot, from its start to its end."""
        async with (
            wiring.open_stores(self.settings.database_url) as stores,
            telegram_app.running(
                lambda name: wiring.build_app(
                    stores,
                    self.settings,
                    self.clock,
                    username=name,
                    fetcher=FakeFetcher({}),
                    parser=FakeParser(),
                    intake=stores.intake(),
                ),
                telegram_app.make_bot(
                    token=self.server.token,
                    base_url=self.settings.telegram_base_url,
                    pace=Hurry().pace,
                ),
            ) as telegram,
        ):
            yield stores, telegram
            await self.server.settled()

    async def says(
        self, who: Person, text: str, chat: Chat | None = None, thread: int = 0
    ) -> Message:
        """What is answered to a text."""
        where = chat or who
        async with self.up():
            had = self.server.sent(where, thread or None)
            await who.send(text, chat=chat, thread=thread or None)
            await self.server.wait_for(lambda: self.server.sent(where, thread or None) != had)
        return self.server.sent(where, thread or None)[-1]

    async def taps(self, who: Person, page: Message, *labels: str) -> None:
        """Each button pressed after a restart, on the message as it stands then."""
        for label in labels:
            async with self.up():
                press = await who.press(page, label)
                assert press.is_answered, label

    async def deliver(self) -> None:
        """One tick of each kind."""
        async with self.up() as (stores, telegram):
            render = rendering.renderer(telegram.username)
            alert = rendering.alert_renderer(telegram.username)
            common = {"clock": self.clock, "chats": stores.chats, "ledger": stores.ledger}
            await queue_alerts(**common, articles=stores.articles, render=alert)  # type: ignore[arg-type]
            await queue_due(
                **common,  # type: ignore[arg-type]
                articles=stores.articles,
                grouper=stores.intake(),
                render=render,
            )
            troubles = Troubles(chats=stores.chats, messenger=telegram.messenger)
            sender = Sender(**common, messenger=telegram.messenger, refused=troubles)  # type: ignore[arg-type]
            await flush(sender)

    async def stored(self, chat: int, thread: int = 0) -> Subscription | None:
        async with wiring.open_stores(self.settings.database_url) as stores:
            return await stores.chats.get(chat, thread)

    async def chat(self, chat: int, thread: int = 0) -> Subscription:
        found = await self.stored(chat, thread)
        assert found is not None
        return found


@pytest.fixture
async def town(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Town]:
    monkeypatch.chdir(tmp_path)  # no .env of the developer's
    server = TelegramServer(token="7200000042:AAH-token-of-this-test")
    async with telegram_serve(server) as base_url:
        yield Town(
            server,
            Settings(
                telegram_token=SecretStr(server.token),
                telegram_base_url=base_url,
                database_url=database_url,
                owners=frozenset({OWNER}),
            ),
        )


async def test_the_first_start(town: Town) -> None:
    ada = town.server.user(7, "Ada")
    page = await town.says(ada, "/start")
    await town.says(ada, "Iran")
    page = town.server.sent(ada)[-1]
    await town.taps(ada, page, "Sanctions", "Next ›", "07:30", "Geneva", "Yes, that is right")
    chat = await town.chat(7)
    assert (chat.active, chat.wish.topics, chat.wish.countries) == (True, {"sanctions"}, {"IR"})
    assert (chat.schedule.at, chat.schedule.zone) == (("07:30",), "Europe/Zurich")
    await town.taps(ada, await town.says(ada, "/settings"), "⚡ Alerts: off", "on", "‹ Back")
    assert (await town.chat(7)).alerts
    question = await town.says(ada, "/deletemydata")
    await town.taps(ada, question, "Yes, delete everything")
    assert await town.stored(7) is None
    assert town.server.refused == ()


async def test_a_group_its_topic_and_its_link(town: Town) -> None:
    ada = town.server.user(7, "Ada")
    group = town.server.group("Desk", creator=ada, forum=True)
    async with town.up():
        town.server.add_bot(group, by=ada)
        await town.server.settled()
    topic = town.server.topic(group)
    page = await town.says(ada, f"/setup{BOT}", group, topic)
    await town.taps(ada, page, "Energy", "Next ›", "08:00", "Brussels", "Yes, that is right")
    chat = await town.chat(group.id, topic)
    assert (chat.active, chat.wish.topics, chat.owner) == (True, {"energy"}, ada.id)
    settings = await town.says(ada, f"/settings{BOT}", group, topic)
    url = next(one["url"] for one in settings.buttons if one.get("url"))
    managed = await town.says(ada, f"/start {url.partition('?start=')[2]}")
    await town.taps(ada, managed, "⏸ Pause", "▶️ Resume")
    assert (await town.chat(group.id, topic)).active
    again = await town.says(ada, f"/start {url.partition('?start=')[2]}")
    assert "leads nowhere" in again.text
    question = await town.says(ada, f"/unlink{BOT}", group, topic)
    await town.taps(ada, question, "Yes, delete everything")
    assert await town.stored(group.id, topic) is None
    assert town.server.refused == ()


async def test_a_channel_is_set_up_in_private_and_hears_no_broadcast(town: Town) -> None:
    ada, owner = town.server.user(7, "Ada"), town.server.user(OWNER, "Eve")
    await town.says(ada, "/help")
    channel = town.server.channel("Edition", creator=ada)
    async with town.up():
        town.server.add_bot(channel, by=ada)
        await town.server.settled()
    page = town.server.sent(ada)[-1]
    await town.taps(ada, page, "Next ›" if "Next ›" in page.labels else "Skip ›")
    await town.taps(ada, page, "08:00", "Brussels", "Yes, that is right")
    assert (await town.chat(channel.id)).active
    preview = await town.says(owner, "/broadcast Rest tonight")
    await town.taps(owner, preview, "Send to 0 chats")
    assert town.server.sent(channel) == ()
    assert town.server.refused == ()


async def test_a_closed_topic_is_told_once_and_goes_on_when_it_is_open_again(town: Town) -> None:
    ada = town.server.user(7, "Ada")
    group, topic = await a_topic(town, ada)
    town.server.close_topic(group, topic)
    for _ in range(3):
        await town.deliver()
        town.clock.advance(HOUR)
    told = [one.text for one in town.server.sent(ada) if "topic is closed" in one.text]
    assert len(told) == 1
    async with wiring.open_stores(town.settings.database_url) as stores:
        await stores.chats.pause(group.id, "Bad Request: TOPIC_CLOSED", topic)
    async with town.up():
        town.server.reopen_topic(group, topic)
        await town.server.settled()
    assert (await town.chat(group.id, topic)).active


async def test_what_waits_for_a_closed_topic_comes_as_soon_as_that_is_open(town: Town) -> None:
    group, topic = await a_topic(town, town.server.user(7, "Ada"))
    town.server.close_topic(group, topic)
    await town.deliver()
    assert town.server.sent(group, topic) == ()
    async with town.up():
        town.server.reopen_topic(group, topic)
        await town.server.settled()
    await town.deliver()
    assert len(town.server.sent(group, topic)) == 1


async def test_a_deleted_topic_of_nobody_is_told_in_general(town: Town) -> None:
    ada = town.server.user(7, "Ada")
    group, topic = await a_topic(town, ada, owner=None)
    town.server.delete_topic(group, topic)
    for _ in range(2):
        await town.deliver()
        town.clock.advance(HOUR)
    told = [one for one in town.server.sent(group) if "topic is deleted" in one.text]
    assert len(told) == 1
    assert told[0].thread_id is None


async def test_an_alert_arrives_once_whatever_happens(town: Town) -> None:
    ada = town.server.user(7, "Ada")
    await town.says(ada, "/help")
    async with wiring.open_stores(town.settings.database_url) as stores:
        await stores.chats.save(
            Subscription(id=7, active=True, alerts=True, covered_until=NOW - HOUR)
        )
        await stores.articles.add([Placed(article, -1) for article in breaking(NOW - HOUR)])
    for _ in range(3):
        await town.deliver()
    alerts = [one for one in town.server.sent(ada) if one.text.startswith("⚡")]
    assert len(alerts) == 1
    await town.taps(ada, alerts[0], alerts[0].labels[1])
    assert len((await town.chat(7)).saved) == 1
    assert town.server.refused == ()


async def a_topic(town: Town, ada: Person, *, owner: int | None = 7) -> tuple[Chat, int]:
    """A group whose digest in a topic is due."""
    await town.says(ada, "/help")
    group = town.server.group("Desk", creator=ada, forum=True)
    async with town.up() as (stores, _):
        town.server.add_bot(group, by=ada)
        await town.server.settled()
        topic = town.server.topic(group)
        chat = Subscription(
            id=group.id,
            thread=topic,
            kind="supergroup",
            title="Desk",
            active=True,
            owner=owner,
            schedule=Schedule("UTC", (f"{NOW:%H:%M}",)),
            covered_until=NOW - HOUR,
            next_due_at=NOW,
        )
        await stores.chats.save(chat)
    return group, topic


def breaking(at: datetime) -> list[NewArticle]:
    """A story as five outlets begin to tell it."""
    names = ("Anna", "Berta", "Cleo", "Dora", "Emma")
    return [
        new_article(
            name,
            f"Delegations met in Ankara on Monday over the corridor.\n\nPaper {name} adds a word.",
            outlet=Outlet(f"Paper {name}", "CH"),
            published_at=at,
            first_seen_at=at,
        )
        for name in names
    ]
