"""The token is refused, another program fetches the updates: what stops, what goes on, who hears of it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.cli import main
from bot.run import wiring
from bot.run.serve import EXIT_REFUSED, serve
from bot.settings import Settings
from digest.errors import BotRefused, InputError
from digest.model.chats import Chat, Schedule
from tests.bot_world import OWNER
from tests.fault_world import ADA, TOKEN
from tests.patience import PATIENCE
from tests.serving import serving
from tests.telegram_server import TelegramServer, error
from tests.telegram_server import serve as telegram_serve

REFUSALS = [
    ("T1_401", 401, "Unauthorized"),
    ("T2_404_token", 404, "Not Found"),
    ("T3_421", 421, "Misdirected Request: unallowed token specified"),
    ("T6_frozen", 400, "Bad Request: FROZEN_METHOD_INVALID"),
]
ELSEWHERE = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is"
    " running"
)
WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete"
    " the webhook first"
)


@pytest.fixture
def server() -> TelegramServer:
    server = TelegramServer(token=TOKEN)
    for id_ in (ADA, OWNER):
        server.user(id_).chat.is_started = True
    return server


@pytest.fixture
async def settings(
    server: TelegramServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, logged: None
) -> AsyncIterator[Settings]:
    monkeypatch.chdir(tmp_path)  # no .env of the developer's
    async with telegram_serve(server) as base_url:
        settings = Settings(
            telegram_token=SecretStr(TOKEN),
            telegram_base_url=base_url,
            database_url=f"sqlite+aiosqlite:///{tmp_path / 'attache.db'}",
            catalogue="off",
            owners=frozenset({OWNER}),
        )
        await subscribe(settings)
        yield settings
    assert_not_in(tmp_path)


def assert_not_in(folder: Path) -> None:
    secret = TOKEN.partition(":")[2].encode()
    assert not [file for file in folder.glob("attache.db*") if secret in file.read_bytes()]


async def subscribe(settings: Settings) -> None:
    """Ada, whose digest was due a minute ago."""
    due = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=1)
    hours = Schedule("UTC", (f"{due:%H:%M}",))
    since = due - timedelta(days=1)
    chat = Chat(id=ADA, active=True, schedule=hours, covered_until=since, next_due_at=due)
    async with wiring.open_stores(settings.database_url) as stores:
        await stores.chats.save(chat)


async def paused(settings: Settings) -> list[int]:
    async with wiring.open_stores(settings.database_url) as stores:
        return [chat.id for chat in await stores.chats.all() if not chat.active]


@pytest.mark.parametrize("method", ["getUpdates", "sendMessage", "getMe"])
@pytest.mark.parametrize(
    ("code", "words"), [pytest.param(code, words, id=name) for name, code, words in REFUSALS]
)
async def test_a_refused_token_ends_the_program_and_pauses_nobody(
    settings: Settings, server: TelegramServer, method: str, code: int, words: str
) -> None:
    server.fail(answer=error(code, words), method=method, times=None)
    with pytest.raises(BotRefused) as refused:
        await asyncio.wait_for(serve(settings), PATIENCE)
    assert TOKEN not in str(refused.value)
    assert await paused(settings) == []
    calls = len(server.transcript)
    await asyncio.sleep(0.2)
    assert len(server.transcript) == calls, "nothing is called any more"


@pytest.mark.parametrize("_", [pytest.param(None, id="T1_401")])
def test_the_supervisor_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, logged: None, _: None
) -> None:
    server = TelegramServer(token="42:OTHER")

    async def base_url() -> None:
        async with telegram_serve(server) as address:
            monkeypatch.setenv("ATTACHE_TELEGRAM_BASE_URL", address)
            code = await asyncio.to_thread(ended)
            assert code == EXIT_REFUSED

    def ended() -> object:
        monkeypatch.setattr("sys.argv", ["attache", "run"])
        with pytest.raises(SystemExit) as end:
            main()
        return end.value.code

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ATTACHE_TELEGRAM_TOKEN", TOKEN)
    asyncio.run(base_url())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        pytest.param(ELSEWHERE, "Another program", id="T4_409_poll"),
        pytest.param(WEBHOOK, "go to a webhook", id="T5_409_webhook"),
    ],
)
async def test_only_the_fetching_stops_and_the_owner_is_told_once(
    settings: Settings, server: TelegramServer, words: str, said: str
) -> None:
    server.fail(answer=error(409, words), method="getUpdates", times=3)
    async with serving(settings):
        await server.wait_for(lambda: server.sent(ADA), PATIENCE)
        await server.wait_for(lambda: len(server.calls("getUpdates")) > 4, PATIENCE)
        (alarm,) = server.sent(OWNER)
        assert said in alarm.text
        deleted = len(server.calls("deleteWebhook"))
    assert deleted == 0, "it may be another program's"
    assert all(
        not call.params.get("drop_pending_updates") for call in server.calls("deleteWebhook")
    )
    assert await paused(settings) == []


async def test_T5_409_webhook_at_the_start(settings: Settings, server: TelegramServer) -> None:
    """The program ends; the webhook of another and its updates stay."""
    server.updates.webhook = {"url": "https://other.example/hook"}
    server.updates.push("message", {"text": "for the other"})
    with pytest.raises(InputError, match="webhook"):
        await asyncio.wait_for(serve(settings), PATIENCE)
    assert server.updates.webhook["url"] == "https://other.example/hook"
    assert server.calls("deleteWebhook") == ()
    assert len(server.updates.pending) == 1
