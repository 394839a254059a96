"""Answers that are lost on the way, and answers that are not what they should be."""

from datetime import timedelta

import pytest

from bot.run.delivering import Policy
from digest.errors import StoreError
from tests.bot_world import OWNER
from tests.fault_sender import Watched
from tests.fault_world import ADA, HOUR, FaultWorld
from tests.telegram_server import (
    BAD_GATEWAY,
    CAPTIVE_PORTAL,
    CLOSE,
    HANG,
    RESET,
    TRUNCATED,
    Answer,
    error,
)

_WRITTEN = ("postpone", "fail", "flawed")


def _full(_result: object) -> None:
    raise StoreError("the database attache.db cannot grow: the disk is full")


SOON = timedelta(minutes=14)
LATER = timedelta(minutes=2)
LOST = [
    ("A1_read_timeout", HANG, True),
    ("A2_close_after_accept", CLOSE, True),
    ("A3_rst_after_accept", RESET, True),
    ("A4_close_before_body", CLOSE, False),  # the very same to whoever sends
    ("A5_502_html", BAD_GATEWAY, True),
    ("A6_504", error(504, "Gateway Timeout"), True),
    ("A8_500_restart", error(500, "Internal Server Error: restart"), True),
    ("A9_truncated_json", TRUNCATED, True),
    ("A10_200_not_json", CAPTIVE_PORTAL, False),
    ("A10_200_not_json_of_telegram", Answer(body={"status": "up"}), False),
]


def lost() -> list[object]:
    return [pytest.param(answer, arrives, id=name) for name, answer, arrives in LOST]


def use(world: FaultWorld, policy: Policy) -> None:
    object.__setattr__(world.delivery, "policy", policy)


@pytest.mark.parametrize(("answer", "arrives"), lost())
async def test_once_more_without_a_sound_and_never_a_third_time(
    world: FaultWorld, answer: Answer, arrives: bool
) -> None:
    await world.reader(ADA)
    world.server.fail(answer=answer, method="sendMessage", chat_id=ADA, after_effect=arrives)
    await world.tick()
    assert await world.states() == ["uncertain"]
    await world.tick(SOON)
    assert len(world.tries(ADA)) == 1, "no blind retry"
    await world.tick(LATER)
    assert len(world.texts(ADA)) == 1 + arrives
    assert str(world.tries(ADA)[-1].params["disable_notification"]).lower() == "true"
    assert (await world.stores.ledger.totals())["uncertain_ever"] == 1
    await world.tick(HOUR)
    assert len(world.tries(ADA)) == 2
    if answer is CAPTIVE_PORTAL:
        assert "not Telegram" in world.told()


@pytest.mark.parametrize(("answer", "arrives"), lost())
async def test_never_is_never(world: FaultWorld, answer: Answer, arrives: bool) -> None:
    use(world, "never")
    await world.reader(ADA)
    world.server.fail(answer=answer, method="sendMessage", chat_id=ADA, after_effect=arrives)
    await world.tick()
    await world.tick(HOUR)
    assert await world.states() == ["uncertain"]
    assert len(world.tries(ADA)) == 1
    assert [one.state for one in await world.stores.ledger.troubles(limit=5)] == ["uncertain"]


@pytest.mark.parametrize(
    ("button", "copies", "state"),
    [
        pytest.param("Send again", 2, "sent", id="A1_read_timeout-ask-again"),
        pytest.param("Leave it", 1, "dropped", id="A1_read_timeout-ask-leave"),
    ],
)
async def test_the_owner_is_asked(world: FaultWorld, button: str, copies: int, state: str) -> None:
    use(world, "ask")
    await world.reader(ADA)
    world.server.fail(answer=CLOSE, method="sendMessage", chat_id=ADA, after_effect=True)
    await world.tick()
    await world.tick(HOUR)
    (question,) = world.server.sent(OWNER)
    assert question.labels == ("Send again", "Leave it")
    assert len(world.tries(ADA)) == 1
    owner = world.person(OWNER, "Olga")
    await owner.send("/errors")
    await world.settled()
    assert "uncertain" in world.texts(OWNER)[-1]
    await owner.press(question, button)
    await world.settled()
    await world.tick()
    assert await world.states() == [state]
    assert len(world.texts(ADA)) == copies


@pytest.mark.parametrize("policy", ["resend_once", "never", "ask"])
@pytest.mark.parametrize(
    ("answer", "ends"),
    [
        pytest.param(error(403, "Forbidden: bot was blocked by the user"), "failed", id="403"),
        pytest.param(error(400, "Bad Request: message text is empty"), "failed", id="400"),
        pytest.param(error(429, "Too Many Requests", retry_after=3), "sent", id="429"),
    ],
)
async def test_what_was_refused_is_not_lost_where_that_could_not_be_stored(
    world: FaultWorld, policy: Policy, answer: Answer, ends: str
) -> None:
    use(world, policy)
    await world.reader(ADA)
    for _ in range(1 if ends == "sent" else 2):
        world.server.fail(answer=answer, method="sendMessage", chat_id=ADA)
    world.refused_rightly.add(ADA)
    stores = world.stores.ledger
    object.__setattr__(
        world.delivery, "ledger", Watched(stores, before=dict.fromkeys(_WRITTEN, _full))
    )
    with pytest.raises(StoreError):
        await world.tick()
    assert await world.states() == ["sending"]

    object.__setattr__(world.delivery, "ledger", stores)
    for _ in range(3):
        await world.tick(timedelta(seconds=5))

    assert await world.states() == [ends]
    assert (await world.stores.ledger.totals())["uncertain_ever"] == 0
    assert len(world.texts(ADA)) == (ends == "sent")


async def test_an_owner_who_could_not_be_asked_is_asked_after_a_restart(world: FaultWorld) -> None:
    world.policy = "ask"
    use(world, "never")
    await world.reader(ADA)
    world.server.fail(answer=CLOSE, method="sendMessage", chat_id=ADA, after_effect=True)
    await world.tick()
    use(world, "ask")
    await world.unplug()
    await world.tick()
    await world.plug()
    await world.restart()
    for _ in range(2):
        await world.tick()
    (question,) = world.server.sent(OWNER)
    assert question.labels == ("Send again", "Leave it")


async def test_A7_500_deleted(world: FaultWorld) -> None:
    """A message that Telegram deleted at once is not sent again."""
    await world.reader(ADA)
    words = "Internal Server Error: sent message was immediately deleted and can't be returned"
    world.server.fail(answer=error(500, words), method="sendMessage", chat_id=ADA)
    await world.tick()
    await world.tick(HOUR)
    assert len(world.tries(ADA)) == 1
    assert await world.states() == ["sent"]


@pytest.mark.parametrize(
    "said",
    [
        {},
        *({"result": one} for one in (None, True, "sent", [], {}, {"message_id": 5, "date": 1})),
        {"result": {"message_id": 5, "date": 10**20, "chat": {"id": ADA, "type": "private"}}},
        *(
            {"result": {"message_id": one, "date": 1, "chat": {"id": ADA, "type": "private"}}}
            for one in (2**70, -(2**70), "5", None, 5.5, {}, True)
        ),
        {"result": {"message_id": 5, "date": 1, "chat": {"id": 2**70, "type": "private"}}},
        {"result": {"message_id": 5, "date": 1, "chat": {"id": "7", "type": "private"}}},
        {"result": {"message_id": 5, "date": 1, "message_thread_id": "4", "chat": {"id": ADA}}},
    ],
)
async def test_A11_ok_no_id(world: FaultWorld, said: dict[str, object]) -> None:
    """A success that does not say where is one: nothing is sent again, the flaw is counted."""
    await world.reader(ADA)
    answer = Answer(body={"ok": True, **said})
    world.server.fail(answer=answer, method="sendMessage", chat_id=ADA, after_effect=True)
    await world.tick()
    await world.tick(HOUR)
    assert len(world.texts(ADA)) == 1
    assert [(row["state"], row["message_id"]) for row in await world.rows()] == [("sent", None)]
    assert await world.stores.ledger.flaws() == {"unseen": 1}
    assert "did not say where" in world.told()
