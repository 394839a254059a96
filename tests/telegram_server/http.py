"""The door over HTTP, for any client, and the webhook's way back."""

import asyncio
import contextlib
import json
import socket
import struct
from collections.abc import AsyncIterator, Mapping

from aiohttp import ClientError, ClientSession, web

from .chats import find_download
from .entities import Json
from .faults import Answer, error
from .schema import Upload
from .server import TelegramServer

PAUSE = 0.02  # seconds between two looks of a loop
BODY_BYTES = 60 * 1024 * 1024


def file_url(base_url: str) -> str:
    """python-telegram-bot's ``base_file_url`` that belongs to a ``base_url``."""
    return f"{base_url.removesuffix('/bot')}/file/bot"


@contextlib.asynccontextmanager
async def serve(
    server: TelegramServer, *, port: int = 0, host: str = "127.0.0.1"
) -> AsyncIterator[str]:
    """Serve over HTTP; yields the base_url, e.g. ``http://127.0.0.1:8081/bot``."""
    door = _Door(server)
    app = web.Application(client_max_size=BODY_BYTES)
    app.router.add_route("*", "/bot{token:[^/]+}/{method}", door.call)
    app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", door.download)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    await site.start()
    hooks = asyncio.create_task(_deliver_webhooks(server))
    try:
        yield f"http://{host}:{runner.addresses[0][1]}/bot"
    finally:
        hooks.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await hooks
        await runner.cleanup()


class _Door:
    """Requests in, answers out."""

    def __init__(self, server: TelegramServer) -> None:
        self._server = server

    async def call(self, request: web.Request) -> web.StreamResponse:
        token, method = request.match_info["token"], request.match_info["method"]
        try:
            params = await _parameters(request)
        except ValueError:
            return _response(error(400, "Bad Request: can't parse the body as JSON object"))
        answer = await self._server.call(token, method, params)
        return await _carried(request, answer) if answer.transport else _response(answer)

    async def download(self, request: web.Request) -> web.Response:
        file = find_download(self._server, request.match_info["path"])
        if file is None or request.match_info["token"] != self._server.token:
            return _response(error(404, "Not Found"))
        return web.Response(body=file.data, content_type="application/octet-stream")


async def _parameters(request: web.Request) -> Mapping[str, object]:
    """From the query, a form, a multipart form or a JSON body."""
    params: dict[str, object] = dict(request.query)
    if request.content_type == "application/json":
        body = json.loads(await request.read() or b"{}")
        if not isinstance(body, dict):
            raise ValueError("no JSON object")
        return params | body
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            params[name] = Upload(value.filename, value.file.read(), value.content_type)
        else:
            params[name] = value
    return params


def _response(answer: Answer) -> web.Response:
    return web.Response(status=answer.status, body=answer.payload, content_type=answer.content_type)


async def _carried(request: web.Request, answer: Answer) -> web.StreamResponse:
    """Break the connection as the answer says."""
    if answer.transport == "hang":
        await asyncio.Event().wait()  # ends with the client's patience: the handler is cancelled
    response = web.StreamResponse(headers={"Content-Type": answer.content_type})
    transport = request.transport
    if answer.transport == "truncate":
        response.content_length = len(answer.payload)
        await response.prepare(request)
        await response.write(answer.payload[: len(answer.payload) // 2])
    if transport is not None and answer.transport == "reset":
        linger = struct.pack("ii", 1, 0)  # on, 0 s: closing sends RST
        transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        transport.abort()
    elif transport is not None:
        transport.close()
    raise asyncio.CancelledError  # aiohttp then writes nothing more


async def _deliver_webhooks(server: TelegramServer) -> None:
    """Post what is pending to the bot's webhook, while it has one."""
    async with ClientSession() as session:
        while True:
            hook = server.updates.webhook
            if not hook.get("url") or not server.updates.pending:
                await asyncio.sleep(PAUSE)
                continue
            update = server.updates.pending[0]
            if await _accepted(session, hook, update):
                server.updates.confirm(update["update_id"] + 1)
            else:
                await asyncio.sleep(PAUSE)


async def _accepted(session: ClientSession, hook: Json, update: Json) -> bool:
    secret = hook.get("secret_token")
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    try:
        async with session.post(hook["url"], json=update, headers=headers) as response:
            return response.status == 200
    except ClientError:
        return False
