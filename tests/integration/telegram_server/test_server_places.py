"""Where the bot may write: private chats, groups, topics, channels."""

import pytest
from telegram import Bot, ReplyKeyboardMarkup, ReplyParameters, Update
from telegram.error import BadRequest, ChatMigrated, Forbidden

from tests.telegram_server import Chat, Person, TelegramServer

ALL = [*Update.ALL_TYPES]


async def test_who_has_not_started_the_bot_cannot_be_written_to(
    server: TelegramServer, bot: Bot
) -> None:
    server.user(8, "Bo")
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(8, "x")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(9, "x")


async def test_who_blocked_the_bot_cannot_be_written_to_until_unblocking(
    server: TelegramServer, bot: Bot, ada: Person
) -> None:
    ada.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(7, "x")
    ada.unblock()
    await bot.send_message(7, "x")
    updates = await bot.get_updates(timeout=0, allowed_updates=ALL)
    changes = [one.my_chat_member for one in updates if one.my_chat_member]
    assert [one.new_chat_member.status for one in changes] == ["kicked", "member"]


async def test_a_deactivated_user_cannot_be_written_to(
    server: TelegramServer, bot: Bot, ada: Person
) -> None:
    server.deactivate(ada)
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(7, "x")


@pytest.mark.parametrize(("supergroup", "name"), [(True, "supergroup"), (False, "group")])
async def test_a_group_needs_membership(
    server: TelegramServer, bot: Bot, ada: Person, supergroup: bool, name: str
) -> None:
    group = server.group(creator=ada, supergroup=supergroup)
    with pytest.raises(Forbidden, match=f"bot is not a member of the {name} chat"):
        await bot.send_message(group.id, "x")
    server.add_bot(group, by=ada)
    await bot.send_message(group.id, "x")
    server.kick_bot(group, by=ada)
    with pytest.raises(Forbidden, match=f"bot was kicked from the {name} chat"):
        await bot.send_message(group.id, "x")
    server.delete_chat(group)
    with pytest.raises(Forbidden, match=f"the {name} chat was deleted"):
        await bot.send_message(group.id, "x")


async def test_a_restricted_bot_may_not_send_what_it_lost(
    server: TelegramServer, bot: Bot, ada: Person
) -> None:
    group = server.group(creator=ada)
    server.restrict_bot(group, by=ada, without=["can_send_documents"])
    await bot.send_message(group.id, "x")
    with pytest.raises(BadRequest, match="Not enough rights to send documents to the chat"):
        await bot.send_document(group.id, b"x", filename="x.txt")
    server.restrict_bot(group, by=ada, without=["can_send_messages"])
    with pytest.raises(BadRequest, match="Not enough rights to send text messages to the chat"):
        await bot.send_message(group.id, "x")


async def test_a_channel_takes_posts_of_administrators_with_the_right_only(
    server: TelegramServer, bot: Bot, ada: Person
) -> None:
    channel = server.channel(creator=ada, username="edition")
    server.add_bot(channel, by=ada, rights=["can_edit_messages"])
    with pytest.raises(BadRequest, match="Need administrator rights in the channel chat"):
        await bot.send_message("@edition", "x")
    server.add_bot(channel, by=ada)
    post = await bot.send_message("@edition", "x")
    assert post.from_user is None and post.sender_chat and post.sender_chat.id == channel.id
    with pytest.raises(BadRequest, match="Inline keyboard expected"):
        await bot.send_message(channel.id, "x", reply_markup=ReplyKeyboardMarkup([["a"]]))


async def test_a_migrated_group_names_its_new_id(
    server: TelegramServer, bot: Bot, ada: Person
) -> None:
    group = server.group(creator=ada, supergroup=False)
    server.add_bot(group, by=ada)
    server.updates.confirm(10**9)
    new = server.migrate(group)
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(group.id, "x")
    assert caught.value.new_chat_id == new.id
    await bot.send_message(new.id, "x")
    joined, left, moved = await bot.get_updates(timeout=0, allowed_updates=ALL)
    assert joined.my_chat_member and joined.my_chat_member.chat.id == new.id
    assert left.message and left.message.migrate_to_chat_id == new.id
    assert moved.message and moved.message.migrate_from_chat_id == group.id


async def test_a_message_goes_to_its_topic(server: TelegramServer, bot: Bot, forum: Chat) -> None:
    thread = server.topic(forum, "Digest")
    sent = await bot.send_message(forum.id, "x", message_thread_id=thread)
    general = await bot.send_message(forum.id, "y")
    assert (sent.message_thread_id, sent.is_topic_message) == (thread, True)
    assert (general.message_thread_id, general.is_topic_message) == (None, None)
    assert [one.text for one in server.sent(forum, thread)] == ["x"]


async def test_a_topic_that_is_not_there_is_refused(
    server: TelegramServer, bot: Bot, ada: Person, forum: Chat
) -> None:
    thread = server.topic(forum)
    server.delete_topic(forum, thread)
    for number in (1, 99, thread):
        with pytest.raises(BadRequest, match="Message thread not found"):
            await bot.send_message(forum.id, "x", message_thread_id=number)
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(7, "x", message_thread_id=5)
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_chat_action(forum.id, "typing", message_thread_id=thread)


async def test_a_closed_topic_takes_messages_of_topic_managers_only(
    server: TelegramServer, bot: Bot, ada: Person, forum: Chat
) -> None:
    thread = server.topic(forum)
    server.close_topic(forum, thread)
    server.close_topic(forum)
    for number in (thread, None):
        with pytest.raises(BadRequest, match=r"(?i)Topic_closed"):
            await bot.send_message(forum.id, "x", message_thread_id=number)
    server.reopen_topic(forum)
    await bot.send_message(forum.id, "x")
    server.add_bot(forum, by=ada, as_admin=True)
    await bot.send_message(forum.id, "x", message_thread_id=thread)


async def test_a_message_in_a_topic_shows_the_topics_start_as_if_replied_to(
    server: TelegramServer, bot: Bot, ada: Person, forum: Chat
) -> None:
    thread = server.topic(forum, "Digest")
    await ada.send("/setup", chat=forum, thread=thread)
    update = (await bot.get_updates(timeout=0))[-1]
    assert update.message and update.message.reply_to_message
    assert update.message.reply_to_message.forum_topic_created
    assert update.message.reply_to_message.message_id == thread


async def test_a_reply_goes_to_the_topic_of_what_it_answers(
    server: TelegramServer, bot: Bot, ada: Person, forum: Chat
) -> None:
    asked = await ada.send("/digest", chat=forum, thread=server.topic(forum))
    sent = await bot.send_message(forum.id, "x", reply_parameters=ReplyParameters(asked.id))
    assert sent.message_thread_id == asked.thread_id


async def test_a_thread_of_replies_outside_of_forums_is_no_topic(
    server: TelegramServer, bot: Bot, ada: Person
) -> None:
    group = server.group(creator=ada)
    server.add_bot(group, by=ada)
    first = await bot.send_message(group.id, "x")
    second = await ada.send("one", chat=group, reply_to=group.messages[first.message_id])
    await ada.send("/two", chat=group, reply_to=second)
    update = (await bot.get_updates(timeout=0))[-1]
    assert update.message and update.message.message_thread_id == first.message_id
    assert not update.message.is_topic_message


async def test_what_a_group_forbids_its_members_it_forbids_the_bot(
    server: TelegramServer, bot: Bot, ada: Person
) -> None:
    group = server.group(creator=ada)
    group.permissions = frozenset()
    server.add_bot(group, by=ada)
    with pytest.raises(BadRequest, match="Not enough rights to send text messages"):
        await bot.send_message(group.id, "x")
    server.add_bot(group, by=ada, as_admin=True)
    await bot.send_message(group.id, "x")


async def test_bots_cannot_be_written_to(server: TelegramServer, bot: Bot) -> None:
    other = server.user(9, "Other")
    other.user.is_bot = True
    with pytest.raises(Forbidden, match="can't send messages to bots"):
        await bot.send_message(9, "x")


async def test_a_channel_deletes_by_right(server: TelegramServer, bot: Bot, ada: Person) -> None:
    channel = server.channel(creator=ada)
    server.add_bot(channel, by=ada, rights=["can_post_messages"])
    own = await bot.send_message(channel.id, "x")
    theirs = await ada.send("y", chat=channel)
    await bot.delete_message(channel.id, own.message_id)
    with pytest.raises(BadRequest, match="can't be deleted"):
        await bot.delete_message(channel.id, theirs.id)
    with pytest.raises(BadRequest, match="can't be edited"):
        await bot.edit_message_text("z", channel.id, theirs.id)
    server.add_bot(channel, by=ada)
    await bot.edit_message_text("z", channel.id, theirs.id)
