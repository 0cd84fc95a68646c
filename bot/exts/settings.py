"""What a server's moderators set: ``/settings``.

Moderators set all but who has which right: that is for those who manage the server, so that nobody can take a right
that was given to others.
"""

from collections.abc import Container
from typing import TYPE_CHECKING, get_args

import discord
import structlog
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.deal_messages import Attachment, Message, send_message
from bot.delivery import inquire, redraw, respond, show, take
from bot.interaction import Interaction
from bot.rules.moderation import manages, may_moderate
from bot.rules.patience import lets_through
from bot.rules.places import shelf_of
from bot.rules.preferences import LIMITS, MOST_CHANNELS, RIGHTS, Preferences, Setting, Spoken
from bot.rules.standing import survey
from bot.telling import speaker_for, telling
from bot.translation import Translator
from bot.views.help import written
from bot.views.notice import Notice
from bot.views.returned import NAME, ReturnedView
from bot.views.setting_menus import ANSWER_CHANNELS, NOTICE_CHANNELS, Choice, SettingMenu
from bot.views.setting_words import changed
from bot.views.settings import Held, SettingsView
from bot.views.settings_pages import SettingsPage, SettingsPageButton, page_of
from bot.views.synonym_forms import SynonymsButton, SynonymsForm, is_synonyms, read_synonyms
from index.errors import SourcierError

if TYPE_CHECKING:
    from bot.client import Sourcier

_LONGEST_ID = 20  # digits

_log = structlog.get_logger(__name__)


class ServerSettings(commands.Cog):
    """Shows a server's settings to its moderators, and keeps what they choose."""

    def __init__(self, bot: "Sourcier") -> None:
        self._bot = bot

    @app_commands.command(
        name=locale_str("settings"),
        description=locale_str("Who may do what, language, answer channels and limits here"),
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
                await respond(interaction, await self._view(interaction, guild, preferences, SettingsPage.GENERAL))

    @commands.Cog.listener()
    async def on_settings_page(self, interaction: Interaction, page: SettingsPage) -> None:
        """Turn to another page of the settings."""
        async with telling(interaction):
            if not self._bot.handled.first(interaction.id) or not await lets_through(interaction):
                return
            guild = await self._moderated(interaction)
            if guild is not None:
                preferences = await self._bot.preferences.of(shelf_of(guild.id))
                await redraw(interaction, await self._view(interaction, guild, preferences, page))

    @commands.Cog.listener()
    async def on_setting_choice(self, interaction: Interaction, choice: Choice) -> None:
        """Keep what was chosen in a menu of the settings, and show them anew."""
        async with telling(interaction):
            if not self._bot.handled.first(interaction.id) or not await lets_through(interaction):
                return
            guild = await self._moderated(interaction)
            if guild is not None:
                await self._change(interaction, guild, choice)

    @commands.Cog.listener()
    async def on_synonyms_press(self, interaction: Interaction, _press: None) -> None:
        """Open the form with the entries that the server has added to the lexicon."""
        async with telling(interaction):
            if not self._bot.handled.first(interaction.id) or not await lets_through(interaction):
                return
            guild = await self._moderated(interaction)
            if guild is not None:
                text = await self._bot.library.synonyms.of(shelf_of(guild.id))
                await inquire(interaction, SynonymsForm(text, await speaker_for(interaction)))

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        """Keep the entries that were sent in; the form may have been opened before a restart."""
        if interaction.type is not discord.InteractionType.modal_submit or interaction.data is None:
            return
        if not is_synonyms(str(interaction.data.get("custom_id", ""))):
            return
        async with telling(interaction):
            guild = await self._moderated(interaction)
            if guild is not None:
                await take(interaction)
                text = read_synonyms(interaction.data.get("components"))
                try:
                    await self._keep_synonyms(interaction, guild, text)
                except SourcierError:
                    await _give_back(interaction, text)
                    raise

    async def _keep_synonyms(self, interaction: Interaction, guild: discord.Guild, text: str) -> None:
        shelf = shelf_of(guild.id)
        count = await self._bot.library.synonyms.put(text, by=str(interaction.user.id), shelf=shelf)
        _log.info("the synonyms were changed", server=guild.id, by=interaction.user.id, entries=count)
        speaker = await speaker_for(interaction)
        said = speaker.text("Saved: {what}.", what=speaker.plural("{count} entry", "{count} entries", count))
        preferences = await self._bot.preferences.of(shelf)
        await show(interaction, await self._view(interaction, guild, preferences, SettingsPage.GENERAL, said=said))

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
        answering = self._bot.settings.message_content
        if refused := _refusal(choice, guild, speaker, manages=manages(interaction), answering=answering):
            await respond(interaction, Notice(refused))
            return
        shelf, value = shelf_of(guild.id), " ".join(choice.values)
        # Noted before it is done, so that no change can be without its entry in the audit log.
        await self._bot.library.journal.note_setting(shelf, choice.setting, value, by=str(interaction.user.id))
        preferences = await self._bot.preferences.set(shelf, choice.setting, value)
        setting = choice.setting.value
        _log.info("a setting was changed", server=guild.id, by=interaction.user.id, setting=setting, value=value)
        preferences = await self._drop_what_is_gone(guild, preferences)
        speaker = await speaker_for(interaction)  # the language may be another one now
        said = changed(choice.setting, preferences, speaker)
        await redraw(interaction, await self._view(interaction, guild, preferences, page_of(choice.setting), said=said))

    async def _drop_what_is_gone(self, guild: discord.Guild, preferences: Preferences) -> Preferences:
        """Forget the roles and channels that were deleted since they were chosen; return what is left.

        A deleted role keeps its right, that is, keeps it from the moderators until somebody chooses again.
        """
        standing = survey(preferences, guild)
        shelf = shelf_of(guild.id)
        for setting in standing.gone.difference(RIGHTS):
            preferences = await self._bot.preferences.set(shelf, setting, "")
        if standing.channels_gone:
            left = " ".join(str(channel) for channel in standing.channels)
            preferences = await self._bot.preferences.set(shelf, Setting.CHANNELS, left)
        return preferences

    async def _view(
        self,
        interaction: Interaction,
        guild: discord.Guild,
        preferences: Preferences,
        page: SettingsPage,
        *,
        said: str = "",
    ) -> SettingsView:
        shelf = shelf_of(guild.id)
        memory = self._bot.library.memory
        reports, wishes = await memory.reports(shelf), await memory.wishes(shelf)
        return SettingsView(
            survey(preferences, guild),
            Held(len(reports), len(wishes), shown_by=written("gaps", self._bot.command_ids)),
            await speaker_for(interaction),
            page=page,
            answering=self._bot.settings.message_content,
            manages=manages(interaction),
            synonyms=await self._bot.library.synonyms.count(shelf),
            said=said,
        )


async def _give_back(interaction: Interaction, text: str) -> None:
    """Let a person have the text that they sent in and that was not kept: they may have no other copy."""
    if text:
        file = Attachment(NAME, text.encode("utf-8", "replace"))
        await send_message(interaction, Message(ReturnedView(await speaker_for(interaction)), (file,)))


def _refusal(choice: Choice, guild: discord.Guild, speaker: Translator, *, manages: bool, answering: bool) -> str:
    """Return why a choice cannot be taken, nothing where it can. ``manages``: who chose manages the server."""
    if choice.setting in RIGHTS and not manages:
        return speaker.text("Only those who may manage the server say who may do what.")
    if choice.setting in (Setting.ROLE, *RIGHTS) and choice.values == (str(guild.id),):
        return speaker.text("Everybody has that role: please choose one that only moderators have.")
    if not _is_offered(choice, guild, answering=answering):
        return speaker.text("This cannot be chosen here, at least not any more. Please open the settings again.")
    return ""


def _is_offered(choice: Choice, guild: discord.Guild, *, answering: bool) -> bool:
    """Tell whether the menu of a setting offers what was chosen: Discord sees to it, a client may not."""
    setting, values = choice
    if setting in (Setting.ROLE, *RIGHTS):
        return len(values) <= 1 and all(_is_role(value, guild) for value in values)
    if setting is Setting.NOTICES:
        return len(values) <= 1 and all(_is_channel(value, guild, NOTICE_CHANNELS) for value in values)
    if setting is Setting.CHANNELS:
        alike = len(set(values)) < len(values) or len(values) > MOST_CHANNELS
        return answering and not alike and all(_is_channel(value, guild, ANSWER_CHANNELS) for value in values)
    offered = get_args(Spoken) if setting is Setting.LANGUAGE else tuple(map(str, LIMITS[setting]))
    return len(values) == 1 and values[0] in offered


def _is_role(value: str, guild: discord.Guild) -> bool:
    return _is_id(value) and guild.get_role(int(value)) is not None


def _is_channel(value: str, guild: discord.Guild, kinds: Container[discord.ChannelType]) -> bool:
    channel = guild.get_channel(int(value)) if _is_id(value) else None
    return channel is not None and channel.type in kinds


def _is_id(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= _LONGEST_ID


async def setup(bot: "Sourcier") -> None:
    """Add the command and its menus to the bot."""
    bot.add_dynamic_items(SettingMenu, SettingsPageButton, SynonymsButton)
    await bot.add_cog(ServerSettings(bot))
