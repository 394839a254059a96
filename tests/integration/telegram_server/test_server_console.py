"""The console for playing by hand, without its loop."""

import io

import pytest
from rich.console import Console
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from tests.telegram_server import in_process_bot
from tests.telegram_server.console import Stage, act, stage
from tests.telegram_server.props import buttons, png


@pytest.fixture
def scene() -> Stage:
    return stage(Console(file=io.StringIO(), width=100))


def printed(scene: Stage) -> str:
    file = scene.console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


async def test_a_line_is_a_message_and_quit_ends(scene: Stage) -> None:
    assert await act(scene, "/start")
    assert await act(scene, "")
    assert not await act(scene, "/quit")
    assert [one.text for one in scene.server.messages(scene.ada)] == ["/start"]


async def test_lines_can_go_to_the_topic_and_the_channel(scene: Stage) -> None:
    await act(scene, "@group /setup")
    await act(scene, "@channel news")
    said = scene.server.messages(scene.group)[-1]
    assert (said.text, said.thread_id) == ("/setup", next(reversed(scene.group.topics)))
    assert scene.server.messages(scene.channel)[-1].text == "news"


async def test_what_the_bot_does_is_printed(scene: Stage) -> None:
    bot = in_process_bot(scene.server)
    await act(scene, "/start")
    sent = await bot.send_message(7, "<b>Hi</b>", parse_mode="HTML", reply_markup=buttons("A"))
    await bot.edit_message_text("Bye", 7, sent.message_id)
    await bot.send_document(7, b"x", filename="x.txt")
    await bot.send_photo(7, png())
    await bot.get_updates(timeout=0)
    await bot.get_my_name()
    await scene.server.ask("sendMessage", chat_id=7, text="")
    shown = printed(scene)
    assert "Attaché\nHi\n[1: A]" in shown
    assert "edited\nBye" in shown
    assert "📎 x.txt" in shown and "🖼" in shown
    assert "sendMessage refused: Bad Request: message text is empty" in shown


async def test_presses_say_what_came_of_them(scene: Stage) -> None:
    bot = in_process_bot(scene.server)
    await act(scene, "/start")
    await act(scene, "/press 1")
    link = [InlineKeyboardButton("A", url="https://example.org")]
    await bot.send_message(7, "x", reply_markup=InlineKeyboardMarkup([link]))
    await act(scene, "/press 1")
    await act(scene, "/press 9")
    await act(scene, "/dump")
    shown = printed(scene)
    assert "There is no button 1." in shown
    assert "This button opens https://example.org." in shown
    assert "There is no button 9." in shown
    assert "#2 Attaché\nx\n[1: A → https://example.org]" in shown


async def test_a_press_without_an_answer_is_named(scene: Stage) -> None:
    bot = in_process_bot(scene.server)
    await act(scene, "/start")
    await bot.send_message(7, "x", reply_markup=buttons("A"))
    await act(scene, "/press 1")
    assert "did not answer" in printed(scene)
    (press,) = scene.server.presses.values()
    await bot.answer_callback_query(press.id, "late")
    assert "(note) late" in printed(scene)
