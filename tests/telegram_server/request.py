"""The door in process: python-telegram-bot's HTTP layer, without HTTP."""

import asyncio
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from telegram import Bot
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from .chats import find_download
from .faults import Answer
from .schema import Upload
from .server import TelegramServer

BREAKS = {  # what httpx and then python-telegram-bot make of each
    "close": "httpx.RemoteProtocolError: Server disconnected without sending a response.",
    "reset": "httpx.ReadError: ",
    "truncate": "httpx.RemoteProtocolError: peer closed connection without complete message body",
    "refuse": "httpx.ConnectError: All connection attempts failed",
}


class InProcessRequest(BaseRequest):
    """Give one to Bot(request=..., get_updates_request=...).

    ``patience``: seconds until a hanging call ends as TimedOut, in place of the read timeout.
    """

    def __init__(self, server: TelegramServer, *, patience: float = 0.02) -> None:
        self._server = server
        self._patience = patience

    @property
    def read_timeout(self) -> float | None:
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        path = unquote(urlsplit(url).path)
        if "/file/bot" in path:
            return self._download(path)
        token, _, name = path.partition("/bot")[2].partition("/")
        answer = await self._server.call(token, name, _parameters(request_data))
        return await self._carried(answer)

    def _download(self, path: str) -> tuple[int, bytes]:
        token, _, rest = path.partition("/file/bot")[2].partition("/")
        file = find_download(self._server, rest) if token == self._server.token else None
        return (200, file.data) if file else (404, b'{"ok":false,"description":"Not Found"}')

    async def _carried(self, answer: Answer) -> tuple[int, bytes]:
        if answer.transport == "hang":
            await asyncio.sleep(self._patience)
            raise TimedOut
        if answer.transport is not None:
            raise NetworkError(BREAKS[answer.transport])
        return answer.status, answer.payload


def in_process_bot(server: TelegramServer) -> Bot:
    """A python-telegram-bot Bot that talks to the server, polls included."""
    doors = InProcessRequest(server), InProcessRequest(server)
    return Bot(server.token, request=doors[0], get_updates_request=doors[1])


def _parameters(data: RequestData | None) -> Mapping[str, object]:
    """The parameters as a form would carry them, files included."""
    if data is None:
        return {}
    files = {
        name: Upload(str(part[0]), _bytes(part[1]), str(part[2]))
        for name, part in data.multipart_data.items()
    }
    return {**data.json_parameters, **files}


def _bytes(content: Any) -> bytes:
    return content if isinstance(content, bytes) else bytes(content.read())
