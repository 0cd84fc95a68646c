"""Where something was asked: which shelf that place sees, and who may see what is answered there."""

import discord

from bot.interaction import Interaction
from index.model import SHARED


def shelf_of(guild_id: int) -> str:
    """Return the shelf of a server."""
    return f"discord-{guild_id}"


def visible_shelf(client: discord.Client, guild_id: int | None) -> str:
    """Return the shelf that a place sees: its server's where the bot is a member, else the shared sources only."""
    if guild_id is None or client.get_guild(guild_id) is None:
        return SHARED
    return shelf_of(guild_id)


def is_private_by_default(interaction: Interaction) -> bool:
    """Tell whether only the asker should see an answer unless they say otherwise.

    So it is where the bot is no member: in servers and group chats to which a person brought it.
    """
    if interaction.guild_id is not None:
        return interaction.client.get_guild(interaction.guild_id) is None
    return interaction.context.private_channel


def is_direct(interaction: Interaction) -> bool:
    """Tell whether an interaction is in the direct messages of a person and the bot, where nobody else is."""
    return interaction.guild_id is None and not interaction.context.private_channel
