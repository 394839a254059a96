"""Rate limits and scripted faults."""

import json
from datetime import timedelta
from typing import Any

import pytest
from telegram import Bot
from telegram.error import NetworkError, RetryAfter, TelegramError

from tests.telegram_server import (
    CLOSE,
    REFUSED,
    Answer,
    Person,
    TelegramServer,
    error,
    in_process_bot,
)
from tests.telegram_server.props import BROKEN, StillClock


@pytest.fixture
async def limited(clock: StillClock) -> TelegramServer:
    return TelegramServer(now=clock, limits=True)


async def started(server: TelegramServer, number: int) -> Person:
    person = server.user(number)
    await person.send("/start")
    return person


async def test_one_message_a_second_in_a_private_chat(
    limited: TelegramServer, clock: StillClock
) -> None:
    await started(limited, 7)
    bot = in_process_bot(limited)
    await bot.send_message(7, "x")
    clock.time += 0.5
    with pytest.raises(RetryAfter) as caught:
        await bot.send_message(7, "x")
    assert caught.value.retry_after == timedelta(seconds=1)
    clock.time += 0.5
    await bot.send_message(7, "x")


async def test_twenty_messages_a_minute_in_a_group(
    limited: TelegramServer, clock: StillClock
) -> None:
    ada = await started(limited, 7)
    group = limited.group(creator=ada)
    limited.add_bot(group, by=ada)
    for _ in range(20):
        assert (await limited.ask("sendMessage", chat_id=group.id, text="x")).answer.status == 200
        clock.time += 1
    call = await limited.ask("sendMessage", chat_id=group.id, text="x")
    assert call.answer.status == 429
    assert call.answer.body == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 40",
        "parameters": {"retry_after": 40},
    }


async def test_thirty_messages_a_second_in_all_unless_paid(limited: TelegramServer) -> None:
    for number in range(1, 33):
        await started(limited, number)
    for number in range(1, 31):
        assert (await limited.ask("sendMessage", chat_id=number, text="x")).answer.status == 200
    assert (await limited.ask("sendMessage", chat_id=31, text="x")).answer.status == 429
    paid = await limited.ask("sendMessage", chat_id=32, text="x", allow_paid_broadcast=True)
    assert paid.answer.status == 200


async def test_a_scripted_refusal_comes_once_and_is_not_the_bots_fault(
    server: TelegramServer, bot: Bot, ada: Person
) -> None:
    server.fail(
        method="sendMessage", chat_id=7, answer=error(429, "Too Many Requests", retry_after=7)
    )
    await bot.send_chat_action(7, "typing")
    with pytest.raises(RetryAfter):
        await bot.send_message(7, "x")
    assert server.sent(ada) == ()
    await bot.send_message(7, "x")
    assert server.refused == ()
    assert [one.is_ok for one in server.calls("sendMessage", ada)] == [False, True]


async def test_a_fault_may_begin_later_and_last_until_healed(
    server: TelegramServer, bot: Bot, ada: Person
) -> None:
    fault = server.fail(answer=error(500, "Internal Server Error"), skip=1, times=None)
    await bot.send_message(7, "x")
    for _ in range(3):
        with pytest.raises(NetworkError):
            await bot.send_message(7, "x")
    assert fault.hits == 3
    server.heal()
    await bot.send_message(7, "x")


async def test_a_fault_of_another_chat_hurts_no_other(
    server: TelegramServer, bot: Bot, ada: Person
) -> None:
    server.fail(answer=CLOSE, chat_id=8)
    await bot.send_message(7, "x")


async def test_a_fault_may_change_the_true_answer(
    server: TelegramServer, bot: Bot, ada: Person
) -> None:
    def elsewhere(truth: Answer) -> Answer:
        body: Any = json.loads(truth.payload)
        body["result"]["chat"]["id"] = 99
        return Answer(body=body)

    server.fail(answer=elsewhere, after_effect=True)
    sent = await bot.send_message(7, "x")
    assert sent.chat_id == 99
    assert len(server.sent(ada)) == 1


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(("fault", "kind", "words"), [*BROKEN, (REFUSED, NetworkError, "ConnectE")])
async def test_each_broken_transport_in_process(
    server: TelegramServer,
    bot: Bot,
    ada: Person,
    fault: Answer,
    kind: type[TelegramError],
    words: str,
    after: bool,
) -> None:
    server.fail(method="sendMessage", answer=fault, after_effect=after)
    with pytest.raises(kind, match=words):
        await bot.send_message(7, "x")
    assert len(server.sent(ada)) == after
    assert server.calls("sendMessage")[0].was_done is after
