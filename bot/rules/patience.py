"""How somebody who is too quick is asked to wait."""

import math

from bot.delivery import respond
from bot.interaction import Interaction
from bot.telling import speaker_for
from bot.translation import Translator
from bot.views.notice import Notice


async def lets_through(interaction: Interaction) -> bool:
    """Count a command or a button that somebody uses; where there were too many say so, and return False."""
    wait = interaction.client.gate.use(interaction.user.id)
    if not wait:
        return True
    interaction.client.metrics.refused_by_limit("uses")
    await respond(interaction, Notice(slow_down(await speaker_for(interaction), wait)))
    return False


def slow_down(speaker: Translator, wait: float) -> str:
    """Return how a person is asked for some patience, in seconds."""
    seconds = math.ceil(wait)
    return speaker.plural(
        "Not so fast! Please wait {count} second before your next request.",
        "Not so fast! Please wait {count} seconds before your next request.",
        seconds,
    )
