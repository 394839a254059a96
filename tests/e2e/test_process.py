"""The program as its operator sees it: how it starts, refuses, stops, and what it connects to."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.attache_process import Attache, Stage
from tests.telegram_server import Person, TelegramServer, serve

pytestmark = pytest.mark.asyncio(loop_scope="module")

REFUSED = 3  # exit code: another start will not help
WATCHED = 5.0  # seconds


async def test_a_second_program_on_the_same_database_leaves_with_one_sentence(stage: Stage) -> None:
    done = await stage.attache.command("run", ATTACHE_LOG="error")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("attache: another attache runs on ")
    assert done.stderr.count("\n") == 1


async def test_a_wrong_token_is_told_in_one_sentence(tmp_path: Path) -> None:
    async with serve(TelegramServer(token="7200000042:AAH-another-token")) as base_url:
        other = Attache(tmp_path / "other.db", base_url)
        done = await other.command("run", ATTACHE_LOG="error")
    assert done.returncode == REFUSED
    assert done.stderr == "attache: Telegram does not accept the token\n"


async def test_without_a_token_the_program_says_where_to_get_one(tmp_path: Path) -> None:
    done = await Attache(tmp_path / "other.db").command("run", ATTACHE_TELEGRAM_TOKEN="")
    assert done.returncode == 2
    assert "@BotFather" in done.stderr


@pytest.mark.skipif(
    not Path("/proc/self/net/tcp").exists(), reason="connections are read from /proc"
)
async def test_without_sources_it_connects_to_telegram_only(stage: Stage, ada: Person) -> None:
    port = int(stage.attache.environment["ATTACHE_TELEGRAM_BASE_URL"].split(":")[2].split("/")[0])
    await ada.send("/start")
    seen: set[tuple[str, int]] = set()

    def look() -> bool:
        seen.update(_remote_ends(stage.attache.pid))
        return False

    await stage.server.eventually(look, WATCHED)
    assert seen == {("127.0.0.1", port)}


async def test_a_stop_ends_it_and_the_bot_answers_after_the_next_start(
    stage: Stage, ada: Person
) -> None:
    assert await stage.attache.stop() == 0
    await ada.send("/start")  # waits at Telegram meanwhile
    await stage.attache.start()
    await stage.server.wait_for(lambda: stage.server.sent(ada))


async def test_a_stop_does_not_wait_for_another_program_that_holds_the_database(
    stage: Stage, ada: Person
) -> None:
    with closing(sqlite3.connect(stage.attache.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        await ada.send("/start")
        await stage.server.settled()
        assert await stage.attache.stop() == 0
    assert "ended in the middle of something" in stage.attache.log
    await stage.attache.start()
    await ada.send("/start")
    await stage.server.wait_for(lambda: stage.server.sent(ada))


def _remote_ends(pid: int) -> set[tuple[str, int]]:
    """Where the open TCP connections of a process lead; those still or no longer open are left out."""
    sockets = set(_targets(Path(f"/proc/{pid}/fd")))
    found = set()
    for name in ("tcp", "tcp6"):
        for row in Path(f"/proc/{pid}/net/{name}").read_text().splitlines()[1:]:
            _, _, remote, _, *_rest = fields = row.split()
            if f"socket:[{fields[9]}]" in sockets:
                found.add(_address(remote))
    return found


def _targets(folder: Path) -> Iterator[str]:
    """What the links of a folder name; one that goes while it is read is no longer open."""
    for link in folder.iterdir():
        with suppress(FileNotFoundError):
            yield link.readlink().name


def _address(shown: str) -> tuple[str, int]:
    """As 0100007F:1F90 is 127.0.0.1:8080; an address of IPv6 stays in hexadecimal digits."""
    host, _, port = shown.partition(":")
    if len(host) > 8:
        return host, int(port, 16)
    return ".".join(str(part) for part in reversed(bytes.fromhex(host))), int(port, 16)
