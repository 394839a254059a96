"""The bot behind a webhook: who may post, what is answered, and that no update is handled twice."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr
from structlog.testing import capture_logs
from telegram import Update

from bot.run import wiring
from bot.run.serve import serve
from bot.settings import Settings
from bot.telegram.turns import WAITING, Turns
from bot.telegram.webhook import receiving
from digest.errors import InputError, StoreError
from tests.fakes import FakeClock, FakeUpdateStore, Tables
from tests.patience import PATIENCE
from tests.serving import serving
from tests.telegram_server import TelegramServer
from tests.telegram_server import serve as telegram_serve

SECRET = "a-secret_of_this_test"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}


@pytest.fixture
def server() -> TelegramServer:
    return TelegramServer(token="7200000042:AAH-token-of-this-test")


@pytest.fixture
async def settings(
    server: TelegramServer, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Settings]:
    monkeypatch.chdir(tmp_path)  # no .env of the developer's
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    async with telegram_serve(server) as base_url:
        yield Settings(
            telegram_token=SecretStr(server.token),
            telegram_base_url=base_url,
            database_url=database_url,
            catalogue="off",
            http=f"127.0.0.1:{port}",
            webhook_url=f"http://127.0.0.1:{port}/telegram",
            webhook_secret=SecretStr(SECRET),
        )


@asynccontextmanager
async def called(settings: Settings, server: TelegramServer) -> AsyncIterator[ClientSession]:
    """The bot while it runs, and somebody who calls at its door."""
    with capture_logs() as logged:
        async with serving(settings) as running:
            await server.wait_for(
                lambda: running.done() or "started" in [line["event"] for line in logged], PATIENCE
            )
            assert not running.done(), running.exception()
            async with ClientSession(f"http://{settings.http}") as session:
                yield session


async def status_of(settings: Settings, secret: bytes) -> bytes:
    """What the door answers to a secret of any bytes."""
    assert settings.http_place is not None
    reader, writer = await asyncio.open_connection(*settings.http_place)
    head = b"POST /telegram HTTP/1.1\r\nHost: bot\r\nContent-Length: 0\r\n"
    writer.write(head + b"X-Telegram-Bot-Api-Secret-Token: " + secret + b"\r\n\r\n")
    answer = await reader.readline()
    writer.close()
    return answer.split()[1]


async def test_updates_come_in_by_the_door_of_who_knows_the_secret(
    settings: Settings, server: TelegramServer
) -> None:
    ada = server.user(7, "Ada")
    async with called(settings, server) as session:
        await ada.send("/start")
        await server.wait_for(lambda: server.sent(ada), PATIENCE)
        update = {"update_id": 900, "message": {"text": "/start"}}
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": f"{SECRET}x"}):
            async with session.post("/telegram", json=update, headers=headers) as answer:
                assert answer.status == 404
        assert await status_of(settings, b"\xff\xfe") == b"404"  # no text at all
        async with session.get("/telegram", headers=HEADERS) as answer:
            assert answer.status == 404
        async with session.post("/telegram", json={"no": "update"}, headers=HEADERS) as answer:
            assert answer.status == 400
        async with session.post(
            "/telegram", data=BytesIO(bytes(1_100_000)), headers=HEADERS
        ) as answer:
            assert answer.status == 413
    (told,) = server.calls("setWebhook")
    assert (told.params["secret_token"], "message" in str(told.params["allowed_updates"])) == (
        SECRET,
        True,
    )
    assert server.calls("getUpdates") == ()
    assert server.refused == ()


async def test_an_update_that_another_bot_has_in_hand_or_handled_is_left_alone(
    settings: Settings, server: TelegramServer
) -> None:
    async with called(settings, server) as session:
        async with wiring.open_stores(settings.database_url) as stores:
            for update in (1, 2):
                assert await stores.updates.claim(update, now=datetime.now(UTC)) == "ours"
            await stores.updates.handled(1, now=datetime.now(UTC))
        for update, status in ((1, 200), (2, 503), (3, 200), (3, 200)):
            async with session.post(
                "/telegram", json={"update_id": update}, headers=HEADERS
            ) as answer:
                assert (update, answer.status) == (update, status)


@dataclass
class _Slow:
    """In the place of an application: it handles an update as long as it likes."""

    begun: asyncio.Event = field(default_factory=asyncio.Event)
    update_processor: Turns = field(default_factory=Turns)
    bot: None = None

    async def process_update(self, _update: Update) -> None:
        self.begun.set()
        await asyncio.Future()


class _Gone(FakeUpdateStore):
    """A store that is away at the first renewal."""

    is_away = True

    async def renew(self, update: int, *, now: datetime) -> None:
        was_away, self.is_away = self.is_away, False
        if was_away:
            raise StoreError("the server is away")
        await super().renew(update, now=now)


async def test_an_update_that_takes_minutes_stays_with_its_bot_until_that_dies() -> None:
    clock, slow, updates = (
        FakeClock(datetime(2026, 8, 25, 12, tzinfo=UTC)),
        _Slow(),
        _Gone(Tables()),
    )
    receive = receiving(slow, updates=updates, clock=clock, renew_every=0)  # type: ignore[arg-type]
    with capture_logs() as logged:
        handling = asyncio.create_task(receive(b'{"update_id": 1}'))
        await slow.begun.wait()
        for _ in range(9):
            clock.advance(timedelta(seconds=20))
            for _ in range(4):
                await asyncio.sleep(0)
            assert await updates.claim(1, now=clock.now()) == "elsewhere"
        handling.cancel()
        await asyncio.wait({handling})
    clock.advance(timedelta(seconds=31))
    assert await updates.claim(1, now=clock.now()) == "ours"
    assert [line["event"] for line in logged] == ["update not renewed"]


async def test_what_finds_no_room_is_left_to_another_bot_or_to_later() -> None:
    clock, slow, updates = FakeClock(datetime.now(UTC)), _Slow(), FakeUpdateStore(Tables())
    receive = receiving(slow, updates=updates, clock=clock)  # type: ignore[arg-type]
    held = [asyncio.create_task(receive(written(number, by=7))) for number in range(WAITING)]
    await slow.begun.wait()
    assert await receive(written(99, by=7)) == 503
    assert await updates.claim(99, now=clock.now()) == "ours"
    slow.begun.clear()
    other = asyncio.create_task(receive(written(100, by=8)))
    await slow.begun.wait()
    for task in (*held, other):
        task.cancel()
    await asyncio.wait((*held, other))


def written(number: int, *, by: int) -> bytes:
    """An update in which somebody writes in private."""
    message = {"message_id": 1, "date": 0, "chat": {"id": by, "type": "private"}, "text": "/add"}
    return json.dumps({"update_id": number, "message": message}).encode()


async def test_who_polls_again_ends_the_own_webhook(
    settings: Settings, server: TelegramServer
) -> None:
    ada = server.user(7, "Ada")
    async with called(settings, server):
        assert server.updates.webhook["url"].startswith(str(settings.webhook_url))
    async with called(settings.model_copy(update={"webhook_url": None}), server):
        await ada.send("/start")
        await server.wait_for(lambda: server.sent(ada), PATIENCE)
    assert server.updates.webhook.get("url", "") == ""


@pytest.mark.parametrize(
    ("left_out", "named"), (("webhook_secret", "ATTACHE_WEBHOOK_SECRET"), ("http", "ATTACHE_HTTP"))
)
async def test_a_webhook_needs_a_secret_and_a_door(left_out: str, named: str) -> None:
    settings = Settings(
        telegram_token=SecretStr("1:a"),
        webhook_url="https://bot.example.org/telegram",
        webhook_secret=SecretStr(SECRET),
        http="9100",
    )
    with pytest.raises(InputError, match=named):
        await serve(settings.model_copy(update={left_out: None}))
