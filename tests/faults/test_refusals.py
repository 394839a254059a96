"""Chats that refuse, for good or for now; groups that move; answers that do not fit the question."""

from datetime import timedelta

import pytest

from bot.run.forgetting import pruning
from digest.model.chats import Chat as Subscription
from digest.model.chats import ChatKind
from tests.bot_world import OWNER
from tests.fault_world import ADA, BOB, DAY, HOUR, FaultWorld
from tests.telegram_server import Answer, error

GONE: list[tuple[str, ChatKind, str]] = [
    ("D01_blocked", "private", "bot was blocked by the user"),
    ("D02_deactivated", "private", "user is deactivated"),
    ("D03_kicked_group", "group", "bot was kicked from the group chat"),
    ("D04_kicked_supergroup", "supergroup", "bot was kicked from the supergroup chat"),
    ("D05_kicked_channel", "channel", "bot was kicked from the channel chat"),
    ("D06_not_member", "supergroup", "bot is not a member of the supergroup chat"),
    ("D07_group_deleted", "group", "the group chat was deleted"),
    ("D08_cant_initiate", "private", "bot can't initiate conversation with a user"),
    ("D09_bot_to_bot", "private", "bot can't send messages to bots"),
]
SOFT: list[tuple[str, ChatKind, bool, str]] = [
    ("D10_chat_not_found", "private", False, "chat not found"),
    (
        "D13_no_text_right",
        "supergroup",
        False,
        "not enough rights to send text messages to the chat",
    ),
    ("D14_channel_right", "channel", False, "need administrator rights in the channel chat"),
    ("D15_write_forbidden", "supergroup", False, "CHAT_WRITE_FORBIDDEN"),
    ("D16_restricted", "supergroup", False, "CHAT_RESTRICTED"),
    ("D17_thread_not_found", "supergroup", True, "message thread not found"),
    ("D18_topic_closed", "supergroup", True, "TOPIC_CLOSED"),
]


def gone() -> list[object]:
    return [pytest.param(kind, words, id=name) for name, kind, words in GONE]


@pytest.mark.parametrize(("kind", "words"), gone())
async def test_who_is_gone_is_paused_at_once(world: FaultWorld, kind: ChatKind, words: str) -> None:
    place, ada = await world.place(kind), await world.reader()
    refusal = error(403, f"Forbidden: {words}")
    world.server.fail(answer=refusal, method="sendMessage", chat_id=place.id, times=None)
    await world.tick()
    await world.tick(DAY)
    await world.tick(DAY)
    assert len(world.tries(place.id)) == 1
    assert len(world.texts(ada.id)) == 3
    chat = await world.chat(place.id)
    assert not chat.active
    assert chat.pause_reason == f"Forbidden: {words}"
    assert chat.schedule.at == ("12:02",), "its settings stay"
    told = world.texts(BOB) if kind != "private" else []
    assert len(told) == (kind == "channel"), "who linked a channel hears of it, once"


@pytest.mark.parametrize(("kind", "words"), gone())
async def test_who_comes_back_goes_on_and_who_does_not_is_forgotten(
    world: FaultWorld, kind: ChatKind, words: str
) -> None:
    place = await world.place(kind)
    world.server.fail(
        answer=error(403, f"Forbidden: {words}"), method="sendMessage", chat_id=place.id
    )
    await world.tick()
    forget = pruning(world.stores, world.clock, 90 * DAY)
    if words in ("user is deactivated", "the group chat was deleted"):
        world.clock.advance(29 * DAY)
        await forget("")
        assert await world.stores.chats.get(place.id) is not None
        world.clock.advance(2 * DAY)
        await forget("")
        assert await world.stores.chats.get(place.id) is None
        return
    if kind == "private":
        person = world.person(place.id)
        await person.send("/start")
    else:
        bob = world.person(BOB, "Bob")
        world.server.kick_bot(place, by=bob)
        await world.settled()
        assert len([text for text in world.texts(BOB) if "Desk" in text]) == (kind == "channel")
        world.server.add_bot(place, by=bob)
    await world.settled()
    assert (await world.chat(place.id)).active
    world.clock.advance(31 * DAY)
    await forget("")
    assert (await world.chat(place.id)).active


@pytest.mark.parametrize(
    ("kind", "in_topic", "words"),
    [pytest.param(kind, topic, words, id=name) for name, kind, topic, words in SOFT],
)
async def test_what_may_pass_pauses_after_a_day_and_is_told_once(
    world: FaultWorld, kind: ChatKind, in_topic: bool, words: str
) -> None:
    place = await world.place(kind, thread=in_topic)
    (chat,) = await world.stores.chats.of(place.id)
    refusal = error(400, f"Bad Request: {words}")
    world.server.fail(answer=refusal, method="sendMessage", chat_id=place.id, times=None)
    for _ in range(24):
        await world.tick()
        assert (await world.chat(place.id, chat.thread)).active
        world.clock.advance(HOUR)
    assert len(world.tries(place.id)) == 24
    await world.tick()
    assert not (await world.chat(place.id, chat.thread)).active
    await world.tick(DAY)
    assert len(world.tries(place.id)) == 25
    for call in world.tries(place.id):
        assert int(call.params.get("message_thread_id") or 0) == chat.thread
    assert kind == "private" or len(world.texts(BOB)) == 1


@pytest.mark.parametrize(
    ("kind", "in_topic", "words"),
    [pytest.param(kind, topic, words, id=name) for name, kind, topic, words in SOFT],
)
async def test_what_passes_within_the_day_costs_nothing(
    world: FaultWorld, kind: ChatKind, in_topic: bool, words: str
) -> None:
    place = await world.place(kind, thread=in_topic)
    refusal = error(400, f"Bad Request: {words}")
    world.server.fail(answer=refusal, method="sendMessage", chat_id=place.id, times=5)
    for _ in range(6):
        await world.tick()
        world.clock.advance(HOUR)
    assert await world.states() == ["sent"]
    (chat,) = await world.stores.chats.of(place.id)
    assert chat.active


@pytest.mark.parametrize("is_deleted", [True, False])
async def test_what_a_topic_refuses_holds_up_no_other_topic(
    world: FaultWorld, is_deleted: bool
) -> None:
    forum = await world.place("supergroup", thread=True)
    (closed,) = await world.stores.chats.of(forum.id)
    open_ = world.server.topic(forum, "Asia")
    await world.subscribe(forum.id, kind="supergroup", title="Desk", thread=open_, owner=BOB)
    if is_deleted:
        world.server.delete_topic(forum, closed.thread)
    else:
        world.server.close_topic(forum, closed.thread)
    await world.tick()
    await world.tick(DAY)
    assert len(world.server.sent(forum, open_)) == 2
    assert len(world.texts(BOB)) == 1
    world.refused_rightly.add(forum.id)


async def test_D11_migrated(world: FaultWorld) -> None:
    """The refusal alone moves the subscription to the supergroup, and the digest is sent there."""
    group = await world.place("group")
    new = world.server.migrate(group)
    world.server.updates.pending.clear()  # only the refusal tells
    await world.tick()
    await world.tick(DAY)
    assert len(world.texts(new.id)) == 2
    assert len(world.tries(group.id)) == 1
    assert world.server.refused[0].description.endswith("upgraded to a supergroup chat")
    assert [chat.id for chat in await world.stores.chats.all()] == [new.id]
    world.refused_rightly.add(group.id)


@pytest.mark.parametrize(
    "news", [pytest.param(news, id=f"D12_migrate_race-{news}") for news in ("before", "after")]
)
async def test_news_of_a_move_may_come_on_both_ways(world: FaultWorld, news: str) -> None:
    group = await world.place("group")
    known = await world.chat(group.id)
    new = world.server.migrate(group)
    held = list(world.server.updates.pending)
    if news == "after":
        world.server.updates.pending.clear()
    else:
        await world.settled()
    await world.tick()
    if news == "after":
        for update in held:
            kind = next(key for key in update if key != "update_id")
            world.server.updates.push(kind, update[kind])
        await world.settled()
    await world.stores.chats.move(group.id, new.id)
    await world.tick(HOUR)
    assert [chat.id for chat in await world.stores.chats.all()] == [new.id]
    assert (await world.chat(new.id)).schedule == known.schedule
    assert len([text for text in world.texts(new.id) if "Attaché ·" in text]) == 1
    world.refused_rightly.add(group.id)


def without_topic(truth: Answer) -> Answer:
    body = dict(truth.body)  # type: ignore[call-overload]
    body["result"] = {
        key: value
        for key, value in body["result"].items()
        if key not in ("message_thread_id", "is_topic_message")
    }
    return Answer(body=body)


async def test_D19_thread_ignored(world: FaultWorld) -> None:
    """A message that landed outside its topic pauses the digest, and its owner is told."""
    place = await world.place("supergroup", thread=True)
    (chat,) = await world.stores.chats.of(place.id)
    world.server.fail(answer=without_topic, method="sendMessage", times=1, after_effect=True)
    await world.tick()
    await world.tick(DAY)
    assert len(world.tries(place.id)) == 1, "nothing more goes to a place that is not there"
    assert not (await world.chat(place.id, chat.thread)).active
    assert (await world.stores.ledger.flaws()) == {"astray": 1}
    assert "another place" in world.told()
    assert len(world.texts(BOB)) == 1


@pytest.mark.parametrize(
    ("kind", "moves"),
    [
        pytest.param("group", True, id="D20_wrong_chat_echo-group"),
        pytest.param("private", False, id="D20_wrong_chat_echo-private"),
    ],
)
async def test_an_answer_from_another_chat_is_never_ignored(
    world: FaultWorld, kind: ChatKind, moves: bool
) -> None:
    place = await world.place(kind)
    other = -1001234567890 if moves else 4711

    def elsewhere(truth: Answer) -> Answer:
        body = dict(truth.body)  # type: ignore[call-overload]
        body["result"] = {**body["result"], "chat": {**body["result"]["chat"], "id": other}}
        return Answer(body=body)

    world.server.fail(answer=elsewhere, method="sendMessage", chat_id=place.id, after_effect=True)
    await world.tick()
    chats: list[Subscription] = list(await world.stores.chats.all())
    if moves:
        assert [(chat.id, chat.active) for chat in chats] == [(other, True)]
    else:
        assert [(chat.id, chat.active) for chat in chats] == [(place.id, False)]
    assert await world.states() == ["sent"]
    assert "another place" in world.told()


async def test_T7_mass_permanent(world: FaultWorld) -> None:
    """Where a quarter are refused alike nobody is paused: sending rests and goes on by itself."""
    for id_ in range(100, 140):
        await world.reader(id_)
    for id_ in range(100, 110):  # a quarter
        blocked = error(403, "Forbidden: bot was blocked by the user")
        world.server.fail(answer=blocked, method="sendMessage", chat_id=id_, times=None)
    await world.tick()
    assert all(chat.active for chat in await world.stores.chats.all())
    assert "same words" in world.told(OWNER)
    calls = len(world.server.calls("sendMessage"))
    await world.tick(timedelta(minutes=5))
    assert len(world.server.calls("sendMessage")) == calls, "sending rests"
    world.server.heal()
    await world.tick(timedelta(minutes=6))
    assert all(chat.active for chat in await world.stores.chats.all())
    assert all(len(world.texts(id_)) == 1 for id_ in range(100, 140))


async def test_a_few_of_many_who_left_are_no_incident(world: FaultWorld) -> None:
    for id_ in range(100, 140):
        await world.reader(id_)
    for id_ in range(100, 107):
        blocked = error(403, "Forbidden: bot was blocked by the user")
        world.server.fail(answer=blocked, method="sendMessage", chat_id=id_)
    await world.tick()
    gone = {chat.id for chat in await world.stores.chats.all() if not chat.active}
    assert gone == set(range(100, 107))
    assert world.told(OWNER) == ""
    assert ADA not in gone
