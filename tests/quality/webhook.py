"""Two bots behind one address, and updates that come to both: is any handled twice, or by none?

    python -m tests.quality.webhook [--updates 1000] [--at-once 20]

Every update is posted to both bots at the same time, as when Telegram loses patience with the first and
posts it again; who is told that another has it in hand posts it again until it is handled. Prints how
many were answered once, and how long the answers took. The database is a PostgreSQL of our own.
"""

import argparse
import asyncio
import socket
import time
from collections import Counter
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from aiohttp import ClientSession

from tests.attache_process import Attache
from tests.postgres import postgres

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


async def _measure(updates: int, at_once: int) -> None:
    telegram = LightServer(limits=False)
    async with AsyncExitStack() as held:
        folder = Path(held.enter_context(TemporaryDirectory()))
        url = await held.enter_async_context(postgres().database())
        base_url = await held.enter_async_context(serving(telegram))
        bots = [_bot(folder / str(number), url, base_url) for number in range(2)]
        for bot, _ in bots:
            bot.launch()
            held.callback(bot.clean_up)
        session = await held.enter_async_context(ClientSession())
        for _, place in bots:
            await _open(session, place)
        while telegram.calls["setWebhook"] < len(bots):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        gate, took, away = asyncio.Semaphore(at_once), [], []

        async def ask(number: int) -> None:
            async with gate:
                began = time.monotonic()
                away.append(
                    sum(await asyncio.gather(*(_post(session, p, number) for _, p in bots)))
                )
                took.append(time.monotonic() - began)

        began = time.monotonic()
        await asyncio.gather(*(ask(number) for number in range(1, updates + 1)))
        seconds = time.monotonic() - began
    answers = Counter[int]()
    for (chat, _), count in telegram.texts.items():
        answers[chat] += count
    print(
        f"{updates} updates posted to two bots: {len(answers)} answered,"
        f" {sum(count > 1 for count in answers.values())} of them twice; {updates / seconds:.0f} a"
        f" second, median {median(took):.3f} s, slowest {max(took):.2f} s,"
        f" {sum(away)} posts turned away meanwhile"
    )


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
    asked = parser.parse_args()
    asyncio.run(_measure(asked.updates, asked.at_once))
