"""What goes to Discord goes through here: tried again where Discord stumbles, never sent twice.

A question that was heard is answered even where Discord says 429 or 5xx, or the connection breaks, for a while.
Acknowledging, editing and sending with a nonce may be repeated without harm: Discord keeps one of each.
"""

import asyncio
import random
import secrets
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

import aiohttp
import discord
import structlog
from discord.ui import LayoutView, Modal

from bot.interaction import Interaction

QUICK = (0.2, 0.4, 0.8, 1.0)
"""Seconds between tries of what cannot wait: Discord leaves three for an interaction's first response."""

_WAITS = (0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 30.0, 30.0)
"""Seconds between tries of all else; discord.py has tried several times itself before it lets an error through."""

_ACKNOWLEDGED = "acknowledged"  # noted on an interaction
_ALREADY_ACKNOWLEDGED = 40060
_TOO_MANY, _SERVER_ERRORS = 429, 500
_PASSING = (discord.RateLimited, aiohttp.ClientError, TimeoutError, ConnectionError)

_log = structlog.get_logger(__name__)

T = TypeVar("T")


async def insist(act: Callable[[], Awaitable[T]], waits: Sequence[float] = _WAITS) -> T:
    """Do something with Discord, again where it fails for a passing reason; raises what the last try raised."""
    for wait in waits:
        try:
            return await act()
        except (discord.HTTPException, *_PASSING) as error:
            if not is_passing(error):
                raise
            _log.warning("Discord stumbles", error=str(error), again_in=wait)
        await asyncio.sleep(wait * random.uniform(0.8, 1.0))  # noqa: S311 - so that not all come again at once
    return await act()


def is_passing(error: BaseException) -> bool:
    """Tell whether what failed may work in a while."""
    if isinstance(error, discord.HTTPException):
        return error.status == _TOO_MANY or error.status >= _SERVER_ERRORS
    return isinstance(error, _PASSING)


async def acknowledge(interaction: Interaction, *, private: bool) -> None:
    """Tell Discord that an answer is coming, before its three seconds are over; ``show`` shows it."""
    await _once(lambda: interaction.response.defer(ephemeral=private, thinking=True))
    interaction.extras[_ACKNOWLEDGED] = True


async def take(interaction: Interaction) -> None:
    """Tell Discord that the message with the pressed button is about to change; ``show`` changes it."""
    await _once(interaction.response.defer)
    interaction.extras[_ACKNOWLEDGED] = True


async def show(interaction: Interaction, view: LayoutView, **more: Any) -> None:  # noqa: ANN401 - Discord's own
    """Show what an acknowledged interaction was waiting for."""
    await insist(lambda: interaction.edit_original_response(view=view, **more))


async def respond(interaction: Interaction, view: LayoutView, *, private: bool = True, **more: Any) -> None:  # noqa: ANN401
    """Answer an interaction: at once where it is not answered yet, else by a message after the first."""
    # discord.py does not know of an acknowledgement that went through while its connection broke.
    if interaction.response.is_done() or _ACKNOWLEDGED in interaction.extras:
        await insist(lambda: interaction.followup.send(view=view, ephemeral=private, wait=True, **more))
    else:
        await _once(lambda: interaction.response.send_message(view=view, ephemeral=private, **more))


async def redraw(interaction: Interaction, view: LayoutView) -> None:
    """Put something else in place of the message that a button or a menu stands on."""
    await _once(lambda: interaction.response.edit_message(view=view))


async def inquire(interaction: Interaction, modal: Modal) -> None:
    """Open a form."""
    await _once(lambda: interaction.response.send_modal(modal))


async def post(channel: discord.abc.Messageable, view: LayoutView) -> None:
    """Send a message of its own to a channel or a person; repeated, it is still one."""
    nonce = secrets.token_urlsafe(12)
    await insist(lambda: channel.send(view=view, nonce=nonce))


async def reply(message: discord.Message, view: LayoutView) -> discord.Message:
    """Reply to a message, even where it has been deleted meanwhile; repeated, it is still one reply.

    Where the bot may not read what was written before, Discord lets it write but not refer to a message.
    """
    reference = message.to_reference(fail_if_not_exists=False) if _may_refer(message) else None
    channel, nonce = message.channel, str(message.id)
    if reference is None:
        return await insist(lambda: channel.send(view=view, nonce=nonce))
    return await insist(lambda: channel.send(view=view, reference=reference, nonce=nonce))


def _may_refer(message: discord.Message) -> bool:
    if message.guild is None or isinstance(message.channel, discord.PartialMessageable):
        return True
    return message.channel.permissions_for(message.guild.me).read_message_history


async def _once(act: Callable[[], Awaitable[object]]) -> None:
    """Make an interaction's first response; where an earlier try went through after all, that is enough."""
    try:
        await insist(act, QUICK)
    except discord.HTTPException as error:
        if error.code != _ALREADY_ACKNOWLEDGED:
            raise
    except discord.InteractionResponded:
        return
