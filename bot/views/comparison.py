"""Deals side by side as a Discord message; what does not compare is in small print and nothing is computed of it."""

from collections.abc import Iterator, Sequence

from discord.ui import ActionRow, Container, LayoutView, TextDisplay

from bot.deals.cards import ComparisonCard, RowCard
from bot.translation import Translator, translator
from bot.views.deal_controls import Opening, row_of
from bot.views.figures import brief, figure_lines, heading, qualified
from bot.views.markdown import fitted
from bot.views.notice import CALM
from bot.views.proofs import sources_of
from bot.views.sheets import Block, draw_page, lay

_NAME = 150
_OBSTACLE = 300


class ComparisonView(LayoutView):
    """A page of a comparison, with a button for its quotes. ``laid``: what ``comparison_pages`` makes of it."""

    def __init__(self, card: ComparisonCard, laid: Sequence[Sequence[Block]], opening: Opening) -> None:
        super().__init__(timeout=None)
        speaker = translator(card.language)
        opening = opening._replace(page=min(opening.page, len(laid) - 1))
        box: Container[LayoutView] = Container(accent_colour=CALM)
        box.add_item(TextDisplay(f"### {title(card)}"))
        draw_page(box, laid, opening.page)
        self.add_item(box)
        if row := row_of(opening, len(laid), speaker, quoted=bool(card.quotes)):
            self.add_item(ActionRow(*row))


def comparison_pages(card: ComparisonCard) -> list[list[Block]]:
    """Lay a comparison on pages."""
    return lay(_blocks(card, translator(card.language)))


def title(card: ComparisonCard) -> str:
    """Return what is compared, on one line, ready to be shown."""
    return " / ".join(fitted(column.title, _NAME) for column in card.columns)


def _blocks(card: ComparisonCard, speaker: Translator) -> Iterator[Block]:
    for row in card.rows:
        yield from _row(card, row, speaker)
    if not card.rows:
        yield Block("", speaker.text("The sources have no figures of these deals."))
    yield from sources_of(card.quotes, speaker)


def _row(card: ComparisonCard, row: RowCard, speaker: Translator) -> Iterator[Block]:
    """Yield a measure: first what is computed of it, then each deal's figures; in small print where none compare."""
    measure = heading(row.metric)
    for figure in row.computed:
        yield Block(measure, figure_lines(figure, speaker, metric=True))
    for column, cell in zip(card.columns, row.cells, strict=True):
        name = fitted(column.title, _NAME)
        if not cell:
            yield Block(measure, f"__{name}__\n-# —")
        for place, figure in enumerate(cell):
            if row.computed:
                told = figure_lines(figure, speaker)
            else:
                told = "\n".join((f"-# {brief(figure)}", *qualified(figure, speaker)))
            yield Block(measure, told if place else f"__{name}__\n{told}")
    if row.obstacle:
        yield Block(measure, f"-# {fitted(row.obstacle, _OBSTACLE)}")
