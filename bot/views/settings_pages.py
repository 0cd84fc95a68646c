"""The pages of a server's settings: which settings stand on which, and the buttons that turn to them."""

import re
from enum import StrEnum
from typing import Self

from discord import ButtonStyle
from discord.ui import ActionRow, Button, LayoutView

from bot.rules.preferences import RIGHTS, Setting
from bot.translation import Translator
from bot.views.pressing import PressButton


class SettingsPage(StrEnum):
    """One page of the settings."""

    GENERAL = "general"
    RIGHTS = "rights"
    LIMITS = "limits"


SETTINGS_ON = {
    SettingsPage.GENERAL: (
        Setting.ROLE,
        Setting.LANGUAGE,
        Setting.CHANNELS,
        Setting.NOTICES,
        Setting.PERSON_LIMIT,
        Setting.CHANNEL_LIMIT,
    ),
    SettingsPage.RIGHTS: RIGHTS,
    SettingsPage.LIMITS: (Setting.SOURCES, Setting.ADDS_AN_HOUR, Setting.CHARACTERS),
}
"""Three components each: 40 fit in a message."""

_TEMPLATE = re.compile(rf"settings:(?P<page>{'|'.join(SettingsPage)})")


class SettingsPageButton(PressButton, template=_TEMPLATE):
    """A button that turns to a page of the settings. A press is handed to the listeners as ``settings_page``."""

    def __init__(self, page: SettingsPage, label: str, *, here: bool = False) -> None:
        style = ButtonStyle.primary if here else ButtonStyle.secondary
        super().__init__(Button(label=label, custom_id=f"settings:{page}", style=style, disabled=here))
        self._page = page

    @classmethod
    def read(cls, match: re.Match[str], label: str) -> Self:
        """Read a button from its custom id."""
        return cls(SettingsPage(match["page"]), label)

    def handed_on(self) -> tuple[str, object]:
        """Return the event that a press is, and what it means."""
        return "settings_page", self._page


def page_of(setting: Setting) -> SettingsPage:
    """Return the page on which a setting stands."""
    return next(page for page, settings in SETTINGS_ON.items() if setting in settings)


def turn_row(here: SettingsPage, speaker: Translator) -> ActionRow[LayoutView]:
    """Return the buttons to all pages; that of the page that is shown cannot be pressed."""
    row: ActionRow[LayoutView] = ActionRow()
    for page in SettingsPage:
        row.add_item(SettingsPageButton(page, _name(page, speaker), here=page is here))
    return row


def _name(page: SettingsPage, speaker: Translator) -> str:
    match page:
        case SettingsPage.GENERAL:
            return speaker.text("General")
        case SettingsPage.RIGHTS:
            return speaker.text("Rights")
        case SettingsPage.LIMITS:
            return speaker.text("Limits for sources")
