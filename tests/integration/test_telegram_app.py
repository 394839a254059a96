"""The whole Telegram side against a strict server: people write and press, and read the answers."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

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

from bot.commands.upload import MOST_BYTES
from bot.talk.app import App
from bot.talk.request import Document, Photo, Reply, say
from bot.talk.texts import available, texts
from bot.telegram.app import Running, files_of, make_bot, running
from bot.telegram.replies import Destination, LastMessages, carry_out
from bot.telegram.request import Broken
from bot.telegram.rights import Rights
from bot.telegram.turns import PROMPT
from digest.errors import BotRefused, NotSent, StoreError
from digest.model.chats import Chat as Subscription
from digest.model.gathered import Fetched
from digest.model.sources import NewSource, Outlet
from digest.model.stories import Placed
from tests.articles import new_article
from tests.bot_world import NOW, OWNER, BotWorld, Hurry
from tests.documents import TALKS, pdf
from tests.fakes import FakeClock
from tests.fakes.chats import FakeChatStore
from tests.fakes.tables import Tables
from tests.starting import started
from tests.telegram_server import (
    BAD_GATEWAY,
    REFUSED,
    InProcessRequest,
    Person,
    TelegramServer,
    error,
    parse_html,
)
from tests.telegram_server.props import png
from tests.telegram_server.state import Chat, Message

OLD = error(
    400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
)


@pytest.fixture
def world() -> BotWorld:
    return BotWorld()


@pytest.fixture
def server() -> TelegramServer:
    return TelegramServer()


@pytest.fixture
def app(world: BotWorld) -> App:
    return world.app


@pytest.fixture
async def telegram(app: App, server: TelegramServer) -> AsyncIterator[Running]:
    doors = InProcessRequest(server), InProcessRequest(server)
    async with running(
        lambda username: replace(app, bot_username=username),
        make_bot(
            token=server.token, request=doors[0], get_updates_request=doors[1], pace=Hurry().pace
        ),
    ) as up:
        yield up


@pytest.fixture
def ada(server: TelegramServer, telegram: Running) -> Person:
    return server.user(7, "Ada")


@pytest.fixture
def bob(server: TelegramServer, telegram: Running) -> Person:
    return server.user(8, "Bob")


async def said(server: TelegramServer, where: Person | Chat, thread: int | None = None) -> Message:
    """The newest message of the bot, once it has nothing more to say."""
    await server.settled()
    return server.sent(where, thread)[-1]


async def silent(server: TelegramServer, where: Person | Chat) -> bool:
    await server.settled()
    return not server.sent(where)


async def test_four_taps_set_a_reader_up(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    await ada.send("/start")
    for label in ("Sanctions", "Next ›", "07:30", "Geneva"):
        press = await ada.press(await said(server, ada), label)
        assert press.is_answered
    assert "It is 14:02 for you, right?" in (await said(server, ada)).text
    await ada.press(await said(server, ada), "Yes, that is right")
    assert "Next digest Wed 07:30 (Europe/Zurich)" in (await said(server, ada)).text
    assert (await world.chat(7)).wish.topics == {"sanctions"}
    assert len(server.sent(ada)) == 1  # edited in place
    assert server.refused == ()


async def test_menus_are_set_for_each_kind_of_chat(server: TelegramServer, ada: Person) -> None:
    group = server.group(creator=ada)
    assert "topics" in [one["command"] for one in server.menu(ada)]
    assert "setup" in [one["command"] for one in server.menu(ada, group)]


async def test_only_the_updates_we_read_are_asked_for(server: TelegramServer, ada: Person) -> None:
    await ada.send("/help")
    await server.settled()
    asked = server.calls("getUpdates")[-1].params["allowed_updates"]
    assert asked == ["message", "callback_query", "my_chat_member", "inline_query"]


async def test_a_group_is_greeted_and_set_up_by_an_administrator_in_its_topic(
    world: BotWorld, server: TelegramServer, ada: Person, bob: Person
) -> None:
    group = server.group(creator=ada, members=[bob], forum=True)
    server.add_bot(group, by=ada)
    assert "/setup" in (await said(server, group)).text
    topic = server.topic(group)
    await bob.send("/setup@attache_test_bot", chat=group, thread=topic)
    assert "Only administrators" in (await said(server, group, topic)).text
    await ada.send("/setup@attache_test_bot", chat=group, thread=topic)
    for label in ("Skip ›", "08:00", "Brussels", "Yes, that is right"):
        await ada.press(await said(server, group, topic), label)
    chat = await world.chat(group.id, topic)
    assert (chat.active, chat.schedule.at) == (True, ("08:00",))
    assert server.refused == ()


async def test_the_general_topic_is_named_by_no_thread(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    group = server.group(creator=ada, forum=True)
    server.add_bot(group, by=ada)
    await ada.send("/setup@attache_test_bot", chat=group)
    await said(server, group)
    assert (await world.chat(group.id)).thread == 0
    assert server.refused == ()


async def test_an_anonymous_administrator_is_heard(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    group = server.group(creator=ada)
    server.add_bot(group, by=ada)
    await ada.send("/setup@attache_test_bot", chat=group, anonymous=True)
    assert "What shall I watch" in (await said(server, group)).text
    assert server.calls("getChatMember") == ()


async def test_rights_are_asked_again_only_after_a_minute(
    world: BotWorld, server: TelegramServer, ada: Person, bob: Person
) -> None:
    group = server.group(creator=ada, members=[bob])
    server.add_bot(group, by=ada)
    server.promote(group, bob)
    await bob.send("/setup@attache_test_bot", chat=group)
    page = await said(server, group)
    await bob.press(page, "Sanctions")
    assert len(server.calls("getChatMember")) == 1
    server.demote(group, bob)
    world.clock.advance(timedelta(seconds=61))
    press = await bob.press(page, "Energy")
    assert press.is_alert
    assert (await world.chat(group.id)).wish.topics == {"sanctions"}


async def test_who_cannot_be_looked_up_may_not_configure(
    server: TelegramServer, ada: Person
) -> None:
    group = server.group(creator=ada)
    server.add_bot(group, by=ada)
    server.fail(answer=error(400, "Bad Request: user not found"), method="getChatMember")
    await ada.send("/setup@attache_test_bot", chat=group)
    assert "Only administrators" in (await said(server, group)).text


async def test_commands_of_other_bots_are_not_ours(server: TelegramServer, ada: Person) -> None:
    group = server.group(creator=ada)
    server.has_privacy = False
    server.add_bot(group, by=ada)
    for text in ("/digest@other_bot", "good morning", "/weather", "/"):
        await ada.send(text, chat=group)
    await server.settled()
    assert len(server.sent(group)) == 1  # the greeting


async def test_wide_characters_are_read_as_the_usual_ones(
    server: TelegramServer, ada: Person
) -> None:
    await ada.send("／help")
    assert "What I can do" in (await said(server, ada)).text
    await ada.send("／start")
    await ada.press(await said(server, ada), "Skip ›")
    await ada.send("０６：４５")
    assert "Where are you?" in (await said(server, ada)).text


async def test_words_in_private_search(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    await world.subscribed(7)
    await ada.send("grain corridor")
    assert "No article holds “grain corridor”" in (await said(server, ada)).text


async def test_a_bot_that_is_muted_in_a_group_keeps_its_settings(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    group = server.group(creator=ada)
    server.add_bot(group, by=ada)
    await world.subscribed(group.id, kind="supergroup")
    server.restrict_bot(group, by=ada, without=["can_send_messages"])
    await server.settled()
    assert (await world.chat(group.id)).active


async def test_a_channel_is_managed_in_private(
    world: BotWorld, server: TelegramServer, ada: Person, bob: Person
) -> None:
    await ada.send("/help")
    channel = server.channel("Edition", creator=ada)
    server.add_bot(channel, by=ada)
    page = await said(server, ada)
    assert "Edition" in page.text
    for label in ("Sanctions", "Next ›", "08:00", "Brussels", "Yes, that is right"):
        await ada.press(await said(server, ada), label)
    chat = await world.chat(channel.id)
    assert (chat.active, chat.owner) == (True, 7)
    assert server.sent(channel) == ()
    server.kick_bot(channel, by=ada)
    assert "paused" in (await said(server, ada)).text
    assert not (await world.chat(channel.id)).active


async def test_a_demoted_administrator_sees_and_erases_a_channel_no_more(
    world: BotWorld, server: TelegramServer, ada: Person, bob: Person
) -> None:
    await ada.send("/help")
    channel = server.channel("Edition", creator=bob)
    server.promote(channel, ada)
    server.add_bot(channel, by=ada)
    await server.settled()
    server.demote(channel, ada)
    await ada.send("/settings")
    assert "/start" in (await said(server, ada)).text
    await ada.send("/deletemydata")
    await ada.press(await said(server, ada), "Yes, delete everything")
    await server.settled()
    assert (await world.chat(channel.id)).owner is None


async def test_a_reader_who_blocks_and_returns_keeps_everything(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    await ada.send("/start")
    await world.subscribed(8)
    await server.settled()
    for data in ("1:start:when", "1:schedule:+:0730", "1:start:done"):
        await ada.press_raw(await said(server, ada), data)
    ada.block()
    await server.settled()
    assert not (await world.chat(7)).active
    ada.unblock()
    await server.settled()
    assert (await world.chat(7)).active
    assert (await world.chat(8)).active


async def test_a_group_that_grows_up_takes_its_digest_along(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    group = server.group(creator=ada, supergroup=False)
    server.add_bot(group, by=ada)
    await world.subscribed(group.id, kind="group")
    new = server.migrate(group)
    await server.settled()
    assert (await world.chat(new.id)).active
    assert await world.database.chats.of(group.id) == ()
    assert await silent(server, new)  # it has been greeted before


async def test_a_group_that_is_renamed_is_called_so(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    group = server.group("Desk", creator=ada)
    server.add_bot(group, by=ada)
    await world.subscribed(group.id, kind="supergroup", title="Desk")
    server.rename(group, "Newsroom")
    await server.settled()
    assert (await world.chat(group.id)).title == "Newsroom"


@pytest.mark.parametrize("who", ["group", "person"])
async def test_a_group_that_grows_up_takes_its_ban_along_and_no_other(
    world: BotWorld, server: TelegramServer, ada: Person, who: str
) -> None:
    group = server.group(creator=ada, supergroup=False)
    server.add_bot(group, by=ada)
    await world.subscribed(group.id, kind="group")
    await server.settled()
    banned = group.id if who == "group" else ada.id
    await world.app.people.ban(banned, now=NOW)
    await world.app.chats.pause(group.id, "banned")
    new = server.migrate(group)
    await server.settled()
    assert not (await world.chat(new.id)).active
    standing = await world.app.people.standing((new.id,))
    assert standing == ("banned" if who == "group" else "welcome")


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


async def test_a_document_is_sent_into_its_topic(
    server: TelegramServer, telegram: Running, ada: Person
) -> None:
    group = server.group(creator=ada, forum=True)
    server.add_bot(group, by=ada)
    await said(server, group)
    topic = server.topic(group)
    reply = Reply(document=Document("digest.md", b"# Digest"))
    await carry_out(
        telegram.application.bot, Destination(group.id, "supergroup", thread=topic), reply
    )
    assert server.calls("sendDocument")[-1].is_ok
    assert (await said(server, group, topic)).media


async def test_a_picture_has_its_caption_in_its_topic(
    server: TelegramServer, telegram: Running, ada: Person
) -> None:
    group = server.group(creator=ada, forum=True)
    server.add_bot(group, by=ada)
    topic = server.topic(group)
    reply = Reply(photo=Photo("UA.png", png(), "<b>412</b> articles"))
    await carry_out(
        telegram.application.bot, Destination(group.id, "supergroup", thread=topic), reply
    )
    shown = await said(server, group, topic)
    assert "photo" in shown.media
    assert shown.text == "412 articles"


async def test_where_pictures_are_not_allowed_the_caption_goes_alone(
    server: TelegramServer, telegram: Running, ada: Person
) -> None:
    group = server.group(creator=ada)
    server.add_bot(group, by=ada)
    server.restrict_bot(group, by=ada, without=["can_send_photos"])
    await said(server, group)
    reply = Reply(photo=Photo("UA.png", png(), "412 articles"))
    await carry_out(telegram.application.bot, Destination(group.id, "supergroup"), reply)
    shown = await said(server, group)
    assert (shown.media, shown.text) == ({}, "412 articles")


async def test_another_fault_of_a_picture_is_not_hidden(
    server: TelegramServer, telegram: Running, ada: Person
) -> None:
    await ada.send("/help")
    reply = Reply(photo=Photo("UA.png", b"no picture", "412 articles"))
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await carry_out(telegram.application.bot, Destination(7, "private"), reply)


async def test_who_is_banned_is_refused_in_words_once_and_ignored_afterwards(
    world: BotWorld, server: TelegramServer, ada: Person, bob: Person
) -> None:
    await ada.send("/start")
    first = await said(server, ada)
    await world.database.people.ban(7, now=NOW)
    await ada.send("/help")
    assert "closed" in (await said(server, ada)).text
    sent = len(server.sent(ada))
    await ada.send("/help")
    await ada.send("words")
    press = await ada.press(first, "Sanctions")
    group = server.group(creator=ada, members=[bob])
    server.add_bot(group, by=ada)
    assert await silent(server, group)
    assert (press.is_answered, press.text or "") == (True, "")
    assert len(server.sent(ada)) == sent
    assert not (await ada.inline("x", patience=0.1)).is_answered
    await world.database.people.unban(7)
    await ada.send("/help")
    assert "/digest" in (await said(server, ada)).text
    assert server.refused == ()


async def test_a_press_may_be_what_is_refused_in_words(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    await ada.send("/start")
    first = await said(server, ada)
    await world.database.people.ban(7, now=NOW)
    press = await ada.press(first, "Sanctions")
    assert "closed" in (press.text or "")
    assert press.is_alert


async def test_talk_in_a_banned_group_is_no_question(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    group = server.group(creator=ada)
    server.add_bot(group, by=ada)
    await server.wait_for(lambda: server.sent(group))
    await world.database.people.ban(group.id, now=NOW)
    server.has_privacy = False
    await ada.send("just talk", chat=group)
    await ada.send("/help@another_bot", chat=group)
    assert "closed" not in (await said(server, group)).text
    await ada.send("/help", chat=group)
    assert "closed" in (await said(server, group)).text


async def test_feedback_reaches_an_owner_and_a_silent_owner_hinders_nobody(
    server: TelegramServer, ada: Person
) -> None:
    owner = server.user(OWNER, "Olga")
    await ada.send("/start")
    for answer in ("I can reach nobody", "Passed on"):
        await ada.send("/feedback more on the Sahel")
        await ada.press(await said(server, ada), "With my name")
        assert answer in (await said(server, ada)).text
        await owner.send("/start")
    (arrived,) = [one.text for one in server.sent(owner) if "Sahel" in one.text]
    assert arrived == "✉️ Feedback · Ada\n\nmore on the Sahel"


@pytest.mark.parametrize("language", available())
async def test_an_owner_asks_for_everything_and_is_answered(
    world: BotWorld, server: TelegramServer, ada: Person, bob: Person, language: str
) -> None:
    owner = server.user(OWNER, "Olga", language_code=language)
    t = texts(language)
    await owner.send("/start")
    await said(server, owner)
    await world.subscribed(7)
    source = await world.database.sources.add(
        NewSource(url="https://paper.example/feed", outlet=Outlet("The <Paper>", "CH")), now=NOW
    )
    for command in (
        "stats",
        "feeds",
        "feed",
        "health",
        "errors",
        "retry",
        "reload",
        "ban",
        "unban",
    ):
        before = len(server.sent(owner))
        await owner.send(f"/{command}")
        await server.wait_for(lambda before=before: len(server.sent(owner)) > before)
        assert (await said(server, owner)).text != t("refuse.unknown"), command
    await owner.send(f"/feed {source.id}")
    await owner.press(await said(server, owner), t.label("button.feed-off"))
    assert not world.database.tables.sources[source.id].enabled
    await owner.send("/retry 999")
    assert "999" in (await said(server, owner)).text
    await owner.send("/broadcast 1 < 2 & <b>3</b>")
    await owner.press(await said(server, owner), t.plural("button.broadcast", 1))
    assert [part.message.html for part in world.database.tables.parts.values()] == [
        "1 &lt; 2 &amp; &lt;b&gt;3&lt;/b&gt;"
    ]
    await owner.send("/ban 7")
    assert "7" in (await said(server, owner)).text
    await owner.send("/unban 7")
    await server.settled()
    await bob.send("/ban 7")
    assert (await said(server, bob)).text == texts("en")("refuse.unknown")
    assert server.refused == ()


async def test_old_standings_are_forgotten(server: TelegramServer, telegram: Running) -> None:
    clock = FakeClock(NOW)
    rights = Rights(clock, most=2)
    for user in (1, 2, 3):
        await rights.status(telegram.application.bot, -1, user)
        clock.advance(timedelta(seconds=40))
    asked = len(server.calls("getChatMember"))
    await rights.status(telegram.application.bot, -1, 3)
    assert len(server.calls("getChatMember")) == asked
    await rights.status(telegram.application.bot, -1, 1)
    assert len(server.calls("getChatMember")) == asked + 1


async def test_a_picture_is_answered_in_words(server: TelegramServer, ada: Person) -> None:
    await ada.send_photo(b"a picture")
    assert "I read text" in (await said(server, ada)).text


async def answered(server: TelegramServer, person: Person, count: int) -> Message:
    """The bot's message of that number; a file is read in a thread, while no call is made."""
    await server.wait_for(lambda: len(server.sent(person)) >= count)
    await server.settled()
    return server.sent(person)[-1]


async def test_a_file_is_fetched_read_and_told_with_links_to_its_text(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    await world.subscribed(7)
    await ada.send_document("talks.pdf", pdf(TALKS), mime="application/pdf", caption="/add")
    message = await answered(server, ada, 1)

    assert TALKS[0] in message.text
    proof = next(link for link in message.links if "start=a_" in link)
    await ada.send(f"/start {proof.partition('start=')[2]}")
    assert TALKS[1] in (await said(server, ada)).text
    assert server.refused == ()


async def test_a_stranger_is_asked_to_start_before_a_file_is_fetched(
    server: TelegramServer, ada: Person
) -> None:
    await ada.send_document("a.txt", b"words")
    assert "/start" in (await said(server, ada)).text
    assert server.calls("getFile") == ()


async def test_a_large_file_is_refused_before_it_is_fetched(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    await world.subscribed(7)
    await ada.send_document("a.txt", b"x" * (MOST_BYTES + 1))
    assert "too large" in (await said(server, ada)).text
    assert server.calls("getFile") == ()


async def test_a_file_that_telegram_does_not_hand_out_is_told(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    await world.subscribed(7)
    server.fail(answer=error(400, "Bad Request: file is temporarily unavailable"), method="getFile")
    await ada.send_document("a.txt", b"words")
    assert "did not hand me that file" in (await said(server, ada)).text


async def test_files_in_a_group_are_nobodys_business(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    server.has_privacy = False
    group = server.group(creator=ada)
    await ada.send_document("a.txt", b"words", chat=group)
    await server.settled()
    assert server.calls("getFile") == ()


async def test_an_address_is_taken_up_after_a_restart(
    world: BotWorld, server: TelegramServer
) -> None:
    """The buttons carry a number, and what it means is stored."""
    await world.subscribed(7)
    ada, url = server.user(7, "Ada"), "https://paper.example/talks"
    async with started(world, server):
        await ada.send(url)
        offered = await said(server, ada)
    paragraphs = "".join(f"<p>{line}</p>" for line in TALKS)
    body = f"<html><body><article><h1>Grain talks</h1>{paragraphs}</article></body></html>"
    page = Fetched(url=url, final_url=url, status=200, body=body.encode())
    world.fetcher.pages[url] = page
    async with started(world, server):
        await ada.press(offered, "Summarise once")
        told = await answered(server, ada, 2)
    assert TALKS[0] in told.text
    assert set(told.links) == {url}
    assert server.refused == ()


@pytest.mark.parametrize(
    ("calls", "files"),
    [
        ("https://api.telegram.org/bot", "https://api.telegram.org/file/bot"),
        ("http://127.0.0.1:8081/bot", "http://127.0.0.1:8081/file/bot"),
    ],
)
def test_files_are_fetched_from_the_server_that_takes_the_calls(calls: str, files: str) -> None:
    assert files_of(calls) == files


async def test_two_administrators_at_once_lose_nothing(
    world: BotWorld, server: TelegramServer, ada: Person, bob: Person
) -> None:
    group = server.group(creator=ada, members=[bob])
    server.add_bot(group, by=ada)
    server.promote(group, bob)
    await ada.send("/setup@attache_test_bot", chat=group)
    page = await said(server, group)
    await asyncio.gather(ada.press(page, "Sanctions"), bob.press(page, "Energy"))
    assert (await world.chat(group.id)).wish.topics == {"sanctions", "energy"}


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


async def test_an_owner_has_a_menu_of_their_own(
    world: BotWorld, server: TelegramServer, app: App
) -> None:
    owner, lost = server.user(OWNER, "Eve"), server.user(10, "Mallory")
    for known in (owner, lost):
        await world.subscribed(known.id)
    owner.chat.is_started = True
    async with running(
        lambda username: replace(app, owners=frozenset({OWNER, 10, 11})),
        make_bot(
            token=server.token,
            request=InProcessRequest(server),
            get_updates_request=InProcessRequest(server),
            pace=Hurry().pace,
        ),
    ):
        assert "health" in [one["command"] for one in server.menu(owner)]
        assert "health" not in [one["command"] for one in server.menu(lost)]


async def test_owners_repair_in_private_and_others_hear_nothing_of_it(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    owner = server.user(OWNER, "Eve")
    await owner.send("/start")
    await said(server, owner)
    assert "health" in [one["command"] for one in server.menu(owner)]
    assert "health" not in [one["command"] for one in server.menu(ada)]
    source = NewSource(url="https://a.example/feed", outlet=Outlet("A <Paper>", "GB"))
    added = await world.database.sources.add(source, now=NOW)
    await owner.send("/feeds")
    assert (await owner.press(await said(server, owner), str(added.id))).is_answered
    assert "A <Paper>" in (await said(server, owner)).text
    assert (await owner.press(await said(server, owner), "Switch off")).is_answered
    assert not (await world.database.sources.all())[0].enabled
    await ada.send("/feeds")
    assert "I do not know that command" in (await said(server, ada)).text
    assert server.refused == ()


async def test_articles_are_shared_from_any_chat(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    text = "Deputy ministers of both states initialled two annexes on customs in Ankara on Monday."
    for key, title in (("a", "Border <accord> & customs"), ("b", "Another accord")):
        await world.database.articles.add([Placed(new_article(key, text, title=title), -1)])
    query = await ada.inline("border accord")
    assert [one["title"] for one in query.results] == ["Border <accord> & customs"]
    content = query.results[0]["input_message_content"]
    shown = parse_html(content["message_text"])
    assert shown[0].startswith("Border <accord> & customs\nSummits and visits · 🇹🇷 · 1 outlet\n")
    assert f"“{text}” The Paper" in shown[0]
    call = server.calls("answerInlineQuery")[-1].params
    assert (call["cache_time"], call["is_personal"]) == (60, True)
    assert len((await ada.inline("")).results) == 0  # nothing of the last days
    assert (await ada.inline("no such words")).results == ()
    assert server.refused == ()


@pytest.mark.parametrize(
    "query", ['"', "a" * 300, "<b>&'\" OR *)(", "\0", "١٢", "accord " * 40, "NEAR/2", "🕊" * 128]
)
async def test_no_inline_query_goes_unanswered(
    world: BotWorld, server: TelegramServer, ada: Person, query: str
) -> None:
    await world.database.articles.add([Placed(new_article("a", "It rained in Ankara."), -1)])
    assert (await ada.inline(query)).is_answered
    assert server.refused == ()


async def test_an_inline_query_that_is_too_old_is_let_go(
    server: TelegramServer, ada: Person
) -> None:
    server.fail(method="answerInlineQuery", answer=OLD)
    with capture_logs() as logs:
        await ada.inline("x", patience=0.1)
        await server.settled()
    assert "inline query answered too late" in [one["event"] for one in logs]


async def test_another_refusal_of_cards_is_logged(server: TelegramServer, ada: Person) -> None:
    server.fail(method="answerInlineQuery", answer=error(400, "Bad Request: RESULT_ID_INVALID"))
    with capture_logs() as logs:
        await ada.inline("x", patience=0.1)
        await server.settled()
    assert "answer not delivered" in [one["event"] for one in logs]


async def test_a_broadcast_is_what_its_preview_showed(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    owner = server.user(OWNER, "Eve")
    await world.subscribed(ada.id)
    await owner.send("/broadcast Rest <tonight>,\n  & tomorrow: https://paper.example")
    preview = await said(server, owner)
    assert preview.text == "Rest <tonight>,\n  & tomorrow: https://paper.example"
    assert (await owner.press(preview, "Send to 1 chat")).is_answered
    await server.settled()
    kept, told = server.sent(owner)
    assert (kept.text, kept.labels) == (preview.text, ())
    assert "1 chat will get it" in told.text
    (part,) = await world.database.ledger.claim(NOW, limit=9)
    assert (part.chat, parse_html(part.message.html)[0]) == (ada.id, preview.text)
    assert server.refused == ()


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("/privacy", "privacy.text"),
        ("/help", "help.title"),
        ("/start", "start.set-up-already"),
        ("/start s_nothing", "refuse.link"),
        ("/start a_1_2", "proof.gone"),
        ("/nonsense", "refuse.unknown"),
        ("/setup", "refuse.group-only"),
        ("/invite", "refuse.unknown"),
    ],
)
async def test_a_chat_is_answered_in_the_language_it_has_chosen(
    world: BotWorld, server: TelegramServer, ada: Person, words: str, key: str
) -> None:
    await world.subscribed(ada.id, language="de")
    await ada.send(words)
    wanted = parse_html(texts("de")(key, name="setup"))[0]
    assert (await said(server, ada)).text.startswith(wanted)


async def test_what_cannot_be_answered_is_said_in_the_chosen_language(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    t = texts("de")
    await world.subscribed(ada.id, language="de")
    await ada.send_photo(b"a picture")
    assert (await said(server, ada)).text == t("refuse.not-text")
    await ada.send("/help")
    press = await ada.press_raw(await said(server, ada), "0:what", patience=5)
    assert press.text == t("refuse.old-button")
    world.composer.error = RuntimeError("strange")
    await ada.send("/digest")
    assert (await said(server, ada)).text == t("refuse.trouble")
    await world.database.people.ban(ada.id, now=NOW)
    await ada.send("/help")
    assert (await said(server, ada)).text == t("refuse.banned")


async def test_a_group_is_refused_in_its_own_language(
    world: BotWorld, server: TelegramServer, ada: Person, bob: Person
) -> None:
    group = server.group(creator=ada, members=[bob])
    server.add_bot(group, by=ada)
    await world.subscribed(group.id, kind="group", language="de")
    await world.subscribed(bob.id, language="fr")
    await bob.send("/topics", chat=group)
    assert (await said(server, group)).text == texts("de")("refuse.member")


async def test_who_has_chosen_a_language_in_private_begins_elsewhere_with_it(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    await world.subscribed(ada.id, language="de")
    group = server.group(creator=ada)
    server.add_bot(group, by=ada)
    assert (await said(server, group)).text == parse_html(texts("de")("group.greeting"))[0]
    await ada.send("/setup", chat=group)
    await server.settled()
    assert (await world.chat(group.id)).language == "de"
    server.add_bot(channel := server.channel(creator=ada), by=ada)
    await server.settled()
    assert (await world.chat(channel.id)).language == "de"


async def test_who_is_told_in_private_reads_the_language_chosen_there(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    await ada.send("/help")
    await world.subscribed(ada.id, language="de")
    group = server.group("Desk", creator=ada)
    server.add_bot(group, by=ada)
    await server.settled()
    server.fail(
        answer=error(400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
        method="sendMessage",
        chat_id=group.id,
    )
    await ada.send("/help@attache_test_bot", chat=group)
    assert (await said(server, ada)).text == texts("de")("refuse.no-right", title="Desk")


async def test_an_apology_is_given_although_nobody_knows_the_language(
    app: App, server: TelegramServer
) -> None:
    class Full(FakeChatStore):
        async def get(self, chat: int, thread: int = 0) -> Subscription | None:
            raise StoreError("the disk is full")

    doors = InProcessRequest(server), InProcessRequest(server)
    async with running(
        lambda username: replace(app, chats=Full(Tables()), owners=frozenset()),
        make_bot(
            token=server.token, request=doors[0], get_updates_request=doors[1], pace=Hurry().pace
        ),
    ):
        ada = server.user(7, "Ada", language_code="de")
        await ada.send("/digest")
        assert (await said(server, ada)).text == texts("de")("refuse.trouble")


async def test_cards_are_in_the_language_and_by_the_clocks_chosen_in_private(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    await world.subscribed(ada.id, language="de")
    late = datetime(2026, 8, 24, 22, 30, tzinfo=UTC)  # half past midnight in Zurich
    article = new_article("a", "It rained in Ankara.", published_at=late, relevance=0.2)
    await world.database.articles.add([Placed(article, -1)])
    query = await ada.inline("rained")
    assert query.results[0]["description"] == "The Paper · Di., 25. Aug."
