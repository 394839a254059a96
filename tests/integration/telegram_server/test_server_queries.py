"""Presses of buttons and inline queries."""

import asyncio

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
)
from telegram.error import BadRequest

from tests.telegram_server import Person, TelegramServer
from tests.telegram_server.props import StillClock, buttons


async def reason(server: TelegramServer, method: str, **params: object) -> str:
    """Why a call is refused."""
    return (await server.ask(method, **params)).description


async def test_a_press_is_told_and_answered(server: TelegramServer, bot: Bot, ada: Person) -> None:
    await bot.send_message(7, "Topics", reply_markup=buttons("Peace", "Trade"))
    waiting = asyncio.create_task(ada.press(server.sent(ada)[0], "Trade"))
    (update,) = await bot.get_updates(timeout=2)
    assert update.callback_query and update.callback_query.data == "Trade"
    await update.callback_query.answer("Noted", show_alert=True)
    press = await waiting
    assert (press.is_answered, press.text, press.is_alert) == (True, "Noted", True)


async def test_a_press_can_be_answered_once_and_not_too_late(
    server: TelegramServer, bot: Bot, ada: Person, clock: StillClock
) -> None:
    await bot.send_message(7, "x", reply_markup=buttons("A"))
    first = await ada.press(server.sent(ada)[0], "A", patience=0)
    assert not first.is_answered
    await bot.answer_callback_query(first.id)
    late = await ada.press_raw(server.sent(ada)[0], "gone:1", patience=0)
    clock.time += 31
    for number in (first.id, late.id, "5"):
        with pytest.raises(BadRequest, match="Query is too old and response timeout expired"):
            await bot.answer_callback_query(number)


async def test_answers_to_presses_have_limits(
    server: TelegramServer, bot: Bot, ada: Person
) -> None:
    await bot.send_message(7, "x", reply_markup=buttons("A"))
    press = await ada.press(server.sent(ada)[0], "A", patience=0)
    with pytest.raises(BadRequest, match=r"(?i)message_too_long"):
        await bot.answer_callback_query(press.id, "x" * 201)
    with pytest.raises(BadRequest, match=r"(?i)url_invalid"):
        await bot.answer_callback_query(press.id, url="https://example.org")


async def test_people_press_only_what_they_see(
    server: TelegramServer, bot: Bot, ada: Person
) -> None:
    link = InlineKeyboardMarkup([[InlineKeyboardButton("A", url="https://example.org")]])
    await bot.send_message(7, "x", reply_markup=link)
    message = server.sent(ada)[0]
    with pytest.raises(AssertionError, match="no button"):
        await ada.press(message, "B")
    with pytest.raises(AssertionError, match="sends nothing"):
        await ada.press(message, "A")
    with pytest.raises(AssertionError, match="does not see"):
        await server.user(8, "Bo").press_raw(message, "A")


async def test_an_inline_query_gets_results(server: TelegramServer, bot: Bot, ada: Person) -> None:
    content = InputTextMessageContent("<b>x</b>", parse_mode="HTML")
    card = InlineQueryResultArticle("1", "Story", content, reply_markup=buttons("A"))
    waiting = asyncio.create_task(ada.inline("iran"))
    (update,) = await bot.get_updates(timeout=2)
    assert update.inline_query and update.inline_query.query == "iran"
    await update.inline_query.answer([card])
    query = await waiting
    assert [one["title"] for one in query.results] == ["Story"]
    with pytest.raises(BadRequest, match="Query is too old"):
        await update.inline_query.answer([card])


@pytest.mark.parametrize(
    ("cards", "refusal"),
    [
        ([("1", "x"), ("1", "y")], "RESULT_ID_DUPLICATE"),
        ([("x" * 65, "x")], "RESULT_ID_INVALID"),
        ([("1", "<b>x")], "can't parse entities"),
        ([(str(number), "x") for number in range(51)], "RESULTS_TOO_MUCH"),
    ],
)
async def test_inline_results_have_limits(
    server: TelegramServer, ada: Person, cards: list[tuple[str, str]], refusal: str
) -> None:
    query = await ada.inline("x", patience=0)
    results = [
        {
            "type": "article",
            "id": name,
            "title": "x",
            "input_message_content": {"message_text": text, "parse_mode": "HTML"},
        }
        for name, text in cards
    ]
    told = await reason(server, "answerInlineQuery", inline_query_id=query.id, results=results)
    assert refusal in told
