"""The transport to Telegram: what arrives, and what each way of breaking means."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress

import pytest
import structlog
from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram import InputFile
from telegram.error import Forbidden, NetworkError, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot import logs
from bot.talk.app import App
from bot.telegram.app import make_bot, running
from bot.telegram.messenger import MethodUnknown, delivery_error
from bot.telegram.request import AiohttpRequest, ConnectError, ConnectTimeout
from digest.errors import InputError, NotSent, RetryLater, Uncertain
from tests.patience import PATIENCE
from tests.quality.light_server import LightServer, serving
from tests.telegram_server import (
    BAD_GATEWAY,
    CAPTIVE_PORTAL,
    CLOSE,
    HANG,
    RESET,
    TRUNCATED,
    Answer,
    TelegramServer,
    error,
    file_url,
    serve,
)

TOKEN = "7200000042:AAH-canary-of-the-transport"
ADA = 7


@pytest.fixture
async def server() -> TelegramServer:
    server = TelegramServer(token=TOKEN)
    await server.user(ADA, "Ada").send("/start")
    return server


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncIterator[ExtBot[None]]:
    async with serve(server) as base_url:
        transport = AiohttpRequest(connections=2, read_timeout=PATIENCE)
        bot: ExtBot[None] = ExtBot(
            TOKEN, base_url=base_url, base_file_url=file_url(base_url), request=transport
        )
        async with bot:
            yield bot


def at(port: int) -> ExtBot[None]:
    return ExtBot(
        TOKEN,
        base_url=f"http://127.0.0.1:{port}/bot",
        request=AiohttpRequest(connections=1),
        get_updates_request=AiohttpRequest(connections=1),
    )


@contextmanager
def full_house() -> Iterator[int]:
    """A port that lets nobody in any more: its queue is full."""
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listening:
        waiting = []
        for _ in range(4):
            guest = socket.socket()
            guest.setblocking(False)
            guest.connect_ex(listening.getsockname())
            waiting.append(guest)
        yield listening.getsockname()[1]
        for guest in waiting:
            guest.close()


async def test_words_and_files_arrive_and_come_back(
    server: TelegramServer, bot: ExtBot[None]
) -> None:
    sent = await bot.send_message(ADA, "Grüße & <b>")
    assert sent.text == server.sent(ADA)[-1].text == "Grüße & <b>"
    sent = await bot.send_document(ADA, InputFile(b"of bytes", "x.txt"), caption="a file")
    assert sent.document is not None
    file = await sent.document.get_file()
    assert await file.download_as_bytearray() == b"of bytes"


async def test_the_server_that_is_quick_reads_what_is_sent() -> None:
    light = LightServer()
    async with serving(light) as base_url:
        transport = AiohttpRequest(connections=1)
        async with ExtBot(TOKEN, base_url=base_url, request=transport) as bot:
            await bot.send_message(ADA, "Grüße & <b>", parse_mode=None)
    assert light.texts == {(ADA, "Grüße & <b>"): 1}


async def test_calls_go_through_the_proxy_of_the_environment(
    server: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with serve(server) as base_url:
        monkeypatch.setenv("http_proxy", base_url.removesuffix("/bot"))
        async with ExtBot(
            TOKEN,
            base_url="http://telegram.invalid/bot",
            request=AiohttpRequest(connections=1),
            get_updates_request=AiohttpRequest(connections=1),
        ):
            assert server.calls("getMe")


@pytest.mark.parametrize("answer", [HANG, CLOSE, RESET, TRUNCATED])
async def test_an_answer_that_breaks_off_may_have_been_delivered(
    server: TelegramServer, bot: ExtBot[None], answer: Answer
) -> None:
    server.fail(answer=answer, method="sendMessage", after_effect=answer is not TRUNCATED)
    with pytest.raises(NetworkError) as broken:
        await bot.send_message(ADA, "Hello", read_timeout=1 if answer is HANG else PATIENCE)
    assert isinstance(delivery_error(broken.value), Uncertain)


@pytest.mark.parametrize("text", ["a+b & c=d; 100% «é» 😀\n<b>x</b>?#/ %41 \u2028", "x" * 4096])
async def test_what_is_said_arrives_as_a_form_as_every_server_reads_it(text: str) -> None:
    seen: list[dict[str, object]] = []

    async def answer(request: web.Request) -> web.Response:
        assert request.content_type == "application/x-www-form-urlencoded"
        seen.append(dict(await request.post()))
        said = {"message_id": 1, "date": 1, "chat": {"id": ADA, "type": "private"}}
        return web.json_response({"ok": True, "result": said})

    app = web.Application()
    app.router.add_post("/bot{token}/sendMessage", answer)
    async with TestServer(app) as server:
        bot = at(server.port or 0)
        await bot.send_message(ADA, text, disable_notification=False)
        await bot.request.shutdown()
    assert seen == [{"chat_id": str(ADA), "text": text, "disable_notification": "false"}]


async def test_a_page_of_a_gateway_leaves_its_status_and_no_traceback(
    server: TelegramServer,
    bot: ExtBot[None],
    capsys: pytest.CaptureFixture[str],
    loggers_as_before: None,
) -> None:
    logs.set_up(style="text", level="INFO")
    for answer in (BAD_GATEWAY, CAPTIVE_PORTAL):
        server.fail(answer=answer, method="sendMessage")
        with pytest.raises(TelegramError) as broken:
            await bot.send_message(ADA, "Hello")
        assert "<" not in broken.value.message
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409])
async def test_a_refusal_that_is_not_telegrams_says_nothing_of_chat_or_token(
    server: TelegramServer, bot: ExtBot[None], status: int
) -> None:
    page = Answer(status, raw=b"<html>nginx</html>", content_type="text/html")
    server.fail(answer=page, method="sendMessage")
    with pytest.raises(TelegramError) as broken:
        await bot.send_message(ADA, "Hello")
    meaning = delivery_error(broken.value)
    assert isinstance(meaning, Uncertain)
    assert meaning.foreign


def refusal(status: int, code: int, **more: object) -> Answer:
    return Answer(status, body={"ok": False, "error_code": code, "description": "No", **more})


@pytest.mark.parametrize(
    "answer",
    [
        *(Answer(status, body={"message": "No"}) for status in (200, 400, 401, 403, 404)),
        *(Answer(body=body) for body in (None, [], "ok", 5, {"ok": "true"}, {"ok": False})),
        refusal(200, 200),
        refusal(403, 403, description={"text": "No"}),
        refusal(400, 400, parameters=[1]),
        refusal(400, 400, parameters={"migrate_to_chat_id": "-1007"}),
        refusal(400, 400, parameters={"migrate_to_chat_id": -(2**70)}),
    ],
)
async def test_json_that_is_not_telegrams_says_nothing_of_chat_token_or_message(
    server: TelegramServer, bot: ExtBot[None], answer: Answer
) -> None:
    server.fail(answer=answer, method="sendMessage")
    with pytest.raises(TelegramError) as broken:
        await bot.send_message(ADA, "Hello")
    meaning = delivery_error(broken.value)
    assert isinstance(meaning, Uncertain)
    assert meaning.foreign


async def test_a_refusal_is_one_whatever_the_status(
    server: TelegramServer, bot: ExtBot[None]
) -> None:
    server.fail(answer=refusal(200, 403), method="sendMessage")
    with pytest.raises(Forbidden, match="No"):
        await bot.send_message(ADA, "Hello")


@pytest.mark.parametrize("wait", ["7", 7.5, -7, 10**15, None])
async def test_a_wait_that_nobody_can_reckon_with_is_an_unnamed_one(
    server: TelegramServer, bot: ExtBot[None], wait: object
) -> None:
    server.fail(answer=refusal(429, 429, parameters={"retry_after": wait}), method="sendMessage")
    with pytest.raises(TelegramError) as broken:
        await bot.send_message(ADA, "Hello")
    meaning = delivery_error(broken.value)
    assert isinstance(meaning, RetryLater)
    assert not meaning.named


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_nothing_is_sent_to_where_an_answer_points(status: int) -> None:
    """A server that moves http to https is asked there with GET, without what was to be said."""
    called: list[str] = []

    async def point(request: web.Request) -> web.Response:
        called.append(request.path)
        return web.Response(status=status, headers={"Location": "/elsewhere"})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", point)
    async with TestServer(app) as server:
        bot = at(server.port or 0)
        with pytest.raises(TelegramError, match=str(status)) as broken:
            await bot.send_message(ADA, "Hello")
        await bot.request.shutdown()
    assert called == [f"/bot{TOKEN}/sendMessage"]
    assert isinstance(delivery_error(broken.value), Uncertain)


@pytest.mark.parametrize(
    "answer",
    [error(404, "Not Found"), Answer(404, raw=b"404: Not Found", content_type="text/plain")],
)
async def test_a_method_that_the_server_does_not_know_is_told_apart(
    server: TelegramServer, answer: Answer
) -> None:
    server.fail(answer=answer, method="deleteMessage")
    async with serve(server) as base_url:
        doors = AiohttpRequest(connections=1), AiohttpRequest(connections=1)
        bot = make_bot(
            token=TOKEN, base_url=base_url, request=doors[0], get_updates_request=doors[1]
        )
        async with bot:
            with pytest.raises(MethodUnknown):
                await bot.delete_message(ADA, 1)


async def test_an_address_without_telegram_is_named(server: TelegramServer) -> None:
    async with serve(server) as base_url:
        wrong = base_url.replace("/bot", "/wrong/bot")
        door = AiohttpRequest(connections=1)
        bot = make_bot(token=TOKEN, base_url=wrong, request=door, get_updates_request=door)
        with pytest.raises(NotSent, match=r"/wrong/bot does not answer: .*404") as error:
            async with running(_no_app, bot):
                pytest.fail("it started")
    assert TOKEN not in str(error.value)


def _no_app(username: str) -> App:
    raise InputError("no app is needed")


async def test_a_port_where_nobody_listens_was_not_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    bot = at(port)
    with pytest.raises(NetworkError, match="no connection") as broken:
        await bot.send_message(ADA, "Hello")
    assert isinstance(broken.value.__cause__, ConnectError)
    assert isinstance(delivery_error(broken.value), NotSent)
    await bot.shutdown()
    await bot.request.shutdown()


async def test_a_connection_that_is_not_made_in_time_was_not_sent() -> None:
    with full_house() as port:
        bot = at(port)
        with pytest.raises(TimedOut) as broken:
            await bot.send_message(ADA, "Hello", connect_timeout=0.1, pool_timeout=0.1)
        await bot.request.shutdown()
    assert isinstance(broken.value.__cause__, ConnectTimeout)
    assert isinstance(delivery_error(broken.value), NotSent)


async def test_who_waits_too_long_for_a_free_connection_was_not_sent(
    server: TelegramServer, bot: ExtBot[None]
) -> None:
    server.fail(answer=Answer(delay=1.0, body={"ok": True, "result": True}), times=2)
    slow = [asyncio.create_task(bot.log_out(read_timeout=PATIENCE)) for _ in range(2)]
    await asyncio.sleep(0.05)
    with pytest.raises(TimedOut) as broken:
        await bot.send_message(ADA, "Hello", connect_timeout=0.05, pool_timeout=0.05)
    assert isinstance(delivery_error(broken.value), NotSent)
    await asyncio.gather(*slow)


async def test_an_answer_that_drips_ends() -> None:
    """A byte at a time, each in the time of a read: the sender would wait for it as long as it goes on."""

    async def drip(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        with suppress(ConnectionError):
            while True:
                await answer.write(b" ")
                await asyncio.sleep(0.02)
        return answer

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", drip)
    async with TestServer(app) as server:
        bot = at(server.port or 0)
        soon = {"read_timeout": 0.1, "connect_timeout": 0.1, "pool_timeout": 0.1}
        async with asyncio.timeout(PATIENCE):
            with pytest.raises(TimedOut) as broken:
                await bot.send_message(ADA, "Hello", **soon)
        await bot.request.shutdown()
    assert isinstance(delivery_error(broken.value), Uncertain)


async def test_a_call_may_wait_for_ever(server: TelegramServer, bot: ExtBot[None]) -> None:
    server.fail(answer=Answer(delay=0.4, body={"ok": True, "result": True}), method="logOut")
    assert await bot.log_out(read_timeout=None, connect_timeout=None)


@pytest.mark.parametrize("answer", [HANG, CLOSE, RESET, TRUNCATED, None])
async def test_the_token_is_in_no_exception(
    server: TelegramServer,
    bot: ExtBot[None],
    answer: Answer | None,
    loggers_as_before: None,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Nor in the log of it, with all its causes and whatever the libraries say at DEBUG."""
    logs.set_up(style="json", level="DEBUG")
    if answer is None:
        bot = at(1)
    else:
        server.fail(answer=answer, method="sendMessage")
    try:
        await bot.send_message(ADA, "Hello", read_timeout=1 if answer is HANG else PATIENCE)
    except TelegramError as error:
        chain = [error, error.__cause__]
        assert all("canary" not in repr(one) + str(one) for one in chain)
        structlog.get_logger("test").exception("failed")
    if answer is None:
        await bot.request.shutdown()
    said = capsys.readouterr().err
    assert "failed" in said
    assert "canary" not in said


async def test_an_app_that_cannot_be_made_leaves_no_connection_open(server: TelegramServer) -> None:
    def broken(_username: str) -> App:
        raise InputError("nothing goes")

    request = AiohttpRequest(connections=1)
    async with serve(server) as base_url:
        with pytest.raises(InputError, match="nothing goes"):
            async with running(broken, make_bot(token=TOKEN, base_url=base_url, request=request)):
                raise AssertionError("it started")

    assert not request.is_open
