"""What waits for a moderator, and the deals that moderators made, as Discord messages with their buttons."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple, Self

from discord import ButtonStyle
from discord.ui import ActionRow, Button, Container, LayoutView, Section, TextDisplay

from bot.moderation.figure_cards import OwnDealCard
from bot.moderation.waiting_cards import WaitingCard
from bot.translation import Translator
from bot.views import draft_controls
from bot.views.deal_controls import key_of
from bot.views.figures import heading
from bot.views.markdown import fitted
from bot.views.notice import CALM, CAREFUL
from bot.views.pressing import PressButton
from bot.views.stamps import away, person

PAGE = 8
"""Things on a page: with the button of each, they stay below the 40 components of a message."""

# Characters that the parts of a message take once they are drawn; together they stay below Discord's 4,000.
_TITLE = 150
_SAID = 400
_NAMES = 120
_QUOTE = 160


class Act(StrEnum):
    """What a button does."""

    WAITING = "waiting"
    DEALS = "deals"
    DROP = "drop"
    DROP_SURELY = "surely"


class Press(NamedTuple):
    """A pressed button: which page (from 0) it opens; ``deal``: the key of the deal that it is about."""

    act: Act
    page: int = 0
    deal: str = ""


class WaitingButton(
    PressButton,
    template=re.compile(rf"review:(?P<act>{'|'.join(Act)}):(?P<page>[0-9]{{1,4}})(?::(?P<deal>[0-9a-f]{{12}}))?"),
):
    """A button of what waits. A press is handed to the client's listeners as the event ``review_press``."""

    def __init__(
        self, press: Press, label: str, *, style: ButtonStyle = ButtonStyle.secondary, disabled: bool = False
    ) -> None:
        self.press = press
        custom_id = f"review:{press.act}:{press.page}{f':{press.deal}' if press.deal else ''}"
        super().__init__(Button(label=label, custom_id=custom_id, style=style, disabled=disabled))

    @classmethod
    def read(cls, match: re.Match[str], label: str) -> Self:
        """Read a button from its custom id, which comes from a client."""
        return cls(Press(Act(match["act"]), int(match["page"]), match["deal"] or ""), label)

    def handed_on(self) -> tuple[str, object]:
        """Return the event that a press is, and what it means."""
        return "review_press", self.press


class WaitingView(LayoutView):
    """A page of what waits. ``said``: a sentence above it, ready to be shown; ``deals``: how many were made here."""

    def __init__(
        self, cards: Sequence[WaitingCard], page: int, deals: int, speaker: Translator, *, said: str = ""
    ) -> None:
        super().__init__(timeout=None)
        pages = max(1, -(-len(cards) // PAGE))
        page = min(page, pages - 1)
        box: Container[LayoutView] = Container(accent_colour=CALM)
        if said:
            box.add_item(TextDisplay(said))
        title = speaker.text("What waits here")
        box.add_item(TextDisplay(f"### {title}"))
        for card in cards[page * PAGE : (page + 1) * PAGE]:
            box.add_item(Section(TextDisplay(_entry(card, speaker)), accessory=_opening(card, speaker)))
        if not cards:
            box.add_item(TextDisplay(speaker.text("Nothing waits: there are no drafts, and all figures are reviewed.")))
        if pages > 1:
            box.add_item(TextDisplay(f"-# {page + 1}/{pages}"))
        self.add_item(box)
        row = _turning(Act.WAITING, page, pages)
        if deals:
            label = speaker.text("Deals made here: {count}", count=speaker.number(deals))
            row.append(WaitingButton(Press(Act.DEALS), label))
        if row:
            self.add_item(ActionRow(*row))


class OwnDealsView(LayoutView):
    """A page of the deals that moderators made. ``said``: as in ``WaitingView``."""

    def __init__(self, cards: Sequence[OwnDealCard], page: int, speaker: Translator, *, said: str = "") -> None:
        super().__init__(timeout=None)
        pages = max(1, -(-len(cards) // PAGE))
        page = min(page, pages - 1)
        box: Container[LayoutView] = Container(accent_colour=CALM)
        if said:
            box.add_item(TextDisplay(said))
        title = speaker.text("Deals that were made on this server")
        box.add_item(TextDisplay(f"### {title}"))
        for card in cards[page * PAGE : (page + 1) * PAGE]:
            drop = WaitingButton(Press(Act.DROP, page, key_of(card.id)), speaker.text("Drop"))
            box.add_item(Section(TextDisplay(_deal(card, speaker)), accessory=drop))
        if not cards:
            box.add_item(TextDisplay(speaker.text("There are none: a figure that you review can make one.")))
        if pages > 1:
            box.add_item(TextDisplay(f"-# {page + 1}/{pages}"))
        self.add_item(box)
        row = _turning(Act.DEALS, page, pages)
        self.add_item(ActionRow(*row, WaitingButton(Press(Act.WAITING), speaker.text("All that waits"))))


class DropView(LayoutView):
    """Asks once more before a deal is dropped."""

    def __init__(self, card: OwnDealCard, page: int, speaker: Translator) -> None:
        super().__init__(timeout=None)
        title = speaker.quoted(fitted(card.title, _TITLE))
        asked = speaker.text("Drop the deal {title}? Nothing here knows it any more then.", title=title)
        kept = speaker.plural(
            "Its {count} figure stays, without it.", "Its {count} figures stay, without it.", card.figures
        )
        told = f"{asked} {kept}" if card.figures else asked
        self.add_item(Container(TextDisplay(told), accent_colour=CAREFUL))
        surely = Press(Act.DROP_SURELY, page, key_of(card.id))
        self.add_item(
            ActionRow(
                WaitingButton(surely, speaker.text("Drop it"), style=ButtonStyle.danger),
                WaitingButton(Press(Act.DEALS, page), speaker.text("Back")),
            )
        )


def _opening(card: WaitingCard, speaker: Translator) -> draft_controls.DraftButton | draft_controls.FiguresButton:
    if card.until is None:
        return draft_controls.FiguresButton(card.place, speaker.text("Figures"))
    shown = draft_controls.Press(draft_controls.Act.SHOW, card.place)
    return draft_controls.DraftButton(shown, speaker.text("Open"))


def _entry(card: WaitingCard, speaker: Translator) -> str:
    title = f"**{fitted(card.title, _TITLE)}**"
    if card.until is None:
        waits = speaker.plural("{count} figure to review", "{count} figures to review", card.figures)
        return f"{title}\n-# {waits}"
    facts = [speaker.text("a new version") if card.is_version else speaker.text("a draft"), person(card.by, speaker)]
    facts.append(speaker.text("it goes {when}", when=away(card.until)))
    return f"{title}\n-# {' · '.join(facts)}"


def _deal(card: OwnDealCard, speaker: Translator) -> str:
    facts = [fitted(card.kind, _NAMES), speaker.plural("{count} figure", "{count} figures", card.figures)]
    if card.names:
        facts.insert(0, fitted(", ".join(card.names), _NAMES))
    about = fitted(card.about, _QUOTE) if card.about else speaker.text("What it is, no live source says any more.")
    return f"**{heading(card.title)}**\n-# {' · '.join(facts)}\n-# {about}"


def _turning(act: Act, page: int, pages: int) -> list[WaitingButton]:
    if pages == 1:
        return []
    return [
        WaitingButton(Press(act, max(page - 1, 0)), "◀", disabled=page == 0),
        WaitingButton(Press(act, page + 1), "▶", disabled=page + 1 == pages),
    ]
