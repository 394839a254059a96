"""A server, a bot behind each door, a person and a forum."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from tests.patience import PATIENCE
from tests.telegram_server import Chat, Person, TelegramServer, file_url, in_process_bot, serve
from tests.telegram_server.props import StillClock


@pytest.fixture(autouse=True)
def _spans(monkeypatch: pytest.MonkeyPatch) -> None:
    """python-telegram-bot warns unless its retry_after is wanted as a timedelta."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def server(clock: StillClock) -> TelegramServer:
    return TelegramServer(now=clock)


@pytest.fixture
async def bot(server: TelegramServer) -> Bot:
    made = in_process_bot(server)
    await made.initialize()
    return made


@pytest.fixture
async def ada(server: TelegramServer) -> Person:
    """A person who has started the bot; her first message is confirmed."""
    person = server.user(7, "Ada")
    await person.send("/start")
    server.updates.confirm(10**9)
    return person


@pytest.fixture
async def forum(server: TelegramServer, ada: Person) -> Chat:
    group = server.group("Desk", creator=ada, forum=True)
    server.add_bot(group, by=ada)
    return group


@pytest.fixture
async def base_url(server: TelegramServer) -> AsyncIterator[str]:
    async with serve(server) as url:
        yield url


@pytest.fixture
async def http_bot(server: TelegramServer, base_url: str) -> AsyncIterator[Bot]:
    made = Bot(
        server.token,
        base_url=base_url,
        base_file_url=file_url(base_url),
        request=HTTPXRequest(read_timeout=PATIENCE),
        get_updates_request=HTTPXRequest(read_timeout=PATIENCE),
    )
    async with made:
        yield made
