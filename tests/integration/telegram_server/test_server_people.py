"""Members of chats, and what the bot sees of what people do."""

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden

from tests.telegram_server import Chat, Person, TelegramServer
from tests.telegram_server.props import buttons


def kinds(server: TelegramServer) -> list[str]:
    """The kinds of the updates that wait, in order."""
    return [next(key for key in one if key != "update_id") for one in server.updates.pending]


async def test_chats_and_members_are_described(
    server: TelegramServer, bot: Bot, ada: Person, forum: Chat
) -> None:
    bo = server.user(8, "Bo")
    server.add_member(forum, bo)
    server.promote(forum, bo, rights=["can_pin_messages"], anonymous=True)
    chat = await bot.get_chat(forum.id)
    admin = await bot.get_chat_member(forum.id, 8)
    assert (chat.title, chat.is_forum, chat.type) == ("Desk", True, "supergroup")
    assert admin.status == "administrator" and admin.is_anonymous and admin.can_pin_messages  # type: ignore[attr-defined]
    assert await bot.get_chat_member_count(forum.id) == 3
    assert {one.user.id for one in await bot.get_chat_administrators(forum.id)} == {7, 8}
    server.demote(forum, bo)
    assert (await bot.get_chat_member(forum.id, 8)).status == "member"
    server.remove(forum, bo, ban=True)
    assert (await bot.get_chat_member(forum.id, 8)).status == "kicked"
    assert (await bot.get_chat_member(7, 7)).status == "member"
    assert await bot.get_chat_member_count(7) == 2


async def test_what_cannot_be_known_of_members_is_refused(
    server: TelegramServer, bot: Bot, ada: Person, forum: Chat
) -> None:
    with pytest.raises(BadRequest, match=r"(?i)participant_id_invalid"):
        await bot.get_chat_member(forum.id, 99)
    with pytest.raises(BadRequest, match="no administrators in the private chat"):
        await bot.get_chat_administrators(7)
    channel = server.channel(creator=ada)
    with pytest.raises(Forbidden, match="not a member of the channel chat"):
        await bot.get_chat_member(channel.id, 7)
    assert (await bot.get_chat_member(forum.id, bot.id)).status == "member"
    server.restrict_bot(channel, by=ada, without=[])
    with pytest.raises(BadRequest, match=r"(?i)member list is inaccessible"):
        await bot.get_chat_member(channel.id, 7)
    with pytest.raises(BadRequest, match="private chats"):
        await bot.leave_chat(7)


async def test_channels_and_private_chats_are_described_too(
    server: TelegramServer, bot: Bot, ada: Person
) -> None:
    channel = server.channel("Edition", creator=ada, username="edition")
    server.add_member(channel, server.user(8, "Bo"))
    server.add_bot(channel, by=ada)
    assert (await bot.get_chat("@edition")).title == "Edition"
    assert (await bot.get_chat(7)).first_name == "Ada"
    assert await bot.get_chat_member_count(channel.id) == 3


async def test_a_bot_that_leaves_has_left(server: TelegramServer, bot: Bot, forum: Chat) -> None:
    await bot.leave_chat(forum.id)
    with pytest.raises(Forbidden, match="not a member"):
        await bot.get_chat(forum.id)
    assert server.refused[-1].method == "getChat"


async def test_changes_of_members_are_told_only_if_asked_for(
    server: TelegramServer, bot: Bot, ada: Person, forum: Chat
) -> None:
    bo = server.user(8, "Bo")
    server.add_bot(forum, by=ada, as_admin=True)
    server.promote(forum, bo)
    assert "chat_member" not in kinds(server)
    await bot.get_updates(timeout=0, allowed_updates=["chat_member"])
    server.demote(forum, bo)
    assert kinds(server)[-1] == "chat_member"
    await ada.send("/digest")
    assert kinds(server)[-1] == "chat_member"


async def test_with_privacy_the_bot_sees_commands_replies_and_service_messages(
    server: TelegramServer, bot: Bot, ada: Person
) -> None:
    group = server.group(creator=ada)
    server.add_bot(group, by=ada)
    own = await bot.send_message(group.id, "x")
    server.updates.confirm(10**9)
    await ada.send("chatter", chat=group)
    await ada.send("/digest@other_bot", chat=group)
    await ada.send("/digest@Attache_Test_Bot", chat=group)
    await ada.send("/help me", chat=group)
    await ada.send("thanks", chat=group, reply_to=group.messages[own.message_id])
    seen = [one.message.text for one in await bot.get_updates(timeout=0) if one.message]
    assert seen == ["/digest@Attache_Test_Bot", "/help me", "thanks"]


async def test_an_administrator_or_a_bot_without_privacy_sees_all(
    server: TelegramServer, ada: Person
) -> None:
    group = server.group(creator=ada)
    server.add_bot(group, by=ada)
    server.updates.confirm(10**9)
    server.has_privacy = False
    await ada.send("one", chat=group)
    server.has_privacy = True
    server.add_bot(group, by=ada, as_admin=True)
    await ada.send("two", chat=group)
    assert kinds(server) == ["message", "my_chat_member", "message"]


async def test_a_stranger_bot_sees_nothing(server: TelegramServer, ada: Person) -> None:
    group, channel = server.group(creator=ada), server.channel(creator=ada)
    await ada.send("/digest", chat=group)
    await ada.send("post", chat=channel)
    assert kinds(server) == []
    server.add_bot(channel, by=ada)
    await ada.send("post", chat=channel)
    assert kinds(server) == ["my_chat_member", "channel_post"]


async def test_an_anonymous_administrator_writes_as_the_group_and_presses_as_a_person(
    server: TelegramServer, bot: Bot, ada: Person, forum: Chat
) -> None:
    server.promote(forum, ada, anonymous=True)
    server.updates.confirm(10**9)
    thread = server.topic(forum)
    await ada.send("/setup", chat=forum, thread=thread)
    update = (await bot.get_updates(timeout=0))[-1]
    assert update.message and update.message.from_user and update.message.sender_chat
    assert update.message.from_user.id == 1087968824
    assert update.message.sender_chat.id == forum.id
    assert update.message.message_thread_id == thread and update.message.is_topic_message
    assert [one.type for one in update.message.entities] == ["bot_command"]
    sent = await bot.send_message(forum.id, "x", reply_markup=buttons("A"))
    await ada.press(forum.messages[sent.message_id], "A", patience=0)
    assert server.updates.pending[-1]["callback_query"]["from"]["id"] == 7


async def test_people_write_only_where_they_may(server: TelegramServer, ada: Person) -> None:
    bo = server.user(8, "Bo")
    group, channel = server.group(creator=ada), server.channel(creator=ada, members=[bo])
    with pytest.raises(AssertionError, match="is not in"):
        await bo.send("x", chat=group)
    with pytest.raises(AssertionError, match="has no topic"):
        await ada.send("x", chat=group, thread=5)
    with pytest.raises(AssertionError, match="may not post"):
        await bo.send("x", chat=channel)
    with pytest.raises(AssertionError, match="another's chat"):
        await bo.send("x", chat=ada.chat)
    ada.block()
    with pytest.raises(AssertionError, match="has blocked"):
        await ada.send("x")
