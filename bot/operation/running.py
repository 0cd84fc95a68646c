"""The bot as a process: from its settings to its end."""

import asyncio
import random
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from bot.operation.logs import configure_logs
from bot.operation.shielding import shield
from bot.operation.stopping import asked_to_stop
from bot.operation.token_form import PORTAL, is_token
from bot.settings import Settings
from bot.terminal.render import progress
from bot.version import release
from index import pauses
from index.errors import BadInput, SourcierError
from index.library import Library
from index.model import SHARED

if TYPE_CHECKING:
    from bot.client import Sourcier

_SHORTEST_WAIT = 1.0  # seconds between two tries to reach Discord
_LONGEST_WAIT = 300.0
_STORE_PATIENCE = 3.0  # seconds after which a store that does not answer counts as unwell
_CLOSING_PATIENCE = 8.5  # seconds; the client itself takes at most eight to finish its answers

_WARM_UP = "OpenAI"  # asked of the sources once, so that nobody's first question waits for what is then loaded

_log = structlog.get_logger(__name__)


def checked_token(settings: Settings) -> str:
    """Return the token. Raises ``BadInput`` where it cannot be one; the message does not hold it."""
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    if not is_token(token):
        raise BadInput(
            "DISCORD_TOKEN does not have the form of a bot token (three parts joined by dots); "
            f"get one at {PORTAL}: your application, Bot, Reset Token."
        )
    return token


def waits(chance: random.Random) -> Iterator[float]:
    """Yield the seconds to wait before each next try: from one, doubled up to five minutes, less a random part."""
    longest = 2 * _SHORTEST_WAIT
    while True:
        yield longest * chance.uniform(0.5, 1.0)
        longest = min(2 * longest, _LONGEST_WAIT)


async def run(settings: Settings) -> None:
    """Run the bot until a signal asks it to stop, trying for ever to reach Discord.

    Raises ``BadInput`` for a token that cannot be one, ``NotLetIn`` where Discord refuses the bot, the store's errors,
    and ``AddressUnusable`` where metrics cannot be served.
    """
    token = checked_token(settings)
    shield()
    with asked_to_stop() as asked:
        configure_logs(settings.log_level, settings.log_format, hidden=[token], stream=sys.stderr)
        process = Process(settings, token)
        async with AsyncExitStack() as stack:
            if settings.metrics_port is not None:
                from bot.operation.health import served

                server = served(
                    settings.metrics_host, settings.metrics_port, examine=process.examine, expose=process.expose
                )
                port = await stack.enter_async_context(server)
                _log.info("health and metrics are served", host=settings.metrics_host, port=port)
            await process.live(asked)
        _log.info("stopped")


async def _prepare_store(folder: Path) -> None:
    """Make the store or bring it up to date, and find out before all else whether it can be written to."""
    with progress("Bringing the store up to date") as show:

        def report(done: int, of: int) -> None:
            show(done, of)
            _log.info("bringing the store up to date", passages=done, of=of)

        library = await Library.open(folder, "write", progress=report)
    await library.close()


class Process:
    """The bot that runs now. Each try to reach Discord makes a new one, so that nothing is left of a failed one."""

    def __init__(self, settings: Settings, token: str) -> None:
        self._settings = settings
        self._token = token
        self._bot: Sourcier | None = None
        self._was_ready = False
        self._stopping = False

    async def live(self, asked: asyncio.Event) -> None:
        """Prepare the store, then keep a bot connected, until asked to stop. Raises ``NotLetIn`` and store errors."""
        connected = asyncio.create_task(self._stay_connected())
        stopped = asyncio.create_task(asked.wait())
        await asyncio.wait({connected, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if not stopped.done():
            stopped.cancel()
            await connected
            return
        self._stopping = True
        _log.info("stopping; what is being answered is finished first")
        connected.cancel()
        done, _ = await asyncio.wait({connected}, timeout=_CLOSING_PATIENCE)
        if not done:
            _log.warning("closing takes too long and is given up")
        elif not connected.cancelled() and (error := connected.exception()):
            _log.error("closing failed", exc_info=error)

    async def _stay_connected(self) -> None:
        from bot.operation.entrance import passing_trouble, use_api

        await _prepare_store(self._settings.data)
        _log.info("starting", version=release(), data=str(self._settings.data))
        use_api(self._settings.discord_api)
        while True:
            delays = waits(random.Random())  # noqa: S311 - only so that not all bots come again at once
            self._was_ready = False
            while not self._was_ready:
                try:
                    await self._connect()
                    why = "the connection ended"
                except Exception as error:  # noqa: BLE001 - what does not pass is raised again
                    why = passing_trouble(error, was_ready=self._was_ready)
                wait = next(delays)
                _log.warning("Discord cannot be reached; trying again", why=why, in_seconds=round(wait, 1))
                await asyncio.sleep(wait)

    async def _connect(self) -> None:
        """Connect a new bot and stay so until it is closed or fails; cancelled, it finishes what it is answering."""
        from bot.client import create_bot

        async with create_bot(self._settings, shard_count=self._settings.shards) as bot:
            self._bot = bot
            greeting = asyncio.create_task(self._greet(bot))
            try:
                await bot.start(self._token)
            finally:
                greeting.cancel()

    async def _greet(self, bot: "Sourcier") -> None:
        """Once the bot is ready, say how it is invited, let its metrics see what it holds, and warm it up."""
        from bot.operation.invitation import invite_url

        await bot.wait_until_ready()
        self._was_ready = True
        bot.metrics.watch("servers", lambda: len(bot.guilds))
        bot.metrics.watch("gateway_latency_seconds", lambda: bot.latency)
        bot.metrics.watch("shared_sources", self._shared_sources)
        bot.metrics.watch("shared_passages", self._shared_passages)
        bot.metrics.watch("shelves_in_memory", lambda: bot.library.shelves_in_memory)
        if bot.application_id is not None:
            _log.info("whoever manages a server may invite the bot", link=invite_url(bot.application_id))
        pauses.shorten()
        await bot.library.ask(_WARM_UP)
        await bot.library.warmed()
        pauses.shorten()

    async def _shared_sources(self) -> float:
        return (await self._bot.library.count(SHARED)).sources if self._bot else 0

    async def _shared_passages(self) -> float:
        return (await self._bot.library.count(SHARED)).passages if self._bot else 0

    async def examine(self) -> str | None:
        """Return why the bot is not well, None where it is connected and its store answers."""
        bot = self._bot
        if self._stopping:
            return "stopping"
        if bot is None or not bot.is_ready() or any(shard.is_closed() for shard in bot.shards.values()):
            return "not connected to Discord"
        try:
            async with asyncio.timeout(_STORE_PATIENCE):
                await bot.library.count(SHARED)
        except (SourcierError, TimeoutError) as error:
            _log.error("the store does not answer", why=str(error))
            return "the store does not answer"
        return None

    async def expose(self) -> bytes:
        """Return the bot's metrics."""
        return await self._bot.metrics.exposition() if self._bot is not None else b""
