"""The figures in somebody's message held against the sources: "Check the figures" in a message's menu."""

import asyncio
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.deals.checks import lay_out_check
from bot.delivery import respond, show
from bot.interaction import Interaction
from bot.rules.admission import admit
from bot.rules.places import visible_shelf
from bot.telling import speaker_for, telling
from bot.views.check import check_pages, check_views
from bot.views.notice import Notice
from bot.wording import lines_of

if TYPE_CHECKING:
    from bot.client import Sourcier


class FiguresCheck(commands.Cog):
    """Checks what people write, for who asks for it alone: nobody is put on the spot."""

    def __init__(self, bot: "Sourcier") -> None:
        self._bot = bot
        self._menu = app_commands.ContextMenu(name=locale_str("Check the figures"), callback=self._check)
        bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Take the menu's command away, as Discord's library does with the others by itself."""
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)

    async def _check(self, interaction: Interaction, message: discord.Message) -> None:
        """Show what the sources say to each figure of a message."""
        async with telling(interaction):
            text = lines_of(message)
            speaker = await speaker_for(interaction)
            if not text:
                await respond(interaction, Notice(speaker.text("There is no text to check in this.")))
                return
            if not await admit(interaction, alone=True):
                return
            checked = await self._bot.library.known.check(text, visible_shelf(self._bot, interaction.guild_id))
            card = await asyncio.to_thread(lay_out_check, checked, speaker)
            first, *others = check_views(card, await asyncio.to_thread(check_pages, card))
            await show(interaction, first)
            for view in others:
                await respond(interaction, view)


async def setup(bot: "Sourcier") -> None:
    """Add the command to the bot."""
    await bot.add_cog(FiguresCheck(bot))
