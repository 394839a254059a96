"""Owners, and whom they let in, ban or write to, against a strict server."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.talk.app import App
from bot.talk.texts import available, texts
from bot.telegram.app import Running, make_bot, running
from bot.telegram.rights import Rights
from digest.model.sources import NewSource, Outlet
from tests.bot_world import NOW, OWNER, BotWorld, Hurry
from tests.fakes import FakeClock
from tests.telegram_messages import said, silent
from tests.telegram_server import (
    InProcessRequest,
    Person,
    TelegramServer,
    parse_html,
)


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
