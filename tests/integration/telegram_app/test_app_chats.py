"""Readers, groups and channels against a strict server: set up, renamed, left and found again."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from digest.compose.compose import compose
from digest.compose.edition import edition
from digest.model.chats import Wish
from digest.model.digests import Shown, Window
from digest.model.stories import Placed
from tests.articles import new_article
from tests.bot_world import NOW, BotWorld
from tests.documents import TALKS
from tests.telegram_messages import said, silent
from tests.telegram_server import (
    Person,
    TelegramServer,
    error,
)

HOUR = timedelta(hours=1)


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
    assert asked == [
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
        "inline_query",
    ]


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


async def test_what_is_put_in_other_words_in_private_is_answered_anew(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    await world.subscribed(ada.id)
    first = await ada.send("/folow Iran")
    assert "/follow" in (await said(server, ada)).text
    await ada.edit(first, "/follow Iran")
    assert "Iran" in str((await said(server, ada)).labels)
    assert (await world.chat(ada.id)).wish.follow == {"IR"}


async def test_an_edit_that_changes_no_word_is_passed_over(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    await world.subscribed(ada.id)
    message = await ada.send("corridor")
    await ada.edit(message)
    picture = await ada.send_photo(b"\xff\xd8")
    await ada.edit(picture)
    await said(server, ada)
    assert len(server.sent(ada)) == 2


async def test_an_edit_in_a_group_or_of_an_unknown_message_is_passed_over(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    await world.subscribed(ada.id)
    group = server.group(creator=ada)
    message = await ada.send("/nonsense", chat=group)
    await ada.edit(message, "/digest")
    old = server.post(ada.chat, ada.user)
    await ada.edit(old, "/digest")
    assert await silent(server, group)
    assert await silent(server, ada)


async def test_a_number_in_reply_is_that_of_the_digest_replied_to(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    await world.subscribed(7)
    published = {"published_at": NOW - HOUR, "first_seen_at": NOW - HOUR}
    body = " ".join(TALKS)
    drafts = [replace(new_article(key, body, title=key), **published) for key in ("one", "two")]
    await world.database.articles.add([Placed(draft, -1 - n) for n, draft in enumerate(drafts)])
    whole = edition(await world.database.articles.snapshot(Window(NOW - 2 * HOUR, NOW)))
    items = compose(whole, Wish(), Shown()).items
    assert len(items) == 2
    digests = []
    for item in items:
        world.composer.items = (item,)
        await ada.send("/digest" if len(digests) else "digest")
        digests.append(await said(server, ada))
        world.clock.advance(HOUR)

    for digest, item in zip(digests, items, strict=True):
        await ada.send("1", reply_to=digest)
        assert (await said(server, ada)).text.startswith(item.headline)
    await ada.send("1")
    assert (await said(server, ada)).text.startswith(items[-1].headline)
    offered = (await ada.inline("")).results  # the last digest first
    assert [one["title"] for one in offered] == [items[-1].headline, items[0].headline]
    assert server.refused == ()


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
