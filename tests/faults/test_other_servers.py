"""A Bot API server other than Telegram's newest: it knows fewer methods, or leaves something out."""

import asyncio
from typing import Any

import pytest
from structlog.testing import capture_logs
from telegram import ChatMember, ChatMemberRestricted, Update
from telegram.error import BadRequest, Forbidden

from bot.talk.request import Photo, Reply
from bot.telegram import answers
from bot.telegram.app import make_bot
from bot.telegram.caller import HASTY
from bot.telegram.replies import Destination, carry_out
from digest.errors import BotRefused, NotSent
from digest.model.sources import NewSource, Outlet
from tests.bot_world import NOW, OWNER, BotWorld, Hurry
from tests.starting import started
from tests.telegram_server import (
    BAD_GATEWAY,
    HANG,
    RESET,
    Answer,
    InProcessRequest,
    TelegramServer,
    error,
    result,
)
from tests.telegram_server.props import png

UNKNOWN = error(404, "Not Found")
SLOW_DOWN = error(429, "Too Many Requests: retry after 5", retry_after=5)


@pytest.fixture
def world() -> BotWorld:
    return BotWorld()


@pytest.fixture
def server() -> TelegramServer:
    return TelegramServer()


async def answered(server: TelegramServer) -> str:
    """What somebody reads who has written /help."""
    ada = server.user(7, "Ada")
    await ada.send("/help")
    await server.settled()
    return server.sent(ada)[-1].text


@pytest.mark.parametrize("answer", [UNKNOWN, SLOW_DOWN, BAD_GATEWAY])
@pytest.mark.parametrize("method", ["getWebhookInfo", "deleteWebhook", "setMyCommands"])
async def test_what_the_start_can_do_without_does_not_stop_it(
    world: BotWorld, server: TelegramServer, method: str, answer: Any
) -> None:
    await world.subscribed(OWNER)  # whose own menu is set as well
    server.fail(answer=answer, method=method, times=None if answer is UNKNOWN else 1)
    async with started(world, server):
        assert "/digest" in await answered(server)


async def test_a_token_that_is_refused_meanwhile_still_stops_the_start(
    world: BotWorld, server: TelegramServer
) -> None:
    server.fail(answer=error(401, "Unauthorized"), method="getWebhookInfo", times=None)
    with pytest.raises(BotRefused):
        async with started(world, server):
            pytest.fail("it started")


@pytest.mark.parametrize("answer", [UNKNOWN, BAD_GATEWAY, SLOW_DOWN])
async def test_a_press_that_cannot_be_acknowledged_is_answered_all_the_same(
    world: BotWorld, server: TelegramServer, answer: Any
) -> None:
    async with started(world, server):
        ada = server.user(7, "Ada")
        await ada.send("/start")
        await server.settled()
        page = server.sent(ada)[-1]
        server.fail(answer=answer, method="answerCallbackQuery", times=None)
        await ada.press(page, "Skip ›", patience=0.2)
        await server.settled()
        assert "When shall it come?" in server.sent(ada)[-1].text


@pytest.mark.parametrize("answer", [Answer(body={"ok": True}), result(True), result({"id": 1})])
async def test_a_server_that_does_not_know_the_bot_is_named(
    world: BotWorld, server: TelegramServer, answer: Answer
) -> None:
    server.fail(answer=answer, method="getMe", times=None)
    with pytest.raises(NotSent, match="does not say which bot this is"):
        async with started(world, server):
            pytest.fail("it started")


@pytest.mark.parametrize("answer", [error(409, "Conflict"), error(401, "Unauthorized"), RESET])
async def test_a_stop_where_updates_cannot_be_fetched_is_no_error(
    world: BotWorld, server: TelegramServer, answer: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    """The library fetches once more at a stop."""
    async with started(world, server):
        server.fail(answer=answer, method="getUpdates", times=None)
    assert [line.getMessage() for line in caplog.records if line.levelname == "ERROR"] == []


async def test_what_cannot_be_edited_is_written_anew(
    world: BotWorld, server: TelegramServer
) -> None:
    async with started(world, server):
        ada = server.user(7, "Ada")
        await ada.send("/start")
        await server.settled()
        server.fail(answer=UNKNOWN, method="editMessageText", times=None)
        await ada.press(server.sent(ada)[-1], "Skip ›")
        await server.settled()
        assert len(server.sent(ada)) == 2
        assert "When shall it come?" in server.sent(ada)[-1].text


@pytest.mark.parametrize(
    "unknown", [("deleteMessage",), ("deleteMessage", "editMessageReplyMarkup")]
)
async def test_what_cannot_be_removed_stays(
    world: BotWorld, server: TelegramServer, unknown: tuple[str, ...]
) -> None:
    async with started(world, server) as up:
        ada = server.user(7, "Ada")
        await ada.send("/settings")
        await server.settled()
        for method in unknown:
            server.fail(answer=UNKNOWN, method=method, times=None)
        page = server.sent(ada)[-1]
        place = Destination(ada.id, "private", message_id=page.id)
        await carry_out(up.application.bot, place, Reply(closes=True))
        assert server.sent(ada)[-1].id == page.id


async def test_a_picture_is_told_in_words(world: BotWorld, server: TelegramServer) -> None:
    async with started(world, server) as up:
        ada = server.user(7, "Ada")
        await ada.send("/start")
        await server.settled()
        server.fail(answer=UNKNOWN, method="sendPhoto", times=None)
        reply = Reply(photo=Photo("month.png", png(), "Thirty days"))
        await carry_out(up.application.bot, Destination(ada.id, "private"), reply)
        assert server.sent(ada)[-1].text == "Thirty days"


async def test_a_file_that_cannot_be_sent_is_told(world: BotWorld, server: TelegramServer) -> None:
    source = NewSource(url="https://lake.example/feed", outlet=Outlet("The Lake Reporter"))
    await world.database.sources.add(source, now=NOW)
    async with started(world, server):
        ada = server.user(7, "Ada")
        await ada.send("/start")
        server.fail(answer=UNKNOWN, method="sendDocument", times=None)
        await ada.send("/opml")
        await server.settled()
        assert "my fault" in server.sent(ada)[-1].text


def standing(status: str, **more: object) -> dict[str, object]:
    bot = {"id": 42, "is_bot": True, "first_name": "Attaché", "username": "attache_test_bot"}
    return {"user": bot, "status": status, **more}


def change(chat: object, *, by: object, to: dict[str, object]) -> dict[str, object]:
    """A change of the bot's standing as an older server tells it: with the fields it knew."""
    return {
        "chat": {"id": chat, "type": "channel", "title": "Desk"},
        "from": {"id": by, "is_bot": False, "first_name": "Ada"},
        "date": 1,
        "old_chat_member": standing("left"),
        "new_chat_member": to,
    }


async def test_an_administrator_is_known_by_few_fields(
    world: BotWorld, server: TelegramServer
) -> None:
    async with started(world, server):
        ada = server.user(7, "Ada")
        await ada.send("/start")
        to = standing("administrator", can_post_messages=True)
        server.updates.push("my_chat_member", change(-1009, by=7, to=to))
        await server.settled()
        assert "Thank you for adding me to Desk" in server.sent(ada)[-1].text


async def test_who_is_asked_about_is_known_by_few_fields(
    world: BotWorld, server: TelegramServer
) -> None:
    async with started(world, server):
        ada = server.user(7, "Ada")
        group = server.group(creator=ada)
        server.add_bot(group, by=ada)
        few = result({"user": ada.user.as_json(), "status": "administrator"})
        server.fail(answer=few, method="getChatMember")
        await ada.send("/setup@attache_test_bot", chat=group)
        await server.settled()
        assert "What shall I watch?" in server.sent(group)[-1].text


async def test_an_update_that_cannot_be_read_holds_up_no_other(
    world: BotWorld, server: TelegramServer
) -> None:
    async with started(world, server):
        with capture_logs() as logs:
            server.updates.push("message", {"text": "neither a chat nor a date"})
            assert "/digest" in await answered(server)
        assert [log["event"] for log in logs] == ["update not understood"]


@pytest.mark.parametrize(
    "answer", [result({}), result([{"message": {}}]), Answer(body={"ok": True})]
)
async def test_an_answer_without_updates_is_a_fetch_that_failed(
    world: BotWorld, server: TelegramServer, answer: Answer
) -> None:
    async with started(world, server):
        with capture_logs() as logs:
            server.fail(answer=answer, method="getUpdates")
            assert "/digest" in await answered(server)
        assert {log["event"] for log in logs} <= {"updates not fetched"}


async def test_a_server_that_does_not_wait_for_news_is_not_asked_without_a_pause(
    world: BotWorld, server: TelegramServer
) -> None:
    server.fail(answer=result([]), method="getUpdates", times=None)
    loop = asyncio.get_running_loop()
    async with started(world, server):
        began, before = loop.time(), len(server.calls("getUpdates"))
        await server.wait_for(lambda: len(server.calls("getUpdates")) >= before + 4)
        assert loop.time() - began > 2.5 * HASTY  # slowness makes it longer
        server.heal()
        assert "/digest" in await answered(server)


@pytest.mark.parametrize(
    ("status", "more"),
    [
        ("creator", {}),
        ("administrator", {}),
        ("restricted", {"can_send_messages": False}),
        ("kicked", {}),
        ("member", {}),
        ("left", {}),
        ("of a later version", {}),
    ],
)
def test_each_standing_is_read_whatever_is_left_out(status: str, more: dict[str, object]) -> None:
    read = ChatMember.de_json(answers.member(standing(status, **more)), None)
    assert read.status == status
    if isinstance(read, ChatMemberRestricted):
        assert (read.is_member, read.can_send_messages) == (True, False)


def test_what_is_no_standing_is_left_alone() -> None:
    assert answers.member(None) is None
    assert answers.update({"update_id": 1, "chat_member": {}}) == {
        "update_id": 1,
        "chat_member": {},
    }


def test_what_the_library_asks_for_in_a_press_and_a_query_is_added() -> None:
    person = {"id": 7, "is_bot": False, "first_name": "Ada"}
    press = {"id": "1", "from": person, "data": "1:help"}
    query = {"id": "2", "from": person, "query": "iran"}
    data = answers.update({"update_id": 1, "callback_query": press, "inline_query": query})
    read = Update.de_json(data, None)
    assert read.callback_query is not None
    assert read.inline_query is not None


@pytest.mark.parametrize("answer", [BAD_GATEWAY, RESET, error(500, "Internal Server Error")])
@pytest.mark.parametrize("method", ["answerCallbackQuery", "editMessageText", "getChatMember"])
async def test_what_may_be_done_twice_is_tried_once_more(
    world: BotWorld, server: TelegramServer, method: str, answer: Answer
) -> None:
    async with started(world, server):
        ada = server.user(7, "Ada")
        group = server.group(creator=ada)
        server.add_bot(group, by=ada)
        server.fail(answer=answer, method=method)
        await ada.send("/setup@attache_test_bot", chat=group)
        await server.settled()
        assert (await ada.press(server.sent(group)[-1], "Skip ›")).is_answered
        await server.settled()
        assert "When shall it come?" in server.sent(group)[-1].text


async def test_a_message_whose_answer_was_lost_is_not_sent_twice(
    world: BotWorld, server: TelegramServer
) -> None:
    async with started(world, server):
        server.fail(answer=HANG, method="sendMessage")
        ada = server.user(7, "Ada")
        await ada.send("/help")
        await server.settled()
        assert len(server.calls("sendMessage")) == 1


async def test_a_server_that_repeats_the_address_gives_the_token_away_to_nobody(
    server: TelegramServer,
) -> None:
    repeated = error(400, f"Bad Request: /bot{server.token}/sendMessage is not allowed")
    server.fail(answer=repeated, method="sendMessage", times=None)
    door = InProcessRequest(server)
    bot = make_bot(token=server.token, request=door, get_updates_request=door, pace=Hurry().pace)
    async with bot:
        with pytest.raises(BadRequest) as refused:
            await bot.send_message(7, "The envoys met.")
    assert refused.value.message.casefold() == "/bot<token>/sendmessage is not allowed"


async def test_a_reason_that_no_database_can_hold_is_told_without_what_is_no_character(
    server: TelegramServer,
) -> None:
    server.fail(answer=error(403, "Forbidden: no\0 \ud800thing"), method="sendMessage", times=None)
    door = InProcessRequest(server)
    bot = make_bot(token=server.token, request=door, get_updates_request=door, pace=Hurry().pace)
    async with bot:
        with pytest.raises(Forbidden) as refused:
            await bot.send_message(7, "The envoys met.")
    assert refused.value.message == "Forbidden: no thing"
