"""What is queued is sent, in order, and a chat that fails hurts no other."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from digest.deliver.flush import flush, recover
from digest.errors import (
    BadMessage,
    BotRefused,
    ChatGone,
    ChatMoved,
    ChatRefuses,
    NotSent,
    RetryLater,
    Uncertain,
)
from digest.model.delivery import Outgoing, PartId, Sent
from tests.delivery_desk import ADA, BOB, LOST, NOON, NOW, Desk
from tests.fakes import (
    FakeMessenger,
)


@pytest.fixture
def desk() -> Desk:
    return Desk()


# --- sending --------------------------------------------------------------------------------


async def test_what_comes_in_quiet_hours_makes_no_sound(desk: Desk) -> None:
    await desk.subscribe(schedule=replace(NOON, quiet=("11:00", "13:00")))
    await desk.subscribe(BOB)

    await desk.queue()
    await desk.send()

    sounds = {one.chat: one.message.silent for one in desk.messenger.sent}
    assert sounds == {ADA: True, BOB: False}


async def test_parts_of_a_digest_arrive_in_order(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post(["one", "two", "three"])
    assert await desk.send() == 3
    assert desk.messenger.texts(ADA) == ("one", "two", "three")
    assert await desk.send() == 0


async def test_a_stop_claims_nothing_more(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    sent = await flush(desk.sender(), is_stopping=lambda: True)
    assert (sent, desk.part().state) == (0, "waiting")


async def test_a_chat_that_fails_hurts_no_other(desk: Desk) -> None:
    for chat in (ADA, BOB):
        await desk.subscribe(chat)
        await desk.post(chat=chat)
    desk.fails(ChatGone("bot was blocked by the user"))
    assert await desk.send() == 1
    assert desk.part(BOB).state == "sent"


async def test_telegram_may_ask_to_wait_and_that_is_no_attempt(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    desk.fails(RetryLater("Too Many Requests", after=timedelta(seconds=7)))
    assert await desk.send() == 0
    part = desk.part()
    assert (part.state, part.attempts) == ("waiting", 0)
    assert part.not_before is not None
    assert timedelta(0) <= part.not_before - NOW - timedelta(seconds=7) < timedelta(seconds=1)
    desk.clock.advance(timedelta(seconds=8))
    assert await desk.send() == 1


async def test_a_lost_answer_is_asked_for_once_more_without_a_sound(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    desk.fails(Uncertain("timed out"))
    await desk.send()
    assert (desk.part().state, desk.part().not_before) == ("uncertain", NOW + LOST)
    desk.clock.advance(LOST)
    assert await desk.send() == 1
    assert desk.messenger.sent[0].message.silent


async def test_an_answer_lost_twice_is_left_alone(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    desk.fails(Uncertain("timed out"), Uncertain("timed out"))
    await desk.send()
    desk.clock.advance(LOST)
    await desk.send()
    desk.clock.advance(timedelta(days=1))
    assert await desk.send() == 0
    assert desk.part().state == "uncertain"


async def test_who_wants_no_doubles_never_resends(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    desk.fails(Uncertain("timed out"))
    await desk.send(resends=False)
    desk.clock.advance(timedelta(days=1))
    assert await desk.send(resends=False) == 0
    assert desk.part().state == "uncertain"


async def test_a_group_that_became_a_supergroup_gets_its_digest_there(desk: Desk) -> None:
    await desk.subscribe(-5, kind="group")
    await desk.post(chat=-5)
    desk.fails(ChatMoved("migrated", new_id=-1005), chat=-5)
    assert await desk.send() == 1
    assert desk.messenger.sent[0].chat == -1005
    assert (await desk.chat(-1005)).kind == "supergroup"


async def test_a_chat_that_is_gone_is_paused_with_all_its_topics(desk: Desk) -> None:
    await desk.subscribe(-5, thread=0)
    await desk.subscribe(-5, thread=3)
    await desk.post(["one", "two"], chat=-5)
    desk.fails(ChatGone("bot was kicked"), chat=-5)
    assert await desk.send() == 0
    assert desk.part(-5).state == "failed"
    for thread in (0, 3):
        chat = await desk.chat(-5, thread)
        assert (chat.active, chat.pause_reason) == (False, "bot was kicked")
    assert (await desk.database.ledger.totals())["dropped"] == 1


async def test_a_chat_that_refuses_is_asked_again_in_an_hour(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    desk.fails(ChatRefuses("not enough rights"))
    await desk.send()
    part = desk.part()
    assert (part.state, part.attempts) == ("waiting", 1)
    assert part.not_before == NOW + timedelta(hours=1)


async def test_after_a_day_of_refusals_only_that_topic_is_paused(desk: Desk) -> None:
    await desk.subscribe(-5, thread=3)
    await desk.subscribe(-5, thread=4)
    await desk.post(chat=-5, thread=3)
    desk.fails(*[ChatRefuses("TOPIC_CLOSED")] * 25, chat=-5)
    for _ in range(25):
        assert (await desk.chat(-5, 3)).active
        await desk.send()
        desk.clock.advance(timedelta(hours=1))
    assert desk.part(-5, 3).state == "failed"
    assert not (await desk.chat(-5, 3)).active
    assert (await desk.chat(-5, 4)).active


async def test_a_topic_that_refuses_holds_up_no_other_of_its_group(desk: Desk) -> None:
    await desk.subscribe(-5, thread=3)
    await desk.subscribe(-5, thread=4)
    for thread in (3, 4):
        await desk.post(chat=-5, thread=thread)
    desk.fails(ChatRefuses("TOPIC_CLOSED", in_topic=True), chat=-5)
    assert await desk.send() == 1
    assert (desk.part(-5, 3).state, desk.part(-5, 4).state) == ("waiting", "sent")


async def test_a_group_that_refuses_is_asked_in_no_other_topic_for_an_hour(desk: Desk) -> None:
    await desk.subscribe(-5, thread=3)
    await desk.subscribe(-5, thread=4)
    for thread in (3, 4):
        await desk.post(chat=-5, thread=thread)
    desk.fails(ChatRefuses("not enough rights"), chat=-5)
    assert await desk.send() == 0
    assert desk.part(-5, 4).state == "waiting"


async def test_without_a_connection_the_waits_double_up_to_five_minutes(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    desk.fails(*[NotSent("no connection")] * 8)
    waits = []
    for _ in range(8):
        await desk.send()
        wait = (desk.part().not_before or NOW) - desk.clock.now()
        waits.append(wait.total_seconds())
        desk.clock.advance(wait)
    assert waits == [10, 20, 40, 80, 160, 300, 300, 300]
    assert await desk.send() == 1


async def test_however_long_there_is_no_connection_no_part_is_given_up(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    desk.fails(*[NotSent("no connection")] * 100)
    for _ in range(100):
        await desk.send()
        desk.clock.advance(timedelta(minutes=5))
    assert await desk.send() == 1


async def test_markup_that_is_refused_goes_out_as_plain_text(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post(['<b>Trade</b> &amp; <a href="https://paper.example">aid</a> &lt; 3'])
    desk.fails(BadMessage("can't parse entities"))
    assert await desk.send() == 1
    assert desk.messenger.texts(ADA) == ("Trade &amp; aid &lt; 3",)


async def test_text_that_is_refused_even_when_plain_is_given_up(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post(["<b>one</b>", "two"])
    desk.fails(BadMessage("can't parse entities"), BadMessage("message is too long"))
    assert await desk.send() == 1
    assert (desk.part().state, desk.part().error) == ("failed", "message is too long")
    assert desk.messenger.texts(ADA) == ("two",)


async def test_a_refused_token_stops_all_sending_and_loses_nothing(desk: Desk) -> None:
    for chat in (ADA, BOB):
        await desk.subscribe(chat)
        await desk.post(chat=chat)
    desk.fails(BotRefused("Unauthorized"))
    with pytest.raises(BotRefused):
        await desk.send()
    assert (desk.part(ADA).state, desk.part(ADA).attempts) == ("waiting", 0)
    assert desk.part(BOB).state == "sent"


async def test_a_paused_chat_gets_nothing_that_was_queued_before(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    await desk.database.chats.pause(ADA, "stopped")
    assert await desk.send() == 0


class Breaking(FakeMessenger):
    """A way to chats with a fault of ours in it, once."""

    def __init__(self) -> None:
        super().__init__()
        self._is_broken = True

    async def send(self, outgoing: Outgoing) -> Sent:
        if self._is_broken:
            self._is_broken = False
            raise RuntimeError("a fault of ours")
        return await super().send(outgoing)


async def test_what_an_unexpected_fault_cut_short_blocks_its_chat_no_longer_than_a_lost_answer(
    desk: Desk,
) -> None:
    await desk.subscribe()
    await desk.post(["one", "two"])
    desk.messenger = Breaking()
    with pytest.raises(RuntimeError):
        await desk.send()
    assert await desk.send() == 0
    assert (desk.part().state, desk.part().not_before) == ("uncertain", NOW + LOST)
    desk.clock.advance(LOST)
    assert await desk.send() == 2


async def test_what_arrives_while_a_record_is_written_is_recorded_together(desk: Desk) -> None:
    desk.database.ledger = SlowLedger(desk.database.ledger)  # type: ignore[assignment]
    for chat in range(1, 7):
        await desk.subscribe(chat)
        await desk.post(chat=chat)
    assert await desk.send() == 6
    assert desk.database.ledger.batches == [1, 5]  # type: ignore[attr-defined]
    assert {desk.part(chat).state for chat in range(1, 7)} == {"sent"}


class SlowLedger:
    """A ledger that takes its time to record what arrived, and notes how much it was each time."""

    def __init__(self, ledger: object) -> None:
        self._ledger = ledger
        self.batches: list[int] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self._ledger, name)

    async def arrived(self, results: Mapping[PartId, Sent], *, now: datetime) -> None:
        self.batches.append(len(results))
        for _ in range(10):
            await asyncio.sleep(0)
        await self._ledger.arrived(results, now=now)  # type: ignore[attr-defined]


# --- after a crash --------------------------------------------------------------------------


@pytest.mark.parametrize(("resends", "resend_at"), [(True, NOW + LOST), (False, None)])
async def test_what_a_crash_left_without_an_answer_is_uncertain(
    desk: Desk, resends: bool, resend_at: datetime | None
) -> None:
    await desk.subscribe()
    await desk.post()
    await desk.database.ledger.claim(NOW, limit=1)
    ledger = desk.database.ledger
    assert await recover(clock=desk.clock, ledger=ledger, resends=resends) == 1
    assert (desk.part().state, desk.part().not_before) == ("uncertain", resend_at)
    assert await recover(clock=desk.clock, ledger=ledger) == 0
