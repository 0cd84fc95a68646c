"""The door of everything that moderators do: once for each interaction, not too often, and only with the right to."""

import discord

from bot.delivery import respond
from bot.interaction import Interaction
from bot.rules.patience import lets_through
from bot.rules.places import shelf_of
from bot.rules.rights import Right, may
from bot.telling import speaker_for
from bot.translation import Translator
from bot.views.notice import Notice


async def admitted(interaction: Interaction, right: Right) -> str | None:
    """Return the shelf of the server in which somebody may do something now; else say why they may not: None.

    An interaction that has been here already, as Discord may send it twice, is let down without a word.
    """
    if not interaction.client.handled.first(interaction.id):
        return None
    is_command = interaction.type is discord.InteractionType.application_command  # the tree has counted those
    if not is_command and not await lets_through(interaction):
        return None
    return await permitted(interaction, right)


async def permitted(interaction: Interaction, right: Right) -> str | None:
    """Return what ``admitted`` does, for an interaction that has been counted already."""
    guild = None if interaction.guild_id is None else interaction.client.get_guild(interaction.guild_id)
    if guild is not None and await may(interaction, right):
        return shelf_of(guild.id)
    speaker = await speaker_for(interaction)
    if guild is None:
        said = speaker.text("There are no sources to look after here: I am not a member of this server.")
    else:
        said = refusal(right, speaker)
    await respond(interaction, Notice(said))
    return None


def refusal(right: Right, speaker: Translator) -> str:
    """Return what is said to somebody who lacks a right."""
    return {
        Right.ADD: speaker.text("Only those whom this server lets add sources may do this."),
        Right.APPROVE: speaker.text("Only those whom this server lets approve sources may do this."),
        Right.REMOVE: speaker.text("Only those whom this server lets remove sources may do this."),
        Right.AUDIT: speaker.text("Only those whom this server lets read the history may do this."),
    }[right]
