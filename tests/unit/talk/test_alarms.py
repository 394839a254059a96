"""Owners are told what they should know, once, as soon as it goes."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from structlog.testing import capture_logs
from telegram.error import BadRequest, Conflict, NetworkError

from bot.run.answering import pass_on
from bot.talk.alarms import QUESTIONS_AT_ONCE, QUIET, Alarm, Alarms, ask_about_lost
from bot.telegram.caller import TokenRefused
from bot.telegram.polling import Polling
from digest.errors import (
    BotRefused,
    ChatGone,
    DeliveryError,
    NotSent,
    RetryLater,
    StoreError,
    Uncertain,
)
from digest.model.chats import Chat
from digest.model.delivery import PartId, Slot, Trouble, Untold
from tests.delivery_desk import Desk as DeliveryDesk
from tests.fakes import FakeAlarmStore, FakeClock, FakeDatabase, FakeMessenger

NOW = datetime(2026, 8, 25, 12, tzinfo=UTC)
OLGA, OTTO = 9, 10


class Desk:
    def __init__(self) -> None:
        self.database = FakeDatabase()
        self.clock = FakeClock(NOW)
        self.messenger = FakeMessenger()
        self.alarms = self.new_alarms()

    def new_alarms(self) -> Alarms:
        return Alarms(
            owners=frozenset({OLGA, OTTO}),
            untold=self.database.alarms,
            chats=self.database.chats,
            messenger=self.messenger,
            clock=self.clock,
        )

    def fails(self, *errors: DeliveryError) -> None:
        self.messenger = FakeMessenger({OLGA: errors})
        self.alarms = self.new_alarms()


@pytest.fixture
def desk() -> Desk:
    return Desk()


async def test_each_owner_hears_it_in_their_language(desk: Desk) -> None:
    await desk.database.chats.save(Chat(id=OTTO, language="de"))
    with capture_logs() as logged:
        await desk.alarms("incident", "blocked & gone")
    assert "blocked &amp; gone" in desk.messenger.texts(OLGA)[0]
    assert "Betreiber" in desk.messenger.texts(OTTO)[0]
    assert [line["log_level"] for line in logged] == ["error"]


async def test_the_same_alarm_rests_for_hours(desk: Desk) -> None:
    for _ in range(3):
        await desk.alarms("incident", "blocked")
    await desk.alarms("wait", "too many")
    assert len(desk.messenger.texts(OLGA)) == 2
    desk.clock.advance(QUIET)
    await desk.alarms("incident", "blocked")
    assert len(desk.messenger.texts(OLGA)) == 3


async def test_an_alarm_of_a_year_to_come_holds_none_back(desk: Desk) -> None:
    desk.clock.advance(timedelta(days=365))
    await desk.alarms("incident", "blocked")
    desk.clock.advance(-timedelta(days=365))
    await desk.alarms("incident", "blocked")
    assert len(desk.messenger.texts(OLGA)) == 2


NOT_NOW = [RetryLater("wait", after=timedelta(seconds=5)), NotSent("no connection")]


@pytest.mark.parametrize("error", NOT_NOW)
async def test_what_cannot_be_said_now_is_said_later(desk: Desk, error: DeliveryError) -> None:
    desk.fails(error)
    await desk.alarms("wait", "too many")
    assert (len(desk.messenger.texts(OLGA)), len(desk.messenger.texts(OTTO))) == (0, 1)
    await desk.alarms.tell()
    assert (len(desk.messenger.texts(OLGA)), len(desk.messenger.texts(OTTO))) == (1, 1)


async def test_what_was_not_said_before_a_restart_is_said_after_it_once(desk: Desk) -> None:
    desk.fails(NotSent("no connection"), NotSent("no connection"))
    await desk.alarms("wait", "too many")
    await desk.alarms("storm", "too many at once", NOW + timedelta(seconds=20))
    desk.alarms = desk.new_alarms()
    await desk.alarms("wait", "too many again")  # as it was not over
    for _ in range(3):
        desk.clock.advance(timedelta(minutes=10))
        await desk.alarms.tell()
    told = [text.splitlines()[-1] for text in desk.messenger.texts(OLGA)]
    assert sorted(told) == ["too many again", "too many at once"]


class Full(FakeAlarmStore):
    """Keeps nothing the first time."""

    is_full = True

    async def put(self, alarm: Untold, not_before: datetime | None = None) -> None:
        if self.is_full:
            self.is_full = False
            raise StoreError("the disk is full")
        await super().put(alarm, not_before)


async def test_an_alarm_that_the_database_does_not_keep_is_logged_and_hides_no_other(
    desk: Desk,
) -> None:
    desk.database.alarms = Full(desk.database.tables)
    desk.alarms = desk.new_alarms()
    raised: asyncio.Queue[tuple[Alarm, str]] = asyncio.Queue()
    for alarm in ("conflict", "webhook"):
        raised.put_nowait((alarm, "said so"))  # type: ignore[arg-type]
    passing = asyncio.create_task(pass_on(raised, desk.alarms))
    with capture_logs() as logged:
        for _ in range(50):  # turns of the loop: nothing is waited for
            await asyncio.sleep(0)
    passing.cancel()
    assert len(desk.messenger.texts(OTTO)) == 1
    assert [line["event"] for line in logged] == ["alarm", "alarm not kept", "alarm"]


async def test_an_alarm_that_was_not_kept_is_raised_again(desk: Desk) -> None:
    desk.database.alarms = Full(desk.database.tables)
    desk.alarms = desk.new_alarms()
    with pytest.raises(StoreError):
        await desk.alarms("incident", "blocked")

    await desk.alarms("incident", "blocked")

    assert len(desk.messenger.texts(OLGA)) == 1


async def test_who_is_no_owner_after_a_restart_is_told_nothing(desk: Desk) -> None:
    await desk.database.alarms.put(Untold(7, "wait", "too many"))
    await desk.alarms.tell()
    assert desk.messenger.sent == []
    assert desk.database.tables.alarms == {}


async def test_in_a_storm_of_waits_nobody_is_written_to(desk: Desk) -> None:
    await desk.alarms("storm", "too many", NOW + timedelta(seconds=20))
    desk.alarms = desk.new_alarms()
    await desk.alarms.tell()
    assert desk.messenger.texts(OLGA) == ()
    desk.clock.advance(timedelta(seconds=20))
    await desk.alarms.tell()
    assert len(desk.messenger.texts(OLGA)) == 1


async def test_an_owner_who_has_left_is_let_go(desk: Desk) -> None:
    desk.fails(ChatGone("blocked"))
    with capture_logs() as logged:
        await desk.alarms("wait", "too many")
    await desk.alarms.tell()
    assert desk.messenger.texts(OLGA) == ()
    assert "owner not told" in [line["event"] for line in logged]


async def test_a_refused_token_is_not_swallowed(desk: Desk) -> None:
    desk.fails(BotRefused("no"))
    with pytest.raises(BotRefused):
        await desk.alarms("wait", "too many")


SLOT = Slot(7, 0, date(2026, 8, 25), "12:00", NOW)
LOST = Trouble(id=PartId(345), slot=SLOT, state="uncertain", attempts=1, error="timed out")


async def test_a_message_of_unknown_fate_comes_with_two_buttons(desk: Desk) -> None:
    assert await desk.alarms.ask(LOST)
    row = desk.messenger.sent[0].message.keyboard[0]
    assert [button.data for button in row] == ["1:retry:345", "1:retry:345:leave"]


@pytest.mark.parametrize("error", NOT_NOW)
async def test_a_question_that_reached_nobody_was_not_asked(
    desk: Desk, error: DeliveryError
) -> None:
    desk.messenger = FakeMessenger({OLGA: (error,), OTTO: (ChatGone("blocked"),)})
    desk.alarms = desk.new_alarms()
    assert not await desk.alarms.ask(LOST)
    await desk.alarms.tell()
    assert desk.messenger.texts(OLGA) == ()  # who asks again does it
    assert await desk.alarms.ask(LOST)
    assert len(desk.messenger.texts(OLGA)) == 1


async def test_a_question_goes_to_each_owner_once(desk: Desk) -> None:
    desk.fails(NotSent("no connection"))
    assert await desk.alarms.ask(LOST)
    await desk.alarms.tell()
    assert (len(desk.messenger.texts(OLGA)), len(desk.messenger.texts(OTTO))) == (1, 1)


async def test_a_refused_token_loses_no_question(desk: Desk) -> None:
    desk.fails(NotSent("no connection"), NotSent("no connection"), BotRefused("no"))
    assert await desk.alarms.ask(LOST)
    assert await desk.alarms.ask(replace(LOST, id=PartId(346)))
    with pytest.raises(BotRefused):
        await desk.alarms.tell()
    await desk.alarms.tell()
    assert (len(desk.messenger.texts(OLGA)), len(desk.messenger.texts(OTTO))) == (2, 2)


async def test_a_question_that_reaches_nobody_ever_is_not_asked_again(desk: Desk) -> None:
    desk.messenger = FakeMessenger({who: (ChatGone("blocked"),) for who in (OLGA, OTTO)})
    desk.alarms = desk.new_alarms()
    assert await desk.alarms.ask(LOST)


async def test_of_many_lost_messages_some_are_asked_about_while_digests_go_on(desk: Desk) -> None:
    delivery = DeliveryDesk()
    lost = range(100, 112)
    for chat in lost:
        await delivery.subscribe(chat)
        await delivery.post(chat=chat)
    delivery.messenger = FakeMessenger({chat: [Uncertain("no answer")] for chat in lost})
    await delivery.send(resends=False)
    asked = []
    while len(await delivery.database.ledger.lost()):
        await ask_about_lost(delivery.database.ledger, desk.alarms)
        asked.append(len(desk.messenger.texts(OLGA)))
    assert asked == [QUESTIONS_AT_ONCE, 2 * QUESTIONS_AT_ONCE, len(lost)]


def test_of_a_failed_fetch_is_told_what_it_means() -> None:
    refused: list[bool] = []
    alarms: list[Alarm] = []
    polling = Polling(
        refused=lambda: refused.append(True), alarm=lambda alarm, _: alarms.append(alarm)
    )
    with capture_logs() as logged:
        polling(NetworkError("Bad Gateway"))
        polling(Conflict("terminated by other getUpdates request"))
        polling(Conflict("can't use getUpdates method while webhook is active"))
        assert not refused
        polling(TokenRefused("Telegram does not accept the token"))
        polling(BadRequest("FROZEN_METHOD_INVALID"))
    assert len(logged) == 5
    assert alarms == ["conflict", "webhook"]
    assert refused == [True, True]
