"""What is known of a deal as a Discord message: figures with the numbers of their quotes, and what can be opened."""

from collections.abc import Iterator, Sequence

from discord.ui import ActionRow, Container, LayoutView, TextDisplay

from bot.deals.cards import DealCard, DealName
from bot.translation import Translator, translator
from bot.views.deal_controls import Kind, OpenButton, Opening, Part, files, subject, turning
from bot.views.figures import fact_lines, figure_lines, heading
from bot.views.markdown import fitted
from bot.views.notice import CALM
from bot.views.proofs import quoted_blocks, sources_of
from bot.views.sheets import Block, draw_page, lay

_TITLE = 300
_NAME = 150
_SHORT = 60


class DealView(LayoutView):
    """A page of a deal's card, with buttons for its quotes, its timeline and its figures as files.

    ``laid``: what ``deal_pages`` makes of the card.
    """

    def __init__(self, card: DealCard, laid: Sequence[Sequence[Block]], opening: Opening) -> None:
        super().__init__(timeout=None)
        speaker = translator(card.language)
        opening = opening._replace(page=min(opening.page, len(laid) - 1))
        box: Container[LayoutView] = Container(accent_colour=CALM)
        box.add_item(TextDisplay(_head(card, speaker)))
        draw_page(box, laid, opening.page)
        self.add_item(box)
        if row := list(turning(opening, len(laid))):
            self.add_item(ActionRow(*row))
        self.add_item(ActionRow(*_buttons(card, opening, speaker)))


def deal_title(card: DealCard) -> str:
    """Return a deal's name, ready to be shown."""
    return fitted(card.title, _TITLE)


def deal_pages(card: DealCard) -> list[list[Block]]:
    """Lay a deal's card on pages."""
    return lay(_blocks(card, translator(card.language)))


def _buttons(card: DealCard, opening: Opening, speaker: Translator) -> Iterator[OpenButton]:
    shown = opening.subject
    if card.quotes:
        yield OpenButton(Opening(shown, Part.QUOTES), speaker.text("Quotes"))
    yield OpenButton(Opening(subject(Kind.TIMELINE, [card.id], shown.as_of), Part.CARD), speaker.text("History"))
    if card.groups:
        yield from files(shown)


def _head(card: DealCard, speaker: Translator) -> str:
    lines = [f"### {deal_title(card)}", f"-# {fitted(card.kind, _SHORT)}"]
    if card.as_of:
        lines[-1] += f" · {fitted(card.as_of, _SHORT)}"
    if card.disagreements:
        told = speaker.plural(
            "figures differ on {count} point", "figures differ on {count} points", len(card.disagreements)
        )
        lines.append(f"-# ⚠ {told}")
    return "\n".join(lines)


def _blocks(card: DealCard, speaker: Translator) -> Iterator[Block]:
    """Yield all that the card says, in the order in which it is read."""
    if card.line is not None:
        yield from quoted_blocks(card.line, "", speaker)
    if card.left_out:
        yield Block("", f"-# {fitted(card.left_out, _TITLE)}")
    yield from _figures(card, speaker)
    also = speaker.text("Also stated")
    for fact in card.facts:
        yield Block(f"{also} · {fitted(fact.kind, _NAME)}", fact_lines(fact, speaker))
    yield from _company(card, speaker)
    yield from sources_of(card.quotes, speaker)


def _figures(card: DealCard, speaker: Translator) -> Iterator[Block]:
    for group in card.groups:
        for figure in group.figures:
            yield Block(heading(group.metric), figure_lines(figure, speaker))
    for figure in card.computed:
        yield Block(speaker.text("Computed from these"), figure_lines(figure, speaker, metric=True))


def _company(card: DealCard, speaker: Translator) -> Iterator[Block]:
    """Yield who takes part, and what other deals it belongs to or has in it."""
    for party in card.parties:
        told = f"{fitted(party.name, _NAME)} · {fitted(party.role, _NAME)} [{party.number}]"
        yield Block(speaker.text("Parties"), told)
    if card.part_of is not None:
        yield Block(speaker.text("Part of"), _named(card.part_of))
    for part in card.parts:
        yield Block(speaker.text("Its parts"), _named(part))


def _named(deal: DealName) -> str:
    return fitted(deal.title, _NAME) + (f" [{deal.number}]" if deal.number is not None else "")
