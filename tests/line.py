"""A line to a database server that may swallow what is said, as a network that is gone without a word."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from sqlalchemy import make_url

_PORT = 5432  # where a socket in a folder does not say


@dataclass(slots=True)
class Line:
    """The line while it is open; what is swallowed arrives once it is mended."""

    url: str  # of the database, over this line
    is_deaf_from: Callable[[bytes], bool] = lambda _said: False  # no answer passes after such words
    _there: asyncio.Event = field(default_factory=asyncio.Event)
    _back: asyncio.Event = field(default_factory=asyncio.Event)

    def swallow(self) -> None:
        """Let nothing pass in either direction; connections are made all the same."""
        self._there.clear()
        self._back.clear()

    def mend(self) -> None:
        """Let all pass again, and what was swallowed first."""
        self.is_deaf_from = lambda _said: False
        self._there.set()
        self._back.set()

    async def ask(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on what the client says."""
        while said := await reader.read(1 << 16):
            await self._there.wait()
            if self.is_deaf_from(said):
                self._back.clear()
            writer.write(said)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on what the server says."""
        while said := await reader.read(1 << 16):
            await self._back.wait()
            writer.write(said)


def words(*each: bytes) -> Callable[[bytes], bool]:
    """Whether all of them have been said, one behind the other."""
    left = list(each)

    def are_said(said: bytes) -> bool:
        while left and left[0] in said:
            said = said.partition(left.pop(0))[2]
        return not left

    return are_said


@asynccontextmanager
async def line_to(url: str) -> AsyncIterator[Line]:
    """A line to the server of ``url``, from a port of this machine."""
    passing: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        passing.add(task)
        with suppress(OSError, asyncio.CancelledError):
            there_reader, there_writer = await _opened(url)
            ways = [
                asyncio.create_task(line.ask(reader, there_writer)),
                asyncio.create_task(line.answer(there_reader, writer)),
            ]
            try:
                await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for way in ways:
                    way.cancel()
                await asyncio.gather(*ways, return_exceptions=True)
                for end in (writer, there_writer):
                    end.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    over = make_url(url).set(host="127.0.0.1", port=port, query={})
    line = Line(over.render_as_string(hide_password=False))
    line.mend()
    try:
        yield line
    finally:
        server.close()
        for task in passing:
            task.cancel()
        await asyncio.gather(*passing, return_exceptions=True)


async def _opened(url: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    address = make_url(url)
    host, port = address.host or str(address.query["host"]), address.port or _PORT
    if host.startswith("/"):
        return await asyncio.open_unix_connection(f"{host}/.s.PGSQL.{port}")
    return await asyncio.open_connection(host, port)
