"""Messages after sending, and files."""

import io
from typing import Any

import pytest
from telegram import Bot
from telegram.error import BadRequest, NetworkError

from tests.telegram_server import Chat, Person, TelegramServer
from tests.telegram_server.props import StillClock, buttons, png
from tests.telegram_server.schema import Upload


async def test_an_edit_changes_the_message_in_place(
    server: TelegramServer, bot: Bot, ada: Person
) -> None:
    sent = await bot.send_message(7, "one", reply_markup=buttons("A"))
    await bot.edit_message_text("two", 7, sent.message_id, reply_markup=buttons("B"))
    (message,) = server.sent(ada)
    assert (message.text, message.labels) == ("two", ("B",))
    await bot.edit_message_reply_markup(7, sent.message_id)
    assert message.labels == ()


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, ada: Person) -> None:
    sent = await bot.send_message(7, "<b>one</b>", parse_mode="HTML", reply_markup=buttons("A"))
    same: dict[str, Any] = {"parse_mode": "HTML", "reply_markup": buttons("A")}
    with pytest.raises(BadRequest, match="Message is not modified: specified new message content"):
        await bot.edit_message_text("<strong>one</strong>", 7, sent.message_id, **same)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await bot.edit_message_reply_markup(7, sent.message_id, reply_markup=buttons("A"))


async def test_only_ones_own_messages_can_be_edited(bot: Bot, ada: Person) -> None:
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", 7, 1)
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", 7, 99)
    with pytest.raises(BadRequest, match=r"(?i)message_id_invalid"):
        await bot.edit_message_text("x", inline_message_id="abc")


async def test_captions_are_edited_as_captions(bot: Bot, ada: Person) -> None:
    words = await bot.send_message(7, "x")
    file = await bot.send_document(7, b"x", filename="x.txt", caption="one")
    with pytest.raises(BadRequest, match="no text in the message to edit"):
        await bot.edit_message_text("two", 7, file.message_id)
    with pytest.raises(BadRequest, match="no caption in the message to edit"):
        await bot.edit_message_caption(7, words.message_id, caption="two")
    with pytest.raises(BadRequest, match="not modified"):
        await bot.edit_message_caption(7, file.message_id, caption="one")
    edited = await bot.edit_message_caption(7, file.message_id, caption="two")
    assert not isinstance(edited, bool) and edited.caption == "two"


async def test_a_deleted_message_is_gone(server: TelegramServer, bot: Bot, ada: Person) -> None:
    sent = await bot.send_message(7, "x")
    await bot.delete_message(7, sent.message_id)
    assert server.sent(ada) == ()
    with pytest.raises(BadRequest, match="Message to delete not found"):
        await bot.delete_message(7, sent.message_id)


async def test_old_and_others_messages_cannot_be_deleted(
    server: TelegramServer, bot: Bot, ada: Person, clock: StillClock
) -> None:
    group = server.group(creator=ada)
    server.add_bot(group, by=ada)
    theirs = await ada.send("hello", chat=group)
    with pytest.raises(BadRequest, match="can't be deleted"):
        await bot.delete_message(group.id, theirs.id)
    server.add_bot(group, by=ada, as_admin=True)
    await bot.delete_message(group.id, theirs.id)
    sent = await bot.send_message(7, "x")
    clock.time += 49 * 3600
    with pytest.raises(BadRequest, match="can't be deleted"):
        await bot.delete_message(7, sent.message_id)


async def test_pinning_needs_the_right(server: TelegramServer, bot: Bot, ada: Person) -> None:
    group = server.group(creator=ada)
    server.add_bot(group, by=ada)
    sent = await bot.send_message(group.id, "x")
    with pytest.raises(BadRequest, match="Not enough rights to manage pinned messages"):
        await bot.pin_chat_message(group.id, sent.message_id)
    server.add_bot(group, by=ada, as_admin=True, rights=["can_pin_messages"])
    await bot.pin_chat_message(group.id, sent.message_id)
    pinned = (await bot.get_chat(group.id)).pinned_message
    assert pinned and pinned.message_id == sent.message_id
    await bot.unpin_chat_message(group.id)
    await bot.pin_chat_message(group.id, sent.message_id)
    await bot.unpin_chat_message(group.id, sent.message_id)
    assert (await bot.get_chat(group.id)).pinned_message is None


async def test_copies_and_forwards_carry_text_and_files(
    server: TelegramServer, bot: Bot, ada: Person
) -> None:
    channel = server.channel(creator=ada)
    server.add_bot(channel, by=ada)
    file = await bot.send_document(7, b"x", filename="x.txt", caption="one")
    await bot.copy_message(channel.id, 7, file.message_id, caption="<b>two</b>", parse_mode="HTML")
    (post,) = server.sent(channel)
    assert (post.text, post.media["document"]["file_name"]) == ("two", "x.txt")
    back = await bot.forward_message(7, channel.id, post.id)
    theirs = await bot.forward_message(7, 7, 1)
    assert back.forward_origin and back.forward_origin.type == "channel"
    assert theirs.forward_origin and theirs.forward_origin.type == "user"


async def test_service_messages_cannot_be_copied_or_forwarded(
    server: TelegramServer, bot: Bot, ada: Person, forum: Chat
) -> None:
    note = server.topic(forum)
    with pytest.raises(BadRequest, match="can't be copied"):
        await bot.copy_message(7, forum.id, note)
    with pytest.raises(BadRequest, match="can't be forwarded"):
        await bot.forward_message(7, forum.id, note)
    anonymous = await ada.send("/x", chat=forum, anonymous=True)
    sent = await bot.forward_message(7, forum.id, anonymous.id)
    assert sent.forward_origin and sent.forward_origin.type == "chat"


async def test_a_document_sent_by_a_person_can_be_downloaded(
    server: TelegramServer, bot: Bot, ada: Person
) -> None:
    await ada.send_document("feeds.opml", b"<opml/>", mime="text/x-opml", caption="/opml")
    (update,) = await bot.get_updates(timeout=0)
    assert update.message and update.message.document
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"<opml/>"
    assert update.message.caption == "/opml"


async def test_files_have_limits(server: TelegramServer, bot: Bot, ada: Person) -> None:
    with pytest.raises(BadRequest, match="File must be non-empty"):
        await bot.send_document(7, io.BytesIO(b""), filename="x.txt")
    with pytest.raises(NetworkError, match="Too Large"):
        await bot.send_photo(7, b"x" * (10 * 1024 * 1024 + 1))
    with pytest.raises(BadRequest, match="Message caption is too long"):
        await bot.send_document(7, b"x", filename="x.txt", caption="x" * 1025)
    with pytest.raises(BadRequest, match="Wrong file_id"):
        await bot.get_file("nothing")
    with pytest.raises(BadRequest, match="Wrong file identifier"):
        await bot.send_document(7, "nothing")
    big = await ada.send_document("big.bin", b"x" * (20 * 1024 * 1024 + 1))
    with pytest.raises(BadRequest, match="File is too big"):
        await bot.get_file(big.media["document"]["file_id"])


async def test_a_document_may_have_a_thumbnail(bot: Bot, ada: Person) -> None:
    sent = await bot.send_document(7, b"x", filename="x.txt", thumbnail=b"picture")
    assert sent.document and sent.document.file_name == "x.txt"


async def test_an_attachment_that_nothing_names_is_refused(
    server: TelegramServer, ada: Person
) -> None:
    stray = Upload("x.txt", b"x")
    call = await server.ask("sendMessage", chat_id=7, text="x", stray=stray)
    assert call.description == 'Bad Request: unknown parameter "stray"'
    call = await server.ask("sendDocument", chat_id=7, document="attach://x", thumbnail="no")
    assert not call.is_ok


async def test_a_photo_can_be_sent_again_by_its_id_or_address(bot: Bot, ada: Person) -> None:
    first = await bot.send_photo(7, png(), caption="<b>x</b>", parse_mode="HTML")
    again = await bot.send_photo(7, first.photo[0].file_id)
    await bot.send_photo(7, "https://example.org/x.png")
    assert again.photo[0].file_id == first.photo[0].file_id


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"GIF89a", "Image_process_failed"),
        (b"\x89PNG\r\n\x1a\n", "Image_process_failed"),
        (png(9000, 1001), "Photo_invalid_dimensions"),
        (png(2100, 100), "Photo_invalid_dimensions"),
        (png(0, 100), "Photo_invalid_dimensions"),
    ],
)
async def test_what_is_no_picture_is_refused(
    bot: Bot, ada: Person, data: bytes, reason: str
) -> None:
    with pytest.raises(BadRequest, match=reason):
        await bot.send_photo(7, data)


async def test_a_photo_has_the_size_of_its_file(bot: Bot, ada: Person) -> None:
    (size,) = (await bot.send_photo(7, png(960, 480))).photo
    assert (size.width, size.height) == (960, 480)
