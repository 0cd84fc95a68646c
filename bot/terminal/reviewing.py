"""Figures that were found by rule, drawn in a terminal for whoever is to say whether they are right."""

from collections.abc import Container, Sequence

from bot.cards import printable
from bot.deals.figures import lay_out_figure
from bot.terminal.blocks import Block, Ink, Paragraph, Span, line
from bot.terminal.figures import figure as drawn
from bot.terminal.screen import to_stdout
from bot.translation import translator
from index.model import Figure

_ENGLISH = translator("en")


def show_found(figures: Sequence[Figure], corrected: Container[str] = ()) -> None:
    """Print figures with their ids, the deals that they would join, and the sentences that state them.

    ``corrected``: the ids of those that read as somebody corrected them.
    """
    blocks: list[Block] = []
    for figure in figures:
        card = lay_out_figure(figure, (), _ENGLISH)
        joins = f" → {', '.join(figure.deals)}" if figure.deals else ""
        stands = f"{figure.review}, corrected" if figure.id in corrected else str(figure.review)
        blocks.append(Paragraph((Span(f"{figure.id} ", Ink.TITLE), Span(f"{stands}{printable(joins)}", Ink.ASIDE))))
        blocks += [
            *drawn(card, _ENGLISH, "   ", named=True),
            line(printable(figure.quote.quote, fold=True), lead="   "),
        ]
    to_stdout(blocks or [line("No figures were found in this source.")])
