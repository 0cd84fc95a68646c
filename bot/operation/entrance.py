"""The way into Discord: at which address, and what it means when one is not let in."""

import aiohttp
import discord
import structlog
from discord.http import Route

from bot.operation.token_form import PORTAL
from index.errors import SourcierError

_TOO_MANY_REQUESTS = 429
_SERVER_ERRORS = 500
_LONGEST_REASON = 200  # characters

# Close codes of the gateway, see https://discord.com/developers/docs/topics/opcodes-and-status-codes.
_TOKEN_REFUSED = 4004
_SHARDS_REFUSED = (4010, 4011)

# discord.py tries a gateway that does not answer again and again by recursion, for an hour or two.
_PASSING = (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError, RecursionError)

_log = structlog.get_logger(__name__)


class NotLetIn(SourcierError):
    """Discord does not let the bot in, and would not if it tried again."""


def use_api(address: str | None) -> None:
    """Send all requests of this process to a base address instead of Discord's own; None: to Discord's own."""
    if address is not None:
        Route.BASE = address
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # this bot never speaks


def passing_trouble(error: Exception, *, was_ready: bool = False) -> str:
    """Return in a few words why Discord cannot be reached now, where it may be reached later.

    Raises ``NotLetIn`` where trying again would not help, and errors of the store as they are. ``was_ready``: the bot
    had been let in and worked; then a defect (an event that nobody expected, say) ends the connection and not the bot.
    """
    if isinstance(error, SourcierError):
        raise error
    if isinstance(error, discord.LoginFailure) or _code(error) == _TOKEN_REFUSED:
        raise NotLetIn(
            "Discord refuses the token in DISCORD_TOKEN: it was reset, or its application was deleted; "
            f"get a new one at {PORTAL}: your application, Bot, Reset Token."
        ) from error
    if isinstance(error, discord.PrivilegedIntentsRequired):
        raise NotLetIn(
            "Discord refuses the message content intent: switch it on at "
            f"{PORTAL} (your application, Bot, Message Content Intent), or unset SOURCIER_MESSAGE_CONTENT."
        ) from error
    if _code(error) in _SHARDS_REFUSED:
        raise NotLetIn(
            "Discord refuses this number of shards for so many servers: unset SOURCIER_SHARDS, "
            "and Discord's own recommendation is used."
        ) from error
    if isinstance(error, discord.HTTPException) and not _is_passing(error):
        raise NotLetIn(f"Discord refuses what the bot asks for at its start: {_reason(error)}.") from error
    if not isinstance(error, _PASSING) and was_ready:
        _log.error("a defect ends the connection", exc_info=error)
        return f"a defect of Sourcier ({type(error).__name__})"
    if not isinstance(error, _PASSING):
        _log.error("a defect ends the bot", exc_info=error)
        raise NotLetIn(
            f"This is a defect of Sourcier ({type(error).__name__}), please report it with its traceback in the log."
        ) from error
    return _reason(error)


def _is_passing(error: discord.HTTPException) -> bool:
    return error.status >= _SERVER_ERRORS or error.status == _TOO_MANY_REQUESTS


def _code(error: Exception) -> int | None:
    return error.code if isinstance(error, discord.ConnectionClosed) else None


def _reason(error: Exception) -> str:
    words = " ".join(str(error).split()) or type(error).__name__
    return words.rstrip(".")[:_LONGEST_REASON]
