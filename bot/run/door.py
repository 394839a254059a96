"""The optional HTTP port: ``/metrics`` and ``/healthz`` for the operator's tools, and updates for a bot."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from hmac import compare_digest

from aiohttp import web

from digest.errors import AttacheError, StoreError

from .metrics import Metrics

MOST_BYTES = 1 << 20  # of an update; the longest message with all its entities has a tenth
_PATIENCE = 5.0  # seconds for requests in hand when the door closes
_SECRET = "X-Telegram-Bot-Api-Secret-Token"
_TEXT = "text/plain; version=0.0.4; charset=utf-8"  # as Prometheus' format asks


@dataclass(frozen=True, slots=True)
class Slit:
    """Where Telegram posts updates; requests without the secret get a 404."""

    path: str
    secret: str
    receive: Callable[[bytes], Awaitable[int]]  # a body; the status to answer with


@asynccontextmanager
async def opened(
    place: tuple[str, int] | None,
    metrics: Metrics,
    look: Callable[[], Awaitable[None]],
    slit: Slit | None = None,
) -> AsyncIterator[int | None]:
    """The door, open while the block runs; yields its port, or None if no place is set.

    Updates come in through the ``slit``, if there is one. ``look`` brings the figures up to date; when it
    fails with StoreError, the bot is not healthy. Raises AttacheError if the place cannot be listened on.
    """
    if place is None:
        yield None
        return
    application = _application(metrics, look)
    if slit is not None:
        application.router.add_route("*", slit.path, _posted(slit))
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=_PATIENCE)
    await runner.setup()
    watch = asyncio.create_task(metrics.watch_loop())
    try:
        await _listen(runner, *place)
        yield runner.addresses[0][1]
    finally:
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch
        await runner.cleanup()


def _application(metrics: Metrics, look: Callable[[], Awaitable[None]]) -> web.Application:
    async def figures(_request: web.Request) -> web.Response:
        try:
            await look()
        except StoreError as error:  # old figures would pass for those of now
            return web.Response(status=503, text=str(error))
        return web.Response(body=metrics.shown(), headers={"Content-Type": _TEXT})

    async def health(_request: web.Request) -> web.Response:
        try:
            await look()
        except StoreError as error:
            return web.json_response({"status": "failing", "reason": str(error)}, status=503)
        return web.json_response({"status": "ok"})

    application = web.Application(client_max_size=MOST_BYTES)
    application.router.add_get("/metrics", figures)
    application.router.add_get("/healthz", health)
    return application


def _posted(slit: Slit) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def post(request: web.Request) -> web.Response:
        given = request.headers.get(_SECRET, "").encode(errors="surrogateescape")
        knows = compare_digest(given, slit.secret.encode())
        if request.method != "POST" or not knows:
            raise web.HTTPNotFound
        try:
            return web.Response(status=await slit.receive(await request.read()))
        except StoreError:  # Telegram posts it again
            return web.Response(status=503)

    return post


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        reason = error.strerror or "the place cannot be used"
        raise AttacheError(
            f"ATTACHE_HTTP: {host}:{port} cannot be listened on: {reason}"
        ) from error
