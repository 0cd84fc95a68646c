"""The application commands of the bot: how many one may use, and what happens when one fails."""

from typing import TYPE_CHECKING, Any

import discord
import structlog
from discord import app_commands

from bot.delivery import respond
from bot.interaction import Interaction
from bot.rules.patience import lets_through
from bot.telling import bind_reference, speaker_for
from bot.views.notice import Notice

if TYPE_CHECKING:
    from bot.client import Sourcier

    _CommandTree = app_commands.CommandTree[Sourcier]
else:
    _CommandTree = app_commands.CommandTree

_log = structlog.get_logger(__name__)


_AnyCommand = app_commands.Command[Any, ..., Any] | app_commands.ContextMenu | app_commands.Group


class Tree(_CommandTree):
    """The commands: for servers, direct messages and group chats, installed to a server or by a person.

    A command that says itself where it may be used keeps to that.
    """

    def add_command(self, command: _AnyCommand, /, **named: Any) -> None:  # noqa: ANN401 - as discord.py has it
        """Add a command, for everywhere where it does not say where."""
        if command.allowed_contexts is None:
            command.allowed_contexts = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
        if command.allowed_installs is None:
            command.allowed_installs = app_commands.AppInstallationType(guild=True, user=True)
        super().add_command(command, **named)

    async def interaction_check(self, interaction: Interaction) -> bool:
        """Let a command through where its user has not used too many."""
        if interaction.type is discord.InteractionType.autocomplete:
            return True
        try:
            return await lets_through(interaction)
        except discord.HTTPException as error:
            _log.warning("nobody could be asked to slow down", error=str(error))
            return False

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError) -> None:
        """Log what went wrong; the person has been told already, unless the command itself is unknown here."""
        interaction.client.metrics.failed("command")
        command = getattr(interaction.command, "qualified_name", None)
        if isinstance(error, (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch)):
            bind_reference()
            _log.warning("a command that Discord knows otherwise", command=command, error=str(error))
            speaker = await speaker_for(interaction)
            changed = speaker.text("This command has changed. Please reload Discord (Ctrl+R) and try again.")
            await respond(interaction, Notice(changed))
            return
        cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
        _log.error("a command failed", command=command, exc_info=cause)
