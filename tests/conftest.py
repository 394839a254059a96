"""What every test stands on: no settings from outside, no network but loopback, the shared data."""

import gc
import logging
import os
import socket
import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, settings

from tests.postgres import described, is_here, postgres
from tests.template import fresh

SHARED = Path(__file__).resolve().parents[2] / "shared"
LOOPBACK = ("127.", "::1", "localhost")
# They wait most of their time: begun first, they end while others have the cores.
BEGUN_FIRST = frozenset(
    f"test_{name}.py" for name in ("push", "dialogues", "serve", "own", "kills", "token")
)

# A machine busy with something else makes no test fail: nothing asserts the time of day or the time it took.
# Generated cases are the same in every run; HYPOTHESIS_PROFILE=explore looks for new ones, five times as
# many.
_CALM = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("attache", **_CALM, derandomize=True)
settings.register_profile("explore", **_CALM, max_examples=500)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "attache"))


@pytest.fixture
def shared() -> Path:
    """The folder with outside data; tests that need it skip where it is missing."""
    if not SHARED.is_dir():
        pytest.skip("the shared data folder is not beside this checkout")
    return SHARED


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in tuple(os.environ):
        if name.startswith("ATTACHE_"):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only loopback may be reached: a test that goes further fails at once."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and not str(address[0]).startswith(LOOPBACK):
            pytest.fail(f"a test tried to reach {address}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)
    yield


@pytest.fixture
def loggers_as_before() -> Iterator[None]:
    """What a test sets up of logging is undone after it: loggers belong to the whole process."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


@pytest.fixture(params=("sqlite", "postgresql") if is_here() else ("sqlite",))
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """An empty database of its own, on a file and, where there is one, on a server."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{fresh(tmp_path / 'attache.db')}"
        return
    async with postgres().database() as url:
        yield url


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Collected tests stay, so nobody looks for garbage among them.

    Collecting the unit tests took 16.4 s of CPU, without that 11.3, in every worker; and a full look while
    they run, which some tests ask for, 0.35 s each (2026-12-01).
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that wait come first, else in the order found."""
    items.sort(key=lambda item: item.path.name not in BEGUN_FIRST)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say on which databases the tests ran."""
    terminalreporter.write_line(f"databases: SQLite {sqlite3.sqlite_version}, {described()}")
