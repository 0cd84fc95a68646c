"""Whether the bot is well, and its metrics, over HTTP: ``/healthz`` and ``/metrics``, and nothing else."""

import errno
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from bot.operation.metrics import CONTENT_TYPE
from index.errors import SourcierError

Examine = Callable[[], Awaitable[str | None]]
"""Returns why the bot is not well, in a few words without anything secret; None where it is."""

Expose = Callable[[], Awaitable[bytes]]
"""Returns the metrics in Prometheus's text format."""

_LAST_SECONDS = 1.0  # that whoever is being answered has at the end


class AddressUnusable(SourcierError):
    """Metrics cannot be served where the settings say."""


@asynccontextmanager
async def served(host: str, port: int, *, examine: Examine, expose: Expose) -> AsyncIterator[int]:
    """Serve health and metrics while the context lasts; yields the port, which 0 leaves to the system.

    Raises ``AddressUnusable`` where the address is taken or not one of this machine.
    """
    runner = web.AppRunner(_application(examine, expose), access_log=None, shutdown_timeout=_LAST_SECONDS)
    await runner.setup()
    try:
        await _listen(runner, host, port)
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        why = "is already in use" if taken else f"cannot be listened at ({error.strerror or error})"
        raise AddressUnusable(
            f"The address for metrics, {host} port {port}, {why}; "
            f"{'stop what uses it, or ' if taken else ''}change SOURCIER_METRICS_PORT or SOURCIER_METRICS_HOST."
        ) from error


def _application(examine: Examine, expose: Expose) -> web.Application:
    async def health(_request: web.Request) -> web.Response:
        reason = await examine()
        if reason is None:
            return web.json_response({"status": "ok"})
        return web.json_response({"status": "unwell", "reason": reason}, status=503)

    async def metrics(_request: web.Request) -> web.Response:
        return web.Response(body=await expose(), headers={"Content-Type": CONTENT_TYPE})

    application = web.Application()
    application.router.add_get("/healthz", health)
    application.router.add_get("/metrics", metrics)
    application.on_response_prepare.append(_say_little)
    return application


async def _say_little(_request: web.Request, response: web.StreamResponse) -> None:
    """Keep to ourselves what serves this, and let nobody keep an answer."""
    response.headers["Server"] = "sourcier"
    response.headers["Cache-Control"] = "no-store"
