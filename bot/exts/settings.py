"""What a server's moderators set: ``/settings``."""

from typing import TYPE_CHECKING, get_args

import discord
import structlog
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.delivery import redraw, respond
from bot.interaction import Interaction
from bot.rules.moderation import may_moderate
from bot.rules.patience import lets_through
from bot.rules.places import shelf_of
from bot.rules.preferences import CHANNEL_LIMITS, MOST_CHANNELS, PERSON_LIMITS, Preferences, Setting, Spoken
from bot.telling import speaker_for, telling
from bot.views.notice import Notice
from bot.views.settings import ANSWER_CHANNELS, Choice, Held, SettingMenu, SettingsView, changed, survey

if TYPE_CHECKING:
    from bot.client import Sourcier

_LONGEST_ID = 20  # digits

_log = structlog.get_logger(__name__)


class ServerSettings(commands.Cog):
    """Shows a server's settings to its moderators, and keeps what they choose."""

    def __init__(self, bot: "Sourcier") -> None:
        self._bot = bot

    @app_commands.command(
        name=locale_str("settings"), description=locale_str("Who moderates, language, answer channels and limits here")
    )
    @app_commands.guild_only()
    @app_commands.allowed_installs(guilds=True, users=False)
    @app_commands.default_permissions(manage_guild=True)
    async def settings(self, interaction: Interaction) -> None:
        """Show the settings of the server."""
        async with telling(interaction):
            if not self._bot.handled.first(interaction.id):
                return
            guild = await self._moderated(interaction)
            if guild is not None:
                preferences = await self._bot.preferences.of(shelf_of(guild.id))
                await respond(interaction, await self._view(interaction, guild, preferences))

    @commands.Cog.listener()
    async def on_setting_choice(self, interaction: Interaction, choice: Choice) -> None:
        """Keep what was chosen in a menu of the settings, and show them anew."""
        async with telling(interaction):
            if not self._bot.handled.first(interaction.id) or not await lets_through(interaction):
                return
            guild = await self._moderated(interaction)
            if guild is not None:
                await self._change(interaction, guild, choice)

    async def _moderated(self, interaction: Interaction) -> discord.Guild | None:
        """Return the server that an interaction is in; where its person does not moderate it, say so: None."""
        guild = None if interaction.guild_id is None else self._bot.get_guild(interaction.guild_id)
        if guild is not None and await may_moderate(interaction):
            return guild
        speaker = await speaker_for(interaction)
        if guild is None:
            refused = speaker.text("There is nothing to set here: I am not a member of this server.")
        else:
            refused = speaker.text("Only moderators of this server may see and change its settings.")
        await respond(interaction, Notice(refused))
        return None

    async def _change(self, interaction: Interaction, guild: discord.Guild, choice: Choice) -> None:
        speaker = await speaker_for(interaction)
        if choice.setting is Setting.ROLE and choice.values == (str(guild.id),):
            everybody = speaker.text("Everybody has that role: please choose one that only moderators have.")
            await respond(interaction, Notice(everybody))
            return
        if not _is_offered(choice, guild, answering=self._bot.settings.message_content):
            stale = speaker.text("This cannot be chosen here, at least not any more. Please open the settings again.")
            await respond(interaction, Notice(stale))
            return
        shelf = shelf_of(guild.id)
        preferences = await self._bot.preferences.set(shelf, choice.setting, " ".join(choice.values))
        _log.info(
            "a setting was changed",
            server=guild.id,
            by=interaction.user.id,
            setting=choice.setting.value,
            value=" ".join(choice.values),
        )
        preferences = await self._drop_what_is_gone(guild, preferences)
        speaker = await speaker_for(interaction)  # the language may be another one now
        said = changed(choice.setting, preferences, speaker)
        await redraw(interaction, await self._view(interaction, guild, preferences, said=said))

    async def _drop_what_is_gone(self, guild: discord.Guild, preferences: Preferences) -> Preferences:
        """Forget the roles and channels that were deleted since they were chosen; return what is left."""
        standing = survey(preferences, guild)
        shelf = shelf_of(guild.id)
        if standing.role_is_gone:
            preferences = await self._bot.preferences.set(shelf, Setting.ROLE, "")
        if standing.channels_gone:
            left = " ".join(str(channel) for channel in standing.channels)
            preferences = await self._bot.preferences.set(shelf, Setting.CHANNELS, left)
        return preferences

    async def _view(
        self, interaction: Interaction, guild: discord.Guild, preferences: Preferences, *, said: str = ""
    ) -> SettingsView:
        shelf = shelf_of(guild.id)
        memory = self._bot.library.memory
        return SettingsView(
            survey(preferences, guild),
            Held(reports=len(await memory.reports(shelf)), wishes=len(await memory.wishes(shelf))),
            await speaker_for(interaction),
            answering=self._bot.settings.message_content,
            said=said,
        )


def _is_offered(choice: Choice, guild: discord.Guild, *, answering: bool) -> bool:
    """Tell whether the menu of a setting offers what was chosen: Discord sees to it, a client may not."""
    values = choice.values
    match choice.setting:
        case Setting.ROLE:
            return len(values) <= 1 and all(_is_id(value) and guild.get_role(int(value)) for value in values)
        case Setting.CHANNELS:
            alike = len(set(values)) < len(values) or len(values) > MOST_CHANNELS
            return answering and not alike and all(_is_answer_channel(value, guild) for value in values)
        case Setting.LANGUAGE:
            return len(values) == 1 and values[0] in get_args(Spoken)
        case Setting.PERSON_LIMIT:
            return len(values) == 1 and values[0] in map(str, PERSON_LIMITS)
        case Setting.CHANNEL_LIMIT:
            return len(values) == 1 and values[0] in map(str, CHANNEL_LIMITS)


def _is_answer_channel(value: str, guild: discord.Guild) -> bool:
    channel = guild.get_channel(int(value)) if _is_id(value) else None
    return channel is not None and channel.type in ANSWER_CHANNELS


def _is_id(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= _LONGEST_ID


async def setup(bot: "Sourcier") -> None:
    """Add the command and its menus to the bot."""
    bot.add_dynamic_items(SettingMenu)
    await bot.add_cog(ServerSettings(bot))
