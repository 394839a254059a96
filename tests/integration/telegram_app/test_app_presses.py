"""Buttons pressed against a strict server: pages in place, old ones, slow ones, and all of them once."""

from structlog.testing import capture_logs
from telegram import Update

from bot.talk.app import App
from bot.talk.request import say
from bot.telegram.app import Running
from bot.telegram.replies import Destination, LastMessages, carry_out
from tests.bot_world import BotWorld
from tests.telegram_messages import OLD, said, silent
from tests.telegram_server import (
    Person,
    TelegramServer,
    error,
)


async def test_garbage_and_old_buttons_are_answered(server: TelegramServer, ada: Person) -> None:
    await ada.send("/help")
    page = await said(server, ada)
    for data in ("", "0:topics", "x" * 64, "1:nonsense", "1@-100:topics"):
        press = await ada.press_raw(page, data)
        assert press.is_answered
        assert press.is_alert


async def test_a_press_on_an_old_query_harms_nobody(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    await ada.send("/start")
    page = await said(server, ada)
    server.fail(answer=OLD, method="answerCallbackQuery")
    await ada.press(page, "Sanctions", patience=0.1)
    await server.settled()
    assert (await world.chat(7)).wish.topics == {"sanctions"}


async def test_the_same_page_again_is_no_error_after_a_restart(
    telegram: Running, server: TelegramServer, ada: Person
) -> None:
    await ada.send("/start")
    place = Destination(7, "private", message_id=(await said(server, ada)).id)
    with capture_logs() as logs:
        for _ in range(2):
            await carry_out(
                telegram.application.bot, place, say("Here.", edits=True), LastMessages()
            )
    assert "not modified" in server.calls("editMessageText")[-1].description
    assert logs == []


async def test_a_message_that_is_gone_is_written_anew(server: TelegramServer, ada: Person) -> None:
    await ada.send("/start")
    page = await said(server, ada)
    gone = error(400, "Bad Request: message to edit not found")
    server.fail(answer=gone, method="editMessageText")
    await ada.press(page, "Sanctions")
    await server.settled()
    assert len(server.sent(ada)) == 2


async def test_close_deletes_or_at_least_disarms(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    await world.subscribed(7)
    await ada.send("/settings")
    await ada.press(await said(server, ada), "✕ Close")
    assert await silent(server, ada)
    await ada.send("/settings")
    page = await said(server, ada)
    old = error(400, "Bad Request: message can't be deleted for everyone")
    server.fail(answer=old, method="deleteMessage", times=2)
    await ada.press(page, "✕ Close")
    assert (await said(server, ada)).labels == ()
    await ada.press_raw(page, "1:close")  # nothing is left to take away
    await server.settled()


async def test_an_update_that_comes_twice_is_answered_once(
    app: App, server: TelegramServer, telegram: Running, ada: Person
) -> None:
    await ada.send("/help")
    await server.settled()
    again = server.calls("getUpdates")
    update = next(one.answer.body["result"][0] for one in again if one.answer.body["result"])
    twice = Update.de_json(update, telegram.application.bot)
    await telegram.application.process_update(twice)
    assert len(server.sent(ada)) == 1


async def test_a_slow_answer_is_acknowledged_first(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    await world.subscribed(7)
    await ada.send("/start")
    page = await said(server, ada)
    world.composer.gate.clear()
    press = await ada.press_raw(page, "1:digest:preview")
    assert press.is_answered
    world.composer.gate.set()
    assert (await said(server, ada)).text == "a digest"


async def test_a_press_that_waits_for_its_turn_is_acknowledged_meanwhile(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    await world.subscribed(7)
    await ada.send("/settings")
    page = await said(server, ada)
    world.composer.gate.clear()
    await ada.send("/digest")
    press = await ada.press(page, "3 min")
    assert press.is_answered
    assert "How long" not in server.sent(ada)[-1].text
    world.composer.gate.set()
    await server.wait_for(lambda: "How long" in server.sent(ada)[0].text)
    await server.settled()
    assert server.refused == ()  # nothing is acknowledged twice


async def test_what_a_message_says_already_is_not_asked_of_telegram(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    await world.subscribed(7)
    await ada.send("/topics")
    page = await said(server, ada)
    for _ in range(3):
        assert (await ada.press_raw(page, "1:topics:+:sanctions")).is_answered
    await ada.send("/lang")
    page = await said(server, ada)
    assert (await ada.press(page, "✓ English")).is_answered
    await server.settled()
    assert server.refused == ()
