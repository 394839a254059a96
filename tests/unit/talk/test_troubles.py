"""That nothing arrives is told once, to those who can help."""

from datetime import UTC, datetime, timedelta

import pytest
from structlog.testing import capture_logs

from bot.talk.alarms import Alarms
from bot.talk.troubles import Missed, Troubles
from digest.errors import BotRefused, ChatGone, NotSent
from digest.model.chats import Chat, ChatKind
from digest.model.delivery import Addressee, Outgoing, PartId
from digest.model.digests import Health
from digest.model.messages import Message
from tests.fakes import FakeClock, FakeDatabase, FakeMessenger

NOW = datetime(2026, 8, 25, 12, tzinfo=UTC)
GROUP, ADA = -1001, 7
CLOSED = "Bad Request: TOPIC_CLOSED"


class Desk:
    """A group with a topic, and the way to its people."""

    def __init__(self) -> None:
        self.database = FakeDatabase()
        self.messenger = FakeMessenger()

    async def subscribe(self, chat: int = GROUP, thread: int = 5, **more: object) -> Chat:
        values: dict[str, object] = {"kind": "supergroup", "title": "<Desk>", "active": True}
        made = Chat(id=chat, thread=thread, **(values | more))  # type: ignore[arg-type]
        return await self.database.chats.save(made)

    async def refused(
        self,
        reason: str = CLOSED,
        *,
        chat: int = GROUP,
        thread: int = 5,
        kind: ChatKind = "supergroup",
    ) -> list[tuple[int, int, str]]:
        """Where something has been told so far, once a part was refused."""
        part = Outgoing(
            id=PartId(1), chat=chat, thread=thread, kind=kind, message=Message("x"), attempts=1
        )
        tell = Troubles(chats=self.database.chats, messenger=self.messenger)
        await tell(part, reason)
        return [(one.chat, one.thread, one.message.html) for one in self.messenger.sent]


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (CLOSED, "topic is closed"),
        ("Bad Request: message thread not found", "topic is deleted"),
        ("Bad Request: TOPIC_DELETED", "topic is deleted"),
        ("Bad Request: not enough rights to send text messages to the chat", "may not write"),
    ],
)
async def test_who_manages_the_group_is_told_once_in_private(
    desk: Desk, reason: str, said: str
) -> None:
    await desk.subscribe(owner=ADA)
    for _ in range(3):
        ((chat, thread, text),) = await desk.refused(reason)
    assert (chat, thread, said in text, "&lt;Desk&gt;" in text) == (ADA, 0, True, True)


async def test_it_is_told_which_topic_of_several_is_meant(desk: Desk) -> None:
    await desk.subscribe(-1001234567890, owner=ADA)
    ((_, _, text),) = await desk.refused(chat=-1001234567890)
    assert '<b><a href="https://t.me/c/1234567890/5">&lt;Desk&gt;</a></b>' in text


async def test_where_nobody_is_known_the_general_topic_is_told(desk: Desk) -> None:
    await desk.subscribe()
    ((chat, thread, _),) = await desk.refused()
    assert (chat, thread) == (GROUP, 0)


async def test_where_the_person_cannot_be_reached_the_general_topic_is_told(desk: Desk) -> None:
    await desk.subscribe(owner=ADA)
    desk.messenger = FakeMessenger({ADA: (ChatGone("bot was blocked by the user"),)})
    with capture_logs() as logs:
        told = await desk.refused()
    assert [chat for chat, _, _ in told] == [GROUP]
    assert [log["event"] for log in logs] == ["trouble not told"]


async def test_what_arrives_again_makes_the_next_trouble_news(desk: Desk) -> None:
    await desk.subscribe(owner=ADA)
    await desk.refused()
    await desk.database.chats.warn(GROUP, 5, warned=False)
    assert len(await desk.refused()) == 2


async def test_what_reached_nobody_is_told_at_the_next_refusal(desk: Desk) -> None:
    await desk.subscribe(owner=ADA)
    down = NotSent("no connection")
    desk.messenger = FakeMessenger({ADA: (down,), GROUP: (down,)})
    desk.database.tables.refusals[GROUP, 5] = (2, NOW)
    assert await desk.refused() == []
    assert [chat for chat, _, _ in await desk.refused()] == [ADA]
    assert desk.database.tables.refusals[GROUP, 5] == (2, NOW), "they are counted on"


async def test_nobody_is_told_where_nobody_could_help(desk: Desk) -> None:
    await desk.subscribe(ADA, 0, kind="private")
    assert await desk.refused(chat=ADA, thread=0, kind="private") == []
    await desk.subscribe(GROUP, 0)
    assert await desk.refused(thread=0) == []
    assert await desk.refused(chat=-9) == []


async def test_a_refused_token_stops_it(desk: Desk) -> None:
    await desk.subscribe(owner=ADA)
    desk.messenger = FakeMessenger({ADA: (BotRefused("Unauthorized"),)})
    with pytest.raises(BotRefused):
        await desk.refused()


async def test_who_manages_a_channel_is_told_in_private_why_no_edition_appeared(
    desk: Desk,
) -> None:
    for chat, owner in ((-2001, ADA), (-2002, None)):
        await desk.subscribe(chat, 0, kind="channel", owner=owner)
    stores = desk.database
    missed = Missed(chats=stores.chats, untold=stores.alarms)
    to = [Addressee(chat, 0, 1) for chat in (-2001, -2002, -2003)]
    await missed(to, Health(sources=60, failing=58))

    clock = FakeClock(NOW)
    alarms = Alarms(
        owners=frozenset(),
        untold=stores.alarms,
        chats=stores.chats,
        messenger=desk.messenger,
        clock=clock,
    )
    for _ in range(2):
        await alarms.tell()
        clock.advance(timedelta(hours=1))

    (said,) = [(one.chat, one.message.html) for one in desk.messenger.sent]
    assert said[0] == ADA
    assert said[1].startswith("No edition appeared in <b>&lt;Desk&gt;</b>: 58 of 60 feeds")
