"""What Discord calls an interaction, of this bot: a command, a pressed button, a chosen option, a form."""

from typing import TYPE_CHECKING

import discord

if TYPE_CHECKING:
    from bot.client import Sourcier

    Interaction = discord.Interaction[Sourcier]
else:
    Interaction = discord.Interaction
