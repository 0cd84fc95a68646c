"""A list of figures as a card: below the deal that each is first of all about, in the order of the deals."""

from collections.abc import Iterable

from bot.deals.cards import DealName, FiguresCard
from bot.deals.dossiers import deal_name
from bot.deals.figures import FigureCard, lay_out_figure
from bot.deals.numbering import Numbering
from bot.translation import Translator
from index.figures.deals import Deal
from index.model import Figure


def lay_out_figures(figures: Iterable[Figure], deals: Iterable[Deal], speaker: Translator) -> FiguresCard:
    """Return the card of a list of figures. ``deals``: those that they may be about."""
    numbering = Numbering()
    names: dict[str | None, DealName] = {deal.id: deal_name(deal, speaker) for deal in deals}
    by_deal: dict[str | None, list[Figure]] = {deal: [] for deal in names}
    for figure in figures:
        by_deal.setdefault(next((deal for deal in figure.deals if deal in names), None), []).append(figure)
    groups: list[tuple[DealName | None, tuple[FigureCard, ...]]] = [
        (names.get(deal), tuple(lay_out_figure(each, numbering.of_figure(each), speaker) for each in group))
        for deal, group in by_deal.items()
        if group
    ]
    return FiguresCard(speaker.language, tuple(groups), numbering.cards(speaker))
