"""Everything is said in the language that a chat or a person has chosen."""

from dataclasses import replace

import pytest

from bot.talk.app import App
from bot.talk.texts import texts
from bot.telegram.app import make_bot, running
from digest.errors import StoreError
from digest.model.chats import Chat as Subscription
from tests.bot_world import NOW, BotWorld, Hurry
from tests.fakes.chats import FakeChatStore
from tests.fakes.tables import Tables
from tests.telegram_messages import said
from tests.telegram_server import (
    InProcessRequest,
    Person,
    TelegramServer,
    error,
    parse_html,
)


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
