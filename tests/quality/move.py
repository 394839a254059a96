"""How long it takes to move a file to a server, and whether a move that is killed ends equal.

Run by hand, not by the gate: ``python -m tests.quality.move [ARTICLES CHATS]``; without numbers 100,000
articles and 10,000 chats, each with a digest of two messages; of ten chats one's digest has shown ten stories
and thirty sentences. The texts are those of wikinews_clean. The command is run as a process: once to its end,
then into another database and killed twice on the way. The server is the tests' own, on the same machine.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from storage import check, upgrade
from storage.tables import Row
from tests.filling import fill
from tests.postgres import connect, postgres

from .command import above_zero, command
from .halves import CORPORA

ROOT = Path(__file__).resolve().parents[2]
ARTICLES, CHATS = 100_000, 10_000
KILLED_AFTER = (0.25, 0.5)  # of the time of the whole move, each time from its own start


def main(articles: int, chats: int) -> None:
    """Print size, time and the outcome of the comparison."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "attache.db"
        asyncio.run(upgrade(f"sqlite+aiosqlite:///{path}"))
        fill(path, _rows(articles, chats), texts=_texts())
        print(f"{articles} articles, {chats} chats: {path.stat().st_size / 1e6:.0f} MB")
        took = _whole(path)
        _interrupted(path, took)


def _rows(articles: int, chats: int) -> dict[str, int]:
    return {
        "source": 500,
        "article": articles,
        "story": articles // 5,
        "chat": chats,
        "slot": chats,
        "part": 2 * chats,
        "body": 3 * chats,
        "shown": chats,
        "showing": chats // 10,
        "showing_story": chats,
        "showing_sentence": 3 * chats,
    }


def _texts() -> Sequence[str]:
    path = CORPORA / "stories" / "wikinews_clean.jsonl"
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]


def _whole(path: Path) -> float:
    url = asyncio.run(postgres().create(empty=True))
    began = time.monotonic()
    done = _start(path, url).wait()
    took = time.monotonic() - began
    print(f"moved in {took:.0f} s, exit code {done}; {asyncio.run(_state(url))}")
    asyncio.run(postgres().drop(url))
    return took


def _interrupted(path: Path, took: float) -> None:
    url = asyncio.run(postgres().create(empty=True))
    for part in KILLED_AFTER:
        process = _start(path, url)
        time.sleep(part * took)
        process.kill()
        process.wait()
        print(f"killed after {part * took:.0f} s; {asyncio.run(_state(url))}")
    done = _start(path, url).wait()
    print(f"then exit code {done}; {asyncio.run(_state(url))}")
    asyncio.run(postgres().drop(url))


def _start(path: Path, url: str) -> subprocess.Popen[bytes]:
    code = "from bot.cli import main; main()"
    command = [sys.executable, "-c", code, "db", "move", f"sqlite+aiosqlite:///{path}", url]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)


async def _state(url: str) -> str:
    connection = await connect(url)
    try:
        counts = [
            await connection.fetchval(f'SELECT count(*) FROM "{table.name}"')
            for table in Row.metadata.sorted_tables
        ]
        is_open = await connection.fetchval("SELECT to_regclass('moving') IS NOT NULL")
    finally:
        await connection.close()
    found = "unfinished" if is_open else "; ".join(await check(url)) or "the check finds nothing"
    return f"{sum(counts)} rows there, {found}"


if __name__ == "__main__":
    parser = command(__doc__)
    parser.add_argument("articles", nargs="?", type=above_zero, default=ARTICLES)
    parser.add_argument("chats", nargs="?", type=above_zero, default=CHATS)
    asked = parser.parse_args()
    main(asked.articles, asked.chats)
