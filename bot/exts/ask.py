"""Asking by command: ``/ask`` and, in a message's menu, "Ask the sources"."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.asking import Question, answer
from bot.delivery import acknowledge, respond, show
from bot.interaction import Interaction
from bot.rules.patience import slow_down
from bot.rules.places import is_direct, is_private_by_default, visible_shelf
from bot.telling import speaker_for, telling
from bot.views.answer import AnswerView
from bot.views.notice import Notice
from bot.wording import LONGEST, wording, wording_of

if TYPE_CHECKING:
    from bot.client import Sourcier


class Ask(commands.Cog):
    """Answers questions that are asked by command."""

    def __init__(self, bot: "Sourcier") -> None:
        self._bot = bot
        self._menu = app_commands.ContextMenu(name=locale_str("Ask the sources"), callback=self._ask_about)
        bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Take the menu's command away, as Discord's library does with the others by itself."""
        self._bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(name=locale_str("ask"), description=locale_str("Ask the sources a question"))
    @app_commands.rename(question=locale_str("question"), private=locale_str("private"))
    @app_commands.describe(
        question=locale_str("In French or English, as you like to write it"),
        private=locale_str("Whether only you see the answer"),
    )
    async def ask(
        self,
        interaction: Interaction,
        question: app_commands.Range[str, 1, LONGEST],
        private: bool | None = None,  # noqa: FBT001 - Discord calls it by name
    ) -> None:
        """Answer a typed question."""
        await self._answer(interaction, wording(question), "ask", private=private)

    async def _ask_about(self, interaction: Interaction, message: discord.Message) -> None:
        """Answer the question that somebody's message asks."""
        await self._answer(interaction, wording_of(message), "menu", private=None)

    async def _answer(self, interaction: Interaction, text: str, via: str, *, private: bool | None) -> None:
        async with telling(interaction):
            if not self._bot.handled.first(interaction.id):
                return
            if not text:
                speaker = await speaker_for(interaction)
                await respond(interaction, Notice(speaker.text("There is no text to ask about in this.")))
                return
            shelf = visible_shelf(self._bot, interaction.guild_id)
            alone = is_private_by_default(interaction) if private is None else private
            entry = await self._bot.gate.enter(
                shelf, interaction.user.id, interaction.channel_id, alone=alone, can_hide=True
            )
            if entry.wait:
                self._bot.metrics.refused_by_limit("person")
                await respond(interaction, Notice(slow_down(await speaker_for(interaction), entry.wait)))
                return
            alone = alone or entry.crowded
            await acknowledge(interaction, private=alone)
            question = Question(text, shelf, interaction.user.id, f"interaction {interaction.id}", via)
            replied = await answer(self._bot, question)
            publishable = alone and not is_direct(interaction)
            await show(interaction, AnswerView(replied.card, replied.answer_id, private=publishable))


async def setup(bot: "Sourcier") -> None:
    """Add the commands to the bot."""
    await bot.add_cog(Ask(bot))
