"""Who may do what with a server's sources, and how much of it: the server's choice."""

from enum import StrEnum

import discord

from bot.interaction import Interaction
from bot.rules.moderation import has_role, manages
from bot.rules.places import visible_shelf
from bot.rules.preferences import Preferences
from index.model import SHARED
from index.moderating.model import Limits


class Right(StrEnum):
    """What a server may let people do."""

    ADD = "add"
    """Propose sources: read pages and files, see and edit their drafts, discard them."""

    APPROVE = "approve"
    """Let drafts live, review figures, make deals, say what solves a gap, keep golden questions."""

    REMOVE = "remove"
    """Remove and restore sources."""

    AUDIT = "audit"
    """Read who did what."""


async def may(interaction: Interaction, right: Right) -> bool:
    """Tell whether the person behind an interaction has a right in the server that they are in, as of now.

    Whoever may manage the server has all. Else it takes the role that was chosen for this right, or where none was
    chosen, the moderators' role. Where the chosen role was deleted, nobody else has the right.
    """
    shelf = visible_shelf(interaction.client, interaction.guild_id)
    if shelf == SHARED:
        return False
    if manages(interaction):
        return True
    preferences = await interaction.client.preferences.of(shelf)
    return has_role(interaction, _chosen_role(preferences, right) or preferences.role)


def may_now(member: discord.Member, right: Right, preferences: Preferences) -> bool:
    """Tell the same of a member of a server that has these preferences, where no interaction tells of them."""
    granted = member.guild_permissions
    if granted.manage_guild or granted.administrator:
        return True
    return member.get_role(_chosen_role(preferences, right) or preferences.role) is not None


async def limits(interaction: Interaction) -> Limits:
    """Return how much the server that an interaction is in may take."""
    shelf = visible_shelf(interaction.client, interaction.guild_id)
    return limits_of(await interaction.client.preferences.of(shelf))


def limits_of(preferences: Preferences) -> Limits:
    """Return how much a server that has these preferences may take."""
    return Limits(
        sources=preferences.sources,
        adds_an_hour=preferences.adds_an_hour,
        characters=preferences.characters,
    )


def _chosen_role(preferences: Preferences, right: Right) -> int:
    match right:
        case Right.ADD:
            return preferences.may_add
        case Right.APPROVE:
            return preferences.may_approve
        case Right.REMOVE:
            return preferences.may_remove
        case Right.AUDIT:
            return preferences.may_audit
