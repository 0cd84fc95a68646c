"""What goes to Discord goes through here: tried again where Discord stumbles, never sent twice.

A question that was heard is answered even where Discord says 429 or 5xx, or the connection breaks, for a while.
Acknowledging, editing and sending with a nonce may be repeated without harm: Discord keeps one of each.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import aiohttp
import discord
import structlog
from discord.ui import LayoutView, Modal

from bot.interaction import Interaction

_WAITS = (0.3, 0.9, 2.7, 8.1)
"""Seconds between tries; discord.py has tried several times itself before it lets an error through."""

_ALREADY_ACKNOWLEDGED = 40060
_TOO_MANY, _SERVER_ERRORS = 429, 500
_PASSING = (discord.RateLimited, aiohttp.ClientError, TimeoutError, ConnectionError)

_log = structlog.get_logger(__name__)

T = TypeVar("T")


async def insist(act: Callable[[], Awaitable[T]]) -> T:
    """Do something with Discord, again where it fails for a passing reason; raises what the last try raised."""
    for wait in _WAITS:
        try:
            return await act()
        except (discord.HTTPException, *_PASSING) as error:
            if not _is_passing(error):
                raise
            _log.warning("Discord stumbles", error=str(error), again_in=wait)
        await asyncio.sleep(wait * random.uniform(0.8, 1.2))  # noqa: S311 - so that not all come again at once
    return await act()


def _is_passing(error: BaseException) -> bool:
    if isinstance(error, discord.HTTPException):
        return error.status == _TOO_MANY or error.status >= _SERVER_ERRORS
    return isinstance(error, _PASSING)


async def acknowledge(interaction: Interaction, *, private: bool) -> None:
    """Tell Discord that an answer is coming, before its three seconds are over; ``show`` shows it."""
    await _once(lambda: interaction.response.defer(ephemeral=private, thinking=True))


async def show(interaction: Interaction, view: LayoutView, **more: Any) -> None:  # noqa: ANN401 - Discord's own
    """Show what an acknowledged interaction was waiting for."""
    await insist(lambda: interaction.edit_original_response(view=view, **more))


async def respond(interaction: Interaction, view: LayoutView, *, private: bool = True, **more: Any) -> None:  # noqa: ANN401
    """Answer an interaction: at once where it is not answered yet, else by a message after the first."""
    if interaction.response.is_done():
        await insist(lambda: interaction.followup.send(view=view, ephemeral=private, wait=True, **more))
    else:
        await _once(lambda: interaction.response.send_message(view=view, ephemeral=private, **more))


async def redraw(interaction: Interaction, view: LayoutView) -> None:
    """Put something else in place of the message that a button or a menu stands on."""
    await _once(lambda: interaction.response.edit_message(view=view))


async def inquire(interaction: Interaction, modal: Modal) -> None:
    """Open a form."""
    await _once(lambda: interaction.response.send_modal(modal))


async def reply(message: discord.Message, view: LayoutView) -> discord.Message:
    """Reply to a message, even where it has been deleted meanwhile; repeated, it is still one reply."""
    reference = message.to_reference(fail_if_not_exists=False)
    return await insist(lambda: message.channel.send(view=view, reference=reference, nonce=str(message.id)))


async def _once(act: Callable[[], Awaitable[object]]) -> None:
    """Make an interaction's first response; where an earlier try went through after all, that is enough."""
    try:
        await insist(act)
    except discord.HTTPException as error:
        if error.code != _ALREADY_ACKNOWLEDGED:
            raise
    except discord.InteractionResponded:
        return
