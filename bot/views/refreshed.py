"""What came of looking at a source's page again, as a Discord message: for who asked, or as news for the moderators."""

from typing import Any

from discord import ButtonStyle
from discord.ui import ActionRow, Button, Container, Item, LayoutView, TextDisplay

from bot.moderation.keeping_cards import LookedCard, PageCard
from bot.translation import Translator
from bot.views.deep_links import deep_link
from bot.views.differences import card_lines
from bot.views.draft_controls import Act, DraftButton, Press
from bot.views.keeping_controls import Care, Cared, KeepingButton
from bot.views.markdown import escape_line, fitted
from bot.views.notice import CALM, CAREFUL
from bot.views.stamps import away, day

_TITLE = 140
_SENTENCE = 400
_DESCRIBED = 120


class RefreshedView(LayoutView):
    """What a page says now: nothing else, something else, or nothing any more.

    ``place``: the name of the server and the address of one of its channels, where this is shown outside of it.
    """

    def __init__(self, card: LookedCard, speaker: Translator, *, place: tuple[str, str] | None = None) -> None:
        super().__init__(timeout=None)
        box: Container[LayoutView] = Container(accent_colour=CALM if not card.trouble else CAREFUL)
        if place is not None:
            box.add_item(TextDisplay(f"-# {_where(place[0], speaker, waits=bool(card.draft))}"))
        box.add_item(TextDisplay(f"### {fitted(card.source.title, _TITLE)}\n{fitted(card.sentence, _SENTENCE)}"))
        if told := _told(card, speaker):
            box.add_item(TextDisplay(told))
        self.add_item(box)
        if row := _row(card, speaker, place):
            self.add_item(ActionRow(*row))


class ScheduledView(LayoutView):
    """How often a source's page is looked at from now on, and when next."""

    def __init__(self, title: str, card: PageCard, speaker: Translator) -> None:
        super().__init__(timeout=None)
        said = speaker.text("I read this page again: {every}.", every=escape_line(card.every))
        following = "" if card.due_at is None else "\n-# " + speaker.text("next time {time}", time=away(card.due_at))
        text = TextDisplay[LayoutView](f"### {fitted(title, _TITLE)}\n{said}{following}")
        self.add_item(Container(text, accent_colour=CALM))


def _where(server: str, speaker: Translator, *, waits: bool) -> str:
    name = fitted(server, _TITLE)
    if waits:
        return speaker.text("In {server}: /source review shows what waits.", server=name)
    return speaker.text("In {server}", server=name)


def _told(card: LookedCard, speaker: Translator) -> str:
    lines = [f"-# {fitted(each, _DESCRIBED)}" for each in card.described]
    if card.difference is not None:
        lines += card_lines(card.difference, speaker)
    if card.until is not None:
        lines.append("-# " + speaker.text("The draft waits until {day}.", day=day(card.until)))
    return "\n".join(lines)


def _row(card: LookedCard, speaker: Translator, place: tuple[str, str] | None) -> list[Item[Any]]:
    """Return the buttons: those that ask for a server's rights stand only in that server."""
    row: list[Item[Any]] = []
    if place is not None:
        row.append(Button(label=speaker.text("Go to the server"), url=place[1]))
    elif card.draft:
        draft = Press(Act.SHOW, card.draft)
        row.append(DraftButton(draft, speaker.text("Open the draft"), style=ButtonStyle.primary))
    if place is None:
        row.append(KeepingButton(Cared(Care.SHOW, card.source.id), speaker.text("Show the source")))
    if link := deep_link(card.source.url, ""):
        row.append(Button(label=speaker.text("Read"), url=link))
    return row
