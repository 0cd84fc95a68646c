"""Commands that take as much as a question, and are counted as one."""

from bot.delivery import acknowledge, respond
from bot.interaction import Interaction
from bot.rules.patience import slow_down
from bot.rules.places import visible_shelf
from bot.telling import speaker_for
from bot.views.notice import Notice


async def admit(interaction: Interaction, *, alone: bool) -> bool:
    """Count a command and acknowledge it; where there were too many ask for patience, and return False.

    ``alone``: only who uses it shall see what it shows; so it is, too, where the channel has had its share.
    """
    bot = interaction.client
    if not bot.handled.first(interaction.id):
        return False
    shelf = visible_shelf(bot, interaction.guild_id)
    entry = await bot.gate.enter(shelf, interaction.user.id, interaction.channel_id, alone=alone, can_hide=True)
    if entry.wait:
        bot.metrics.refused_by_limit("person")
        await respond(interaction, Notice(slow_down(await speaker_for(interaction), entry.wait)))
        return False
    await acknowledge(interaction, private=alone or entry.crowded)
    return True
