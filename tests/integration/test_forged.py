"""What nobody of ours has sent: refused in words or ignored, nothing changed, one line in the log."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.commands.scopes import COMMANDS
from bot.telegram.app import Running, make_bot, running
from digest.model.chats import Chat as Subscription
from tests.bot_world import OWNER, BotWorld, Hurry
from tests.telegram_server import InProcessRequest, Person, TelegramServer
from tests.telegram_server.entities import bot_commands
from tests.telegram_server.people import Press
from tests.telegram_server.state import Chat, Message

BOT = "@attache_test_bot"
ACTIONS = tuple(command.name for command in COMMANDS)
WORDS = (
    "+",
    "-",
    "x",
    "",
    "0",
    "-1",
    "9" * 17,
    "s",
    "1",
    "yes",
    "TR",
    "sanctions",
    "is",
    "quiet",
    "✓",
)


@dataclass
class Scene:
    """Ada administers a group and a channel, Bob is a member of both and nothing more."""

    world: BotWorld
    server: TelegramServer
    telegram: Running
    ada: Person
    bob: Person
    group: Chat
    channel: Chat
    topic: int

    async def said(self, where: Person | Chat, thread: int | None = None) -> Message:
        await self.server.settled()
        return self.server.sent(where, thread)[-1]

    async def state(self) -> tuple[Subscription, ...]:
        return await self.world.database.chats.all()

    @contextmanager
    def refused(self, *, lines: int = 1) -> Iterator[None]:
        """Expects so many refusals in the log, and nothing else there."""
        with capture_logs() as logs:
            yield
        assert [log["event"] for log in logs] == ["refused"] * lines, logs


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with staged() as made:
        yield made


class staged:
    """The scene while it is open."""

    async def __aenter__(self) -> Scene:
        world, server = BotWorld(), TelegramServer()
        self._bot = running(
            lambda username: replace(world.app, bot_username=username),
            make_bot(
                token=server.token,
                request=InProcessRequest(server),
                get_updates_request=InProcessRequest(server),
                pace=Hurry().pace,
            ),
        )
        telegram = await self._bot.__aenter__()
        ada, bob = server.user(7, "Ada"), server.user(8, "Bob")
        group = server.group("Desk", creator=ada, members=[bob], forum=True)
        channel = server.channel("Edition", creator=ada, members=[bob])
        for person in (ada, bob):
            await person.send("/help")
            await world.subscribed(person.id)
        server.add_bot(group, by=ada)
        topic = server.topic(group)
        await world.subscribed(group.id, thread=topic, kind="supergroup", owner=ada.id)
        await world.subscribed(channel.id, kind="channel", owner=ada.id, title="Edition")
        await server.settled()
        server.add_bot(channel, by=ada)
        await server.settled()
        return Scene(world, server, telegram, ada, bob, group, channel, topic)

    async def __aexit__(self, *error: Any) -> None:
        await self._bot.__aexit__(*error)


FORGED = [
    "",
    "0:topics",
    "2:topics:+:sanctions",
    "1:nonsense",
    "1:topics:x:sanctions",
    "1:topics:+:no-such-topic",
    "1:topics:+:country:ZZ",
    "1:settings:minutes:7:7",
    "1:schedule::0730",
    "1:schedule:+:2460",
    "1:timezone:set:Mars/Olympus",
    "1:save:s:-1",
    "1:save:s:" + "9" * 19,
    "1:follow:+:s:" + "9" * 18,
    "1:saved:-1",
    "1:search:" + "9" * 30 + ":x",
    "1:broadcast:send:20260825",
    "1:retry:1",
    "1:feed:1:-",
    "1:setup",
    "1:start:nowhere",
    "1@-100" + "9" * 15 + ":topics:all",
    "1:topics:+:" + "x" * 53,
    "1:topics:+:" + "x" * 54,  # 65 bytes
    "1:topics:+:" + "я" * 27,
    "\x00",
    "1:topics:+:sanctions\n",
]


@pytest.mark.parametrize("data", FORGED)
async def test_forged_data_is_refused_and_changes_nothing(scene: Scene, data: str) -> None:
    page, before = await scene.said(scene.bob), await scene.state()
    with scene.refused():
        press = await scene.bob.press_raw(page, data)
        await scene.server.settled()
    assert (press.is_answered, press.is_alert, bool(press.text)) == (True, True, True)
    assert await scene.state() == before
    assert scene.server.refused == ()


async def test_buttons_of_another_persons_channel_and_group_are_refused(scene: Scene) -> None:
    page, before = await scene.said(scene.bob), await scene.state()
    foreign = (f"1@{scene.channel.id}:topics:+:sanctions", f"1@{scene.channel.id}:deletemydata:yes")
    with scene.refused(lines=3):
        for data in (*foreign, f"1@{scene.group.id}:stop"):
            assert (await scene.bob.press_raw(page, data)).is_alert
    assert await scene.state() == before


async def test_an_administrators_button_does_nothing_for_a_member(scene: Scene) -> None:
    await scene.ada.send(f"/settings{BOT}", chat=scene.group, thread=scene.topic)
    page = await scene.said(scene.group, scene.topic)
    before = await scene.state()
    with scene.refused():
        press = await scene.bob.press_raw(page, "1:deletemydata:yes")
    assert "Only administrators" in press.text
    assert await scene.state() == before


async def test_a_plain_members_setup_is_refused_with_a_line_in_the_log(scene: Scene) -> None:
    before = await scene.state()
    with scene.refused():
        await scene.bob.send(f"/setup{BOT}", chat=scene.group, thread=scene.topic)
        answer = await scene.said(scene.group, scene.topic)
    assert "Only administrators" in answer.text
    assert await scene.state() == before


async def test_an_anonymous_administrator_of_another_group_is_refused(scene: Scene) -> None:
    other = scene.server.group("Elsewhere", creator=scene.bob)
    before = await scene.state()
    with scene.refused():
        message = scene.server.post(scene.group, scene.bob.user, thread=scene.topic)
        message.sender_chat, message.text = other, f"/setup{BOT}"
        message.entities = bot_commands(message.text)
        scene.server.deliver(message)
        answer = await scene.said(scene.group, scene.topic)
    assert "Only administrators" in answer.text
    assert await scene.state() == before


async def test_a_replayed_press_does_once_what_it_says(scene: Scene) -> None:
    await scene.ada.send("/topics")
    page = await scene.said(scene.ada)
    for _ in range(3):
        assert (await scene.ada.press_raw(page, "1:topics:+:sanctions")).is_answered
    assert (await scene.world.chat(scene.ada.id)).wish.topics == {"sanctions"}


@pytest.mark.parametrize(
    "parameter", ["s_", "s_x", "s_-1", "s_" + "9" * 60, "a_1", "a_1_x", "g_x", "g_" + "A" * 43]
)
async def test_forged_links_are_answered_in_words(scene: Scene, parameter: str) -> None:
    before = await scene.state()
    with scene.refused():
        await scene.bob.send(f"/start {parameter}")
        answer = await scene.said(scene.bob)
    assert "no longer" in answer.text or "leads nowhere" in answer.text
    assert await scene.state() == before


async def test_an_old_button_in_one_of_several_topics_changes_none(scene: Scene) -> None:
    await scene.world.subscribed(scene.group.id, kind="supergroup")
    await scene.ada.send(f"/topics{BOT}", chat=scene.group, thread=scene.topic)
    page = await scene.said(scene.group, scene.topic)
    before = await scene.state()
    chat = {"id": scene.group.id, "type": "supergroup", "title": "Desk", "is_forum": True}
    press = {
        "id": "4711",
        "from": scene.ada.user.as_json(),
        "message": {"chat": chat, "message_id": page.id, "date": 0},  # inaccessible to the bot
        "chat_instance": "1",
        "data": "1:topics:+:sanctions",
    }
    scene.server.presses["4711"] = Press("4711", "", scene.server.now())
    with scene.refused():
        scene.server.updates.push("callback_query", press)
        await scene.server.settled()
    assert await scene.state() == before


async def test_a_group_is_taken_to_private_by_its_administrator_only(scene: Scene) -> None:
    await scene.ada.send(f"/settings{BOT}", chat=scene.group, thread=scene.topic)
    page = await scene.said(scene.group, scene.topic)
    url = next(one["url"] for one in page.buttons if one.get("url"))
    parameter = url.partition("?start=")[2]
    with scene.refused():
        await scene.bob.send(f"/start {parameter}")
        assert "Only the administrator" in (await scene.said(scene.bob)).text
    await scene.ada.send(f"/start {parameter}")
    managed = await scene.said(scene.ada)
    assert "Settings of" in managed.text
    await scene.ada.press(managed, "⏸ Pause")
    assert not (await scene.world.chat(scene.group.id, scene.topic)).active
    with scene.refused():
        await scene.ada.send(f"/start {parameter}")
        assert "leads nowhere" in (await scene.said(scene.ada)).text
    assert scene.server.refused == ()


# --- any data at all --------------------------------------------------------------------------


def _structured() -> st.SearchStrategy[str]:
    head = st.sampled_from(["1", "0", "2", "1@7", "1@-1", "1@-rt.5", "1@-100", "1@" + "9" * 18])
    parts = st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=4)
    action = st.sampled_from(ACTIONS) | st.text("abcxyz", max_size=17)
    return st.tuples(head, action, parts).map(lambda one: ":".join((one[0], one[1], *one[2])))


@given(st.lists(_structured() | st.text(max_size=70), min_size=30, max_size=30))
@settings(
    max_examples=5,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # shrinking takes minutes and explains little
    suppress_health_check=list(HealthCheck),
)
def test_any_data_from_a_stranger_is_answered_and_changes_nobody_elses_chat(
    presses: list[str],
) -> None:
    asyncio.run(_pressed_by_a_stranger(presses))


async def _pressed_by_a_stranger(presses: list[str]) -> None:
    async with staged() as scene:
        page = await scene.said(scene.bob)
        before = [one for one in await scene.state() if one.id != scene.bob.id]
        with capture_logs() as logs:
            for data in presses:
                press = await scene.bob.press_raw(page, data.encode("utf-8", "replace").decode())
                assert press.is_answered, data
            await scene.server.settled()
        assert {log["event"] for log in logs} <= {"refused"}, logs
        assert [one for one in await scene.state() if one.id != scene.bob.id] == before
        assert scene.server.refused == ()
        assert OWNER not in {one.id for one in await scene.state()}
