"""One program for each file of tests, on a database of its own that holds the earlier articles."""

import shutil
from collections.abc import AsyncIterator
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio

from tests.attache_process import TOKEN, Attache, Stage
from tests.telegram_server import Person, TelegramServer, serve
from tests.template import fresh

_ids = count(7)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.e2e)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that holds the earlier articles."""
    attache = Attache(fresh(tmp_path_factory.mktemp("filled") / "attache.db"))
    await attache.ingest("earlier")
    return attache.database


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Stage]:
    """The program, started. In the end nothing it asked was refused, and it gave no secret away."""
    database = Path(shutil.copy(filled, tmp_path_factory.mktemp("attache") / "attache.db"))
    server = TelegramServer(token=TOKEN)
    async with serve(server) as base_url:
        attache = Attache(database, base_url)
        try:
            await attache.start()
            yield Stage(attache, server)
        finally:
            attache.clean_up()
    assert server.refused == (), server.refused
    assert all(press.is_answered for press in server.presses.values())
    _assert_no_secret(attache)


def _assert_no_secret(attache: Attache) -> None:
    secret = TOKEN.partition(":")[2]
    assert secret not in attache.log
    for file in attache.folder.glob("attache.db*"):
        assert secret.encode() not in file.read_bytes(), f"the token stands in {file.name}"


@pytest.fixture
def ada(stage: Stage) -> Person:
    """A person whom no other test knows."""
    return stage.server.user(next(_ids), "Ada")
