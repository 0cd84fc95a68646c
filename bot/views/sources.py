"""The sources that are read here, a page of them or one in full, as Discord messages."""

import re
from typing import NamedTuple, Self

from discord import ButtonStyle
from discord.ui import ActionRow, Button, Container, LayoutView, TextDisplay

from bot.cards import SourceCard, describe, printable
from bot.translation import Translator
from bot.views.answer import noted
from bot.views.deep_links import deep_link
from bot.views.markdown import escape, escape_line, fitted
from bot.views.notice import CALM
from bot.views.paging import LEFT_OUT, paginate
from bot.views.pressing import PressButton
from index.model import SHARED, Listing, Source

PAGE = 10
"""Sources on a page of the list."""

LONGEST_SEARCH = 40
"""Characters of a search: with them a button's custom id has at most 94 of Discord's 100, however they are counted."""

# Characters that a part of a text takes once it is drawn. Ten lists entries and their notes stay below the 4,000 of a
# message.
_TITLE = 140
_ORIGIN = 60
_ID = 64
_LONG = 400
_GLIMPSE = 900


class Turn(NamedTuple):
    """A page of the sources that a search finds; ``page`` counts from 0, an empty ``search`` finds all."""

    page: int
    search: str


class TurnButton(
    PressButton,
    template=re.compile(rf"sources:(?P<page>[0-9]{{1,5}}):(?P<search>[^\n]{{0,{LONGEST_SEARCH}}})"),
):
    """A button that turns the pages of the list. A press is handed to the client's listeners as ``turn_sources``."""

    def __init__(self, turn: Turn, label: str, *, disabled: bool = False) -> None:
        self.turn = turn
        custom_id = f"sources:{turn.page}:{turn.search}"
        super().__init__(Button(label=label, custom_id=custom_id, style=ButtonStyle.secondary, disabled=disabled))

    @classmethod
    def read(cls, match: re.Match[str], label: str) -> Self:
        """Read a button from its custom id, which comes from a client."""
        return cls(Turn(int(match["page"]), searchable(match["search"])), label)

    def handed_on(self) -> tuple[str, object]:
        """Return the event that a press is, and what it means."""
        return "turn_sources", self.turn


def searchable(search: str) -> str:
    """Return what somebody looks for as one printable line that fits a button."""
    return " ".join(printable(search, fold=True).split())[:LONGEST_SEARCH].rstrip()


class SourcesView(LayoutView):
    """A page of the sources that a search found, at least one of them."""

    def __init__(self, listing: Listing, turn: Turn, speaker: Translator) -> None:
        super().__init__(timeout=None)
        pages = -(-listing.total // PAGE)
        box: Container[LayoutView] = Container(accent_colour=CALM)
        box.add_item(TextDisplay(f"**{_heading(listing.total, turn.search, speaker)}**"))
        for source in listing.sources:
            box.add_item(TextDisplay(_entry(source, speaker)))
        if pages > 1:
            box.add_item(TextDisplay(f"-# {turn.page + 1}/{pages}"))
        self.add_item(box)
        if pages > 1:
            back, ahead = turn._replace(page=max(turn.page - 1, 0)), turn._replace(page=turn.page + 1)
            self.add_item(
                ActionRow(
                    TurnButton(back, "◀", disabled=turn.page == 0),
                    TurnButton(ahead, "▶", disabled=ahead.page == pages),
                )
            )


class SourceView(LayoutView):
    """All that is known about a source but who added it, and how its text begins: ``opening``, a passage of it."""

    def __init__(self, source: Source, opening: str, speaker: Translator) -> None:
        super().__init__(timeout=None)
        card = describe(source, speaker)
        box: Container[LayoutView] = Container(accent_colour=CALM)
        box.add_item(TextDisplay(f"### {fitted(noted(card.title, card.title_note), _LONG)}"))
        box.add_item(TextDisplay("\n".join(_facts(source, card, speaker))))
        if opening.strip():
            box.add_item(TextDisplay(_glimpse(printable(opening).strip())))
        self.add_item(box)
        if link := deep_link(card.url, ""):
            self.add_item(ActionRow(Button(label=speaker.text("Read"), url=link)))


def _heading(total: int, search: str, speaker: Translator) -> str:
    if not search:
        return speaker.plural("{count} source is read here", "{count} sources are read here", total)
    sought = speaker.quoted(escape_line(search))
    return speaker.plural("{count} source has {search}", "{count} sources have {search}", total, search=sought)


def _entry(source: Source, speaker: Translator) -> str:
    card = describe(source, speaker)
    title = f"**{fitted(card.title, _TITLE)}**"
    facts = (fitted(card.origin, _ORIGIN) if card.origin else "", _date(card, speaker), _owner(source, speaker))
    told = " · ".join(fact for fact in (*facts, fitted(card.id, _ID)) if fact)
    return f"{noted(title, card.title_note)}\n-# {told}"


def _date(card: SourceCard, speaker: Translator) -> str:
    return noted(card.date or speaker.text("undated"), card.date_note)


def _owner(source: Source, speaker: Translator) -> str:
    return speaker.text("shared") if source.shelf == SHARED else speaker.text("this server’s own")


def _facts(source: Source, card: SourceCard, speaker: Translator) -> list[str]:
    extent = speaker.text(
        "{words} in {passages}",
        words=speaker.plural("{count} word", "{count} words", card.words),
        passages=speaker.plural("{count} passage", "{count} passages", card.passages),
    )
    linked = deep_link(card.url, "") is not None
    told = (
        (speaker.text("Publisher"), card.publisher),
        (speaker.text("Credit"), card.credit),
        (speaker.text("Published"), _date(card, speaker)),
        (speaker.text("Language"), speaker.language_name(card.language)),
        (speaker.text("Length"), extent),
        (speaker.text("Version"), speaker.number(card.version)),
        (speaker.text("Added"), card.added),
        (speaker.text("Scope"), _owner(source, speaker)),
        (speaker.text("Id"), card.id),
        (speaker.text("Address"), "" if linked else card.url),
    )
    return [f"**{name}** · {fitted(value, _LONG)}" for name, value in told if value]


def _glimpse(text: str) -> str:
    """Return the first sentences of a text as a block quote, with a sign where it goes on."""
    start = text[: 2 * _GLIMPSE]  # more than is shown
    shown = paginate([start], _GLIMPSE, lambda part: len(_quoted(part)))[0][0]
    return _quoted(shown.rstrip()) + ("" if len(shown) == len(text) else LEFT_OUT.rstrip())


def _quoted(text: str) -> str:
    return "> " + escape(text).replace("\n", "\n> ")
