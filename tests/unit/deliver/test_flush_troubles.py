"""What Telegram refuses or leaves open, what stops all sending, and who is told."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from digest.deliver.breaker import Breaker
from digest.deliver.outcome import Unrecorded
from digest.errors import (
    BadMessage,
    BotRefused,
    ChatGone,
    ClaimUnanswered,
    DeliveryError,
    NotSent,
    RetryLater,
    StoreError,
    Uncertain,
)
from digest.model.delivery import Outgoing, PartId, Sent
from tests.delivery_desk import ADA, BOB, LOST, Desk
from tests.fakes import (
    FakeMessenger,
)


@pytest.fixture
def desk() -> Desk:
    return Desk()


class Echo(FakeMessenger):
    """Answers as if each message stood elsewhere."""

    def __init__(self, answer: Sent) -> None:
        super().__init__()
        self.answer = answer

    async def send(self, outgoing: Outgoing) -> Sent:
        await super().send(outgoing)
        return self.answer


async def test_a_text_that_is_too_long_goes_out_in_two(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post(["one\n\ntwo", "three"])
    desk.fails(BadMessage("too long", flaw="long"))
    assert await desk.send() == 3
    assert desk.messenger.texts(ADA) == ("one", "two", "three")


async def test_a_word_that_is_too_long_is_given_up(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post(["word"])
    desk.fails(BadMessage("too long", flaw="long"))
    await desk.send()
    assert desk.part().state == "failed"


async def test_an_empty_text_is_not_tried_twice(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    desk.fails(BadMessage("empty", flaw="empty"))
    assert await desk.send() == 0
    assert (desk.part().state, desk.part().flaw) == ("failed", "empty")


async def test_refused_buttons_are_left_out_and_the_markup_stays(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    desk.fails(BadMessage("BUTTON_URL_INVALID", flaw="buttons"))
    assert await desk.send() == 1
    assert desk.messenger.texts(ADA) == ("<b>Hello</b>",)


async def test_an_answer_without_its_message_is_not_asked_for_again(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    desk.messenger = Echo(Sent(None, ADA, 0))
    assert [alarm for alarm, _ in await desk.told()] == ["unseen"]
    assert (desk.part().state, desk.part().flaw) == ("sent", "unseen")


async def test_a_group_that_answers_from_another_place_is_followed(desk: Desk) -> None:
    await desk.subscribe(-5, kind="group")
    await desk.post(chat=-5)
    desk.messenger = Echo(Sent(1, -1005, 0))
    assert [alarm for alarm, _ in await desk.told()] == ["astray"]
    assert (await desk.chat(-1005)).active


async def test_a_person_who_answers_from_another_place_gets_nothing_more(desk: Desk) -> None:
    await desk.subscribe()
    await desk.post()
    desk.messenger = Echo(Sent(1, BOB, 0))
    assert [alarm for alarm, _ in await desk.told()] == ["astray"]
    assert not (await desk.chat()).active


async def test_a_topic_that_was_passed_over_gets_nothing_more(desk: Desk) -> None:
    await desk.subscribe(-5, kind="supergroup", thread=3)
    await desk.post(chat=-5, thread=3)
    desk.messenger = Echo(Sent(1, -5, 0))
    assert [what for what, _ in await desk.told()] == ["refused", "astray"]
    assert not (await desk.chat(-5, 3)).active


async def test_a_channel_that_is_gone_is_told_of(desk: Desk) -> None:
    await desk.subscribe(-5, kind="channel")
    await desk.post(chat=-5)
    desk.fails(ChatGone("kicked"), chat=-5)
    assert await desk.told() == [("refused", "kicked")]


@pytest.mark.parametrize("error", [RetryLater("wait", after=timedelta(minutes=9)), ChatGone("no")])
async def test_what_stops_all_outlives_a_restart(desk: Desk, error: DeliveryError) -> None:
    for chat in range(101, 121):
        await desk.subscribe(chat)
        await desk.post(chat=chat)
    desk.messenger = FakeMessenger({chat: [error] for chat in range(101, 111)})
    assert await desk.told()  # by a breaker that is forgotten with the program
    await desk.subscribe(ADA)
    await desk.post()

    desk.clock.advance(timedelta(minutes=8))
    assert await desk.send() == 0
    desk.clock.advance(timedelta(minutes=2))
    assert await desk.send() > 0


async def test_where_many_are_under_way_results_are_recorded_together(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger, batches = desk.database.ledger, []
    arrived = ledger.arrived

    async def noted(results: Mapping[PartId, Sent], *, now: datetime) -> None:
        batches.append(len(results))
        await arrived(results, now=now)

    monkeypatch.setattr(ledger, "arrived", noted)
    for chat in range(1, 31):
        await desk.subscribe(chat)
        await desk.post(chat=chat)
    await desk.told(at_once=40)
    assert batches == [30]


@pytest.mark.parametrize(("failures", "stored"), [(1, 4), (4, 0)])
async def test_what_could_not_be_recorded_is_not_taken_for_stored(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, failures: int, stored: int
) -> None:
    ledger = desk.database.ledger
    arrived, errors = ledger.arrived, [StoreError("the disk is full")] * failures

    async def failing(results: Mapping[PartId, Sent], *, now: datetime) -> None:
        await asyncio.sleep(0)
        if errors:
            raise errors.pop()
        await arrived(results, now=now)

    monkeypatch.setattr(ledger, "arrived", failing)
    for chat in range(1, 5):
        await desk.subscribe(chat)
        await desk.post(chat=chat)
    with pytest.raises(StoreError):
        await desk.told(at_once=40)
    states = Counter(part.state for part in desk.database.tables.parts.values())
    assert (states["sent"], states["sending"]) == (stored, 4 - stored)


async def test_what_arrived_while_the_database_was_away_does_not_arrive_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = desk.database.ledger
    arrived, errors = ledger.arrived, [StoreError("in use by another program")] * 2

    async def failing(results: Mapping[PartId, Sent], *, now: datetime) -> None:
        if errors:
            raise errors.pop()
        await arrived(results, now=now)

    monkeypatch.setattr(ledger, "arrived", failing)
    await desk.subscribe()
    await desk.post(["one", "two"])
    unrecorded = Unrecorded()
    for _ in range(2):  # nothing more is sent before it can be recorded
        with pytest.raises(StoreError):
            await desk.told(unrecorded=unrecorded)
        assert desk.messenger.texts(ADA) == ("one",)
    await desk.told(unrecorded=unrecorded)
    desk.clock.advance(LOST)
    await desk.told(unrecorded=unrecorded)
    assert desk.messenger.texts(ADA) == ("one", "two")
    assert unrecorded == Unrecorded()


@pytest.mark.parametrize("error", [NotSent("no connection"), BotRefused("no such token")])
async def test_what_did_not_arrive_while_the_database_was_away_is_not_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, error: DeliveryError
) -> None:
    ledger = desk.database.ledger
    postpone, errors = ledger.postpone, [StoreError("in use by another program")]

    async def failing(
        part: PartId,
        until: datetime,
        error: str,
        *,
        counts: bool,
        alone: bool = False,
        attempt: int | None = None,
    ) -> None:
        if errors:
            raise errors.pop()
        await postpone(part, until, error, counts=counts, alone=alone, attempt=attempt)

    monkeypatch.setattr(ledger, "postpone", failing)
    desk.fails(error)
    await desk.subscribe()
    await desk.post(["one"])
    unrecorded = Unrecorded()
    with pytest.raises(StoreError):
        await desk.told(unrecorded=unrecorded, resends=False)
    assert desk.part().state == "sending"
    await desk.told(unrecorded=unrecorded, resends=False)
    assert desk.messenger.texts(ADA) == ("one",)
    assert unrecorded == Unrecorded()


@pytest.mark.parametrize("is_lost", [False, True])
async def test_who_stood_still_after_a_claim_asks_the_ledger_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, is_lost: bool
) -> None:
    """Another sender may have taken its place, and sent it."""
    ledger = desk.database.ledger
    claim = ledger.claim

    async def frozen(
        now: datetime, *, limit: int, rested: timedelta = timedelta(0)
    ) -> tuple[Outgoing, ...]:
        claimed = await claim(now, limit=limit, rested=rested)
        if claimed and claimed[0].attempts == 1 and not desk.messenger.sent:
            desk.clock.advance(timedelta(hours=1))
            if is_lost:
                await ledger.recover(now=desk.clock.now(), resend_at=desk.clock.now() + LOST)
            monkeypatch.undo()
        return claimed

    await desk.subscribe()
    await desk.post(["one"])
    monkeypatch.setattr(ledger, "claim", frozen)
    await desk.told()
    assert desk.messenger.texts(ADA) == (() if is_lost else ("one",))
    assert desk.part().state == ("uncertain" if is_lost else "sent")


async def test_what_was_claimed_without_an_answer_was_not_sent(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = desk.database.ledger
    claim = ledger.claim

    async def unanswered(
        now: datetime, *, limit: int, rested: timedelta = timedelta(0)
    ) -> tuple[Outgoing, ...]:
        claimed = await claim(now, limit=limit, rested=rested)
        raise ClaimUnanswered("the database does not answer", parts=[one.id for one in claimed])

    await desk.subscribe()
    await desk.post(["one"])
    unrecorded = Unrecorded()
    with monkeypatch.context() as away, pytest.raises(StoreError):
        away.setattr(ledger, "claim", unanswered)
        await desk.told(unrecorded=unrecorded, resends=False)
    assert desk.part().state == "sending"
    await desk.told(unrecorded=unrecorded, resends=False)
    assert desk.messenger.texts(ADA) == ("one",)
    assert not desk.part().was_uncertain


@pytest.mark.parametrize(
    ("way", "error"),
    [("postpone", NotSent("no connection")), ("fail", BadMessage("empty", flaw="empty"))],
)
async def test_what_can_never_be_recorded_is_tried_four_times(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, way: str, error: DeliveryError
) -> None:
    """A reason, perhaps, that the database cannot hold; or its disk is as good as full."""

    async def failing(*_: object, **__: object) -> None:
        raise StoreError("cannot hold a value")

    monkeypatch.setattr(desk.database.ledger, way, failing)
    desk.fails(*[error] * 9)
    await desk.subscribe()
    await desk.post(["one"])
    unrecorded = Unrecorded()
    for _ in range(4):
        with pytest.raises(StoreError):
            await desk.told(unrecorded=unrecorded)
    await desk.told(unrecorded=unrecorded)
    assert desk.part().state == "uncertain"
    assert unrecorded == Unrecorded()


async def test_a_clock_that_was_a_year_ahead_stops_nothing(desk: Desk) -> None:
    wait = RetryLater("wait", after=timedelta(seconds=20))
    for chat in (ADA, BOB, 9):
        await desk.subscribe(chat)
        await desk.post(["one"], chat=chat)
    desk.messenger = FakeMessenger({chat: (wait,) for chat in (ADA, BOB, 9)})
    breaker = Breaker()
    desk.clock.advance(timedelta(days=365))
    await desk.told(breaker=breaker)
    desk.clock.advance(-timedelta(days=365))
    await desk.told(breaker=breaker)
    assert [desk.messenger.texts(chat) for chat in (ADA, BOB, 9)] == [("one",)] * 3


async def test_a_wait_of_days_is_believed_for_one(desk: Desk) -> None:
    await desk.subscribe()
    desk.fails(RetryLater("wait", after=timedelta(days=3)))
    await desk.post(["one"])
    await desk.send()
    desk.clock.advance(timedelta(hours=23))
    await desk.send()
    assert desk.messenger.texts(ADA) == ()
    desk.clock.advance(timedelta(hours=1, seconds=1))
    await desk.send()
    assert desk.messenger.texts(ADA) == ("one",)


async def test_three_chats_told_to_wait_stop_all(desk: Desk) -> None:
    wait = RetryLater("wait", after=timedelta(seconds=20))
    for chat in range(101, 141):
        await desk.subscribe(chat)
        await desk.post(chat=chat)
    desk.messenger = FakeMessenger({chat: [wait] for chat in (101, 102, 103)})
    breaker = Breaker()
    assert [what for what, _ in await desk.told(breaker=breaker)] == ["storm"]
    assert len(desk.messenger.sent) < 40
    assert await desk.told(breaker=breaker) == []
    desk.clock.advance(timedelta(seconds=21))
    await desk.told(breaker=breaker)
    assert len(desk.messenger.sent) == 40


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RetryLater("wait", after=timedelta(hours=3)), ["wait"]),
        (RetryLater("wait", after=timedelta(hours=3), asked=False), []),
        (RetryLater("wait", after=timedelta(seconds=30), named=False), []),
        (Uncertain("no answer"), []),
        (Uncertain("no JSON", foreign=True), ["foreign"]),
    ],
)
async def test_the_operator_hears_what_is_out_of_the_ordinary(
    desk: Desk, error: DeliveryError, told: list[str]
) -> None:
    await desk.subscribe()
    await desk.post()
    desk.fails(error)
    assert [what for what, _ in await desk.told()] == told


async def test_where_many_are_refused_alike_nobody_is_paused(desk: Desk) -> None:
    for chat in range(101, 151):
        await desk.subscribe(chat)
        await desk.post(chat=chat)
    gone = range(101, 121)
    desk.messenger = FakeMessenger({chat: [ChatGone("blocked")] for chat in gone})
    breaker = Breaker()
    assert await desk.told(breaker=breaker) == [("incident", "blocked")]
    assert all([(await desk.chat(chat)).active for chat in gone])
    desk.clock.advance(timedelta(minutes=10))
    await desk.told(breaker=breaker)
    assert len(desk.messenger.sent) == 50
