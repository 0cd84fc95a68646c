"""The menus of a server's settings: each shows what stands, and saves what is chosen at once.

What a menu sets stands in its custom id, so that it works after a restart; the server is the one that it is used in.
"""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple, Self, TypeAlias, get_args

from discord import ChannelType, SelectDefaultValue, SelectDefaultValueType, SelectOption
from discord.ui import ChannelSelect, DynamicItem, Item, LayoutView, RoleSelect, Select

from bot.arrangements import amount, language_choice
from bot.interaction import Interaction
from bot.rules.preferences import LIMITS, MOST_CHANNELS, RIGHTS, Setting, Spoken
from bot.rules.standing import Standing
from bot.translation import Translator
from bot.views.markdown import truncate

ANSWER_CHANNELS = (ChannelType.text, ChannelType.news, ChannelType.forum, ChannelType.voice)
"""Where the bot may be set to answer without being mentioned."""

NOTICE_CHANNELS = (ChannelType.text, ChannelType.news)
"""Where the bot may be set to write to the moderators."""

_TEMPLATE = re.compile(rf"setting:(?P<setting>{'|'.join(Setting)})")
_PLACEHOLDER = 150  # Discord's limit

Menu: TypeAlias = "Select[LayoutView] | RoleSelect[LayoutView] | ChannelSelect[LayoutView]"


class Choice(NamedTuple):
    """What somebody chose in a menu, as their client sent it: nothing of it is checked yet."""

    setting: Setting
    values: tuple[str, ...]


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


def menu_for(
    setting: Setting, standing: Standing, speaker: Translator, *, answering: bool, manages: bool
) -> SettingMenu:
    """Return the menu of a setting, with what stands as chosen.

    ``answering``: the operator lets the bot read what does not mention it; ``manages``: the reader manages the server.
    """
    custom_id = f"setting:{setting}"
    match setting:
        case Setting.ROLE:
            menu: Menu = _roles(custom_id, _shown(setting, standing), speaker.text("No role"))
        case _ if setting in RIGHTS:
            nobody = speaker.text("No role") if setting in standing.gone else speaker.text("The moderators")
            menu = _roles(custom_id, _shown(setting, standing), nobody, disabled=not manages)
        case Setting.CHANNELS:
            menu = _channels(custom_id, standing.channels, speaker, ANSWER_CHANNELS, most=MOST_CHANNELS)
            menu.disabled = not answering
        case Setting.NOTICES:
            menu = _channels(custom_id, _shown(setting, standing), speaker, NOTICE_CHANNELS, most=1)
        case Setting.LANGUAGE:
            names = {known: language_choice(known, speaker) for known in get_args(Spoken)}
            menu = _list(custom_id, names, standing.preferences.language)
        case _:
            amounts = {str(limit): amount(setting, limit, speaker) for limit in LIMITS[setting]}
            menu = _list(custom_id, amounts, str(standing.preferences.number(setting)))
    return SettingMenu(setting, menu)


def _shown(setting: Setting, standing: Standing) -> tuple[int, ...]:
    """Return the one role or channel that was chosen, none where it was not or is gone."""
    chosen = standing.preferences.number(setting)
    return (chosen,) if chosen and setting not in standing.gone else ()


def _roles(
    custom_id: str, chosen: Iterable[int], placeholder: str, *, disabled: bool = False
) -> RoleSelect[LayoutView]:
    return RoleSelect(
        custom_id=custom_id,
        placeholder=truncate(placeholder, _PLACEHOLDER),
        min_values=0,
        max_values=1,
        default_values=_defaults(chosen, SelectDefaultValueType.role),
        disabled=disabled,
    )


def _channels(
    custom_id: str, chosen: Iterable[int], speaker: Translator, kinds: Iterable[ChannelType], *, most: int
) -> ChannelSelect[LayoutView]:
    return ChannelSelect(
        custom_id=custom_id,
        placeholder=truncate(speaker.text("No channel"), _PLACEHOLDER),
        channel_types=list(kinds),
        min_values=0,
        max_values=most,
        default_values=_defaults(chosen, SelectDefaultValueType.channel),
    )


def _list(custom_id: str, names: dict[str, str], present: str) -> Select[LayoutView]:
    options = [SelectOption(label=name, value=value, default=value == present) for value, name in names.items()]
    return Select(custom_id=custom_id, options=options)


def _defaults(ids: Iterable[int], kind: SelectDefaultValueType) -> list[SelectDefaultValue]:
    return [SelectDefaultValue(id=known, type=kind) for known in ids]
