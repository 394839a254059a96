"""One bot a test; after each the token stands nowhere, and nothing was refused but by the script."""

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog

from bot import logs
from tests.bot_world import OWNER
from tests.fault_world import TOKEN, FaultWorld

SECRET = TOKEN.partition(":")[2]


@pytest.fixture
def logged(capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    """The logs as the program writes them; in the end the token is in none of them."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logs.set_up(style="json", level="INFO")
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        structlog.reset_defaults()
        out, err = capfd.readouterr()
        assert SECRET not in out + err, "the token is in the log"


@pytest.fixture
async def world(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, logged: None
) -> AsyncIterator[FaultWorld]:
    monkeypatch.chdir(tmp_path)  # no .env of the developer's
    world = FaultWorld(tmp_path)
    world.person(OWNER, "Olga")
    await world.plug()
    try:
        await world.start()
        yield world
    finally:
        await world.stop()
        await world.unplug()
    wrong = [c for c in world.server.refused if c.chat_id not in world.refused_rightly]
    assert wrong == [], wrong
    assert_no_secret(world)


def assert_no_secret(world: FaultWorld) -> None:
    for file in world.database.parent.glob("attache.db*"):
        assert SECRET.encode() not in file.read_bytes(), f"the token stands in {file.name}"
    said = [str(call.params) for call in world.server.transcript]
    assert not [one for one in said if SECRET in one], "the token was said"
