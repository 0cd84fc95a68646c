"""Who moderates a server: whoever may manage it, and whoever has the role that its settings name."""

import discord

from bot.interaction import Interaction
from bot.rules.places import visible_shelf
from index.model import SHARED


async def may_moderate(interaction: Interaction) -> bool:
    """Tell whether the person behind an interaction moderates the server that they are in.

    What Discord says of them with this very interaction counts, so a role that was taken away is worth nothing at
    once. Nobody moderates where the bot is no member: there is nothing of that place to moderate.
    """
    shelf = visible_shelf(interaction.client, interaction.guild_id)
    if shelf == SHARED:
        return False
    return manages(interaction) or has_role(interaction, (await interaction.client.preferences.of(shelf)).role)


def manages(interaction: Interaction) -> bool:
    """Tell whether the person behind an interaction may manage the server that they are in, as Discord says with it."""
    return interaction.permissions.manage_guild or interaction.permissions.administrator


def has_role(interaction: Interaction, role: int) -> bool:
    """Tell whether the person behind an interaction has a role, as Discord says with it; nobody has a deleted one."""
    return isinstance(interaction.user, discord.Member) and interaction.user.get_role(role) is not None
