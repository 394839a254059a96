"""Documents and pictures, sent and received, against a strict server."""

import pytest
from telegram.error import (
    BadRequest,
)

from bot.commands.upload import MOST_BYTES
from bot.talk.request import Document, Photo, Reply
from bot.telegram.app import Running, files_of
from bot.telegram.replies import Destination, carry_out
from digest.model.gathered import Fetched
from tests.bot_world import BotWorld
from tests.documents import TALKS, pdf
from tests.starting import started
from tests.telegram_messages import said
from tests.telegram_server import (
    Person,
    TelegramServer,
    error,
)
from tests.telegram_server.props import png
from tests.telegram_server.state import Message


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


async def test_a_picture_is_answered_in_words(server: TelegramServer, ada: Person) -> None:
    await ada.send_photo(b"a picture")
    assert "I read text" in (await said(server, ada)).text


async def test_the_words_below_a_picture_are_read(server: TelegramServer, ada: Person) -> None:
    await ada.send_photo(b"a picture", caption="/help")
    assert "What I can do" in (await said(server, ada)).text


async def test_an_album_is_answered_once(server: TelegramServer, ada: Person) -> None:
    for _ in range(3):
        await ada.send_photo(b"a picture", album="4711")
    await said(server, ada)
    assert len(server.sent(ada)) == 1
    await ada.send_photo(b"a picture")
    await said(server, ada)
    assert len(server.sent(ada)) == 2


async def test_albums_that_arrive_together_are_answered_once_each(
    server: TelegramServer, ada: Person, bob: Person
) -> None:
    for _ in range(3):
        await ada.send_photo(b"a picture", album="4711")
        await bob.send_photo(b"a picture", album="4712")
    await said(server, ada)
    await said(server, bob)
    assert (len(server.sent(ada)), len(server.sent(bob))) == (1, 1)


async def test_a_moving_picture_is_no_file(server: TelegramServer, ada: Person) -> None:
    await ada.send_animation(b"GIF89a")
    assert "I read text" in (await said(server, ada)).text
    assert server.calls("getFile") == ()


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


async def test_a_location_is_read_as_a_place(
    world: BotWorld, server: TelegramServer, ada: Person
) -> None:
    await world.subscribed(ada.id)
    await ada.send_location(46.21, 6.14)
    asked = await said(server, ada)
    assert "Geneva (Europe/Zurich)" in asked.text
    await ada.press(asked, "Yes, that is right")
    assert (await world.chat(ada.id)).schedule.place == "Geneva"
