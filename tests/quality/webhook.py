"""Two bots behind one address, and updates that come to both: is any handled twice, or by none?

    python -m tests.quality.webhook [--updates 1000] [--at-once 20] [--chats 100000 --due 25000]
        [--database sqlite]

Every update is posted to both bots at the same time, as when Telegram loses patience with the first and
posts it again; who is told that another has it in hand posts it again until it is handled. Prints how
many were answered once, and how long the answers took. The database is a PostgreSQL of our own. With
chats, these are imported first, and while the updates come a worker queues the digests of those that
are due and a sender sends them, as fast as it is allowed. With ``sqlite`` one process on a file is bot,
worker and sender, and is posted everything twice: what the others are to be measured by.
"""

import asyncio
import json
import socket
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from aiohttp import ClientSession
from sqlalchemy import func, select

from storage import make_engine
from storage.tables import slots
from tests.attache_process import ARTICLES, Attache, dated
from tests.postgres import postgres

from .command import command
from .crowd import become_due, subscriptions
from .light_server import LightServer, serving

SECRET = "a-secret_of_this_measurement"
UNDER_WAY = 503


def _bot(folder: Path, role: str, url: str, base_url: str) -> tuple[Attache, str]:
    """A process that answers, not yet started, and where it is posted to."""
    folder.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        place = f"127.0.0.1:{free.getsockname()[1]}"
    bot = Attache(folder / "none.db", base_url, role=role)
    bot.environment |= {
        "ATTACHE_DATABASE_URL": url,
        "ATTACHE_HTTP": place,
        "ATTACHE_WEBHOOK_URL": "https://bot.example.org/telegram",
        "ATTACHE_WEBHOOK_SECRET": SECRET,
        "ATTACHE_LOG": "json,info",
    }
    return bot, f"http://{place}"


def _update(number: int) -> dict[str, object]:
    """A reader of their own asks for help."""
    reader = {"id": number, "is_bot": False, "first_name": "Ada", "language_code": "en"}
    message = {
        "message_id": number,
        "date": int(time.time()),
        "chat": {"id": number, "type": "private", "first_name": "Ada"},
        "from": reader,
        "text": "/help",
        "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
    }
    return {"update_id": number, "message": message}


async def _post(session: ClientSession, place: str, number: int) -> int:
    """How often the bot said that another has it in hand."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    turned_away = 0
    while True:
        address = f"{place}/telegram"
        async with session.post(address, json=_update(number), headers=headers) as answer:
            if answer.status != UNDER_WAY:
                assert answer.status == 200, answer.status
                return turned_away
        turned_away += 1
        await asyncio.sleep(0.05)


def _others(folder: Path, url: str, base_url: str) -> list[Attache]:
    """Who works and sends beside the bots."""
    crew = []
    for role in ("worker", "sender"):
        (folder / role).mkdir()
        one = Attache(folder / role / "none.db", base_url, role=role)
        one.environment |= {"ATTACHE_DATABASE_URL": url, "ATTACHE_LOG": "json,info"}
        crew.append(one)
    return crew


async def _fill(folder: Path, one: Attache, chats: int, due: int) -> None:
    """Chats and articles in the database, a part of the chats due now."""
    rows = folder / "chats.jsonl"
    with rows.open("w") as file:
        file.writelines(f"{json.dumps(row)}\n" for row in subscriptions(chats))
    await _done(one, "chats", "import", str(rows))
    for name in sorted(path.name for path in ARTICLES.iterdir() if path.is_dir()):
        await _done(one, "ingest", str(dated(name, folder)))
    await become_due(one.environment["ATTACHE_DATABASE_URL"], due)


async def _done(attache: Attache, *words: str) -> None:
    done = await attache.command(*words)
    assert done.returncode == 0, done.stderr


async def _queued(worker: Attache, due: int) -> str:
    """How long it took until all digests were in the ledger."""
    await worker.started()
    began = time.monotonic()
    engine = make_engine(worker.environment["ATTACHE_DATABASE_URL"])
    async with engine.connect() as connection:
        while await connection.scalar(select(func.count()).select_from(slots)) < due:
            await connection.rollback()  # else it would look at one state for ever
            await asyncio.sleep(0.02)
    await engine.dispose()
    return f"all queued {time.monotonic() - began:.1f} s after the worker had started"


async def _measure(updates: int, at_once: int, chats: int, due: int, database: str) -> None:
    telegram = LightServer(limits=False)
    is_file = database == "sqlite"
    async with AsyncExitStack() as held:
        folder = Path(held.enter_context(TemporaryDirectory()))
        url = f"sqlite+aiosqlite:///{folder / 'attache.db'}"
        if not is_file:
            url = await held.enter_async_context(postgres().database())
        base_url = await held.enter_async_context(serving(telegram))
        roles = ("all",) if is_file else ("bot", "bot")
        bots = [_bot(folder / str(n), role, url, base_url) for n, role in enumerate(roles)]
        others = [] if is_file or not chats else _others(folder, url, base_url)
        crew = [*(bot for bot, _ in bots), *others]
        worker = crew[0 if is_file else -2]
        if chats:
            await _fill(folder, worker, chats, due)
        for one in crew:
            one.launch()
            held.callback(one.clean_up)
        queued = asyncio.create_task(_queued(worker, due)) if chats else None
        session = await held.enter_async_context(ClientSession())
        places = [place for _, place in bots]
        for place in places:
            await _open(session, place)
        while telegram.calls["setWebhook"] < len(bots):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        numbers = range(chats + 1, chats + updates + 1)
        twice = [*places, *places] if is_file else places
        took, away, seconds = await _asked(session, twice, numbers, at_once)
        if queued is not None:
            print(f"{due} of {chats} chats due: {await queued}")
    _tell(telegram, numbers, took, away, seconds)


async def _asked(
    session: ClientSession, places: Sequence[str], numbers: Sequence[int], at_once: int
) -> tuple[list[float], int, float]:
    """How long each update took, how often one was turned away, and the seconds in all."""
    gate, took, away = asyncio.Semaphore(at_once), [], []

    async def ask(number: int) -> None:
        async with gate:
            began = time.monotonic()
            away.append(sum(await asyncio.gather(*(_post(session, p, number) for p in places))))
            took.append(time.monotonic() - began)

    began = time.monotonic()
    await asyncio.gather(*map(ask, numbers))
    return took, sum(away), time.monotonic() - began


def _tell(
    telegram: LightServer, numbers: range, took: Sequence[float], away: int, seconds: float
) -> None:
    answers, digests = Counter[int](), Counter[int]()
    for (chat, _), count in telegram.texts.items():
        (answers if chat in numbers else digests)[chat] += count
    print(
        f"{len(numbers)} updates posted twice: {len(answers)} answered,"
        f" {sum(count > 1 for count in answers.values())} of them twice;"
        f" {len(numbers) / seconds:.0f} a second, median {median(took):.3f} s,"
        f" slowest {max(took):.2f} s, {away} posts turned away meanwhile"
    )
    if digests:
        twice = sum(telegram.texts.values()) - len(telegram.texts)
        print(f"{len(digests)} chats had their digests by then, {twice} messages came twice")


async def _open(session: ClientSession, place: str) -> None:
    while True:
        try:
            async with session.get(f"{place}/healthz") as answer:
                assert answer.status == 200
                return
        except OSError:
            await asyncio.sleep(0.1)


if __name__ == "__main__":
    parser = command(__doc__)
    parser.add_argument("--updates", type=int, default=1_000)
    parser.add_argument("--at-once", type=int, default=20)
    parser.add_argument("--chats", type=int, default=0)
    parser.add_argument("--due", type=int, default=25_000)
    parser.add_argument("--database", choices=("postgres", "sqlite"), default="postgres")
    asked = parser.parse_args()
    asyncio.run(_measure(asked.updates, asked.at_once, asked.chats, asked.due, asked.database))
