"""How fast the program answers when twenty people a second write and press.

Run by hand:  python -m tests.quality.talk [SECONDS [PEOPLE A SECOND]]
Each person writes or presses once and is another the next time, since Telegram lets a bot write one
message a second into a private chat.
"""

import asyncio
import json
import math
import os
import random
import time
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console

from tests.attache_process import TOKEN, Attache, dated
from tests.dialogues.play import SENDING
from tests.telegram_server import Call, Person, Press, TelegramServer, serve

from .command import above_zero, command

PEOPLE = 400
COMMANDS = (
    "/digest", "/topics", "/schedule", "/settings", "/help", "/sources", "/saved", "/why 1", "/follow",
    "/follow Iran-US", "/mute cricket", "/search Isfahan", "Svalbard", "/brief IR", "/brief IR-US",
    "/ahead", "/catchup 3d", "/quotes Guterres", "/story 1", "/export", "/timezone Geneva", "/lang",
    "/privacy", "/stop", "/start", "/nonsense", "/brief sanctions",
)  # fmt: skip
_PATIENCE = 15.0


def main() -> None:
    """Print what was measured."""
    parser = command(__doc__)
    parser.add_argument("seconds", nargs="?", type=above_zero, default=60)
    parser.add_argument("rate", nargs="?", type=above_zero, default=20, help="people a second")
    asked = parser.parse_args()
    Console().print(asyncio.run(_measured(asked.seconds, asked.rate)))


async def _measured(seconds: int, rate: int) -> str:
    server, answers = TelegramServer(token=TOKEN), Answers()
    server.watch(answers.note)
    people = [server.user(6_000_001 + n, f"P{n}", language_code="en") for n in range(PEOPLE)]
    with TemporaryDirectory() as folder:
        async with serve(server) as base_url:
            attache = Attache(Path(folder) / "attache.db", base_url)
            attache.environment["ATTACHE_LOG"] = "json,info"  # nearly as an operator has it
            try:
                await _prepare(attache, people)
                before = _processor_seconds(attache.pid)
                took = await _talk(server, answers, people, seconds, rate)
                spent = _processor_seconds(attache.pid) - before
            finally:
                attache.clean_up()
    return f"{_told(took, server)}\n{1000 * spent / len(took):.1f} ms of one core an answer"


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Answers:
    """Who waits for what; the server tells of each call, so that nobody has to look."""

    def __init__(self) -> None:
        self._waiting: dict[tuple[str, int], asyncio.Future[float]] = {}

    def note(self, call: Call) -> None:
        """Wake who waited for this call."""
        if call.method == "answerCallbackQuery":
            self._wake("press", int(call.params["callback_query_id"]))
        elif call.method in SENDING and call.chat_id is not None:
            self._wake("words", call.chat_id)

    async def to(self, act: Awaitable[object], kind: str, chat: int) -> float:
        """Seconds until the answer; infinite if none came."""
        began = time.monotonic()
        done = await act
        key = (kind, int(done.id) if isinstance(done, Press) else chat)
        if isinstance(done, Press) and done.is_answered:
            return time.monotonic() - began
        self._waiting[key] = asyncio.get_running_loop().create_future()
        try:
            return await asyncio.wait_for(self._waiting[key], _PATIENCE) - began
        except TimeoutError:
            return math.inf

    def _wake(self, kind: str, number: int) -> None:
        waiting = self._waiting.pop((kind, number), None)
        if waiting is not None and not waiting.done():
            waiting.set_result(time.monotonic())


async def _prepare(attache: Attache, people: list[Person]) -> None:
    folders = [str(dated(name, attache.folder)) for name in ("earlier", "later")]
    done = await attache.command("ingest", *folders)
    assert done.returncode == 0, done.stderr
    now = datetime.now(UTC)
    since = (now - timedelta(days=1)).isoformat()
    later = f"{now + timedelta(hours=12):%H:%M}"
    rows = ({"id": one.id, "at": [later], "active": True, "covered_until": since} for one in people)
    path = attache.folder / "chats.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    done = await attache.command("chats", "import", str(path))
    assert done.returncode == 0, done.stderr
    for one in people:
        one.chat.is_started = True
    await attache.start()


async def _talk(
    server: TelegramServer, answers: Answers, people: list[Person], seconds: int, rate: int
) -> list[tuple[float, str]]:
    """Seconds of each answer, infinite where none came, and to what."""
    chance = random.Random(1)
    began, tasks = time.monotonic(), []
    for number in range(seconds * rate):
        await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
        person = people[number % len(people)]
        tasks.append(asyncio.create_task(_once(server, answers, person, chance)))
    return list(await asyncio.gather(*tasks))


async def _once(
    server: TelegramServer, answers: Answers, person: Person, chance: random.Random
) -> tuple[float, str]:
    pages = [m for m in server.sent(person) if any("callback_data" in b for b in m.buttons)]
    if pages and chance.random() < 0.6:
        button = chance.choice([one for one in pages[-1].buttons if "callback_data" in one])
        data = str(button["callback_data"])
        pressed = person.press_raw(pages[-1], data, patience=0.0)
        return await answers.to(pressed, "press", person.chat.id), data
    words = chance.choice(COMMANDS)
    return await answers.to(person.send(words), "words", person.chat.id), words


def _told(took: list[tuple[float, str]], server: TelegramServer) -> str:
    ordered = sorted(took)
    middle, late = ordered[len(ordered) // 2][0], ordered[math.ceil(len(ordered) * 0.99) - 1][0]
    slowest = ", ".join(f"{seconds:.2f} s {what}" for seconds, what in ordered[-5:])
    unanswered = sum(math.isinf(seconds) for seconds, _ in took)
    beyond = sum(seconds > 1 for seconds, _ in took)
    refused = "; ".join(sorted({call.description for call in server.refused}))
    return (
        f"{len(took)} answers: median {middle:.3f} s, 99th percentile {late:.3f} s, above 1 s {beyond}\n"
        f"slowest {slowest}\nunanswered {unanswered}, refused {len(server.refused)} {refused}"
    )


if __name__ == "__main__":
    main()
