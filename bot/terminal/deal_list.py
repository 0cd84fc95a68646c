"""Deals in a list, drawn in a terminal: what they are called, and how many figures count for each."""

from collections.abc import Collection, Iterable, Sequence

from bot.meanings import kind_of_deal
from bot.moderation.figure_cards import deal_title
from bot.terminal.blocks import Table, line
from bot.terminal.screen import to_stdout
from bot.translation import translator
from index.figures.deals import Deal
from index.model import Figure

_ENGLISH = translator("en")


def show_deals(deals: Sequence[Deal], made: Collection[str], figures: Iterable[Figure]) -> None:
    """Print deals. ``made``: the ids of those that somebody made here; ``figures``: those that count."""
    joined = [deal for figure in figures for deal in figure.deals]
    rows = tuple(
        (
            deal.id,
            kind_of_deal(deal.kind, _ENGLISH),
            _ENGLISH.number(joined.count(deal.id)),
            "yes" if deal.id in made else "",
            deal_title(deal, _ENGLISH),
        )
        for deal in deals
    )
    head = ("id", "kind", "figures", "made here", "name")
    to_stdout([Table(head, rows, numeric=frozenset({2}))] if rows else [line("There are no deals yet.")])
