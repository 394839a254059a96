"""The program as an operator runs it: ``attache run`` in a process of its own, against a strict server."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from tests.patience import PATIENCE
from tests.telegram_server import Call, Chat, Message, Person, TelegramServer

ATTACHE = Path(sys.executable).with_name("attache")
ARTICLES = Path(__file__).resolve().parent / "data" / "e2e"
CHECKOUT = Path(__file__).resolve().parents[1]
TOKEN = "7200000042:AAH-token-of-the-end-to-end-run"
WRITTEN = ("sendMessage", "editMessageText")


class Attache:
    """The program on one database file; it can be killed and started again."""

    def __init__(
        self, database: Path, base_url: str = "http://127.0.0.1:9/bot", *, role: str = "all"
    ) -> None:
        self.database = database
        self.folder = database.parent
        self._words = ("run",) if role == "all" else ("run", "--role", role)
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "PYTHONPATH": str(CHECKOUT),  # this code, wherever the installed one comes from
            "ATTACHE_TELEGRAM_TOKEN": TOKEN,
            "ATTACHE_TELEGRAM_BASE_URL": base_url,
            "ATTACHE_DATABASE_URL": f"sqlite+aiosqlite:///{database}",
            "ATTACHE_CATALOGUE": "off",
            "ATTACHE_LOG": "json,debug",
        }
        self._log = self.folder / "log.jsonl"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> str:
        """Everything the program has said so far."""
        return self._log.read_text() if self._log.exists() else ""

    @property
    def pid(self) -> int:
        assert self._process is not None, "the program is not running"
        return self._process.pid

    async def start(self) -> None:
        """Run it, and wait until it says so."""
        starts = self.log.count('"started"')
        self.launch()
        await self.started(starts)

    def launch(self) -> None:
        """Run it, without waiting for anything."""
        self._process = self._launched()

    async def started(self, starts: int = 0) -> None:
        """Wait until it has started more often than that."""
        process = self._process
        assert process is not None, "the program is not running"
        end = time.monotonic() + PATIENCE
        while self.log.count('"started"') == starts:
            assert process.poll() is None, f"the program ended:\n{self.log[-2000:]}"
            assert time.monotonic() < end, f"the program did not start:\n{self.log[-2000:]}"
            await asyncio.sleep(0.05)

    def _launched(self) -> "subprocess.Popen[bytes]":
        with self._log.open("ab") as log:
            return subprocess.Popen(
                [ATTACHE, *self._words], cwd=self.folder, env=self.environment, stderr=log
            )

    async def stop(self) -> int:
        """Ask it to stop; its exit code."""
        return await self._end(signal.SIGTERM)

    async def kill(self) -> None:
        """End it without a warning, as a power cut does."""
        await self._end(signal.SIGKILL)

    async def _end(self, number: signal.Signals) -> int:
        process, self._process = self._process, None
        assert process is not None, "the program is not running"
        process.send_signal(number)
        return await asyncio.to_thread(process.wait, PATIENCE)

    async def command(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Another command of the program, beside the running one."""
        return await asyncio.to_thread(
            subprocess.run,
            [str(ATTACHE), *words],
            cwd=self.folder,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )

    async def ingest(self, folder: str) -> None:
        """Read one of the folders of articles, dated today."""
        done = await self.command("ingest", str(dated(folder, self.folder)))
        assert done.returncode == 0, done.stderr

    def query(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """Rows of the database; a change is committed."""
        with closing(sqlite3.connect(self.database, timeout=PATIENCE)) as connection, connection:
            return connection.execute(statement, values).fetchall()

    def clean_up(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()


class Stage:
    """The program, the server it talks to, and those who talk to it."""

    def __init__(self, attache: Attache, server: TelegramServer) -> None:
        self.attache = attache
        self.server = server

    async def says(
        self,
        person: Person,
        text: str,
        *,
        chat: Chat | None = None,
        thread: int | None = None,
        anonymous: bool | None = None,
    ) -> Message:
        """What the bot answers to a message."""
        mark = len(self.server.transcript)
        await person.send(text, chat=chat, thread=thread, anonymous=anonymous)
        return await self.answer(mark, chat or person.chat)

    async def presses(self, person: Person, message: Message, button: str) -> Message:
        """What the bot writes after a press, which it acknowledges."""
        mark = len(self.server.transcript)
        press = await person.press(message, button)
        assert press.is_answered, f"the press of {button!r} was not acknowledged"
        assert not press.text, f"the press of {button!r} was refused: {press.text}"
        return await self.answer(mark, message.chat)

    async def taps(self, person: Person, message: Message, *buttons: str) -> Message:
        """The message after several presses, one after another."""
        for button in buttons:
            message = await self.presses(person, message, button)
        return message

    async def answer(self, mark: int, chat: Chat, *, within: float = PATIENCE) -> Message:
        """The message that the bot wrote or edited since ``mark``."""
        await self.server.wait_for(lambda: self._written(mark, chat), within)
        call = self._written(mark, chat)[0]
        if call.method == "editMessageText":
            return chat.messages[int(call.params["message_id"])]
        body = call.answer.body
        assert isinstance(body, dict)
        return chat.messages[body["result"]["message_id"]]

    def _written(self, mark: int, chat: Chat) -> list[Call]:
        since = self.server.transcript[mark:]
        return [c for c in since if c.method in WRITTEN and c.chat_id == chat.id and c.is_ok]

    async def set_up(self, person: Person, *, hour: str = "07:30", city: str = "London") -> Message:
        """A reader who has taken every step; the last message."""
        first = await self.says(person, "/start")
        return await self.taps(person, first, "Skip ›", hour, city, "Yes, that is right")


def dated(folder: str, target: Path) -> Path:
    """A copy of a folder of articles in which each says that it is of today."""
    made = target / folder
    made.mkdir(exist_ok=True)
    today = f"{datetime.now(UTC):%A, %B %d, %Y}"
    for article in (ARTICLES / folder).glob("*.txt"):
        text = article.read_text(encoding="utf-8").replace("{day}", today)
        (made / article.name).write_text(text, encoding="utf-8")
    return made
