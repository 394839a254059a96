"""Updates: polling, webhook settings, their form."""

import asyncio

import pytest
from telegram import Bot
from telegram.error import BadRequest, Conflict

from tests.patience import PATIENCE
from tests.telegram_server import Chat, Person, TelegramServer
from tests.telegram_server.props import buttons


def kinds(server: TelegramServer) -> list[str]:
    """The kinds of the updates that wait, in order."""
    return [next(key for key in one if key != "update_id") for one in server.updates.pending]


async def test_updates_wait_until_they_are_confirmed(bot: Bot, ada: Person) -> None:
    await ada.send("one")
    await ada.send("two")
    first, second = await bot.get_updates(timeout=0)
    assert second.update_id == first.update_id + 1
    assert len(await bot.get_updates(timeout=0, limit=1)) == 1
    assert len(await bot.get_updates(limit=500, timeout=0)) == 2
    assert len(await bot.get_updates(offset=-1, timeout=0)) == 1
    assert await bot.get_updates(offset=second.update_id + 1, timeout=0) == ()


async def test_a_long_poll_ends_with_the_first_update(bot: Bot, ada: Person) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=int(PATIENCE)))
    await asyncio.sleep(0.02)
    assert not polling.done()
    await ada.send("x")
    (update,) = await polling
    assert update.message and update.message.text == "x"


async def test_a_long_poll_ends_empty_after_its_time(server: TelegramServer, bot: Bot) -> None:
    polling = asyncio.create_task(bot.get_updates(timeout=1))
    await asyncio.sleep(0.02)
    assert not polling.done()
    assert await polling == ()


async def test_a_second_poll_ends_the_first_with_a_conflict(bot: Bot, ada: Person) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=5))
    await asyncio.sleep(0.02)
    second = asyncio.create_task(bot.get_updates(timeout=5))
    with pytest.raises(Conflict, match=r"(?i)terminated by other getupdates request"):
        await first
    await ada.send("x")
    assert len(await second) == 1


async def test_polling_and_a_webhook_exclude_each_other(
    server: TelegramServer, bot: Bot, ada: Person
) -> None:
    await bot.set_webhook("https://bot.example.org/hook", allowed_updates=["message"])
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates(timeout=0)
    await ada.send("x")
    info = await bot.get_webhook_info()
    assert (info.url, info.pending_update_count) == ("https://bot.example.org/hook", 1)
    assert info.allowed_updates == ("message",)
    await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.get_updates(timeout=0) == ()
    with pytest.raises(BadRequest, match=r"(?i)https url"):
        await bot.set_webhook("http://bot.example.org/hook")


async def test_updates_and_answers_are_such_as_aiogram_accepts(
    server: TelegramServer, bot: Bot, ada: Person, forum: Chat
) -> None:
    from aiogram.types import Update as Model

    await bot.send_message(forum.id, "x", reply_markup=buttons("A"))
    await ada.press(server.sent(forum)[0], "A", patience=0)
    await ada.inline("x", patience=0)
    await ada.send_document("x.txt", b"x")
    server.promote(forum, ada, anonymous=True)
    await ada.send("/setup", chat=forum, thread=server.topic(forum))
    server.restrict_bot(forum, by=ada, without=["can_send_messages"])
    server.kick_bot(forum, by=ada)
    for update in server.updates.pending:
        extra = Model.model_validate(update).model_extra
        assert not extra, update
    assert {"message", "my_chat_member", "callback_query", "inline_query"} <= set(kinds(server))
