"""The server over HTTP, behind a whole application, and by hand."""

import asyncio
import signal
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest
from telegram import Bot, Update
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

from tests.patience import PATIENCE
from tests.telegram_server import (
    HANG,
    Answer,
    InProcessRequest,
    Person,
    TelegramServer,
    file_url,
    serve,
)
from tests.telegram_server.props import BROKEN, buttons

ROOT = Path(__file__).resolve().parents[3]


async def test_forms_files_and_downloads_over_http(
    server: TelegramServer, http_bot: Bot, ada: Person
) -> None:
    await http_bot.send_message(7, "<b>x</b> ü", parse_mode="HTML", reply_markup=buttons("A"))
    sent = await http_bot.send_document(7, b"bytes \x00", filename="é.bin", caption="c")
    assert sent.document and sent.document.file_name == "é.bin"
    file = await sent.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"bytes \x00"
    assert [one.text for one in server.sent(ada)] == ["x ü", "c"]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(("fault", "kind", "words"), BROKEN)
async def test_each_broken_transport_over_http(
    server: TelegramServer,
    http_bot: Bot,
    ada: Person,
    fault: Answer,
    kind: type[TelegramError],
    words: str,
    after: bool,
) -> None:
    server.fail(method="sendMessage", answer=fault, after_effect=after)
    with pytest.raises(kind, match=words):
        await http_bot.send_message(7, "x", read_timeout=1 if fault is HANG else PATIENCE)
    assert len(server.sent(ada)) == after
    await http_bot.send_message(7, "y")


async def test_a_slow_answer_comes_after_its_delay(
    server: TelegramServer, http_bot: Bot, ada: Person
) -> None:
    server.fail(method="sendMessage", answer=Answer(delay=0.6, body={}), after_effect=True)
    with pytest.raises(TimedOut):
        await http_bot.send_message(7, "x", read_timeout=0.3)


async def test_long_polling_over_http(server: TelegramServer, http_bot: Bot, ada: Person) -> None:
    polling = asyncio.create_task(http_bot.get_updates(timeout=3))
    await asyncio.sleep(0.05)
    await ada.send("x")
    assert len(await polling) == 1


async def test_an_abandoned_poll_makes_no_conflict(
    server: TelegramServer, http_bot: Bot, ada: Person
) -> None:
    polling = asyncio.create_task(http_bot.get_updates(timeout=3))
    await asyncio.sleep(0.1)
    polling.cancel()
    await asyncio.gather(polling, return_exceptions=True)
    await ada.send("x")
    assert len(await http_bot.get_updates(timeout=1)) == 1
    assert server.refused == ()


async def test_an_outage_is_a_closed_door_and_the_world_survives_it(
    server: TelegramServer, ada: Person
) -> None:
    async with serve(server) as base_url, Bot(server.token, base_url=base_url) as bot:
        await bot.send_message(7, "before")
    with pytest.raises(NetworkError, match="ConnectError"):
        await Bot(server.token, base_url=base_url).initialize()
    port = int(base_url.rpartition(":")[2].removesuffix("/bot"))
    async with serve(server, port=port) as again, Bot(server.token, base_url=again) as bot:
        await bot.send_message(7, "after")
    assert [one.text for one in server.sent(ada)] == ["before", "after"]


async def test_json_bodies_queries_and_unknown_methods(
    server: TelegramServer, base_url: str, ada: Person
) -> None:
    async with aiohttp.ClientSession(f"{base_url}{server.token}/") as session:
        params = {"chat_id": 7, "text": "x", "disable_notification": True}
        async with session.post("sendMessage", json=params) as response:
            assert (await response.json())["result"]["text"] == "x"
        async with session.get("sendMessage", params={"chat_id": "7", "text": "5"}) as response:
            assert (await response.json())["result"]["text"] == "5"
        async with session.post("sendPigeon") as response:
            assert response.status == 404
        for body in (b"{", b"[]"):
            kind = {"Content-Type": "application/json"}
            async with session.post("getMe", data=body, headers=kind) as response:
                assert response.status == 400
    async with aiohttp.ClientSession() as session:
        for path, status in ((f"{base_url}9:X/getMe", 401), (f"{base_url}x/getMe", 404)):
            async with session.get(path) as response:
                assert response.status == status
        async with session.get(f"{file_url(base_url)}{server.token}/a/b/c") as response:
            assert response.status == 404


async def test_updates_are_posted_to_a_webhook_until_accepted(
    server: TelegramServer, http_bot: Bot, ada: Person
) -> None:
    heard: list[tuple[str | None, dict[str, Any]]] = []

    async def hook(request: aiohttp.web.Request) -> aiohttp.web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        heard.append((secret, await request.json()))
        return aiohttp.web.Response(status=500 if len(heard) == 1 else 200)

    app = aiohttp.web.Application()
    app.router.add_post("/hook", hook)
    runner = aiohttp.web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await aiohttp.web.TCPSite(runner, "127.0.0.1", 0).start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await http_bot.set_webhook("http://127.0.0.1:9/", secret_token="s3cret")
    await ada.send("x")
    await asyncio.sleep(0.05)
    await http_bot.set_webhook(address, secret_token="s3cret")
    await server.settled()
    await runner.cleanup()
    assert [secret for secret, _ in heard] == ["s3cret", "s3cret"]
    assert heard[0][1]["message"]["text"] == "x"


async def greet(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.effective_message
    await update.effective_message.reply_html("<b>Welcome</b>", reply_markup=buttons("Go"))


async def go(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
    query = update.callback_query
    assert query
    await query.answer("Gone")
    await query.edit_message_text("Done")


@pytest.mark.parametrize("door", ["in process", "http"])
async def test_an_application_converses_through_either_door(
    server: TelegramServer, base_url: str, door: str
) -> None:
    builder = Application.builder().token(server.token)
    if door == "http":
        builder = builder.base_url(base_url)
    else:
        request = InProcessRequest(server)
        builder = builder.request(request).get_updates_request(InProcessRequest(server))
    application = builder.build()
    application.add_handler(CommandHandler("start", greet))
    application.add_handler(CallbackQueryHandler(go))
    ada = server.user(7, "Ada")
    async with application:
        await application.start()
        assert application.updater
        await application.updater.start_polling(timeout=5)
        await ada.send("/start")
        await server.wait_for(lambda: server.sent(ada))
        press = await ada.press(server.sent(ada)[0], "Go")
        await server.settled()
        await application.updater.stop()
        await application.stop()
    assert (press.text, server.sent(ada)[0].text) == ("Gone", "Done")
    assert server.refused == ()


async def test_a_waiter_gives_up_with_the_last_calls(server: TelegramServer, bot: Bot) -> None:
    with pytest.raises(AssertionError, match=r"not true within 0.02 s[\s\S]*getMe"):
        await server.wait_for(lambda: False, timeout=0.02)


async def test_it_runs_by_hand_without_a_terminal() -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.telegram_server", "--port", "0"),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin and process.stdout
    settings = (await asyncio.wait_for(process.stdout.readline(), PATIENCE)).decode().split()
    base_url = settings[0].removeprefix("ATTACHE_TELEGRAM_BASE_URL=")
    assert settings[1:] == ["ATTACHE_TELEGRAM_TOKEN=42:TEST", "attache", "run"]
    async with Bot("42:TEST", base_url=base_url) as bot:
        process.stdin.write(b"/start\n/press 1\n")
        await process.stdin.drain()
        *_, update = [one for one in await poll_until(bot, "/start")]
        await bot.send_message(7, "<b>Welcome</b>", parse_mode="HTML", reply_markup=buttons("Go"))
        process.stdin.write(b"/press 1\n@group /setup\n/dump\n")
        process.stdin.close()
        updates = await poll_until(bot, "/setup", update.update_id + 1)
        assert [one.callback_query.data for one in updates if one.callback_query] == ["Go"]
    process.send_signal(signal.SIGTERM)
    rest = (await process.stdout.read()).decode()
    assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
    assert "There is no button 1." in rest
    assert "Welcome\n[1: Go]" in rest


async def poll_until(bot: Bot, text: str, offset: int | None = None) -> list[Update]:
    """Updates up to the message with this text."""
    found: list[Update] = []
    while not any(one.message and one.message.text == text for one in found):
        new = await bot.get_updates(offset=offset, timeout=2)
        found += new
        offset = new[-1].update_id + 1 if new else offset
    return found


async def test_a_file_may_come_in_pieces_of_any_size(
    server: TelegramServer, base_url: str, ada: Person
) -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="chat_id"\r\n\r\n7\r\n'
        b'--x\r\nContent-Disposition: form-data; name="document"; filename="a.txt"\r\n\r\n'
    )
    rest = b"y" * 20_000 + b"\r\n--x--\r\n"
    where = urlsplit(base_url)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    head = (
        f"POST /bot{server.token}/sendDocument HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n"
        f"Content-Length: {len(body) + 103 + len(rest)}\r\n\r\n"
    )
    for piece in (head.encode() + body + b"z" * 100, b"zz", b"z" + rest):
        writer.write(piece)
        await writer.drain()
        await asyncio.sleep(0.05)  # so that each is read by itself
    answer = await asyncio.wait_for(reader.read(), PATIENCE)
    writer.close()
    assert b" 200 OK" in answer.splitlines()[0], answer
    assert len(server.sent(ada)) == 1
