"""Telling people that what they asked for a source on is solved: in private, once, pinging nobody."""

import asyncio
from typing import NamedTuple

import aiohttp
import discord
import structlog

from bot.client import Sourcier
from bot.delivery import insist, post
from bot.translation import translator
from bot.views.gap_news import GapNewsView
from bot.views.stamps import is_person
from index.moderating.gaps import Solved, Wisher

_AT_ONCE = 4  # people; Discord counts how many are written to

_log = structlog.get_logger(__name__)


class Told(NamedTuple):
    """How many people were told, and how many could not be: gone from the server, or closed to messages."""

    reached: int
    missed: int


async def tell_wishers(bot: Sourcier, guild: discord.Guild, solved: Solved, title: str) -> Told:
    """Tell all who wanted to know, each in the language of their question; ``title``: of the source, if there is one.

    What is told is of a server, so it goes to its members alone.
    """
    turn = asyncio.Semaphore(_AT_ONCE)

    async def tell(wisher: Wisher) -> bool:
        async with turn:
            return await _tell(bot, guild, wisher, title)

    reached = sum(await asyncio.gather(*map(tell, solved.wishers)))
    _log.info("people were told of a solved question", told=reached, missed=len(solved.wishers) - reached)
    return Told(reached, len(solved.wishers) - reached)


async def _tell(bot: Sourcier, guild: discord.Guild, wisher: Wisher, title: str) -> bool:
    if not is_person(wisher.person):
        return False
    address = f"https://discord.com/channels/{guild.id}"
    view = GapNewsView(wisher.question, title, guild.name, address, translator(wisher.language))
    try:
        member = await insist(lambda: guild.fetch_member(int(wisher.person)))
        await post(member, view)
    except (discord.NotFound, discord.Forbidden) as error:
        _log.info("somebody could not be told", code=error.code)
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        bot.metrics.failed("discord")
        _log.error("somebody could not be told", error=str(error))
    else:
        return True
    return False
