"""A server's settings as menus: each shows what stands, and saves what is chosen at once.

What a menu sets stands in its custom id, so that it works after a restart; the server is the one that it is used in.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, Self, TypeAlias, get_args

import discord
from discord import ChannelType, SelectDefaultValue, SelectOption
from discord.ui import (
    ActionRow,
    ChannelSelect,
    Container,
    DynamicItem,
    Item,
    LayoutView,
    RoleSelect,
    Select,
    TextDisplay,
)

from bot.interaction import Interaction
from bot.rules.preferences import CHANNEL_LIMITS, MOST_CHANNELS, PERSON_LIMITS, Preferences, Setting, Spoken
from bot.translation import Translator
from bot.views.markdown import truncate
from bot.views.notice import CALM

ANSWER_CHANNELS = (ChannelType.text, ChannelType.news, ChannelType.forum, ChannelType.voice)
"""Where the bot may be set to answer without being mentioned."""

_TEMPLATE = re.compile(rf"setting:(?P<setting>{'|'.join(Setting)})")
_PLACEHOLDER = 150  # Discord's limit

Menu: TypeAlias = "Select[LayoutView] | RoleSelect[LayoutView] | ChannelSelect[LayoutView]"


class Choice(NamedTuple):
    """What somebody chose in a menu, as their client sent it: nothing of it is checked yet."""

    setting: Setting
    values: tuple[str, ...]


class Standing(NamedTuple):
    """What a server has set, and what of that does not exist any more."""

    preferences: Preferences
    role_is_gone: bool
    channels: tuple[int, ...]
    channels_gone: int


class Held(NamedTuple):
    """How much of what people said is kept for a server."""

    reports: int
    wishes: int


class SettingMenu(DynamicItem[Any], template=_TEMPLATE):
    """A menu for one setting. A choice is handed to the client's listeners as the event ``setting_choice``."""

    def __init__(self, setting: Setting, menu: Item[Any]) -> None:
        super().__init__(menu)
        self._setting = setting

    @classmethod
    async def from_custom_id(
        cls,
        _interaction: Interaction,  # type: ignore[override]
        item: Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        """Read a menu from its custom id."""
        return cls(Setting(match["setting"]), item)

    async def callback(self, interaction: Interaction) -> None:  # type: ignore[override]
        """Hand the choice on."""
        values = interaction.data.get("values") if interaction.data else None
        chosen = tuple(value for value in values if isinstance(value, str)) if isinstance(values, list) else ()
        interaction.client.dispatch("setting_choice", interaction, Choice(self._setting, chosen))


class SettingsView(LayoutView):
    """All settings of a server. ``answering``: the operator lets the bot read what does not mention it.

    ``said``: what was changed just now.
    """

    def __init__(self, standing: Standing, held: Held, speaker: Translator, *, answering: bool, said: str = "") -> None:
        super().__init__(timeout=None)
        box: Container[LayoutView] = Container(accent_colour=CALM)
        title = speaker.text("Settings of this server")
        box.add_item(TextDisplay(f"### {title}"))
        for setting in Setting:
            box.add_item(TextDisplay("\n".join(_explained(setting, standing, speaker, answering=answering))))
            menu = _menu(setting, standing, speaker, answering=answering)
            box.add_item(ActionRow(SettingMenu(setting, menu)))
        if said:
            box.add_item(TextDisplay(f"**{said}**"))
        box.add_item(TextDisplay(f"-# {_held(held, speaker)}"))
        self.add_item(box)


def survey(preferences: Preferences, guild: discord.Guild) -> Standing:
    """Return what a server has set, apart from roles and channels that were deleted since.

    While Discord does not tell of the server, everything in it is taken to exist.
    """
    if guild.unavailable:
        return Standing(preferences, role_is_gone=False, channels=preferences.channels, channels_gone=0)
    channels = tuple(channel for channel in preferences.channels if guild.get_channel(channel) is not None)
    return Standing(
        preferences,
        role_is_gone=preferences.role != 0 and guild.get_role(preferences.role) is None,
        channels=channels,
        channels_gone=len(preferences.channels) - len(channels),
    )


def changed(setting: Setting, preferences: Preferences, speaker: Translator) -> str:
    """Return what a choice has changed, as a sentence."""
    match setting:
        case Setting.ROLE if preferences.role:
            said = speaker.text("Saved: {role} moderates, too.", role=f"<@&{preferences.role}>")
        case Setting.ROLE:
            said = speaker.text("Saved: only those who may manage the server moderate.")
        case Setting.LANGUAGE:
            said = speaker.text("Saved: {language}.", language=_language(preferences.language, speaker))
        case Setting.CHANNELS if preferences.channels:
            channels = " ".join(f"<#{channel}>" for channel in preferences.channels)
            said = speaker.text("Saved: I answer without a mention in {channels}.", channels=channels)
        case Setting.CHANNELS:
            said = speaker.text("Saved: I answer only when I am mentioned.")
        case Setting.PERSON_LIMIT:
            said = speaker.text("Saved: {limit} from each person.", limit=_a_minute(preferences.person_limit, speaker))
        case Setting.CHANNEL_LIMIT:
            said = speaker.text("Saved: {limit} in each channel.", limit=_a_minute(preferences.channel_limit, speaker))
    return said


def _explained(setting: Setting, standing: Standing, speaker: Translator, *, answering: bool) -> Iterator[str]:
    match setting:
        case Setting.ROLE:
            yield speaker.text("**Moderators**: who may manage the server, and who has this role.")
            if standing.preferences.role and not standing.role_is_gone:
                yield speaker.text("-# Let this role use my moderators’ commands: Server Settings → Integrations.")
            if standing.role_is_gone:
                gone = speaker.text("The role that was chosen here has been deleted.")
                yield f"-# ⚠ {gone}"
        case Setting.LANGUAGE:
            yield speaker.text("**Language** in which I speak here. An answer speaks that of its question.")
        case Setting.CHANNELS:
            yield speaker.text("**Answer channels**, where questions need no mention.")
            if not answering:
                switched_off = speaker.text(
                    "Not possible now: reading messages that do not mention me has to be switched on by whoever runs "
                    "me, with {variable}.",
                    variable="`SOURCIER_MESSAGE_CONTENT`",
                )
                yield f"-# {switched_off}"
            if standing.channels_gone:
                gone = speaker.plural(
                    "{count} channel that was chosen here has been deleted.",
                    "{count} channels that were chosen here have been deleted.",
                    standing.channels_gone,
                )
                yield f"-# ⚠ {gone}"
        case Setting.PERSON_LIMIT:
            yield speaker.text("**Limit for each person.** Above it I ask for patience.")
        case Setting.CHANNEL_LIMIT:
            yield speaker.text("**Limit for each channel.** Above it only the asker sees an answer.")


def _menu(setting: Setting, standing: Standing, speaker: Translator, *, answering: bool) -> Menu:
    custom_id = f"setting:{setting}"
    preferences = standing.preferences
    match setting:
        case Setting.ROLE:
            shown = (preferences.role,) if preferences.role and not standing.role_is_gone else ()
            return RoleSelect(
                custom_id=custom_id,
                placeholder=truncate(speaker.text("No role"), _PLACEHOLDER),
                min_values=0,
                max_values=1,
                default_values=_defaults(shown, discord.SelectDefaultValueType.role),
            )
        case Setting.CHANNELS:
            return ChannelSelect(
                custom_id=custom_id,
                placeholder=truncate(speaker.text("No channel"), _PLACEHOLDER),
                channel_types=list(ANSWER_CHANNELS),
                min_values=0,
                max_values=MOST_CHANNELS,
                default_values=_defaults(standing.channels, discord.SelectDefaultValueType.channel),
                disabled=not answering,
            )
        case Setting.LANGUAGE:
            return _list(
                custom_id, {known: _language(known, speaker) for known in get_args(Spoken)}, preferences.language
            )
        case Setting.PERSON_LIMIT:
            return _list(custom_id, _limits(PERSON_LIMITS, speaker), str(preferences.person_limit))
        case Setting.CHANNEL_LIMIT:
            return _list(custom_id, _limits(CHANNEL_LIMITS, speaker), str(preferences.channel_limit))


def _list(custom_id: str, names: dict[str, str], present: str) -> Select[LayoutView]:
    options = [SelectOption(label=name, value=value, default=value == present) for value, name in names.items()]
    return Select(custom_id=custom_id, options=options)


def _limits(limits: Iterable[int], speaker: Translator) -> dict[str, str]:
    return {str(limit): _a_minute(limit, speaker) for limit in limits}


def _a_minute(limit: int, speaker: Translator) -> str:
    return speaker.plural("{count} question a minute", "{count} questions a minute", limit)


def _language(language: Spoken, speaker: Translator) -> str:
    if language == "auto":
        return speaker.text("as each person has set Discord")
    return speaker.language_name(language)


def _defaults(ids: Iterable[int], kind: discord.SelectDefaultValueType) -> list[SelectDefaultValue]:
    return [SelectDefaultValue(id=known, type=kind) for known in ids]


def _held(held: Held, speaker: Translator) -> str:
    return speaker.text(
        "Kept for this server: {reports}, {wishes}.",
        reports=speaker.plural("{count} report on an answer", "{count} reports on answers", held.reports),
        wishes=speaker.plural(
            "{count} question for which a source was asked",
            "{count} questions for which a source was asked",
            held.wishes,
        ),
    )
