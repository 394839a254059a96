"""What updates say, for the cases that no server here sends."""

from datetime import UTC, datetime

import pytest
from telegram import CallbackQuery, Chat, Message, MessageEntity, Update, User

from bot.talk.callback import Callback
from bot.telegram.edits import _REMEMBERED, Written
from bot.telegram.updates import (
    Spoken,
    chat_of,
    hidden_link,
    may_ask,
    pressed,
    spoken,
    typed,
)

NOW = datetime(2026, 8, 25, 12, 2, tzinfo=UTC)
ADA = User(7, "Ada", is_bot=False)


@pytest.mark.parametrize(
    ("text", "command", "words"),
    [
        ("/digest", "digest", ""),
        ("/Digest", "digest", ""),
        ("/search  grain\ncorridor ", "search", "grain\ncorridor"),
        ("/why@Attache_bot 1", "why", "1"),
        ("grain corridor", "", "grain corridor"),
        ("/", "", "/"),
        ("/ digest", "", "/ digest"),
        ("/помощь", "помощь", ""),
        ("/Réglages@attache_bot x", "réglages", "x"),
        ("/a-b", "", "/a-b"),
    ],
)
def test_a_text_is_a_command_and_its_words(text: str, command: str, words: str) -> None:
    assert spoken(text, "attache_bot") == Spoken(command, words)


def test_a_command_for_another_bot_is_not_ours() -> None:
    assert spoken("/digest@other_bot", "attache_bot") is None


def test_an_update_without_a_chat_belongs_to_none() -> None:
    assert chat_of(Update(1)) is None
    assert chat_of("no update") is None


def test_a_button_of_an_inline_message_is_no_request() -> None:
    query = CallbackQuery("1", ADA, "x", data="1:help", inline_message_id="2")
    assert pressed(query, Callback("help", "help"), now=NOW) is None


def test_a_message_without_a_sender_comes_from_nobody() -> None:
    chat = Chat(-1, Chat.SUPERGROUP, title="Desk")
    request = typed(Message(1, NOW, chat), "words", now=NOW)
    assert (request.user, request.title, request.language) == (0, "Desk", "en")


@pytest.mark.parametrize(
    ("text", "url", "found"),
    [
        ("Read it here", "https://paper.example/a", "https://paper.example/a"),
        ("Read https://shown.example/b here", "https://paper.example/a", None),
        ("Our channel", "https://t.me/paper", None),
        ("Our channel", "tg://user?id=7", None),
    ],
)
def test_an_address_behind_words_is_found(text: str, url: str, found: str | None) -> None:
    entity = MessageEntity(MessageEntity.TEXT_LINK, 0, 4, url=url)
    chat = Chat(7, "private")
    assert hidden_link(Message(1, NOW, chat, text=text, entities=(entity,))) == found
    assert hidden_link(Message(1, NOW, chat, caption=text, caption_entities=(entity,))) == found


def test_who_puts_a_message_in_other_words_in_private_may_ask() -> None:
    message = Message(1, NOW, Chat(7, Chat.PRIVATE), text="corridor")
    assert may_ask(Update(1, edited_message=message))
    assert not may_ask(Update(1))


def test_of_the_messages_the_last_are_remembered() -> None:
    written = Written()
    messages = [
        Message(number, NOW, Chat(7, Chat.PRIVATE), text="corridor")
        for number in range(_REMEMBERED + 1)
    ]
    for message in messages:
        written.note(message)
    other = [Message(n, NOW, Chat(7, Chat.PRIVATE), text="grain") for n in (0, 1)]
    assert [written.is_changed(one) for one in other] == [False, True]
    assert not written.is_changed(messages[1])
