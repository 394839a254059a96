"""Two bots behind one address, and updates that come to both: is any handled twice, or by none?

    python -m tests.quality.webhook [--updates 1000] [--at-once 20] [--chats 100000 --due 25000]

Every update is posted to both bots at the same time, as when Telegram loses patience with the first and
posts it again; who is told that another has it in hand posts it again until it is handled. Prints how
many were answered once, and how long the answers took. The database is a PostgreSQL of our own. With
chats, these are imported first, and while the updates come a worker queues the digests of those that
are due and a sender sends them, as fast as it is allowed.
"""

import argparse
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

from tests.attache_process import ARTICLES, Attache, dated
from tests.postgres import connect, postgres

from .crowd import become_due, subscriptions
from .light_server import LightServer, serving

SECRET = "a-secret_of_this_measurement"
UNDER_WAY = 503


def _bot(folder: Path, url: str, base_url: str) -> tuple[Attache, str]:
    """A bot, started, and where it is posted to."""
    folder.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        place = f"127.0.0.1:{free.getsockname()[1]}"
    bot = Attache(folder / "none.db", base_url, role="bot")
    bot.environment |= {
        "ATTACHE_DATABASE_URL": url,
        "ATTACHE_HTTP": place,
        "ATTACHE_WEBHOOK_URL": "https://bot.example.org/telegram",
        "ATTACHE_WEBHOOK_SECRET": SECRET,
        "ATTACHE_LOG": "json,warning",
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


async def _crowd(folder: Path, url: str, base_url: str, chats: int, due: int) -> list[Attache]:
    """Chats and articles in the database, a part of the chats due now; who serves them."""
    crew = []
    for role in ("worker", "sender"):
        (folder / role).mkdir()
        one = Attache(folder / role / "none.db", base_url, role=role)
        one.environment |= {"ATTACHE_DATABASE_URL": url, "ATTACHE_LOG": "json,info"}
        crew.append(one)
    rows = folder / "chats.jsonl"
    with rows.open("w") as file:
        file.writelines(f"{json.dumps(row)}\n" for row in subscriptions(chats))
    await _done(crew[0], "chats", "import", str(rows))
    for one in sorted(path.name for path in ARTICLES.iterdir() if path.is_dir()):
        await _done(crew[0], "ingest", str(dated(one, folder)))
    await become_due(url, due)
    return crew


async def _done(attache: Attache, *words: str) -> None:
    done = await attache.command(*words)
    assert done.returncode == 0, done.stderr


async def _queued(crew: Sequence[Attache], url: str, due: int) -> str:
    """How long it took until all digests were in the ledger."""
    await crew[0].started()
    began = time.monotonic()
    connection = await connect(url)
    while await connection.fetchval("SELECT count(*) FROM slot") < due:  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    await connection.close()
    return f"all queued {time.monotonic() - began:.1f} s after the worker had started"


async def _measure(updates: int, at_once: int, chats: int, due: int) -> None:
    telegram = LightServer(limits=False)
    async with AsyncExitStack() as held:
        folder = Path(held.enter_context(TemporaryDirectory()))
        url = await held.enter_async_context(postgres().database())
        base_url = await held.enter_async_context(serving(telegram))
        bots = [_bot(folder / str(number), url, base_url) for number in range(2)]
        crew = await _crowd(folder, url, base_url, chats, due) if chats else []
        for one in (*(bot for bot, _ in bots), *crew):
            one.launch()
            held.callback(one.clean_up)
        session = await held.enter_async_context(ClientSession())
        for _, place in bots:
            await _open(session, place)
        while telegram.calls["setWebhook"] < len(bots):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        queued = asyncio.create_task(_queued(crew, url, due)) if crew else None
        numbers = range(chats + 1, chats + updates + 1)
        took, away, seconds = await _asked(session, [place for _, place in bots], numbers, at_once)
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
        f"{len(numbers)} updates posted to two bots: {len(answers)} answered,"
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
    parser = argparse.ArgumentParser(description="See the module's docstring.")
    parser.add_argument("--updates", type=int, default=1_000)
    parser.add_argument("--at-once", type=int, default=20)
    parser.add_argument("--chats", type=int, default=0)
    parser.add_argument("--due", type=int, default=25_000)
    asked = parser.parse_args()
    asyncio.run(_measure(asked.updates, asked.at_once, asked.chats, asked.due))
