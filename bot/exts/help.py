"""How to use the bot and what it is: ``/help`` and ``/about``."""

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from discord import AppCommandType, app_commands
from discord.app_commands import AppCommandContext, AppInstallationType, locale_str
from discord.ext import commands

from bot.delivery import acknowledge, respond, show
from bot.examples import examples
from bot.interaction import Interaction
from bot.rules.moderation import may_moderate
from bot.rules.places import visible_shelf
from bot.rules.rights import Right, may
from bot.telling import speaker_for, telling
from bot.translation import Translator
from bot.version import release
from bot.views.help import AboutView, HelpView, Known, Place, Usable, written

if TYPE_CHECKING:
    from bot.client import Sourcier

_Tree = app_commands.CommandTree[Any]
_Root = app_commands.Command[Any, ..., Any] | app_commands.Group | app_commands.ContextMenu

_SETTINGS = "settings"
"""The command of those who moderate the server; the others of moderators are for whoever has one of their rights."""


class Help(commands.Cog):
    """Tells people what they can do."""

    def __init__(self, bot: "Sourcier") -> None:
        self._bot = bot

    @app_commands.command(name=locale_str("help"), description=locale_str("How to ask, with examples"))
    async def help(self, interaction: Interaction) -> None:
        """Show how to use the bot in this place."""
        async with telling(interaction):
            await acknowledge(interaction, private=True)
            bot = self._bot
            shelf = visible_shelf(bot, interaction.guild_id)
            speaker = await speaker_for(interaction)
            moderates, keeps = await may_moderate(interaction), await _may_anything(interaction)
            preferences = await bot.preferences.of(shelf)

            def listed(offered: Callable[[_Root], bool]) -> list[Usable]:
                return all_commands(bot.tree, interaction, speaker, bot.command_ids, offered)

            view = HelpView(
                self._place(interaction, preferences.channels),
                await examples(bot.library, shelf, speaker),
                listed(lambda root: root.default_permissions is None),
                listed(
                    lambda root: (
                        root.default_permissions is not None and (moderates if root.name == _SETTINGS else keeps)
                    )
                ),
                Known(*(written(name, bot.command_ids) for name in Known._fields)),
                preferences,
                speaker,
            )
            await show(interaction, view)

    @app_commands.command(name=locale_str("about"), description=locale_str("What I am and what I do not do"))
    async def about(self, interaction: Interaction) -> None:
        """Show the version, what is read here, and how the bot does."""
        async with telling(interaction):
            bot = self._bot
            counted = await bot.library.count(visible_shelf(bot, interaction.guild_id))
            latency = bot.latency if math.isfinite(bot.latency) else None
            speaker = await speaker_for(interaction)
            await respond(interaction, AboutView(release(), counted, bot.started_at, latency, speaker))

    def _place(self, interaction: Interaction, chosen: tuple[int, ...]) -> Place:
        bot = self._bot
        guild = None if interaction.guild_id is None else bot.get_guild(interaction.guild_id)
        answering = []
        if guild is not None and bot.settings.message_content:
            answering = [channel for channel in chosen if guild.get_channel(channel)]
        return Place(
            me=bot.user.id if bot.user else interaction.application_id,
            server=guild is not None,
            direct=interaction.guild_id is None and not interaction.context.private_channel,
            channels=answering,
        )


async def _may_anything(interaction: Interaction) -> bool:
    """Tell whether the person behind an interaction may do anything with the sources of the server that they are in."""
    for right in Right:
        if await may(interaction, right):
            return True
    return False


def all_commands(
    tree: _Tree,
    interaction: Interaction,
    speaker: Translator,
    ids: Mapping[str, int],
    offered: Callable[[_Root], bool] = lambda _root: True,
) -> list[Usable]:
    """Return what one may use where an interaction comes from: commands, then what stands in the menu of a message.

    They come from the tree, with their localised descriptions: those that are ``offered``, by their roots.
    """
    leaves = [command for command in tree.walk_commands() if isinstance(command, app_commands.Command)]
    return [
        Usable(written(command.qualified_name, ids), speaker.text(command.description))
        for command in leaves
        if _is_usable(tree, command.root_parent or command, interaction, offered)
    ] + [
        Usable(f"**{speaker.text(menu.name)}**", speaker.text("in the menu of a message, under Apps"))
        for menu in tree.walk_commands(type=AppCommandType.message)
        if _is_usable(tree, menu, interaction, offered)
    ]


def _is_usable(tree: _Tree, root: _Root, interaction: Interaction, offered: Callable[[_Root], bool]) -> bool:
    """Tell whether a command is ``offered``, and whether it can be used at all where an interaction comes from."""
    if not offered(root):
        return False
    contexts = tree.allowed_contexts.merge(root.allowed_contexts or AppCommandContext())
    installs = tree.allowed_installs.merge(root.allowed_installs or AppInstallationType())
    if interaction.guild_id is not None:
        return contexts.guild and (installs.user or interaction.client.get_guild(interaction.guild_id) is not None)
    if interaction.context.private_channel:
        return contexts.private_channel and installs.user and not root.guild_only
    return contexts.dm_channel and not root.guild_only


async def setup(bot: "Sourcier") -> None:
    """Add the commands to the bot."""
    await bot.add_cog(Help(bot))
