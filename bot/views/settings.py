"""A server's settings as a message: one page of them, each with its menu."""

from collections.abc import Iterator
from typing import NamedTuple

from discord.ui import ActionRow, Container, LayoutView, Section, TextDisplay

from bot.rules.preferences import RIGHTS
from bot.rules.standing import Standing
from bot.translation import Translator
from bot.views.notice import CALM
from bot.views.setting_menus import menu_for
from bot.views.setting_words import explained
from bot.views.settings_pages import SETTINGS_ON, SettingsPage, turn_row
from bot.views.synonym_forms import SynonymsButton


class Held(NamedTuple):
    """How much of what people said is kept for a server, and how the command is written that shows it."""

    reports: int
    wishes: int
    shown_by: str = "/gaps"


class SettingsView(LayoutView):
    """A page of the settings of a server. ``answering``: the operator lets the bot read what does not mention it.

    ``manages``: the reader manages the server; ``synonyms``: how many entries it has added to the lexicon; ``said``:
    what was changed just now.
    """

    def __init__(
        self,
        standing: Standing,
        held: Held,
        speaker: Translator,
        *,
        page: SettingsPage = SettingsPage.GENERAL,
        answering: bool,
        manages: bool,
        synonyms: int = 0,
        said: str = "",
    ) -> None:
        super().__init__(timeout=None)
        box: Container[LayoutView] = Container(accent_colour=CALM)
        title = speaker.text("Settings of this server")
        box.add_item(TextDisplay("\n".join((f"### {title}", *_introduction(page, standing, speaker, manages=manages)))))
        for setting in SETTINGS_ON[page]:
            box.add_item(TextDisplay(explained(setting, standing, speaker, answering=answering)))
            box.add_item(ActionRow(menu_for(setting, standing, speaker, answering=answering, manages=manages)))
        if page is SettingsPage.GENERAL:
            button = SynonymsButton(speaker.text("Edit"))
            box.add_item(Section(TextDisplay(_synonyms(synonyms, speaker)), accessory=button))
        if said:
            box.add_item(TextDisplay(f"**{said}**"))
        if page is SettingsPage.GENERAL:
            box.add_item(TextDisplay(f"-# {_held(held, speaker)}"))
        box.add_item(turn_row(page, speaker))
        self.add_item(box)


def _introduction(page: SettingsPage, standing: Standing, speaker: Translator, *, manages: bool) -> Iterator[str]:
    if page is not SettingsPage.RIGHTS:
        return
    yield speaker.text(
        "Those who may manage the server may do all of this. So may the moderators, except what is given to a role: "
        "that is then for the role alone."
    )
    if any(standing.preferences.number(right) and right not in standing.gone for right in RIGHTS):
        yield speaker.text("-# Let the chosen roles use my moderators’ commands: Server Settings → Integrations.")
    if not manages:
        yield speaker.text("-# Only those who may manage the server can change this.")


def _synonyms(count: int, speaker: Translator) -> str:
    purpose = speaker.text("**Synonyms**: what you call otherwise here than the sources do.")
    return f"{purpose}\n-# {speaker.plural('{count} entry', '{count} entries', count)}"


def _held(held: Held, speaker: Translator) -> str:
    kept = speaker.text(
        "Kept for this server: {reports}, {wishes}.",
        reports=speaker.plural("{count} report on an answer", "{count} reports on answers", held.reports),
        wishes=speaker.plural(
            "{count} question for which a source was asked",
            "{count} questions for which a source was asked",
            held.wishes,
        ),
    )
    shown = speaker.text("{command} shows them.", command=held.shown_by)
    return f"{kept} {shown}"
