"""Settings, the doctor, and what a run that cannot begin says."""

import asyncio
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path

import pytest

from bot.run import serve
from bot.settings import Settings
from digest.errors import BotRefused
from tests.command_line import Attache, is_sentence, on_a_file, store_check
from tests.patience import PATIENCE
from tests.telegram_server import Answer, TelegramServer, error
from tests.telegram_server import serve as serve_telegram

pytestmark = pytest.mark.usefixtures("loggers_as_before")


def test_a_setting_that_cannot_be_used_is_named(
    attache: Attache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTACHE_OWNERS", "12:secret")

    result = attache("articles")

    assert result.code == 2
    assert result.err.startswith("attache: the setting ATTACHE_OWNERS cannot be used")
    assert "secret" not in result.err


@on_a_file
def test_doctor_without_a_token_says_what_to_do(attache: Attache, database_url: str) -> None:
    Path(database_url.partition("///")[2]).unlink()
    result = attache("doctor")

    assert result.code == 1
    first, *others = result.out.splitlines()
    assert first == (
        "FAIL  token and base URL: ATTACHE_TELEGRAM_TOKEN is not set: ask @BotFather for a token"
    )
    assert others[0] == "ok    database: none yet; it is made at the first run"
    assert others[1].startswith("ok    time zones: ")
    assert others[2] == "ok    feeds: none yet"


class Telegram:
    """A server in a thread of its own: the command brings its own event loop."""

    def __init__(self) -> None:
        self.server = TelegramServer()
        self.base_url = ""
        self._loop = asyncio.new_event_loop()
        self._stop: asyncio.Event
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def start(self) -> None:
        self._thread.start()
        assert self._ready.wait(PATIENCE)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(lambda: self._stop.set())
        self._thread.join(PATIENCE)
        self._loop.close()

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        self._stop = asyncio.Event()
        async with serve_telegram(self.server) as self.base_url:
            self._ready.set()
            await self._stop.wait()


@pytest.fixture
def telegram(monkeypatch: pytest.MonkeyPatch) -> Iterator[Telegram]:
    telegram = Telegram()
    telegram.start()
    monkeypatch.setenv("ATTACHE_TELEGRAM_BASE_URL", telegram.base_url)
    monkeypatch.setenv("ATTACHE_TELEGRAM_TOKEN", telegram.server.token)
    yield telegram
    telegram.stop()


def test_doctor_finds_all_well(attache: Attache, telegram: Telegram) -> None:
    attache("db", "upgrade")
    attache("sources", "add", "https://paper.example/feed.xml")

    result = attache("doctor")

    assert result.code == 0
    lines = result.out.splitlines()
    assert lines[0].startswith("ok    token and base URL: @")
    assert lines[0].endswith(telegram.base_url)
    assert lines[1].startswith("ok    database: schema ")
    assert lines[1].endswith(", sound")
    assert lines[3] == "ok    feeds: 1 read, 0 failing, 1 not fetched yet"


def test_doctor_names_a_setting_that_is_none(
    attache: Attache, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTACHE_PORT", "tcp://10.0.0.1:9100")
    said = attache("doctor")
    assert said.out.splitlines()[-1] == "ok    settings: ATTACHE_PORT not known, and not used"
    assert said.code == 0

    monkeypatch.setenv("ATTACHE_OWNER", "7")
    said = attache("doctor")
    assert said.out.splitlines()[-1] == (
        "FAIL  settings: ATTACHE_OWNER is none; did you mean ATTACHE_OWNERS?"
    )
    assert said.code == 1


def test_doctor_tells_a_token_that_telegram_does_not_know(
    attache: Attache, telegram: Telegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTACHE_TELEGRAM_TOKEN", "123456:AAwrong")

    result = attache("doctor")

    assert result.code == 1
    assert "FAIL  token and base URL: Telegram does not accept the token" in result.out
    assert "AAwrong" not in result.out + result.err


def test_doctor_tells_a_telegram_that_is_not_there(
    attache: Attache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATTACHE_TELEGRAM_BASE_URL", "http://127.0.0.1:9/bot")
    monkeypatch.setenv("ATTACHE_TELEGRAM_TOKEN", "123456:AAsecret")

    result = attache("doctor")

    assert result.code == 1
    assert "FAIL  token and base URL: http://127.0.0.1:9/bot does not answer" in result.out
    assert "AAsecret" not in result.out + result.err


def test_doctor_repeats_no_token_that_a_server_repeats(
    attache: Attache, telegram: Telegram
) -> None:
    token = telegram.server.token
    telegram.server.fail(answer=error(400, f"/bot{token}/getMe is not allowed"), method="getMe")

    result = attache("doctor")

    assert result.code == 1
    assert "/bot<token>/getme is not allowed" in result.out.casefold()
    assert token not in result.out + result.err


def test_doctor_goes_on_where_a_server_answers_something_else(
    attache: Attache, telegram: Telegram
) -> None:
    telegram.server.fail(answer=Answer(200, {"ok": True, "result": "pong"}), method="getMe")

    result = attache("doctor")

    assert result.code == 1
    first, *others = result.out.splitlines()
    assert first.startswith(f"FAIL  token and base URL: {telegram.base_url} does not say which bot")
    assert len(others) == 4


def test_doctor_tells_feeds_that_all_fail(attache: Attache) -> None:
    store_check(
        "https://paper.example/feed.xml", datetime(2026, 2, 10, tzinfo=UTC), "it answered 403"
    )

    assert "FAIL  feeds: none of 1 could be read; is the network there?" in attache("doctor").out


@on_a_file
def test_doctor_tells_an_older_schema(
    attache: Attache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attache("db", "upgrade")
    with closing(sqlite3.connect(tmp_path / "attache.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '0065'")
        database.commit()

    out = attache("doctor").out

    assert "ok    database: schema 0065; the next run brings it to 00" in out
    assert "ok    feeds: not looked at" in out
    with closing(sqlite3.connect(tmp_path / "attache.db")) as database:
        stored = database.execute("SELECT version_num FROM alembic_version").fetchone()
    assert stored == ("0065",), "who looks changes nothing"


@on_a_file
@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("sqlite:///attache.db", "the database address cannot be used"),
        ("postgresql+asyncpg://a:b@host:port/name", "the database address cannot be used"),
        ("sqlite+aiosqlite:///no/folder/attache.db", "no/folder/attache.db cannot be opened"),
        ("sqlite+aiosqlite:////tmp", "the database /tmp cannot be opened"),
    ],
)
def test_doctor_tells_a_database_that_no_run_could_make(
    attache: Attache, monkeypatch: pytest.MonkeyPatch, url: str, reason: str
) -> None:
    monkeypatch.setenv("ATTACHE_DATABASE_URL", url)

    assert reason in attache("doctor").out.splitlines()[1].removeprefix("FAIL  database: ")


def test_run_without_a_token_says_what_to_do(attache: Attache) -> None:
    result = attache("run")

    assert result.code == 2
    assert result.err == (
        "attache: ATTACHE_TELEGRAM_TOKEN is not set: ask @BotFather for a token\n"
    )


def test_run_tells_its_supervisor_when_another_start_will_not_help(
    attache: Attache, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refused(settings: Settings, **how: object) -> None:
        raise BotRefused("Telegram does not accept the token; nothing was sent since")

    monkeypatch.setattr(serve, "serve", refused)

    result = attache("run")

    assert result.code == 3
    assert is_sentence(result.err)


def test_doctor_begins_no_look_that_nobody_reads(
    attache: Attache, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, writer = os.pipe()
    os.close(reader)

    with os.fdopen(writer, "wb", buffering=0) as output:
        monkeypatch.setattr("sys.stdout", TextIOWrapper(output, write_through=True))
        result = attache("doctor")  # a look that is not awaited warns, which fails here

    assert (result.code, result.err) == (1, "")
