"""What each answer of Telegram's means for a delivery, over the strict server."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from telegram.error import NetworkError, TelegramError, TimedOut

from bot.telegram.app import make_bot
from bot.telegram.messenger import TelegramMessenger, delivery_error
from digest.errors import (
    BadMessage,
    BotRefused,
    ChatGone,
    ChatMoved,
    ChatRefuses,
    DeliveryError,
    NotSent,
    RetryLater,
    Uncertain,
)
from digest.model.chats import ChatKind
from digest.model.delivery import Outgoing, PartId, Sent
from digest.model.messages import Button, Message
from tests.bot_world import Hurry
from tests.telegram_server import (
    BAD_GATEWAY,
    CAPTIVE_PORTAL,
    CLOSE,
    HALF_JSON,
    HANG,
    REFUSED,
    RESET,
    TRUNCATED,
    Answer,
    InProcessRequest,
    TelegramServer,
    error,
    result,
)

ADA = 7


@pytest.fixture
async def server() -> TelegramServer:
    server = TelegramServer()
    await server.user(ADA, "Ada").send("/start")
    return server


@pytest.fixture
async def messenger(server: TelegramServer) -> AsyncIterator[TelegramMessenger]:
    bot = make_bot(token=server.token, request=InProcessRequest(server), pace=Hurry().pace)
    async with bot:
        yield TelegramMessenger(bot)


def part(
    html: str = "<b>Hello</b>",
    *,
    chat: int = ADA,
    thread: int = 0,
    kind: ChatKind = "private",
    keyboard: tuple[tuple[Button, ...], ...] = (),
    silent: bool = False,
) -> Outgoing:
    message = Message(html, keyboard, silent)
    return Outgoing(id=PartId(1), chat=chat, thread=thread, kind=kind, message=message, attempts=1)


async def test_a_part_arrives_as_it_is_meant(
    server: TelegramServer, messenger: TelegramMessenger
) -> None:
    keyboard = ((Button("Proof", url="https://example.org/"), Button("More", data="1:help")),)
    sent = await messenger.send(part(keyboard=keyboard))
    message = server.sent(ADA)[-1]
    assert sent == Sent(message.id, ADA, 0)
    assert message.text == "Hello"
    assert message.labels == ("Proof", "More")
    assert server.calls("sendMessage")[-1].params["link_preview_options"] == {"is_disabled": True}


async def test_a_topic_is_named_and_the_general_one_is_not(
    server: TelegramServer, messenger: TelegramMessenger
) -> None:
    group = server.group(forum=True)
    server.add_bot(group, by=server.user(8))
    topic = server.topic(group)
    sent = await messenger.send(part(chat=group.id, thread=topic, kind="supergroup"))
    assert sent.thread == topic
    for general in (0, 1):
        sent = await messenger.send(part(chat=group.id, thread=general, kind="supergroup"))
        assert sent.thread == 0
        assert server.calls("sendMessage")[-1].params.get("message_thread_id") is None


async def test_a_channel_is_silent_and_has_buttons_that_open_only(
    server: TelegramServer, messenger: TelegramMessenger
) -> None:
    channel = server.channel()
    server.add_bot(channel, by=server.user(8))
    keyboard = ((Button("Proof", url="https://example.org/"),), (Button("More", data="1:help"),))
    await messenger.send(part(chat=channel.id, kind="channel", keyboard=keyboard, silent=True))
    assert server.sent(channel)[-1].labels == ("Proof",)
    assert server.calls("sendMessage")[-1].params["disable_notification"] is True
    await messenger.send(part(chat=channel.id, kind="channel"))
    assert server.calls("sendMessage")[-1].params["disable_notification"] is False


def answers(shared: Path, *ids: str) -> list[tuple[str, Answer]]:
    """The injected answers of the delivery faults named."""
    faults: list[dict[str, Any]] = json.loads((shared / "faults.json").read_text())["delivery"]
    return [
        (fault["id"], Answer(fault["inject"]["http"], fault["inject"]["body"]))
        for fault in faults
        if fault["id"].split("_")[0] in ids
    ]


@pytest.mark.parametrize(
    ("meaning", "ids"),
    [
        (ChatGone, "D01 D02 D03 D04 D05 D06 D07 D08 D09"),
        (ChatRefuses, "D10 D13 D14 D15 D16 D17 D18"),
        (ChatMoved, "D11"),
        (BadMessage, "D21 D22 D23 D25 D26"),
        (RetryLater, "D30 D32"),
        (Uncertain, "A8"),
        (BotRefused, "T1 T3 T6"),
    ],
)
async def test_every_known_refusal_has_its_meaning(
    server: TelegramServer,
    messenger: TelegramMessenger,
    shared: Path,
    meaning: type[DeliveryError],
    ids: str,
) -> None:
    found = answers(shared, *ids.split())
    assert len(found) == len(ids.split())
    for _, answer in found:
        server.fail(answer=answer, method="sendMessage")
        with pytest.raises(meaning):
            await messenger.send(part())


@pytest.mark.parametrize(
    ("answer", "meaning"),
    [
        (HANG, Uncertain),
        (CLOSE, Uncertain),
        (RESET, Uncertain),
        (TRUNCATED, Uncertain),
        (HALF_JSON, Uncertain),
        (BAD_GATEWAY, Uncertain),
        (CAPTIVE_PORTAL, Uncertain),
        (error(504, "Gateway Timeout"), Uncertain),
        (REFUSED, NotSent),
        (error(404, "Not Found"), BotRefused),
        (error(400, "Bad Request: BUTTON_TYPE_INVALID"), BadMessage),
        (Answer(429, raw=b"<html>slow down</html>"), RetryLater),
    ],
)
async def test_what_breaks_on_the_way_has_its_meaning(
    server: TelegramServer,
    messenger: TelegramMessenger,
    answer: Answer,
    meaning: type[DeliveryError],
) -> None:
    server.fail(answer=answer, method="sendMessage")
    with pytest.raises(meaning):
        await messenger.send(part())


async def test_a_wait_and_a_new_address_are_passed_on(
    server: TelegramServer, messenger: TelegramMessenger
) -> None:
    server.fail(answer=error(429, "Too Many Requests", retry_after=7), method="sendMessage")
    with pytest.raises(RetryLater) as later:
        await messenger.send(part())
    assert later.value.after == timedelta(seconds=7)
    moved = error(400, "Bad Request: upgraded", migrate_to_chat_id=-1001)
    server.fail(answer=moved, method="sendMessage")
    server.heal()
    server.fail(answer=moved, chat_id=8)
    with pytest.raises(ChatMoved) as gone:
        await messenger.send(part(chat=8))
    assert gone.value.new_id == -1001


@pytest.mark.parametrize(
    "answer",
    [
        error(
            500, "Internal Server Error: sent message was immediately deleted and can't be returned"
        ),
        Answer(body={"ok": True}),
        result({}),
        result(True),
    ],
)
async def test_what_was_sent_but_not_seen_counts_as_sent(
    server: TelegramServer, messenger: TelegramMessenger, answer: Answer
) -> None:
    server.fail(answer=answer, method="sendMessage")
    assert await messenger.send(part()) == Sent(None, ADA, 0)


async def test_an_ignored_topic_shows_in_the_answer(
    server: TelegramServer, messenger: TelegramMessenger
) -> None:
    chat = {"id": -1001, "type": "supergroup", "title": "Desk"}
    server.fail(answer=result({"message_id": 5, "date": 1, "chat": chat}), method="sendMessage")
    assert await messenger.send(part(thread=9)) == Sent(5, -1001, 0)


async def test_bad_markup_is_our_fault(
    server: TelegramServer, messenger: TelegramMessenger
) -> None:
    with pytest.raises(BadMessage):
        await messenger.send(part("<script>"))
    with pytest.raises(BadMessage):
        await messenger.send(part("x" * 4097))


@pytest.mark.parametrize("name", ["ConnectError", "ConnectTimeout", "PoolTimeout"])
def test_what_never_connected_was_not_sent(name: str) -> None:
    cause = type(name, (Exception,), {})()
    for broken in (TimedOut(), NetworkError("broken")):
        broken.__cause__ = cause
        assert isinstance(delivery_error(broken), NotSent)


def test_an_unknown_error_is_uncertain() -> None:
    assert isinstance(delivery_error(TelegramError("strange")), Uncertain)


async def test_the_token_is_in_no_error() -> None:
    server = TelegramServer(token="42:OTHER")
    bot = make_bot(token="42:SECRET", request=InProcessRequest(server))
    with pytest.raises(BotRefused) as refused:
        await TelegramMessenger(bot).send(part())
    assert "SECRET" not in str(refused.value)
