"""The loop that looks at pages by schedule: a few each time, one after another, and tells where something is new."""

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING

import aiohttp
import discord
import structlog

from bot.moderation.notices import tell
from bot.rules.places import shelf_of
from bot.rules.rights import limits_of
from index.errors import NotFound, SourcierError
from index.model import SHARED
from index.moderating.upkeep import Looked

if TYPE_CHECKING:
    from bot.client import Sourcier

_ROUND = 180.0  # seconds between two rounds
_FEW = 10
"""Pages that are looked at in a round: at most 4,800 a day."""

_log = structlog.get_logger(__name__)


class Watch:
    """Looks at due pages now and then, from ``start`` on until ``stop``."""

    def __init__(self, bot: "Sourcier") -> None:
        self._bot = bot
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; the first round is not at once, so that the bot knows its servers by then."""
        self._task = asyncio.create_task(self._go_on(), name="watching pages")

    async def stop(self) -> None:
        """End, in the middle of a round where there is one: what was not looked at is still due."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _go_on(self) -> None:
        while True:
            await asyncio.sleep(_ROUND)
            try:
                await look_at_due(self._bot)
            except Exception:  # noqa: BLE001 - the next round may go well
                self._bot.metrics.failed("watching")
                _log.exception("a round of looking at pages failed")


async def look_at_due(bot: "Sourcier", now: datetime | None = None, most: int = _FEW) -> list[Looked]:
    """Look at ``most`` pages that are due by a moment, and tell moderators what is new; return what came of them.

    A page whose turn fails is put off, so that it keeps no other from its turn.
    """
    seen = []
    for shelf, source_id in await bot.library.upkeep.due(now, most):
        try:
            looked = await _look(bot, shelf, source_id)
        except NotFound:
            continue  # it was removed since
        except SourcierError as error:
            _log.warning("a page could not be looked at", source=source_id, shelf=shelf, error=str(error))
            await bot.library.upkeep.postpone(source_id, shelf)
        except Exception:  # noqa: BLE001 - the other pages have their turn
            bot.metrics.failed("watching")
            _log.exception("looking at a page failed", source=source_id, shelf=shelf)
            await bot.library.upkeep.postpone(source_id, shelf)
        else:
            if looked is not None:
                seen.append(looked)
    return seen


async def _look(bot: "Sourcier", shelf: str, source_id: str) -> Looked | None:
    """Look at a page and tell what is new; None where its server cannot be told of anything at the moment."""
    guild = next((guild for guild in bot.guilds if shelf_of(guild.id) == shelf), None)
    if shelf != SHARED and (guild is None or guild.unavailable):
        await bot.library.upkeep.postpone(source_id, shelf)
        return None
    limits = None if shelf == SHARED else limits_of(await bot.preferences.of(shelf))
    looked = await bot.library.upkeep.look_by_schedule(source_id, shelf, limits=limits)
    _log.info("a page was looked at", source=source_id, shelf=shelf, outcome=looked.look.value, news=looked.news)
    if looked.news and guild is not None:
        await _tell(bot, guild, shelf, looked)
    return looked


async def _tell(bot: "Sourcier", guild: discord.Guild, shelf: str, looked: Looked) -> None:
    try:
        told = await tell(bot, guild, shelf, looked)
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        bot.metrics.failed("discord")
        _log.error("moderators could not be told of a page", source=looked.source.id, shelf=shelf, error=str(error))
    else:
        _log.info("news of a page", source=looked.source.id, shelf=shelf, told=told)
