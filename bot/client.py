"""The bot in Discord: what it connects with, what it opens and closes, and where its errors end."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager

import discord
import structlog
from discord.ext import commands

from bot.localisation import CommandTranslator, synchronise
from bot.operation.metrics import Metrics
from bot.rules.flood import Once
from bot.rules.gate import Gate
from bot.rules.places import shelf_of
from bot.rules.preferences import PreferenceBook
from bot.settings import Settings
from bot.tree import Tree
from bot.views.controls import AnswerButton
from index.errors import SourcierError
from index.library import Library
from index.reading.fetching.policy import Policy

EXTENSIONS = (
    "bot.exts.ask",
    "bot.exts.mentions",
    "bot.exts.answers",
    "bot.exts.deals",
    "bot.exts.figures_check",
    "bot.exts.sources",
    "bot.exts.moderating",
    "bot.exts.learning",
    "bot.exts.settings",
    "bot.exts.privacy",
    "bot.exts.help",
)

_PATIENCE = 8.0  # seconds that closing waits for answers under way
_LATECOMERS = 0.1  # seconds for what Discord has just handed over to begin
_HOUSEKEEPING = 3_600.0  # seconds between two rounds

_log = structlog.get_logger(__name__)


def create_bot(settings: Settings, *, shard_count: int | None = 1, policy: Policy | None = None) -> "Sourcier":
    """Return the bot, configured and not yet connected.

    ``shard_count`` None: as many as Discord recommends; ``policy``: what may be fetched, by default what production
    allows. No setting leads to another one.
    """
    return Sourcier(settings, shard_count=shard_count, policy=policy)


class Sourcier(commands.AutoShardedBot):
    """The client. ``library``, ``preferences`` and ``gate`` are there from ``setup_hook`` on, until it is closed."""

    library: Library
    preferences: PreferenceBook
    gate: Gate

    def __init__(self, settings: Settings, *, shard_count: int | None, policy: Policy | None = None) -> None:
        super().__init__(
            command_prefix=(),
            help_command=None,
            intents=_intents(settings),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            shard_count=shard_count,
            tree_cls=Tree,
        )
        self.settings = settings
        self.policy = policy or Policy.production(settings.page_ports)
        self.metrics = Metrics()
        self.handled = Once()
        self.started_at = time.time()
        self.command_ids: dict[str, int] = {}
        self._under_way: set[asyncio.Task[object]] = set()
        self._knows_servers = False
        self._leaving: asyncio.Future[None] | None = None
        self._house: asyncio.Task[None] | None = None

    async def setup_hook(self) -> None:
        """Open the library and get ready to be asked. Raises what ``Library.open`` raises."""
        opened: asyncio.Future[Library] = self.loop.create_future()
        self._house = asyncio.create_task(self._keep_house(opened), name="housekeeping")
        self._house.add_done_callback(self._house_is_left)
        self.library = await opened
        self.preferences = PreferenceBook(self.library.memory)
        self.gate = Gate(self.preferences)
        self.add_dynamic_items(AnswerButton)
        for extension in (one for one in EXTENSIONS if one not in self.extensions):
            await self.load_extension(extension)
        await self.tree.set_translator(CommandTranslator())
        self.command_ids = await synchronise(self)

    async def _keep_house(self, opened: asyncio.Future[Library]) -> None:
        """Own the library: open it, let go of what is kept too long, and close it when this task is cancelled."""
        try:
            library = await Library.open(self.settings.data.expanduser(), "write", policy=self.policy)
        except BaseException as error:  # noqa: BLE001 - whoever waits for the library raises it
            opened.set_exception(error)
            return
        async with library:
            opened.set_result(library)
            while True:
                await asyncio.sleep(_HOUSEKEEPING)
                await self._tidy()

    async def _tidy(self) -> None:
        """Delete what has been kept long enough, once it is known which servers the bot is in."""
        if not self._knows_servers:
            return
        try:
            gone = await self.library.retention.expire()
        except SourcierError as error:
            _log.error("what is kept too long cannot be deleted now", error=str(error))
            return
        for shelf in gone.shelves:
            self.preferences.forget(shelf)

    def _house_is_left(self, house: asyncio.Task[None]) -> None:
        """Close the client where the task that owns the library fails."""
        if not house.cancelled() and (error := house.exception()) is not None:
            _log.error("the library is lost", exc_info=error)
            self._leaving = asyncio.ensure_future(self.close())

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Keep the client from closing while this task answers somebody, for some seconds at most."""
        task = asyncio.current_task()
        if task is None or task in self._under_way:
            yield
            return
        self._under_way.add(task)
        try:
            yield
        finally:
            self._under_way.discard(task)

    async def close(self) -> None:
        """Finish what is being answered, leave Discord, close the library."""
        deadline = time.monotonic() + _PATIENCE
        await asyncio.sleep(_LATECOMERS)
        while self._under_way and (left := deadline - time.monotonic()) > 0:
            await asyncio.wait(self._under_way, timeout=left)
        await super().close()
        if self._house is not None:
            self._house.cancel()
            await asyncio.gather(self._house, return_exceptions=True)

    async def on_message(self, message: discord.Message) -> None:
        """Leave messages to the extensions: there are no commands in their text."""

    async def on_error(self, event_method: str, /, *_args: object, **_named: object) -> None:
        """Log what went wrong in a listener; whoever set it off has been told already."""
        self.metrics.failed(event_method)
        _log.exception("a listener failed", event_name=event_method)

    async def on_ready(self) -> None:
        """Notice which servers the bot was removed from or added to while it was away."""
        here = {shelf_of(guild.id) for guild in self.guilds}
        departed = await self.library.retention.departed()
        for shelf in await self.library.retention.shelves():
            if shelf not in here and shelf not in departed:
                await self.library.retention.depart(shelf)
        for shelf in here & departed.keys():
            await self.library.retention.arrive(shelf)
        self._knows_servers = True
        await self._tidy()
        _log.info("ready", servers=len(self.guilds), user=str(self.user))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Welcome a server back: what it had is there again."""
        await self.library.retention.arrive(shelf_of(guild.id))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note that the bot was removed from a server: what it had there is erased in time."""
        await self.library.retention.depart(shelf_of(guild.id))
        self.preferences.forget(shelf_of(guild.id))


def _intents(settings: Settings) -> discord.Intents:
    """Return what Discord is asked to tell: nothing privileged, unless the operator has it for answer channels."""
    intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
    intents.message_content = settings.message_content
    return intents
