"""What is kept about a person, for them to see and to delete: ``/privacy``."""

from typing import TYPE_CHECKING

import structlog
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands
from discord.ui import LayoutView

from bot.delivery import redraw, respond
from bot.interaction import Interaction
from bot.rules.patience import lets_through
from bot.telling import speaker_for, telling
from bot.views.privacy import DeletedView, DeletionView, PrivacyButton, PrivacyView, Step, Stepped
from index.model import Traces

if TYPE_CHECKING:
    from bot.client import Sourcier

_log = structlog.get_logger(__name__)


class Privacy(commands.Cog):
    """Shows people what is kept about them, from all places, and deletes it where they ask for that."""

    def __init__(self, bot: "Sourcier") -> None:
        self._bot = bot

    @app_commands.command(
        name=locale_str("privacy"), description=locale_str("See what I keep about you, and delete it")
    )
    async def privacy(self, interaction: Interaction) -> None:
        """Show what is kept about who asks."""
        async with telling(interaction):
            if self._bot.handled.first(interaction.id):
                traces = await self._bot.library.memory.traces(_whose(interaction))
                await respond(interaction, PrivacyView(traces, 0, await speaker_for(interaction)))

    @commands.Cog.listener()
    async def on_privacy_step(self, interaction: Interaction, stepped: Stepped) -> None:
        """Do what a button says, with what is kept about whoever presses it."""
        async with telling(interaction):
            if self._bot.handled.first(interaction.id) and await lets_through(interaction):
                await _show_alone(interaction, await self._follow(interaction, stepped))

    async def _follow(self, interaction: Interaction, stepped: Stepped) -> LayoutView:
        memory = self._bot.library.memory
        speaker = await speaker_for(interaction)
        if stepped.step is Step.FORGET:
            forgotten = await memory.forget(_whose(interaction))
            _log.info("what was kept about a person is deleted", questions=len(forgotten.questions))
            return DeletedView(forgotten, speaker)
        traces = await memory.traces(_whose(interaction))
        if stepped.step is Step.DELETE and traces != Traces():
            return DeletionView(traces, speaker)
        return PrivacyView(traces, stepped.page, speaker)


def _whose(interaction: Interaction) -> str:
    return str(interaction.user.id)


async def _show_alone(interaction: Interaction, view: LayoutView) -> None:
    """Show a view in place of the message that the button stands on, unless others could see that."""
    if interaction.message is not None and interaction.message.flags.ephemeral:
        await redraw(interaction, view)
    else:
        await respond(interaction, view)


async def setup(bot: "Sourcier") -> None:
    """Add the command and its buttons to the bot."""
    bot.add_dynamic_items(PrivacyButton)
    await bot.add_cog(Privacy(bot))
