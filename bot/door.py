"""The optional door for the operator's tools: ``/metrics`` and ``/healthz`` over HTTP."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from aiohttp import web

from digest.errors import InputError, StoreError

from .metrics import Metrics

_TEXT = "text/plain; version=0.0.4; charset=utf-8"  # as Prometheus' format asks


@asynccontextmanager
async def opened(
    place: tuple[str, int] | None, metrics: Metrics, look: Callable[[], Awaitable[None]]
) -> AsyncIterator[int | None]:
    """The door while the block runs; yields its port, None where no place is set.

    ``look`` brings the figures up to date; where it fails with StoreError the bot is not healthy.
    Raises InputError where the place cannot be listened on.
    """
    if place is None:
        yield None
        return
    runner = web.AppRunner(_application(metrics, look), access_log=None)
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
        await look()
        return web.Response(body=metrics.shown(), headers={"Content-Type": _TEXT})

    async def health(_request: web.Request) -> web.Response:
        try:
            await look()
        except StoreError as error:
            return web.json_response({"status": "failing", "reason": str(error)}, status=503)
        return web.json_response({"status": "ok"})

    application = web.Application()
    application.router.add_get("/metrics", figures)
    application.router.add_get("/healthz", health)
    return application


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        reason = error.strerror or "the place cannot be used"
        raise InputError(f"ATTACHE_HTTP: {host}:{port} cannot be listened on: {reason}") from error
