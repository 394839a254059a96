"""What fails is logged and said in plain words, once, where somebody can read it."""

import asyncio
from dataclasses import replace

import pytest
from structlog.testing import capture_logs
from telegram import Update
from telegram.error import (
    BadRequest,
    Conflict,
    Forbidden,
    NetworkError,
    TelegramError,
    TimedOut,
)

from bot.telegram.app import Running, make_bot, running
from bot.telegram.request import Broken
from bot.telegram.turns import PROMPT
from digest.errors import BotRefused, NotSent, StoreError
from digest.model.chats import Chat as Subscription
from tests.bot_world import BotWorld, Hurry
from tests.telegram_messages import said
from tests.telegram_server import (
    BAD_GATEWAY,
    REFUSED,
    InProcessRequest,
    Person,
    TelegramServer,
    error,
)


async def test_what_comes_too_late_for_a_notice_is_written_in_private(
    world: BotWorld, server: TelegramServer
) -> None:
    class Slow:
        """A store that takes its time to find a chat."""

        async def get(self, chat: int, thread: int = 0) -> Subscription | None:
            await asyncio.sleep(2 * PROMPT)
            return await world.database.chats.get(chat, thread)

        def __getattr__(self, name: str) -> object:
            return getattr(world.database.chats, name)

    await world.subscribed(7)
    doors = InProcessRequest(server), InProcessRequest(server)
    async with running(
        lambda username: replace(world.app, chats=Slow()),  # type: ignore[arg-type]
        make_bot(
            token=server.token,
            request=doors[0],
            get_updates_request=doors[1],
            pace=Hurry().pace,
        ),
    ):
        ada = server.user(7, "Ada")
        await ada.send("/settings")
        await server.wait_for(lambda: server.sent(ada))
        press = await ada.press_raw(server.sent(ada)[-1], "1:mute:+:s:1")
        assert (press.is_answered, press.text) == (True, "")
        await server.wait_for(lambda: len(server.sent(ada)) == 2)
    assert "Left out from now on" in server.sent(ada)[-1].text


async def test_what_nobody_expected_is_logged_and_said_in_plain_words(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    await world.subscribed(7)
    world.composer.error = StoreError("the disk is full")
    with capture_logs() as logs:
        await ada.send("/digest")
        assert "my fault" in (await said(server, ada)).text
        await ada.send("/settings")
        press = await ada.press_raw(await said(server, ada), "1:digest")
    assert press.is_alert
    assert [log["event"] for log in logs] == ["update failed"] * 2
    assert "full" in repr(logs[0]["exc_info"])


async def test_a_reply_waits_once_when_telegram_asks_for_it(
    server: TelegramServer, ada: Person
) -> None:
    server.fail(answer=error(429, "Too Many Requests", retry_after=3), method="sendMessage")
    await ada.send("/help")
    assert "What I can do" in (await said(server, ada)).text


async def test_a_missing_right_is_told_to_the_person(server: TelegramServer, ada: Person) -> None:
    await ada.send("/help")
    group = server.group("Desk", creator=ada)
    server.add_bot(group, by=ada)
    await server.settled()
    denied = error(400, "Bad Request: not enough rights to send text messages to the chat")
    server.fail(answer=denied, method="sendMessage", chat_id=group.id)
    await ada.send("/help@attache_test_bot", chat=group)
    assert "I may not write in Desk" in (await said(server, ada)).text


async def test_who_adds_a_bot_that_may_not_write_is_told_in_private(
    server: TelegramServer, ada: Person
) -> None:
    await ada.send("/help")
    group = server.group("Desk", creator=ada)
    denied = error(400, "Bad Request: not enough rights to send text messages to the chat")
    server.fail(answer=denied, method="sendMessage", chat_id=group.id)
    server.add_bot(group, by=ada)
    assert "I may not write in Desk" in (await said(server, ada)).text


async def test_a_person_who_cannot_be_reached_is_only_logged(
    server: TelegramServer, ada: Person
) -> None:
    group = server.group("Desk", creator=ada)
    server.add_bot(group, by=ada)
    await server.settled()
    denied = error(400, "Bad Request: CHAT_WRITE_FORBIDDEN")
    server.fail(answer=denied, method="sendMessage", chat_id=group.id)
    with capture_logs() as logs:
        await ada.send("/help@attache_test_bot", chat=group)
        await server.settled()
    assert [log["event"] for log in logs] == ["answer not delivered", "person not reached"]


async def test_an_apology_that_cannot_be_given_is_only_logged(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    await world.subscribed(7)
    world.composer.error = StoreError("the disk is full")
    server.fail(answer=error(403, "Forbidden: bot was blocked by the user"), chat_id=7)
    with capture_logs() as logs:
        await ada.send("/digest")
        await server.settled()
    assert [log["event"] for log in logs] == ["update failed", "apology not delivered"]


@pytest.mark.parametrize(
    ("method", "data"),
    [
        ("editMessageText", "1:settings"),
        ("deleteMessage", "1:close"),
        ("editMessageReplyMarkup", "1:close"),
    ],
)
async def test_a_refusal_of_another_kind_is_not_swallowed(
    world: BotWorld, server: TelegramServer, ada: Person, method: str, data: str
) -> None:
    await world.subscribed(7)
    await ada.send("/help")
    page = await said(server, ada)
    old = error(400, "Bad Request: message can't be deleted for everyone")
    server.fail(answer=error(400, "Bad Request: CHAT_RESTRICTED"), method=method)
    if method == "editMessageReplyMarkup":
        server.fail(answer=old, method="deleteMessage")
    with capture_logs() as logs:
        await ada.press_raw(page, data, patience=0.2)
        await server.settled()
    assert [log["event"] for log in logs] == ["answer not delivered"]


@pytest.mark.parametrize(
    ("failure", "is_told"),
    [
        (NetworkError("Bad Gateway (502)"), True),
        (BadRequest("can't parse entities"), True),
        (TimedOut(), False),
        (Broken("the connection broke: ServerDisconnectedError"), False),
        (Forbidden("bot was blocked by the user"), False),
    ],
)
async def test_an_answer_that_reached_nobody_is_apologised_for_and_one_that_may_have_is_not(
    server: TelegramServer, telegram: Running, ada: Person, failure: TelegramError, is_told: bool
) -> None:
    await ada.send("/help")
    await server.settled()
    message = server.messages(ada)[0].as_json()
    press = {"id": "9", "from": ada.user.as_json(), "chat_instance": "1"}
    page = (await said(server, ada)).as_json()
    for number, update in enumerate(
        ({"message": message}, {"callback_query": press | {"message": page}})
    ):
        read = Update.de_json({"update_id": number, **update}, telegram.application.bot)
        await telegram.application.process_error(read, failure)
    assert ["my fault" in one.text for one in server.sent(ada)[1:]] == [True] * 2 * is_told


async def test_a_group_is_not_bothered_with_a_press_that_failed(
    server: TelegramServer, ada: Person
) -> None:
    group = server.group(creator=ada)
    server.add_bot(group, by=ada)
    await ada.send("/setup@attache_test_bot", chat=group)
    page = await said(server, group)
    server.fail(answer=BAD_GATEWAY, method="editMessageText")
    await ada.press(page, "Skip ›")
    assert (await said(server, group)).id == page.id


async def test_polling_troubles_are_logged(telegram: Running) -> None:
    with capture_logs() as logs:
        await telegram.application.process_error(None, Conflict("two instances"))
        await telegram.application.process_error(None, ValueError("strange"))
    assert [log["event"] for log in logs] == ["answer not delivered", "update failed"]


async def test_a_refused_token_is_said_without_the_token(world: BotWorld) -> None:
    server = TelegramServer(token="42:OTHER")
    with pytest.raises(BotRefused) as refused:
        async with running(
            lambda username: world.app,
            make_bot(token="42:SECRET", request=InProcessRequest(server)),
        ):
            pytest.fail("it started")
    assert "SECRET" not in f"{refused.value}{refused.value.__cause__}"


async def test_a_telegram_that_does_not_answer_stops_the_start(world: BotWorld) -> None:
    server = TelegramServer()
    server.fail(answer=REFUSED, times=None)
    with pytest.raises(NotSent, match="telegram/bot does not answer: "):
        async with running(
            lambda username: world.app,
            make_bot(
                token=server.token,
                base_url="https://telegram/bot",
                request=InProcessRequest(server),
            ),
        ):
            pytest.fail("it started")
