"""The sources that a server keeps, a page of them or one with all that can be done with it, as Discord messages."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from discord import ButtonStyle
from discord.ui import ActionRow, Button, Container, Item, LayoutView, Section, Separator, TextDisplay

from bot.cards import SourceCard
from bot.moderation.keeping_cards import EntryCard, OwnCard
from bot.translation import Translator
from bot.views.answer import noted
from bot.views.deep_links import deep_link
from bot.views.draft_controls import Act, DraftButton, FiguresButton, Press
from bot.views.keeping_controls import Care, Cared, KeepingButton, turning
from bot.views.markdown import fitted
from bot.views.notice import CALM
from bot.views.stamps import away, clock, day, person
from index.model import State

PAGE = 8
"""Sources on a page: with the button of each, they stay below the 40 components of a message."""

_TITLE = 140
_ORIGIN = 60
_LONG = 400


class OwnSourcesView(LayoutView):
    """A page of a server's own sources, at least one of them; ``drafts``: how many drafts wait in all."""

    def __init__(self, entries: Sequence[EntryCard], page: int, total: int, drafts: int, speaker: Translator) -> None:
        super().__init__(timeout=None)
        pages = -(-total // PAGE)
        box: Container[LayoutView] = Container(accent_colour=CALM)
        heading = speaker.plural("{count} source of this server", "{count} sources of this server", total)
        box.add_item(TextDisplay(f"### {heading}{_drafts(drafts, speaker)}"))
        for entry in entries:
            shown = KeepingButton(Cared(Care.SHOW, entry.source.id), speaker.text("Show"))
            box.add_item(Section(TextDisplay(_entry(entry, speaker)), accessory=shown))
        if pages > 1:
            box.add_item(TextDisplay(f"-# {page + 1}/{pages}"))
        self.add_item(box)
        if row := turning(Care.LIST, "", page, pages):
            self.add_item(ActionRow(*row))


class OwnSourceView(LayoutView):
    """A source with all that moderators know of it, and the buttons to look after it.

    ``said``: what has just been done with it, escaped.
    """

    def __init__(self, card: OwnCard, speaker: Translator, *, said: str = "") -> None:
        super().__init__(timeout=None)
        source = card.entry.source
        box: Container[LayoutView] = Container(accent_colour=CALM)
        if said:
            box.add_item(TextDisplay(f"**{said}**"))
            box.add_item(Separator())
        box.add_item(TextDisplay(f"### {fitted(noted(source.title, source.title_note), _LONG)}"))
        box.add_item(TextDisplay("\n".join(f"**{name}** · {told}" for name, told in _facts(card, speaker) if told)))
        self.add_item(box)
        self.add_item(ActionRow(*_buttons(card, speaker)))
        if link := deep_link(source.url, ""):
            self.add_item(ActionRow(Button(label=speaker.text("Read"), url=link)))


def standing(entry: EntryCard, speaker: Translator) -> str:
    """Return where a source stands, escaped."""
    if entry.source.state is State.LIVE:
        return speaker.text("live")
    if entry.restorable_until is None:
        return speaker.text("removed")
    return speaker.text("removed; it can be restored until {day}", day=day(entry.restorable_until))


def _drafts(drafts: int, speaker: Translator) -> str:
    if not drafts:
        return ""
    return "\n-# " + speaker.plural(
        "{count} draft waits: /source review shows it.", "{count} drafts wait: /source review shows them.", drafts
    )


def _entry(entry: EntryCard, speaker: Translator) -> str:
    source = entry.source
    title = fitted(noted(source.title, source.title_note), _TITLE)
    shown = f"**{title}**" if source.state is State.LIVE else f"~~{title}~~"
    facts = (
        standing(entry, speaker),
        speaker.text("a newer version waits for approval") if entry.draft else "",
        fitted(source.origin, _ORIGIN) if source.origin else "",
        fitted(_date(source, speaker), _ORIGIN),
    )
    return f"{shown}\n-# {' · '.join(fact for fact in facts if fact)}"


def _date(source: SourceCard, speaker: Translator) -> str:
    return noted(source.date or speaker.text("undated"), source.date_note)


def _facts(card: OwnCard, speaker: Translator) -> Iterator[tuple[str, str]]:
    source, page = card.entry.source, card.page
    extent = speaker.text(
        "{words} in {passages}",
        words=speaker.plural("{count} word", "{count} words", source.words),
        passages=speaker.plural("{count} passage", "{count} passages", source.passages),
    )
    yield speaker.text("State"), standing(card.entry, speaker)
    if card.entry.draft:
        yield speaker.text("Draft"), speaker.text("a newer version waits for approval")
    for name, told in (
        (speaker.text("Publisher"), source.publisher),
        (speaker.text("Credit"), source.credit),
        (speaker.text("Published"), _date(source, speaker)),
        (speaker.text("Language"), speaker.language_name(source.language)),
        (speaker.text("Length"), extent),
        (speaker.text("Figures"), " · ".join(card.figures)),
        (speaker.text("Version"), speaker.number(source.version)),
    ):
        yield name, fitted(told, _LONG) if told else ""
    added = f"{fitted(source.added, _ORIGIN)} · {person(source.added_by, speaker)}"
    yield speaker.text("Added"), added
    linked = deep_link(source.url, "") is not None
    yield speaker.text("Address"), fitted(source.url, _LONG) if source.url and not linked else ""
    if page is not None:
        yield speaker.text("Read again"), fitted(page.every, _LONG) + _next(page.due_at, speaker)
        if page.seen_at is not None:
            outcome = f" · {fitted(page.outcome, _LONG)}" if page.outcome else ""
            yield speaker.text("Last read"), f"{clock(page.seen_at)}{outcome}"
    yield speaker.text("Id"), fitted(source.id, _LONG)


def _next(due_at: datetime | None, speaker: Translator) -> str:
    return "" if due_at is None else " · " + speaker.text("next time {time}", time=away(due_at))


def _buttons(card: OwnCard, speaker: Translator) -> Iterator[Item[Any]]:
    name, live = card.entry.source.id, card.entry.source.state is State.LIVE
    if card.entry.draft:
        draft = Press(Act.SHOW, card.entry.draft)
        yield DraftButton(draft, speaker.text("Open the draft"), style=ButtonStyle.primary)
    if live and card.page is not None:
        yield KeepingButton(Cared(Care.REFRESH, name), speaker.text("Refresh"))
    if live and card.figures:
        yield FiguresButton(name, speaker.text("Figures"))
    if live:
        remove = Cared(Care.REMOVE, name, turning=True)
        yield KeepingButton(remove, speaker.text("Remove"), style=ButtonStyle.danger)
    else:
        restore = Cared(Care.RESTORE, name, turning=True)
        yield KeepingButton(restore, speaker.text("Restore"), style=ButtonStyle.success)
    yield KeepingButton(Cared(Care.HISTORY, name), speaker.text("Who did what"))
